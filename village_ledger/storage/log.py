"""Reading the hash-chained log. Writing it is `Transaction.record`."""

import json
import sqlite3
from typing import Any, NamedTuple

from ..domain.chain import GENESIS
from ..domain.period import Period

MAX_SEQ = 2**63 - 1


class LogEntry(NamedTuple):
    """One act: when (UTC), who, what, on what, with its particulars and its place in the chain."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    detail: Any
    previous: str
    hash: str


_COLUMNS = "seq, at, actor, action, subject, detail, previous, hash"


def read_log(
    connection: sqlite3.Connection,
    text: str = "",
    actor: str = "",
    offset: int = 0,
    limit: int = 200,
    *,
    since: str = "",
    until: str = "",
) -> tuple[LogEntry, ...]:
    """Newest first, matching part of action, subject or detail, an actor and a span of days (UTC)."""
    like = f"%{text}%"
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM log WHERE (action LIKE ? OR subject LIKE ? OR detail LIKE ?)"
        " AND ? IN ('', actor) AND at >= ? AND (? = '' OR substr(at, 1, 10) <= ?) ORDER BY seq DESC LIMIT ? OFFSET ?",
        (like, like, like, actor, since, until, until, limit, offset),
    )
    return tuple(_entry(row) for row in rows)


def log_from(connection: sqlite3.Connection, first: int = 1, last: int = MAX_SEQ) -> tuple[LogEntry, ...]:
    """The records of a run of numbers, oldest first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM log WHERE seq BETWEEN ? AND ? ORDER BY seq", (first, last))
    return tuple(_entry(row) for row in rows)


def naming_records(connection: sqlite3.Connection, last: int) -> tuple[LogEntry, ...]:
    """The records up to number `last` that name the village, its accounts and dimension members, oldest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM log WHERE seq <= ?"
        " AND action IN ('create', 'settings', 'account', 'account-delete', 'item') ORDER BY seq",
        (last,),
    )
    return tuple(_entry(row) for row in rows)


def role_records(connection: sqlite3.Connection) -> tuple[LogEntry, ...]:
    """The records that gave people their roles, oldest first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM log WHERE action IN ('create', 'person') ORDER BY seq")
    return tuple(_entry(row) for row in rows)


def first_posting(connection: sqlite3.Connection, period: Period) -> int:
    """The number of the record of the month's first posting; 0 while there is none."""
    (seq,) = connection.execute(
        "SELECT coalesce(min(seq), 0) FROM log WHERE action = 'post' AND subject LIKE ?", (f"{period} %",)
    ).fetchone()
    return int(seq)


def close_record(connection: sqlite3.Connection, period: Period, head: str) -> LogEntry | None:
    """The record of a month's closing that has this hash; None when the month was never closed with it."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM log WHERE action = 'close' AND subject = ? AND hash = ?", (str(period), head)
    ).fetchone()
    return _entry(row) if row else None


def handed_over_since(connection: sqlite3.Connection, period: Period, seq: int) -> bool:
    """Whether a month was handed over after the record of that number."""
    found = connection.execute(
        "SELECT 1 FROM log WHERE seq > ? AND action = 'hand-over' AND subject = ?", (seq, str(period))
    ).fetchone()
    return found is not None


def newest_of(connection: sqlite3.Connection, action: str) -> LogEntry | None:
    """The newest record of an act, or None."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM log WHERE action = ? ORDER BY seq DESC LIMIT 1", (action,)
    ).fetchone()
    return _entry(row) if row else None


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """Number and hash of the newest record."""
    row = connection.execute("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, GENESIS)


def _entry(row: tuple[Any, ...]) -> LogEntry:
    return LogEntry._make((*row[:5], json.loads(row[5]), *row[6:]))
