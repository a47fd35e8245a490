"""The tables of contracts, added by a later version of the book than the funds."""

import sqlite3

from .script import run_script

TABLES = ""
TRIGGERS = ""


def create(connection: sqlite3.Connection) -> None:
    """Add the tables and triggers of contracts to a book."""
    run_script(connection, TABLES + TRIGGERS)
