"""Cells of a register's row, whichever way an empty one is written there, or none at all: registers come from
programs of other versions, and from anybody.
"""

from collections.abc import Iterable
from datetime import date

from .model import Row
from .wording import plain

_LONGEST = 40


def text(row: Row, key: str) -> str:
    """A text; empty when there is none."""
    return str(row.get(key) or "")


def name(row: Row, key: str) -> str:
    """A name as names are compared."""
    return plain(text(row, key))


def fen(row: Row, key: str) -> int:
    """An amount, or another whole number; nil when there is none."""
    value = row.get(key)
    return value if type(value) is int else 0


def day(row: Row, key: str) -> date | None:
    """A day, or None."""
    value = row.get(key)
    return value if isinstance(value, date) else None


def serial(row: Row, key: str) -> int | None:
    """A number of a series (of a receipt, an invoice); None for what is no plain number."""
    found = text(row, key)
    return int(found) if found.isdecimal() and len(found) <= _LONGEST else None


def labels(rows: Iterable[Row]) -> tuple[str, ...]:
    """The vouchers of rows, each once."""
    return tuple(dict.fromkeys(label for row in rows if (label := text(row, "voucher"))))
