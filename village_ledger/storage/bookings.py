"""Where the vouchers are that acts on a register proposed: found by the source that draft and voucher bear."""

import sqlite3
from typing import Any

from ..domain.assets.register import Booking


def load_bookings(
    connection: sqlite3.Connection, sources: frozenset[str], uids: frozenset[str]
) -> tuple[dict[str, Booking], dict[int, int]]:
    """Where the vouchers of sources and uids are, and which voucher reverses which (the reversing one is the key)."""
    if not sources and not uids:
        return {}, {}
    reversals = dict(connection.execute("SELECT id, reverses FROM voucher WHERE reverses <> 0"))
    cancelled = set(reversals.values())
    found = {
        source: Booking("待记账", draft=draft)
        for draft, source in connection.execute("SELECT id, source FROM draft WHERE source <> ''")
        if source in sources
    }
    accounts: dict[int, set[str]] = {}
    wanted: list[tuple[int, str, str, str]] = []
    for voucher, uid, source, label in connection.execute(
        "SELECT id, uid, source, month || ' ' || word || '-' || number FROM voucher"
    ):
        if source in sources or uid in uids:
            wanted.append((voucher, uid, source, label))
    for start in range(0, len(wanted), 500):
        ids = ",".join(str(one[0]) for one in wanted[start : start + 500])
        for voucher, code in connection.execute(
            "SELECT DISTINCT voucher_id, code FROM voucher_line JOIN account ON account.id = account_id"
            f" WHERE voucher_id IN ({ids})"
        ):
            accounts.setdefault(voucher, set()).add(code)
    for voucher, uid, source, label in wanted:
        state: Any = "已冲销" if voucher in cancelled else "已记账"
        booking = Booking(state, 0, voucher, uid, label, frozenset(accounts.get(voucher, ())))
        if uid in uids:
            found[uid] = booking
        if source in sources and (source not in found or found[source].state != "已记账"):
            found[source] = booking
    return found, reversals


def posted_label(connection: sqlite3.Connection, source: str) -> str:
    """The posted, not reversed voucher of a source, as `2025-07 记-5`; empty when there is none."""
    row = connection.execute(
        "SELECT month || ' ' || word || '-' || number FROM voucher v WHERE source=?"
        " AND NOT EXISTS(SELECT 1 FROM voucher r WHERE r.reverses = v.id)",
        (source,),
    ).fetchone()
    return str(row[0]) if row else ""


def proposed_drafts(connection: sqlite3.Connection, source: str) -> tuple[tuple[int, str, str], ...]:
    """Id, month and state of the drafts that wait under a source."""
    return tuple(connection.execute("SELECT id, month, state FROM draft WHERE source=?", (source,)))


def delete_proposed(connection: sqlite3.Connection, draft_id: int) -> None:
    """Delete a waiting draft with its lines."""
    connection.execute("DELETE FROM draft WHERE id=?", (draft_id,))
