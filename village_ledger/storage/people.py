"""The people who work with a book: rows to values and back."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from .tables import BookDatabase, PersonRow


class Person(NamedTuple):
    """One person and the duty they hold."""

    name: str
    role: str
    active: bool = True


def load_people(connection: sqlite3.Connection) -> tuple[Person, ...]:
    """Everybody, active ones first."""
    rows = PersonRow.select().order_by(PersonRow.active.desc(), PersonRow.role, PersonRow.name)
    return tuple(Person(row.name, row.role, row.active) for row in rows.execute(BookDatabase(connection)))


def save_people(connection: sqlite3.Connection, people: Iterable[Person]) -> None:
    """Add people; of those known by name, change role and state."""
    PersonRow.insert_many(one._asdict() for one in people).on_conflict(
        conflict_target=[PersonRow.name],
        preserve=[PersonRow.role, PersonRow.active],
    ).execute(BookDatabase(connection))
