"""Cells of a register's row, whichever way an empty one is written there."""

from datetime import date

from .model import Row
from .wording import plain


def text(row: Row, key: str) -> str:
    """A text; empty when there is none."""
    return str(row.get(key) or "")


def name(row: Row, key: str) -> str:
    """A name as names are compared."""
    return plain(text(row, key))


def fen(row: Row, key: str) -> int:
    """An amount, or another whole number; nil when there is none."""
    value = row.get(key)
    return value if isinstance(value, int) else 0


def day(row: Row, key: str) -> date | None:
    """A day, or None."""
    value = row.get(key)
    return value if isinstance(value, date) else None
