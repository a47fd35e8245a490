"""Bringing a book's schema up to date: ordered steps, each committed together with the version it leads to."""

import sqlite3
from collections.abc import Callable

from ..domain.errors import BookUnusable
from .connection import APPLICATION_ID
from .schema import TABLES, TRIGGERS

Migration = Callable[[sqlite3.Connection], None]


def _create(connection: sqlite3.Connection) -> None:
    """Version 1: every table and trigger."""
    for statement in _statements(TABLES + TRIGGERS):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")


MIGRATIONS: tuple[Migration, ...] = (_create,)


def schema_version(connection: sqlite3.Connection) -> int:
    """The version the file says it has."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def needs_migration(connection: sqlite3.Connection) -> bool:
    """Whether the book is older than this program. A newer one is refused."""
    version = schema_version(connection)
    if version > len(MIGRATIONS):
        raise BookUnusable(
            f"这本账是用更新版本的程序建立的（账簿格式 {version}，本程序支持到 {len(MIGRATIONS)}），"
            "请升级程序后再打开。账簿没有被改动"
        )
    return version < len(MIGRATIONS)


def migrate(connection: sqlite3.Connection) -> None:
    """Run the missing steps, each in one transaction. The caller has made a backup first."""
    for version, step in enumerate(MIGRATIONS[schema_version(connection) :], schema_version(connection) + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            step(connection)
            connection.execute(f"PRAGMA user_version={version}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _statements(script: str) -> list[str]:
    """Split a script at statement ends (trigger bodies hold semicolons of their own)."""
    statements, current = [], ""
    for line in script.splitlines():
        if line.startswith("--"):
            continue
        current += line + "\n"
        if sqlite3.complete_statement(current):
            statements.append(current.strip())
            current = ""
    return [statement for statement in statements if statement]
