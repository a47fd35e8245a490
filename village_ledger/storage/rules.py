"""The book's own versions of rules: text by topic, each in force from a day on."""

import sqlite3
from datetime import date
from typing import NamedTuple


class RuleVersion(NamedTuple):
    """One version: its number, from when it is in force, its content as JSON, who made it and when (UTC)."""

    id: int
    topic: str
    valid_from: date
    content: str
    made_by: str
    made_at: str


def insert_version(connection: sqlite3.Connection, version: RuleVersion) -> int:
    """Add a version and return its number."""
    row = connection.execute(
        "INSERT INTO rule_version(topic, valid_from, content, made_by, made_at) VALUES(?,?,?,?,?)",
        (version.topic, version.valid_from.isoformat(), *version[3:]),
    ).lastrowid
    return int(row or 0)


def load_versions(connection: sqlite3.Connection, topic: str = "") -> tuple[RuleVersion, ...]:
    """The versions of a topic, or all, oldest first; of those from one day the one saved last comes last."""
    return tuple(
        RuleVersion(number, name, date.fromisoformat(day), *rest)
        for number, name, day, *rest in connection.execute(
            "SELECT id, topic, valid_from, content, made_by, made_at FROM rule_version WHERE ? IN ('', topic)"
            " ORDER BY topic, valid_from, id",
            (topic,),
        )
    )
