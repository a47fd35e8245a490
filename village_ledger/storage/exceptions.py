"""Urgent exceptions: rows to values and back."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any

from ..domain.chain import canonical_text
from ..domain.exemption import UrgentException

_EXCEPTION = (
    "id, uid, draft_id, content, amount_fen, reason, granted_by, granted, missing, voucher_uid, settled, settled_by,"
    " settlement"
)


def load_exceptions(
    connection: sqlite3.Connection, where: str = "1", values: Iterable[object] = ()
) -> tuple[UrgentException, ...]:
    """Urgent exceptions matching a condition, oldest first."""
    rows = connection.execute(f"SELECT {_EXCEPTION} FROM urgent_exception WHERE {where} ORDER BY id", tuple(values))
    return tuple(_exception(row) for row in rows)


def _exception(row: tuple[Any, ...]) -> UrgentException:
    made = UrgentException._make(row)
    return made._replace(
        granted=date.fromisoformat(str(made.granted)),
        missing=tuple(json.loads(str(row[8]))),
        settled=date.fromisoformat(str(row[10])) if row[10] else None,
    )


def insert_exception(connection: sqlite3.Connection, one: UrgentException) -> int:
    """Add an exception and return its id."""
    names = _EXCEPTION.removeprefix("id, ")
    row = connection.execute(
        f"INSERT INTO urgent_exception({names}) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)", _exception_values(one)
    ).lastrowid
    return int(row or 0)


def _exception_values(one: UrgentException) -> tuple[Any, ...]:
    return (
        one.uid,
        one.draft,
        one.content,
        one.amount_fen,
        one.reason,
        one.granted_by,
        one.granted.isoformat(),
        canonical_text(list(one.missing)),
        one.voucher,
        one.settled.isoformat() if one.settled else "",
        one.settled_by,
        one.settlement,
    )


def update_exception(connection: sqlite3.Connection, one: UrgentException) -> None:
    """Note what came of an exception: the voucher it let pass, what that lacked, how it was settled."""
    connection.execute(
        "UPDATE urgent_exception SET amount_fen=?, missing=?, voucher_uid=?, settled=?, settled_by=?, settlement=?"
        " WHERE id=?",
        (one.amount_fen, *_exception_values(one)[7:], one.id),
    )


def voucher_labels(connection: sqlite3.Connection) -> dict[str, tuple[int, str, str]]:
    """Of every voucher an exception let pass, by uid: its id, `2025-10 记-3`, and the day it bears."""
    return {
        uid: (number, label, day)
        for uid, number, label, day in connection.execute(
            "SELECT uid, id, month || ' ' || word || '-' || number, day FROM voucher"
            " WHERE uid IN (SELECT voucher_uid FROM urgent_exception)"
        )
    }
