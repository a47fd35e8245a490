"""The tables of decisions, their steps, notices and files, and the versions of the rules they follow."""

import sqlite3

from .script import run_script

TABLES = ""
TRIGGERS = ""


def create(connection: sqlite3.Connection) -> None:
    """Add the tables and triggers to a book."""
    run_script(connection, TABLES + TRIGGERS)
