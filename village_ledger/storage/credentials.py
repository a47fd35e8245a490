"""What people log in with: rows to values and back. Plain SQL, since the gate for writing asks before every act."""

import sqlite3
from typing import NamedTuple


class Credential(NamedTuple):
    """A person's password hash and how the last attempts went; `locked_until` is an instant in UTC or empty."""

    name: str
    hash: str
    must_change: bool
    failures: int = 0
    locked_until: str = ""
    changed_at: str = ""


class Post(NamedTuple):
    """What the gate for writing must know of somebody: role, whether on duty, the hash of a password if any."""

    role: str
    active: bool
    hash: str
    must_change: bool


class Recovery(NamedTuple):
    """The recovery code in force: SHA-256 of the code, and when it was issued."""

    digest: str
    issued_at: str


_POSTS = (
    "SELECT p.name, p.role, p.active, coalesce(c.hash, ''), coalesce(c.must_change, 0)"
    " FROM person p LEFT JOIN credential c ON c.name = p.name"
)


def load_post(connection: sqlite3.Connection, name: str) -> Post | None:
    """Somebody's post; None for a name the book does not know."""
    row = connection.execute(f"{_POSTS} WHERE p.name = ?", (name,)).fetchone()
    return Post(row[1], bool(row[2]), row[3], bool(row[4])) if row else None


def load_posts(connection: sqlite3.Connection) -> dict[str, Post]:
    """Everybody's post by name."""
    return {row[0]: Post(row[1], bool(row[2]), row[3], bool(row[4])) for row in connection.execute(_POSTS)}


def load_credential(connection: sqlite3.Connection, name: str) -> Credential | None:
    """Somebody's credential; None for who has no password."""
    return load_credentials(connection).get(name)


def load_credentials(connection: sqlite3.Connection) -> dict[str, Credential]:
    """Everybody's, by name."""
    rows = connection.execute("SELECT name, hash, must_change, failures, locked_until, changed_at FROM credential")
    return {row[0]: Credential(row[0], row[1], bool(row[2]), *row[3:]) for row in rows}


def save_credential(connection: sqlite3.Connection, credential: Credential) -> None:
    """Write a credential, replacing the one before."""
    connection.execute(
        "INSERT INTO credential(name, hash, must_change, failures, locked_until, changed_at) VALUES(?,?,?,?,?,?)"
        " ON CONFLICT(name) DO UPDATE SET hash=excluded.hash, must_change=excluded.must_change,"
        " failures=excluded.failures, locked_until=excluded.locked_until, changed_at=excluded.changed_at",
        credential,
    )


def load_recovery(connection: sqlite3.Connection) -> Recovery | None:
    """The recovery code in force; None where none was ever issued."""
    row = connection.execute("SELECT digest, issued_at FROM recovery").fetchone()
    return Recovery(*row) if row else None


def save_recovery(connection: sqlite3.Connection, recovery: Recovery) -> None:
    """Put a code in force in place of the one before."""
    connection.execute(
        "INSERT INTO recovery(id, digest, issued_at) VALUES(1,?,?)"
        " ON CONFLICT(id) DO UPDATE SET digest=excluded.digest, issued_at=excluded.issued_at",
        recovery,
    )
