"""Related persons: rows to values and back."""

import sqlite3
from datetime import date
from typing import Any

from ..domain.related_person import RelatedPerson

_TEXTS = ("officer", "post", "relation", "name", "phone", "card", "address", "note", "struck", "uid")
_COLUMNS = (*_TEXTS, "since", "until", "id")


def insert_related(connection: sqlite3.Connection, one: RelatedPerson) -> int:
    """Register a relation and return its id."""
    names = _COLUMNS[:-1]
    until = one.until.isoformat() if one.until else ""
    values = (*(getattr(one, name) for name in _TEXTS), one.since.isoformat(), until)
    row = connection.execute(
        f"INSERT INTO related_person({', '.join(names)}) VALUES({','.join('?' * len(names))})", values
    ).lastrowid
    return int(row or 0)


def update_related(connection: sqlite3.Connection, one: RelatedPerson) -> None:
    """Note that a relation ended, or was struck."""
    until = one.until.isoformat() if one.until else ""
    connection.execute("UPDATE related_person SET until=?, struck=? WHERE uid=?", (until, one.struck, one.uid))


def load_related(connection: sqlite3.Connection) -> tuple[RelatedPerson, ...]:
    """Every relation by officer, in the order registered; struck ones too."""
    rows = connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM related_person ORDER BY officer, id")
    return tuple(_related(row) for row in rows)


def _related(row: tuple[Any, ...]) -> RelatedPerson:
    fields: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
    fields["since"] = date.fromisoformat(fields["since"])
    fields["until"] = date.fromisoformat(fields["until"]) if fields["until"] else None
    return RelatedPerson(**fields)
