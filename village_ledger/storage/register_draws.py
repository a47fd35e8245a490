"""What contracts, rent let off and assets given up name a decision for: read straight from their tables."""

import sqlite3

_PROJECT = "EXISTS(SELECT 1 FROM project p WHERE p.decision = {0} AND p.decision <> '')"
_CONTRACTS = f"""
SELECT c.decision, c.code, c.subject, coalesce(nullif(c.signed, ''), c.start),
    CASE WHEN c.direction = '付' AND NOT {_PROJECT.format("c.decision")} THEN
        coalesce((SELECT sum(i.amount_fen) FROM contract_instalment i
            WHERE i.contract_id = c.id AND (c.ended = '' OR i.start <= c.ended)), 0)
    ELSE 0 END
FROM contract c WHERE c.decision <> '' ORDER BY c.code
"""
_STANDS = """
({0} = '' OR EXISTS(SELECT 1 FROM draft d WHERE d.source = {0})
    OR EXISTS(SELECT 1 FROM voucher v WHERE v.source = {0}
        AND NOT EXISTS(SELECT 1 FROM voucher r WHERE r.reverses = v.id)))
"""
_WAIVERS = f"""
SELECT w.decision, w.id, c.code, w.reason, w.day, w.amount_fen FROM contract_waiver w JOIN contract c
ON c.id = w.contract_id WHERE {_STANDS.format("w.source")} ORDER BY w.id
"""
_DISPOSALS = f"""
SELECT a.decision, a.uid, a.kind, k.code, k.name, a.day, a.accumulated_fen - a.original_fen FROM asset_change a
JOIN asset_card k ON k.id = a.card_id WHERE a.decision <> '' AND a.state IN ('已批准','已备案')
AND a.kind IN ('报废','出售','毁损','盘亏') AND {_STANDS.format("a.source")} ORDER BY a.id
"""


def contract_draws(connection: sqlite3.Connection) -> tuple[tuple[str, str, str, str, int], ...]:
    """(decision, code, subject, day, fen) of every contract.

    One the village is paid under draws no money (0), nor does one whose decision a project draws on already.
    """
    return tuple(connection.execute(_CONTRACTS))


def waiver_draws(connection: sqlite3.Connection) -> tuple[tuple[str, int, str, str, str, int], ...]:
    """(decision, id, contract, reason, day, fen) of rent let off, without what a reversed voucher took back."""
    return tuple(connection.execute(_WAIVERS))


def disposal_draws(connection: sqlite3.Connection) -> tuple[tuple[str, str, str, str, str, str, int], ...]:
    """(decision, uid, kind, code, name, day, fen) of approved disposals; fen is the carrying amount given up."""
    return tuple(connection.execute(_DISPOSALS))


def has_project(connection: sqlite3.Connection, decision: str) -> bool:
    """Whether a project draws on a decision; its contracts then are part of what the project draws."""
    return bool(connection.execute(f"SELECT {_PROJECT.format('?1')}", (decision,)).fetchone()[0])
