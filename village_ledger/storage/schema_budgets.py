"""The tables of yearly budgets and projects with their tenders, changes, acceptances and final accounts."""

import sqlite3

from .script import run_script

TABLES = ""
TRIGGERS = ""


def create(connection: sqlite3.Connection) -> None:
    """Add the tables and triggers to a book."""
    run_script(connection, TABLES + TRIGGERS)
