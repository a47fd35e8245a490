"""The tables of requests for payment, their signatures, the vouchers they led to, and urgent exceptions."""

import sqlite3

from .script import run_script

TABLES = ""
TRIGGERS = ""


def create(connection: sqlite3.Connection) -> None:
    """Add the tables and triggers to a book."""
    run_script(connection, TABLES + TRIGGERS)
