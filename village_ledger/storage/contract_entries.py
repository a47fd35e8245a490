"""What happened to contracts' payments: charges, receipts, allocations and waivers, with the vouchers they led to."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from ..domain.account import Item
from ..domain.contract_account import NO_VOUCHER, Allocation, Charge, Receipt, Voucher, Waiver

MARK = "〔合同〕"
"""How the source of every voucher proposed for contracts begins; the indexes of the schema rest on it."""


class Entries(NamedTuple):
    """Everything that happened, in the order it was entered."""

    charges: tuple[Charge, ...]
    receipts: tuple[Receipt, ...]
    allocations: tuple[Allocation, ...]
    waivers: tuple[Waiver, ...]


class Bookings:
    """Finds the voucher or draft behind an entry; everything is read once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._by_source: dict[str, Voucher] = {}
        self._by_uid: dict[str, Voucher] = {}
        for source, draft in connection.execute(
            f"SELECT source, id FROM draft WHERE substr(source, 1, 4) = '{MARK}' AND reverses = 0"
        ):
            self._by_source[source] = Voucher("draft", draft, f"草稿{draft}")
        posted = "SELECT v.{key}, v.id, v.word, v.number, EXISTS(SELECT 1 FROM voucher r WHERE r.reverses = v.id)"
        for source, *row in connection.execute(
            posted.format(key="source") + f" FROM voucher v WHERE substr(v.source, 1, 4) = '{MARK}' AND v.reverses = 0"
        ):
            self._by_source[source] = _posted(*row)
        for uid, *row in connection.execute(
            posted.format(key="uid")
            + " FROM voucher v WHERE v.uid IN (SELECT uid FROM contract_receipt WHERE uid <> ''"
            " UNION SELECT uid FROM contract_charge WHERE uid <> '')"
        ):
            self._by_uid[uid] = _posted(*row)

    def of(self, source: str, uid: str = "") -> Voucher:
        """Where an entry stands in the books."""
        return self._by_uid.get(uid, NO_VOUCHER) if uid else self._by_source.get(source, NO_VOUCHER)


def _posted(voucher: int, word: str, number: int, reversed_later: int) -> Voucher:
    return Voucher("void" if reversed_later else "posted", voucher, f"{word}-{number}")


Key = tuple[int, int]
"""A contract and one of its instalments."""


def settled_in_books(connection: sqlite3.Connection, bookings: Bookings) -> frozenset[Key]:
    """Instalments that stand in the books in full, of contracts whose party has no money left to allocate.

    Accruing need not look at them again; after some years they are nearly all there are.
    """
    sums: dict[Key, int] = {}
    for contract, seq, fen, source, uid, amount in connection.execute(
        "SELECT c.contract_id, c.seq, c.amount_fen, c.source, c.uid, i.amount_fen FROM contract_charge c"
        " JOIN contract_instalment i ON i.contract_id = c.contract_id AND i.seq = c.seq"
    ):
        if bookings.of(source, uid).counts:
            key = contract, seq
            sums[key] = sums.get(key, amount) - fen
    spare = {
        contract
        for (contract,) in connection.execute(
            "SELECT c.id FROM contract c WHERE c.party_id IN (SELECT r.party_id FROM contract_receipt r WHERE"
            " r.amount_fen > coalesce("
            "(SELECT sum(a.amount_fen) FROM contract_allocation a WHERE a.receipt_id = r.id), 0))"
        )
    }
    return frozenset(key for key, left in sums.items() if left <= 0 and key[0] not in spare)


def load_entries(
    connection: sqlite3.Connection, bookings: Bookings | None = None, without: frozenset[Key] = frozenset()
) -> Entries:
    """All entries with their vouchers; charges of some instalments may be left out."""
    bookings = bookings or Bookings(connection)
    items = {row[0]: Item(*row[1:]) for row in connection.execute("SELECT id, category, code, name FROM item")}
    days = {day: date.fromisoformat(day) for (day,) in connection.execute("SELECT DISTINCT day FROM contract_charge")}
    charges = tuple(
        Charge(contract, seq, days[day], fen, link[0], link[1], link[2], bookings.of(link[0], link[1]))
        for contract, seq, day, fen, *link in connection.execute(
            "SELECT contract_id, seq, day, amount_fen, source, uid, position FROM contract_charge ORDER BY id"
        )
        if (contract, seq) not in without
    )
    receipts = tuple(
        Receipt._make(
            (number, date.fromisoformat(day), fen, route, account, items.get(party), *link, bookings.of(*link[:2]))
        )
        for number, day, fen, route, account, party, *link in connection.execute(
            "SELECT id, day, amount_fen, route, account, party_id, source, uid, position FROM contract_receipt"
            " ORDER BY id"
        )
    )
    waivers = tuple(
        Waiver(number, contract, seq, date.fromisoformat(day), fen, reason, decision, source, bookings.of(source))
        for number, contract, seq, day, fen, reason, decision, source in connection.execute(
            "SELECT id, contract_id, seq, day, amount_fen, reason, decision, source FROM contract_waiver ORDER BY id"
        )
    )
    return Entries(charges, receipts, load_allocations(connection), waivers)


class DepositEntry(NamedTuple):
    """A voucher over a deposit: its source, day, amount in fen, and where it stands."""

    source: str
    day: date
    amount_fen: int
    voucher: Voucher


