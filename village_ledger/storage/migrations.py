"""Bringing a book's schema up to date: ordered steps, each committed together with the version it leads to."""

import sqlite3
from collections.abc import Callable

from ..domain.errors import BookUnusable
from . import (
    schema_assets,
    schema_budgets,
    schema_contracts,
    schema_decisions,
    schema_disclosure,
    schema_oversight,
    schema_people,
    schema_requests,
    schema_resources,
    schema_review,
)
from .connection import APPLICATION_ID, schema_version
from .schema import TABLES, TRIGGERS
from .script import run_script

Migration = Callable[[sqlite3.Connection], None]


def _create(connection: sqlite3.Connection) -> None:
    """Version 1: every table and trigger."""
    run_script(connection, TABLES + TRIGGERS)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")


MIGRATIONS: tuple[Migration, ...] = (
    _create,
    schema_assets.create,  # version 2
    schema_resources.create,  # version 3
    schema_contracts.create,  # version 4
    schema_people.create,  # version 5
    schema_decisions.create,  # version 6
    schema_requests.create,  # version 7
    schema_budgets.create,  # version 8
    schema_disclosure.create,  # version 9
    schema_disclosure.add_contents,  # version 10
    schema_oversight.create,  # version 11
    schema_review.create,  # version 12
)


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
            if connection.in_transaction:  # a full disk has rolled it back already
                connection.execute("ROLLBACK")
            raise
