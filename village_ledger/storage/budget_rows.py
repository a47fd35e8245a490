"""The rows of budgets and projects as the log keeps them, so that `verify` can compare the tables with it."""

import sqlite3
from collections.abc import Iterator
from typing import Any

_COLUMNS = {
    "budget": ("year", "decision", "approved", "note"),
    "budget_item": ("year", "position", "code", "name", "side", "accounts", "project", "amount_fen", "note"),
    "budget_adjustment": ("year", "code", "day", "fen", "decision", "reason"),
    "project": (
        "uid",
        "code",
        "name",
        "kind",
        "award",
        "decision",
        "budget_fen",
        "approved",
        "member",
        "contract",
        "contractor",
        "contract_fen",
        "signed",
        "advance_fen",
        "retention_bp",
        "retention_due",
        "site",
        "note",
    ),
    "project_tender": (
        "project_id",
        "announced",
        "closed",
        "opened",
        "place",
        "control_fen",
        "supervisors",
        "bids",
        "winner",
        "reason",
        "failed",
        "note",
    ),
    "project_change": ("project_id", "day", "fen", "decision", "reason"),
    "project_acceptance": ("project_id", "day", "kind", "total_fen", "people", "opinion"),
    "project_release": ("project_id", "day", "fen", "reason"),
    "project_final": ("project_id", "day", "audited_fen", "auditor", "number"),
    "project_payment": ("project_id", "kind", "fen", "voucher_uid"),
}
TABLES = tuple(_COLUMNS)


def logged_row(connection: sqlite3.Connection, table: str, row_id: int) -> dict[str, Any] | None:
    """One row as the log keeps it; None when it is gone. A budget comes with its items."""
    columns = _COLUMNS[table]
    key = "year" if table == "budget" else "id"
    row = connection.execute(f"SELECT {','.join(columns)} FROM {table} WHERE {key}=?", (row_id,)).fetchone()
    if row is None:
        return None
    found = dict(zip(columns, row, strict=True))
    if table == "budget":
        names = _COLUMNS["budget_item"][2:]
        found["items"] = [
            dict(zip(names, item, strict=True))
            for item in connection.execute(
                f"SELECT {','.join(names)} FROM budget_item WHERE year=? ORDER BY position, id", (row_id,)
            )
        ]
    return found


def logged_rows(connection: sqlite3.Connection) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """(table, id, row) of everything here."""
    for table in TABLES:
        if table == "budget_item":
            continue  # logged with its budget
        key = "year" if table == "budget" else "id"
        for (row_id,) in connection.execute(f"SELECT {key} FROM {table} ORDER BY 1").fetchall():
            yield table, row_id, logged_row(connection, table, row_id) or {}
