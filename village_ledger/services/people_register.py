"""The people of a book with the day each got the present role, for reports."""

import sqlite3
from datetime import date

from ..domain.post_holder import PostHolder
from ..storage.log import role_records
from ..storage.people import load_people


def read(connection: sqlite3.Connection) -> tuple[PostHolder, ...]:
    """Everybody, active ones first."""
    held: dict[str, tuple[str, date]] = {}
    for entry in role_records(connection):
        day = date.fromisoformat(entry.at[:10])
        if entry.action == "create":
            held.update({name: (role, day) for name, role in entry.detail["people"]})
        elif held.get(entry.subject, ("",))[0] != entry.detail["role"]:
            held[entry.subject] = (entry.detail["role"], day)
    return tuple(
        PostHolder(one.name, one.role, one.active, held[one.name][1] if one.name in held else None)
        for one in load_people(connection)
    )
