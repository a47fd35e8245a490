"""Projects and what happened to them: rows to values and back."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ..domain.account import Item
from ..domain.project import Acceptance, ContractChange, FinalAccount, Project, Release
from ..domain.tender import Bid, Tender
from .budgets import project_members

_COLUMNS = (
    "code, name, kind, award, decision, budget_fen, approved, member, contract, contractor, contract_fen, signed,"
    " advance_fen, retention_bp, retention_due, site, note"
)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def load_projects(connection: sqlite3.Connection, code: str = "") -> tuple[Project, ...]:
    """Every project in code order, or one."""
    members = project_members(connection)
    rows = connection.execute(
        f"SELECT {_COLUMNS}, id, version, uid FROM project WHERE ? IN ('', code) ORDER BY code", (code,)
    )
    return tuple(_project(row, members) for row in rows)


def _project(row: tuple[Any, ...], members: Mapping[str, Item]) -> Project:
    fields = list(row)
    fields[6] = date.fromisoformat(row[6])
    fields[7] = members.get(row[7])
    fields[11], fields[14] = _day(row[11]), _day(row[14])
    return Project._make(fields)


def _values(project: Project) -> tuple[Any, ...]:
    return (
        *project[:6],
        project.approved.isoformat(),
        project.member.code if project.member else "",
        *project[8:11],
        _text(project.signed),
        *project[12:14],
        _text(project.retention_due),
        project.site,
        project.note,
    )


def insert_project(connection: sqlite3.Connection, project: Project) -> int:
    """Add a project and return its id."""
    values = _values(project)
    row = connection.execute(
        f"INSERT INTO project({_COLUMNS}, version, uid) VALUES({','.join('?' * len(values))}, 1, ?)",
        (*values, project.uid),
    ).lastrowid
    return int(row or 0)


def update_project(connection: sqlite3.Connection, project: Project) -> None:
    """Write a project back; its code stays."""
    names = [name.strip() for name in _COLUMNS.split(",")]
    settings = ", ".join(f"{name}=?" for name in names if name != "code")
    connection.execute(
        f"UPDATE project SET {settings}, version=version+1 WHERE id=?", (*_values(project)[1:], project.id)
    )


def load_tenders(connection: sqlite3.Connection) -> dict[int, tuple[Tender, ...]]:
    """The rounds of tender by project, oldest first."""
    found: dict[int, list[Tender]] = {}
    for row in connection.execute(
        "SELECT project_id, announced, closed, opened, place, control_fen, supervisors, bids, winner, reason, failed,"
        " note, id, version FROM project_tender ORDER BY id"
    ):
        found.setdefault(row[0], []).append(
            Tender(
                date.fromisoformat(row[1]),
                date.fromisoformat(row[2]),
                _day(row[3]),
                row[4],
                row[5],
                tuple(json.loads(row[6])),
                tuple(Bid(*bid) for bid in json.loads(row[7])),
                *row[8:],
            )
        )
    return {project: tuple(rounds) for project, rounds in found.items()}


def _tender_values(tender: Tender) -> tuple[Any, ...]:
    return (
        tender.announced.isoformat(),
        tender.closed.isoformat(),
        _text(tender.opened),
        tender.place,
        tender.control_fen,
        json.dumps(tender.supervisors, ensure_ascii=False),
        json.dumps(tender.bids, ensure_ascii=False),
        tender.winner,
        tender.reason,
        tender.failed,
        tender.note,
    )


def insert_tender(connection: sqlite3.Connection, project_id: int, tender: Tender) -> int:
    """Add a round of tender and return its id."""
    row = connection.execute(
        "INSERT INTO project_tender(project_id, announced, closed, opened, place, control_fen, supervisors, bids,"
        " winner, reason, failed, note, version) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,1)",
        (project_id, *_tender_values(tender)),
    ).lastrowid
    return int(row or 0)


def update_tender(connection: sqlite3.Connection, tender: Tender) -> None:
    """Write a round that is not settled yet."""
    connection.execute(
        "UPDATE project_tender SET announced=?, closed=?, opened=?, place=?, control_fen=?, supervisors=?, bids=?,"
        " winner=?, reason=?, failed=?, note=?, version=version+1 WHERE id=?",
        (*_tender_values(tender), tender.id),
    )


def _grouped(rows: Iterable[tuple[int, Any]]) -> dict[int, tuple[Any, ...]]:
    found: dict[int, list[Any]] = {}
    for project, value in rows:
        found.setdefault(project, []).append(value)
    return {project: tuple(values) for project, values in found.items()}


def load_changes(connection: sqlite3.Connection) -> dict[int, tuple[ContractChange, ...]]:
    """Changes of contracts by project, in day order."""
    rows = connection.execute("SELECT project_id, day, fen, decision, reason, id FROM project_change ORDER BY day, id")
    return _grouped((row[0], ContractChange(date.fromisoformat(row[1]), *row[2:])) for row in rows)


def load_acceptances(connection: sqlite3.Connection) -> dict[int, tuple[Acceptance, ...]]:
    """Acceptances by project, in day order."""
    rows = connection.execute(
        "SELECT project_id, day, kind, total_fen, people, opinion, id FROM project_acceptance ORDER BY day, id"
    )
    return _grouped(
        (row[0], Acceptance(date.fromisoformat(row[1]), row[2], row[3], tuple(json.loads(row[4])), *row[5:]))
        for row in rows
    )


def load_releases(connection: sqlite3.Connection) -> dict[int, tuple[Release, ...]]:
    """Retention money set free, by project, in day order."""
    rows = connection.execute("SELECT project_id, day, fen, reason, id FROM project_release ORDER BY day, id")
    return _grouped((row[0], Release(date.fromisoformat(row[1]), *row[2:])) for row in rows)


def load_finals(connection: sqlite3.Connection) -> dict[int, tuple[FinalAccount, ...]]:
    """Final accounts by project, in the order entered."""
    rows = connection.execute("SELECT project_id, day, audited_fen, auditor, number, id FROM project_final ORDER BY id")
    return _grouped((row[0], FinalAccount(date.fromisoformat(row[1]), *row[2:])) for row in rows)


def insert_change(connection: sqlite3.Connection, project_id: int, one: ContractChange) -> int:
    """Add a change of the contract and return its id."""
    sql = "INSERT INTO project_change(project_id, day, fen, decision, reason) VALUES(?,?,?,?,?)"
    row = connection.execute(sql, (project_id, one.day.isoformat(), one.fen, one.decision, one.reason)).lastrowid
    return int(row or 0)


def insert_acceptance(connection: sqlite3.Connection, project_id: int, one: Acceptance) -> int:
    """Add an acceptance and return its id."""
    people = json.dumps(one.people, ensure_ascii=False)
    sql = "INSERT INTO project_acceptance(project_id, day, kind, total_fen, people, opinion) VALUES(?,?,?,?,?,?)"
    values = (project_id, one.day.isoformat(), one.kind, one.total_fen, people, one.opinion)
    return int(connection.execute(sql, values).lastrowid or 0)


def insert_release(connection: sqlite3.Connection, project_id: int, one: Release) -> int:
    """Add retention money set free and return its id."""
    sql = "INSERT INTO project_release(project_id, day, fen, reason) VALUES(?,?,?,?)"
    row = connection.execute(sql, (project_id, one.day.isoformat(), one.fen, one.reason)).lastrowid
    return int(row or 0)


def insert_final(connection: sqlite3.Connection, project_id: int, one: FinalAccount) -> int:
    """Add a final account and return its id."""
    sql = "INSERT INTO project_final(project_id, day, audited_fen, auditor, number) VALUES(?,?,?,?,?)"
    values = (project_id, one.day.isoformat(), one.audited_fen, one.auditor, one.number)
    return int(connection.execute(sql, values).lastrowid or 0)


def insert_payment(connection: sqlite3.Connection, project_id: int, kind: str, fen: int, uid: str) -> int:
    """Note that a posted voucher paid for a project, and return the row's id."""
    sql = "INSERT INTO project_payment(project_id, kind, fen, voucher_uid) VALUES(?,?,?,?)"
    return int(connection.execute(sql, (project_id, kind, fen, uid)).lastrowid or 0)