def deposit_entries(connection: sqlite3.Connection) -> tuple[DepositEntry, ...]:
    """The vouchers proposed for deposits, waiting or posted, that no other one cancels; oldest first."""
    marked = f"substr(source, 1, 4) = '{MARK}' AND substr(source, 5, 2) = '押金' AND reverses = 0"
    drafts = connection.execute(
        "SELECT source, day, (SELECT sum(debit_fen) FROM draft_line WHERE draft_id = d.id), id, '草稿' || id"
        f" FROM draft d WHERE {marked}"
    ).fetchall()
    posted = connection.execute(
        "SELECT source, day, total_fen, id, word || '-' || number FROM voucher v"
        f" WHERE {marked} AND NOT EXISTS(SELECT 1 FROM voucher r WHERE r.reverses = v.id)"
    ).fetchall()
    entries = [
        *(
            DepositEntry(source, date.fromisoformat(day), fen or 0, Voucher("draft", *at))
            for source, day, fen, *at in drafts
        ),
        *(
            DepositEntry(source, date.fromisoformat(day), fen, Voucher("posted", *at))
            for source, day, fen, *at in posted
        ),
    ]
    return tuple(sorted(entries, key=lambda one: (one.day, one.source)))


def load_allocations(connection: sqlite3.Connection) -> tuple[Allocation, ...]:
    """Which instalments the receipts pay, by receipt."""
    return tuple(
        Allocation(*row)
        for row in connection.execute(
            "SELECT receipt_id, contract_id, seq, amount_fen FROM contract_allocation ORDER BY 1, 2, 3"
        )
    )


def insert_charges(connection: sqlite3.Connection, charges: Iterable[Charge]) -> None:
    """Note payments that became receivable."""
    connection.executemany(
        "INSERT INTO contract_charge(contract_id, seq, day, amount_fen, source, uid, position) VALUES(?,?,?,?,?,?,?)",
        [(*one[:2], one.day.isoformat(), *one[3:7]) for one in charges],
    )


def insert_receipt(connection: sqlite3.Connection, receipt: Receipt) -> int:
    """Note a receipt and return its id."""
    party = receipt.party
    row = connection.execute(
        "INSERT INTO contract_receipt(day, amount_fen, route, account, party_id, source, uid, position)"
        " VALUES(?,?,?,?,(SELECT id FROM item WHERE category=? AND code=?),?,?,?)",
        (
            receipt.day.isoformat(),
            receipt.amount_fen,
            receipt.route,
            receipt.account,
            *(party[:2] if party else ("", "")),
            receipt.source,
            receipt.uid,
            receipt.position,
        ),
    ).lastrowid
    return int(row or 0)


def replace_allocations(connection: sqlite3.Connection, receipt: int, allocations: Iterable[Allocation]) -> None:
    """Write what a receipt pays in place of what it paid before; the schema refuses more than the receipt has."""
    connection.execute("DELETE FROM contract_allocation WHERE receipt_id=?", (receipt,))
    connection.executemany(
        "INSERT INTO contract_allocation(receipt_id, contract_id, seq, amount_fen) VALUES(?,?,?,?)", list(allocations)
    )


def insert_waiver(connection: sqlite3.Connection, waiver: Waiver) -> int:
    """Note rent let off and return the entry's id."""
    row = connection.execute(
        "INSERT INTO contract_waiver(contract_id, seq, day, amount_fen, reason, decision, source)"
        " VALUES(?,?,?,?,?,?,?)",
        (
            waiver.contract,
            waiver.seq,
            waiver.day.isoformat(),
            waiver.amount_fen,
            waiver.reason,
            waiver.decision,
            waiver.source,
        ),
    ).lastrowid
    return int(row or 0)


class LedgerEntry(NamedTuple):
    """A line on a 往来 or income account that may belong to a contract. `source` is its voucher's."""

    voucher: int
    uid: str
    position: int
    day: date
    label: str
    summary: str
    account: str
    party: Item | None
    debit_fen: int
    credit_fen: int
    source: str
    reverses: int
    reversed_by: int


def ledger_entries(
    connection: sqlite3.Connection, accounts: Iterable[str], until: str, voucher: int = 0
) -> Iterator[LedgerEntry]:
    """The posted lines of these leaf accounts up to a month, in order; of one voucher if it is named."""
    wanted = tuple(accounts)
    items = {
        row[0]: Item("往来户", *row[1:])
        for row in connection.execute("SELECT id, code, name FROM item WHERE category = '往来户'")
    }
    parties = {
        combination: items[item]
        for combination, item in connection.execute("SELECT combination_id, item_id FROM combination_item")
        if item in items
    }
    days: dict[str, date] = {}
    for row in connection.execute(
        "SELECT v.id, v.uid, l.position, v.day, v.word || '-' || v.number, l.summary, a.code, l.combination_id,"
        " l.debit_fen, l.credit_fen, v.source, v.reverses,"
        " coalesce((SELECT r.id FROM voucher r WHERE r.reverses = v.id AND r.reverses <> 0), 0)"
        " FROM account a CROSS JOIN voucher_line l ON l.account_id = a.id JOIN voucher v ON v.id = l.voucher_id"
        f" WHERE a.code IN ({','.join('?' * len(wanted))}) AND l.month <= ? AND ? IN (0, v.id) AND v.kind = 'normal'"
        " ORDER BY v.day, v.word, v.number, l.position",
        (*wanted, until, voucher),
    ):
        day = days.get(row[3])
        if day is None:
            day = days[row[3]] = date.fromisoformat(row[3])
        yield LedgerEntry._make((*row[:3], day, *row[4:7], parties.get(row[7]), *row[8:]))
