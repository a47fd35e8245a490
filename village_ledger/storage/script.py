"""Running a script of SQL statements one by one, inside the transaction that is open (executescript would end it)."""

import sqlite3


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Execute the statements of a script; trigger bodies hold semicolons of their own."""
    for statement in _statements(script):
        connection.execute(statement)


def _statements(script: str) -> list[str]:
    statements, current = [], ""
    for line in script.splitlines():
        if line.startswith("--"):
            continue
        current += line + "\n"
        if sqlite3.complete_statement(current):
            statements.append(current.strip())
            current = ""
    return [statement for statement in statements if statement]
