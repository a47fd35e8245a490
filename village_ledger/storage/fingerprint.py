"""A digest of the facts of a book, to prove that an upgrade of its format has changed none of them."""

import hashlib
import sqlite3

FACTS = ("log", "voucher", "voucher_line", "opening", "period", "closed_balance", "account", "item", "combination_item")
"""Tables whose rows no upgrade may touch; it may add columns to them."""

Columns = dict[str, tuple[str, ...]]


def fact_columns(connection: sqlite3.Connection) -> Columns:
    """The columns the tables of facts have now."""
    found = {}
    for table in FACTS:
        names = tuple(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
        if names:
            found[table] = names
    return found


def fingerprint(connection: sqlite3.Connection, columns: Columns) -> str:
    """The SHA-256 over these columns of all their rows."""
    digest = hashlib.sha256()
    for table, names in columns.items():
        listed = ", ".join(f'"{name}"' for name in names)
        digest.update(f"{table}({listed})\n".encode())
        for row in connection.execute(f"SELECT {listed} FROM {table} ORDER BY {listed}"):
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def put_back(connection: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    """Make an open book what its copy is, format and all, in one transaction of SQLite's backup API."""
    copy.backup(connection)
