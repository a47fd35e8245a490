"""Photos and scans kept as evidence (佐证材料), by what they belong to."""

import sqlite3
from typing import NamedTuple

from ..domain.contract import Attachment


class Evidence(NamedTuple):
    """One file and what it belongs to: kind and uid of the owner, the file, and what it shows."""

    owner_kind: str
    owner_uid: str
    file: Attachment
    note: str = ""


def insert_evidence(connection: sqlite3.Connection, row: Evidence) -> None:
    """Note a file."""
    connection.execute("INSERT INTO evidence VALUES(?,?,?,?,?,?,?)", (*row[:2], *row.file, row.note))


def delete_evidence(connection: sqlite3.Connection, owner_kind: str, owner_uid: str, sha256: str) -> None:
    """Take a file off its owner; the file itself stays in the folder."""
    connection.execute(
        "DELETE FROM evidence WHERE owner_kind=? AND owner_uid=? AND sha256=?", (owner_kind, owner_uid, sha256)
    )


def load_evidence(connection: sqlite3.Connection, owner_kind: str = "", owner_uid: str = "") -> tuple[Evidence, ...]:
    """The files of an owner, of a kind of owners, or all, oldest first."""
    return tuple(
        Evidence(kind, uid, Attachment(digest, name, size, added), note)
        for kind, uid, digest, name, size, added, note in connection.execute(
            "SELECT owner_kind, owner_uid, sha256, name, size, added, note FROM evidence"
            " WHERE ? IN ('', owner_kind) AND ? IN ('', owner_uid) ORDER BY owner_kind, owner_uid, added, name",
            (owner_kind, owner_uid),
        )
    )


def has_evidence(connection: sqlite3.Connection) -> bool:
    """Whether the file is of a version that keeps evidence."""
    return bool(connection.execute("SELECT 1 FROM sqlite_schema WHERE name='evidence'").fetchone())
