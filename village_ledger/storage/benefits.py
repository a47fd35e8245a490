"""Lists of benefits: rows to values and back."""

import sqlite3
from datetime import date

from ..domain.benefit import BenefitBatch, BenefitRow

_ROW = "name, team, id_number, phone, card, people, area_x100, standard, amount_fen"


def insert_batch(connection: sqlite3.Connection, batch: BenefitBatch) -> int:
    """Register a list and return its id."""
    batch_id = int(
        connection.execute(
            "INSERT INTO benefit_batch(uid, kind, title, day, document, voucher, note, struck)"
            " VALUES(?,?,?,?,?,?,?,'')",
            (batch.uid, batch.kind, batch.title, batch.day.isoformat(), batch.document, batch.voucher, batch.note),
        ).lastrowid
        or 0
    )
    connection.executemany(
        f"INSERT INTO benefit_row(batch_id, position, {_ROW}) VALUES(?,?,?,?,?,?,?,?,?,?,?)",
        [
            (
                batch_id,
                position,
                row.name,
                row.team,
                row.id_number,
                row.phone,
                row.card,
                row.people,
                row.area_x100,
                row.standard,
                row.amount_fen,
            )
            for position, row in enumerate(batch.rows, 1)
        ],
    )
    return batch_id


def strike_batch(connection: sqlite3.Connection, uid: str, reason: str) -> None:
    """Strike a list registered by mistake."""
    connection.execute("UPDATE benefit_batch SET struck=? WHERE uid=?", (reason, uid))


def load_batches(connection: sqlite3.Connection) -> tuple[BenefitBatch, ...]:
    """Every list by day, struck ones too."""
    rows: dict[int, list[BenefitRow]] = {}
    for batch, name, team, id_number, phone, card, people, area, standard, fen in connection.execute(
        f"SELECT batch_id, {_ROW} FROM benefit_row ORDER BY batch_id, position"
    ):
        rows.setdefault(batch, []).append(BenefitRow(name, fen, team, id_number, phone, card, people, area, standard))
    return tuple(
        BenefitBatch(
            kind,
            title,
            date.fromisoformat(day),
            tuple(rows.get(number, ())),
            document,
            voucher,
            note,
            struck,
            uid,
            number,
        )
        for number, uid, kind, title, day, document, voucher, note, struck in connection.execute(
            "SELECT id, uid, kind, title, day, document, voucher, note, struck FROM benefit_batch ORDER BY day, id"
        )
    )
