"""Posted vouchers: written once, read back whole. Nothing here updates or deletes."""

import sqlite3
from collections.abc import Iterable
from datetime import date

from ..domain.period import Period
from ..domain.voucher import Line, Voucher
from .accounts import CombinationIds, account_ids, load_combinations

_HEAD = (
    "v.id, v.uid, v.day, v.word, v.number, v.attachments, v.kind, v.maker, v.reviewer, v.cashier, v.poster,"
    " v.reverses, coalesce((SELECT r.id FROM voucher r WHERE r.reverses = v.id AND r.reverses <> 0), 0), v.source"
)
_LINE = "l.voucher_id, l.summary, a.code, l.combination_id, l.debit_fen, l.credit_fen, l.quantity"


class VoucherWriter:
    """Inserts posted vouchers within one transaction, keeping id look-ups between them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._accounts = account_ids(connection)
        self._combinations = CombinationIds(connection)

    def insert(self, voucher: Voucher) -> int:
        """Write one voucher and return its id. The triggers refuse a closed month or a number out of turn."""
        month = str(voucher.period)
        row = self._connection.execute(
            "INSERT INTO voucher(uid, month, day, word, number, attachments, kind, maker, reviewer, cashier, poster,"
            " reverses, source, line_count, total_fen) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                voucher.uid,
                month,
                voucher.day.isoformat(),
                voucher.word,
                voucher.number,
                voucher.attachments,
                voucher.kind,
                voucher.maker,
                voucher.reviewer,
                voucher.cashier,
                voucher.poster,
                voucher.reverses,
                voucher.source,
                len(voucher.lines),
                voucher.total_fen,
            ),
        ).lastrowid
        voucher_id = int(row or 0)
        carried = 1 if voucher.kind == "carry" else 0
        self._connection.executemany(
            "INSERT INTO voucher_line(voucher_id, position, month, carried, account_id, combination_id,"
            " debit_fen, credit_fen, quantity, summary) VALUES(?,?,?,?,?,?,?,?,?,?)",
            [
                (
                    voucher_id,
                    position,
                    month,
                    carried,
                    self._accounts[line.account],
                    self._combinations.id_of(line.items),
                    line.debit_fen,
                    line.credit_fen,
                    line.quantity,
                    line.summary,
                )
                for position, line in enumerate(voucher.lines, 1)
            ],
        )
        return voucher_id


def last_numbers(connection: sqlite3.Connection, month: str) -> dict[str, int]:
    """The highest posted number of each word in a month."""
    return dict(connection.execute("SELECT word, max(number) FROM voucher WHERE month=? GROUP BY word", (month,)))


def any_voucher(connection: sqlite3.Connection) -> bool:
    """Whether anything has been posted."""
    return bool(connection.execute("SELECT EXISTS(SELECT 1 FROM voucher)").fetchone()[0])


def is_posted(connection: sqlite3.Connection, uid: str) -> bool:
    """Whether a posted voucher bears the uid."""
    return connection.execute("SELECT 1 FROM voucher WHERE uid=?", (uid,)).fetchone() is not None


def numbers_between(connection: sqlite3.Connection, start: Period, end: Period) -> frozenset[tuple[str, str, int]]:
    """Month, word and number of the posted vouchers of a span of months."""
    query = "SELECT month, word, number FROM voucher WHERE month BETWEEN ? AND ?"
    return frozenset(connection.execute(query, (str(start), str(end))))


def uids_by_id(connection: sqlite3.Connection) -> dict[int, str]:
    """The uid of every posted voucher by its row id."""
    return dict(connection.execute("SELECT id, uid FROM voucher"))


def uids_by_label(connection: sqlite3.Connection) -> dict[str, str]:
    """The uid of every posted voucher by `2025-07 记-5`."""
    return dict(connection.execute("SELECT month || ' ' || word || '-' || number, uid FROM voucher"))


def booked_fen(connection: sqlite3.Connection, uid: str, account: str) -> int | None:
    """Debits less credits a posted voucher books on one account, in fen; None when it does not touch the account."""
    (fen,) = connection.execute(
        "SELECT sum(l.debit_fen - l.credit_fen) FROM voucher v JOIN voucher_line l ON l.voucher_id = v.id"
        " JOIN account a ON a.id = l.account_id WHERE v.uid=? AND a.code=?",
        (uid, account),
    ).fetchone()
    return None if fen is None else int(fen)


def load_vouchers(connection: sqlite3.Connection, where: str, values: Iterable[object]) -> tuple[Voucher, ...]:
    """Vouchers matching a condition on `v`, in (month, word, number) order."""
    parameters = tuple(values)
    combinations = load_combinations(connection)
    lines: dict[int, list[Line]] = {}
    for voucher, summary, code, combination, debit, credit, quantity in connection.execute(
        f"SELECT {_LINE} FROM voucher v JOIN voucher_line l ON l.voucher_id = v.id"
        f" JOIN account a ON a.id = l.account_id WHERE {where} ORDER BY l.voucher_id, l.position",
        parameters,
    ):
        lines.setdefault(voucher, []).append(
            Line(summary, code, combinations.get(combination, ()), debit, credit, quantity)
        )
    return tuple(
        _voucher(row, tuple(lines.get(row[0], ())))
        for row in connection.execute(
            f"SELECT {_HEAD} FROM voucher v WHERE {where} ORDER BY v.month, v.word, v.number", parameters
        )
    )


def _voucher(row: tuple[object, ...], lines: tuple[Line, ...]) -> Voucher:
    head = list(row)
    head[2] = date.fromisoformat(str(head[2]))
    return Voucher._make((*head[:5], lines, *head[5:]))


def vouchers_between(connection: sqlite3.Connection, start: Period, end: Period) -> tuple[Voucher, ...]:
    """The posted vouchers of a span of months."""
    return load_vouchers(connection, "v.month BETWEEN ? AND ?", (str(start), str(end)))


def voucher_by_id(connection: sqlite3.Connection, voucher_id: int) -> Voucher | None:
    """One posted voucher."""
    found = load_vouchers(connection, "v.id = ?", (voucher_id,))
    return found[0] if found else None
