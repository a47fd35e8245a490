"""Decisions with their steps and notices: rows to values and back."""

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any

from ..domain.decision import Decision, Notice, Step

_NAMES = tuple(name for name in Decision._fields if name not in ("steps", "id", "version"))
_STEP_NAMES = Step._fields
_NOTICE_NAMES = Notice._fields
_LISTS = frozenset({"attendees", "documents", "told_of"})


def stored(name: str, value: Any) -> str | int:
    """A field of a decision, step or notice as its column keeps it."""
    if name in _LISTS:
        return "\n".join(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    return "" if value is None else value


def decision_values(decision: Decision) -> dict[str, str | int]:
    """A decision's own columns, without id, version and steps."""
    return {name: stored(name, getattr(decision, name)) for name in _NAMES}


def step_values(step: Step) -> dict[str, str | int]:
    """A step's columns, without the decision and its place."""
    return {name: stored(name, getattr(step, name)) for name in _STEP_NAMES}


def load_decisions(
    connection: sqlite3.Connection, where: str = "1", values: Iterable[object] = ()
) -> tuple[Decision, ...]:
    """Decisions matching a condition on `d`, by day and number."""
    parameters = tuple(values)
    columns = ", ".join(f"d.{name}" for name in _NAMES)
    rows = connection.execute(
        f"SELECT {columns}, d.id, d.version FROM decision d WHERE {where} ORDER BY d.day, d.number", parameters
    ).fetchall()
    steps: dict[int, list[Step]] = {}
    for number, *row in connection.execute(
        f"SELECT s.decision_id, {', '.join(f's.{name}' for name in _STEP_NAMES)} FROM decision_step s"
        f" JOIN decision d ON d.id = s.decision_id WHERE {where} ORDER BY s.decision_id, s.position",
        parameters,
    ):
        steps.setdefault(number, []).append(_step(row))
    return tuple(_decision(row, tuple(steps.get(row[-2], ()))) for row in rows)


def _decision(row: tuple[Any, ...], steps: tuple[Step, ...]) -> Decision:
    fields: dict[str, Any] = dict(zip(_NAMES, row, strict=False))
    fields["day"] = date.fromisoformat(fields["day"])
    return Decision(**fields, steps=steps, id=row[-2], version=row[-1])


def _step(row: Iterable[Any]) -> Step:
    fields: dict[str, Any] = dict(zip(_STEP_NAMES, row, strict=True))
    for name in _LISTS:
        fields[name] = tuple(fields[name].split("\n")) if fields[name] else ()
    fields["day"] = date.fromisoformat(fields["day"])
    fields["told"] = date.fromisoformat(fields["told"]) if fields["told"] else None
    fields["merged"] = bool(fields["merged"])
    return Step(**fields)


def decision_by_number(connection: sqlite3.Connection, number: str) -> Decision | None:
    """The decision of that number."""
    found = load_decisions(connection, "d.number = ?", (number,))
    return found[0] if found else None


def decision_by_id(connection: sqlite3.Connection, decision_id: int) -> Decision | None:
    """The decision of that row id."""
    found = load_decisions(connection, "d.id = ?", (decision_id,))
    return found[0] if found else None


def decision_numbers(connection: sqlite3.Connection) -> dict[str, int]:
    """Row ids by number."""
    return dict(connection.execute("SELECT number, id FROM decision"))


def replacements(connection: sqlite3.Connection) -> dict[str, str]:
    """By the number of a decision, the number of the final one that replaces it."""
    return dict(connection.execute("SELECT replaces, number FROM decision WHERE replaces <> '' AND state = '定稿'"))


def insert_decision(connection: sqlite3.Connection, decision: Decision) -> Decision:
    """Add a decision with its steps; returns it with its id and version."""
    columns = decision_values(decision)
    row = connection.execute(
        f"INSERT INTO decision({','.join(columns)}, version) VALUES({','.join('?' * len(columns))}, 1)",
        tuple(columns.values()),
    ).lastrowid
    saved = decision._replace(id=int(row or 0), version=1)
    _insert_steps(connection, saved)
    return saved


def update_decision(connection: sqlite3.Connection, decision: Decision, *, steps: bool = True) -> Decision:
    """Write a decision back, with its steps unless it is final; returns it with its new version."""
    columns = decision_values(decision)
    connection.execute(
        f"UPDATE decision SET {','.join(f'{name}=?' for name in columns)}, version=version+1 WHERE id=?",
        (*columns.values(), decision.id),
    )
    if steps:
        connection.execute("DELETE FROM decision_step WHERE decision_id=?", (decision.id,))
        _insert_steps(connection, decision)
    return decision._replace(version=decision.version + 1)


def _insert_steps(connection: sqlite3.Connection, decision: Decision) -> None:
    marks = ",".join("?" * (len(_STEP_NAMES) + 2))
    connection.executemany(
        f"INSERT INTO decision_step(decision_id, position, {','.join(_STEP_NAMES)}) VALUES({marks})",
        [(decision.id, place, *step_values(step).values()) for place, step in enumerate(decision.steps)],
    )


def load_notices(connection: sqlite3.Connection, decision_id: int = 0) -> dict[int, tuple[Notice, ...]]:
    """Public notices by decision id, oldest first; of one decision if it is named."""
    found: dict[int, list[Notice]] = {}
    for number, *row in connection.execute(
        f"SELECT decision_id, {', '.join(_NOTICE_NAMES)} FROM decision_notice WHERE ? IN (0, decision_id)"
        " ORDER BY decision_id, start, id",
        (decision_id,),
    ):
        kind, start, end, *rest = row
        notice = Notice(kind, date.fromisoformat(start), date.fromisoformat(end), *rest)
        found.setdefault(number, []).append(notice)
    return {number: tuple(notices) for number, notices in found.items()}


def insert_notice(connection: sqlite3.Connection, decision_id: int, notice: Notice) -> None:
    """Note a public notice."""
    connection.execute(
        f"INSERT INTO decision_notice(decision_id, {', '.join(_NOTICE_NAMES)}) VALUES(?,?,?,?,?,?,?)",
        (decision_id, *(stored(name, value) for name, value in notice._asdict().items())),
    )


def strike_notice(connection: sqlite3.Connection, uid: str, reason: str) -> None:
    """Note that a notice does not count, and why."""
    connection.execute("UPDATE decision_notice SET struck=? WHERE uid=?", (reason, uid))
