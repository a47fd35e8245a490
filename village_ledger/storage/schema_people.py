"""The tables of what people log in with: password hashes, lock-out and the recovery code."""

import sqlite3

from .script import run_script

TABLES = ""
TRIGGERS = ""


def create(connection: sqlite3.Connection) -> None:
    """Add the tables and triggers to a book."""
    run_script(connection, TABLES + TRIGGERS)
