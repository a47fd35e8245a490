"""What on the registers a voucher comes from: found by the source draft and voucher bear, or by the voucher's uid."""

import sqlite3

from .contract_entries import MARK

_CONTRACTS = """
SELECT id, code FROM contract WHERE id IN (
    SELECT contract_id FROM contract_charge WHERE source = :source OR uid = :uid
    UNION SELECT contract_id FROM contract_waiver WHERE source = :source
    UNION SELECT contract_id FROM contract_allocation WHERE receipt_id IN (
        SELECT id FROM contract_receipt WHERE source = :source OR uid = :uid)
) OR code = :deposit ORDER BY code
"""
_PARTY = """
SELECT c.id, c.code FROM contract_receipt r JOIN contract c ON c.party_id = r.party_id AND c.account = r.account
WHERE r.source = :source OR r.uid = :uid ORDER BY c.code LIMIT 1
"""
"""Rent in advance that settles nothing yet: the first contract of who paid it."""
_ADOPTED = "instr(',' || adopted || ',', :listed) > 0"
_CARDS = f"""
SELECT id, code || ' ' || name FROM asset_card WHERE voucher = :uid OR id IN (
    SELECT card_id FROM asset_change
    WHERE source = :source OR settle_source = :source OR {_ADOPTED}
) ORDER BY code
"""
_RUNS = f"SELECT id, month FROM asset_run WHERE source = :source OR {_ADOPTED}"
_GOODS = f"""
SELECT id, code || ' ' || name FROM stock_item WHERE id IN (
    SELECT item_id FROM stock_move WHERE source = :source OR {_ADOPTED}
) ORDER BY code
"""
_REQUESTS = """
SELECT id, number FROM request WHERE id IN (
    SELECT request_id FROM request_voucher WHERE voucher_uid = :uid OR (draft_id = :draft AND voucher_uid = '')
) ORDER BY number
"""
Found = tuple[int, str]
"""A row's id and what it is called; a run is called by its month."""


def find_origins(connection: sqlite3.Connection, source: str, uid: str, draft: int = 0) -> dict[str, tuple[Found, ...]]:
    """Rows by register: contract, asset, depreciation, stock, request; empty values find nothing."""
    deposit = source.split()[1] if source.startswith(f"{MARK}押金") else ""
    values = {
        "source": source or "\0",
        "uid": uid or "\0",
        "listed": f",{uid}," if uid else "\0",
        "deposit": deposit,
        "draft": draft or -1,
    }
    queries = {"contract": _CONTRACTS, "asset": _CARDS, "depreciation": _RUNS, "stock": _GOODS, "request": _REQUESTS}
    found = {register: tuple(connection.execute(query, values)) for register, query in queries.items()}
    if not found["contract"]:
        found["contract"] = tuple(connection.execute(_PARTY, values))
    return found


_DRAWING = {
    "request": ("request", "SELECT id, number FROM request WHERE uid = ?"),
    "contract": ("contract", "SELECT id, code FROM contract WHERE code = ?"),
    "project": ("project", "SELECT id, code FROM project WHERE uid = ?"),
    "project-change": (
        "project",
        "SELECT p.id, p.code FROM project p JOIN project_change h ON h.project_id = p.id WHERE h.id = ?",
    ),
    "waiver": (
        "contract",
        "SELECT c.id, c.code FROM contract c JOIN contract_waiver w ON w.contract_id = c.id WHERE w.id = ?",
    ),
    "change": (
        "asset",
        "SELECT k.id, k.code || ' ' || k.name FROM asset_card k JOIN asset_change a ON a.card_id = k.id"
        " WHERE a.uid = ?",
    ),
}


def find_drawing(connection: sqlite3.Connection, kind: str, key: str) -> tuple[str, int, str] | None:
    """The register, row id and name of what a draw's target names; None for a kind without a page."""
    register, query = _DRAWING.get(kind, ("", ""))
    row = connection.execute(query, (key,)).fetchone() if query else None
    return (register, row[0], row[1]) if row else None


_SUBJECTS = {
    "凭证": "SELECT id FROM voucher WHERE uid = ?",
    "合同": "SELECT id FROM contract WHERE code = ?",
    "资产": "SELECT id FROM asset_card WHERE code = ?",
    "决策": "SELECT id FROM decision WHERE number = ?",
}


def find_subject(connection: sqlite3.Connection, kind: str, key: str) -> int:
    """The row id of what a comment of the township is on; 0 when there is none."""
    row = connection.execute(_SUBJECTS[kind], (key,)).fetchone() if kind in _SUBJECTS else None
    return int(row[0]) if row else 0
