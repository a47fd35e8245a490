"""The yearly budgets as kept in the book, read whole for reports."""

import sqlite3

from ..domain.budget import Budget
from ..storage.budgets import budget_years, load_budget


def read(connection: sqlite3.Connection) -> tuple[Budget, ...]:
    """Every budget with its adjustments, newest year first."""
    return tuple(found for year in budget_years(connection) if (found := load_budget(connection, year)))
