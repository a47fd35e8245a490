"""What projects draw on decisions: their budgets, and what changes of their contracts add.

A project's contract and payments do not draw again: they are kept below the project's own budget.
"""

import sqlite3
from collections.abc import Iterator

from ..domain.draw import Draw
from ..storage.projects import load_changes, load_projects


def projects(connection: sqlite3.Connection) -> Iterator[Draw]:
    """Every project with its budget, every change that adds to a contract."""
    changes = load_changes(connection)
    for one in load_projects(connection):
        yield Draw("工程项目", str(one), one.approved, one.budget_fen, f"project:{one.uid}", one.decision)
        for change in changes.get(one.id, ()):
            label = f"{one} {change.reason}"
            yield Draw(
                "工程变更", label, change.day, max(0, change.fen), f"project-change:{change.id}", change.decision
            )
