"""Whether requests wait for a voucher; asked by every posting, so it must load nothing of the registers."""

import sqlite3


def has_pending_links(connection: sqlite3.Connection) -> bool:
    """Whether any draft has requests linked to it."""
    return bool(connection.execute("SELECT EXISTS(SELECT 1 FROM request_voucher WHERE voucher_uid='')").fetchone()[0])
