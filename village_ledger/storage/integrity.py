"""Reading everything `verify` needs, without trusting stored sums."""

import sqlite3

from ..domain.chain import openings_content, sha256
from ..domain.period import Period
from . import (
    schema,
    schema_assets,
    schema_budgets,
    schema_contracts,
    schema_decisions,
    schema_disclosure,
    schema_oversight,
    schema_people,
    schema_requests,
    schema_resources,
    schema_review,
)
from .migrations import migrate
from .openings import load_openings

TRIGGERS = "".join(
    one.TRIGGERS
    for one in (
        schema,
        schema_assets,
        schema_resources,
        schema_contracts,
        schema_people,
        schema_decisions,
        schema_requests,
        schema_budgets,
        schema_disclosure,
        schema_oversight,
        schema_review,
    )
)
"""Every protective trigger a book must have."""


def database_problem(connection: sqlite3.Connection) -> str:
    """SQLite's own complaint about the file, or empty."""
    try:
        (state,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if state != "ok":
            return f"数据库结构损坏：{state}"
        if row := connection.execute("PRAGMA foreign_key_check").fetchone():
            return f"表 {row[0]} 第 {row[1]} 行引用了不存在的 {row[2]}"
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return f"数据库读取出错：{error}"
    return ""


def missing_triggers(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Protective triggers that somebody removed or rewrote."""
    stored = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type='trigger'"))
    wanted = {}
    for statement in TRIGGERS.split("END;"):
        text = statement.strip()
        if text:
            wanted[text.split()[2]] = text + "END" if text.endswith("\n") else text + " END"
    return tuple(
        name for name, text in wanted.items() if "".join(stored.get(name, "").split()) != "".join(text.split())
    )


def changed_structure(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Tables, indexes, views and added triggers that differ from what this program creates."""
    pristine = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(pristine)
        wanted = _structure(pristine)
    finally:
        pristine.close()
    stored = _structure(connection)
    return tuple(
        name
        for name in sorted(wanted.keys() | stored.keys())
        if stored.get(name) != wanted.get(name) and not (name in wanted and wanted[name].startswith("CREATETRIGGER"))
    )


def _structure(connection: sqlite3.Connection) -> dict[str, str]:
    """What each table, index, view and trigger was created with, without blanks; SQLite's own are left out."""
    return {
        name: "".join(sql.split())
        for name, sql in connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        )
    }


def people(connection: sqlite3.Connection) -> dict[str, tuple[str, bool]]:
    """Role and state of everybody by name."""
    return {row[0]: (row[1], bool(row[2])) for row in connection.execute("SELECT name, role, active FROM person")}


def openings_digest(connection: sqlite3.Connection) -> str:
    """Digest of the opening balances as they are now."""
    return sha256(openings_content(load_openings(connection)))


def master_data(connection: sqlite3.Connection) -> tuple[dict[str, dict[str, object]], dict[str, dict[str, object]]]:
    """Accounts by code and items by category:code, as the log describes them."""
    accounts = {
        row[0]: {
            "code": row[0],
            "name": row[1],
            "category": row[2],
            "side": row[3],
            "auxiliaries": row[4],
            "unit": row[5],
            "disabled": bool(row[6]),
        }
        for row in connection.execute(
            "SELECT code, name, category, side, auxiliaries, unit, disabled FROM account ORDER BY code"
        )
    }
    items = {
        f"{row[0]}:{row[1]}": {"category": row[0], "code": row[1], "name": row[2], "disabled": bool(row[3])}
        for row in connection.execute("SELECT category, code, name, disabled FROM item ORDER BY category, code")
    }
    return accounts, items


def line_mismatches(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Vouchers whose stored heading does not fit their lines: count, total, balance, month."""
    return tuple(
        f"{month} {word}-{number}"
        for month, word, number in connection.execute(
            "SELECT v.month, v.word, v.number FROM voucher v LEFT JOIN voucher_line l ON l.voucher_id = v.id"
            " GROUP BY v.id HAVING count(l.position) <> v.line_count OR sum(l.debit_fen) <> sum(l.credit_fen)"
            " OR sum(l.debit_fen) <> v.total_fen OR min(l.month) <> v.month OR max(l.month) <> v.month"
            " OR max(l.carried) <> (v.kind = 'carry') ORDER BY v.id LIMIT 20"
        )
    )


def closed_months(connection: sqlite3.Connection) -> tuple[Period, ...]:
    """The closed months, oldest first."""
    return tuple(
        Period.parse(month)
        for (month,) in connection.execute("SELECT month FROM period WHERE closed = 1 ORDER BY month")
    )
