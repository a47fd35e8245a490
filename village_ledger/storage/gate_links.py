"""Whether a book has anything for the gate to look at; asked by every posting, so it loads nothing of the registers."""

import sqlite3


def needs_gate(connection: sqlite3.Connection) -> bool:
    """Whether any draft has requests linked to it, or there are projects whose payments are limited."""
    row = connection.execute(
        "SELECT EXISTS(SELECT 1 FROM request_voucher WHERE voucher_uid='') OR EXISTS(SELECT 1 FROM project)"
    ).fetchone()
    return bool(row[0])
