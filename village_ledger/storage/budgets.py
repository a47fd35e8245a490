"""Yearly budgets: rows to values and back."""

import sqlite3
from datetime import date

from ..domain.account import Item
from ..domain.budget import PROJECT, Adjustment, Budget, BudgetItem


def budget_years(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The years there is a budget for, newest first."""
    return tuple(row[0] for row in connection.execute("SELECT year FROM budget ORDER BY year DESC"))


def load_budget(connection: sqlite3.Connection, year: int) -> Budget | None:
    """The budget of a year with its adjustments, or None."""
    row = connection.execute("SELECT decision, approved, note, version FROM budget WHERE year=?", (year,)).fetchone()
    if row is None:
        return None
    decision, approved, note, version = row
    return Budget(
        year,
        _items(connection, year),
        _adjustments(connection, year),
        decision,
        date.fromisoformat(approved) if approved else None,
        note,
        version,
    )


def project_members(connection: sqlite3.Connection) -> dict[str, Item]:
    """The members of the dimension 项目 by code."""
    rows = connection.execute("SELECT category, code, name FROM item WHERE category=?", (PROJECT,))
    return {row[1]: Item(*row) for row in rows}


def _items(connection: sqlite3.Connection, year: int) -> tuple[BudgetItem, ...]:
    members = project_members(connection)
    rows = connection.execute(
        "SELECT code, name, side, accounts, project, amount_fen, note FROM budget_item WHERE year=?"
        " ORDER BY position, id",
        (year,),
    )
    return tuple(
        BudgetItem(
            code, name, side, tuple(accounts.split(",")) if accounts else (), members.get(project), amount_fen, note
        )
        for code, name, side, accounts, project, amount_fen, note in rows
    )


def _adjustments(connection: sqlite3.Connection, year: int) -> tuple[Adjustment, ...]:
    rows = connection.execute(
        "SELECT code, day, fen, decision, reason, id FROM budget_adjustment WHERE year=? ORDER BY id", (year,)
    )
    return tuple(Adjustment(code, date.fromisoformat(day), *rest) for code, day, *rest in rows)


def insert_budget(connection: sqlite3.Connection, budget: Budget) -> None:
    """Add the budget of a year, not approved, with its items."""
    connection.execute("INSERT INTO budget VALUES(?,1,'','',?)", (budget.year, budget.note))
    for item in budget.items:
        insert_item(connection, budget.year, item)


def update_budget(connection: sqlite3.Connection, budget: Budget) -> None:
    """Write a budget that is not approved, its items anew."""
    connection.execute("UPDATE budget SET note=?, version=version+1 WHERE year=?", (budget.note, budget.year))
    connection.execute("DELETE FROM budget_item WHERE year=?", (budget.year,))
    for item in budget.items:
        insert_item(connection, budget.year, item)


def delete_budget(connection: sqlite3.Connection, year: int) -> None:
    """Remove a budget that is not approved."""
    connection.execute("DELETE FROM budget_item WHERE year=?", (year,))
    connection.execute("DELETE FROM budget WHERE year=?", (year,))


def approve_budget(connection: sqlite3.Connection, year: int, decision: str, day: date) -> None:
    """Note the decision that approved a budget; from then on it can only be adjusted."""
    connection.execute(
        "UPDATE budget SET decision=?, approved=?, version=version+1 WHERE year=?", (decision, day.isoformat(), year)
    )


def insert_item(connection: sqlite3.Connection, year: int, item: BudgetItem) -> None:
    """Add an item at the end."""
    connection.execute(
        "INSERT INTO budget_item(year, position, code, name, side, accounts, project, amount_fen, note)"
        " VALUES(?,(SELECT 1 + coalesce(max(position), 0) FROM budget_item WHERE year=?),?,?,?,?,?,?,?)",
        (
            year,
            year,
            item.code,
            item.name,
            item.side,
            ",".join(item.accounts),
            item.project.code if item.project else "",
            item.amount_fen,
            item.note,
        ),
    )


def insert_adjustment(connection: sqlite3.Connection, year: int, one: Adjustment) -> int:
    """Add an adjustment and return its id."""
    row = connection.execute(
        "INSERT INTO budget_adjustment(year, code, day, fen, decision, reason) VALUES(?,?,?,?,?,?)",
        (year, one.code, one.day.isoformat(), one.fen, one.decision, one.reason),
    ).lastrowid
    return int(row or 0)


def touch_budget(connection: sqlite3.Connection, year: int) -> None:
    """Count a change of an approved budget, so that another window notices."""
    connection.execute("UPDATE budget SET version=version+1 WHERE year=?", (year,))
