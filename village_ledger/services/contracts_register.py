"""The register of contracts as kept in the book, and the proof that nobody changed it behind the program's back."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from ..domain.chain import sha256
from ..domain.contract import Contract
from ..domain.contract_account import Allocation, Charge, Receipt, Waiver
from ..domain.contract_register import ContractRegister, assemble
from ..domain.contract_schedule import Instalment
from ..domain.masking import contact_masked
from ..storage.contract_entries import Bookings, load_entries, settled_in_books
from ..storage.contracts import contract_values, load_contracts, load_files, load_instalments
from ..storage.log import LogEntry
from .attachment_folder import attachment_state
from .book import Book
from .registered import compare


def read(connection: sqlite3.Connection, until: date = date.max, contract_id: int = 0) -> ContractRegister:
    """Every contract, or one, with its payments (those due by a day, if one is given), receipts and attachments."""
    entries = load_entries(connection)
    return assemble(
        load_contracts(connection, "? IN (0, c.id)", (contract_id,)),
        load_instalments(connection, contract_id, until),
        entries.charges,
        entries.receipts,
        entries.allocations,
        entries.waivers,
        load_files(connection),
    )


def read_open(connection: sqlite3.Connection, until: date) -> ContractRegister:
    """What accruing has to look at: the payments due by a day without those the books already show in full."""
    bookings = Bookings(connection)
    without = settled_in_books(connection, bookings)
    entries = load_entries(connection, bookings, without)
    return assemble(
        load_contracts(connection),
        load_instalments(connection, until=until, without=without),
        entries.charges,
        entries.receipts,
        entries.allocations,
        entries.waivers,
    )


def contract_detail(contract: Contract, instalments: Iterable[Instalment]) -> dict[str, Any]:
    """What the log keeps of a contract: its terms in full, its schedule as a digest, telephone numbers masked.

    The log leaves the office with every package; a digest tells whether the contact was changed.
    """
    rows = [[one.seq, one.due.isoformat(), one.amount_fen, one.settled] for one in instalments]
    return _contact_hidden(
        {
            **contract_values(contract),
            "party": f"{contract.party.category}:{contract.party.code}",
            "schedule": sha256(rows),
        }
    )


def _contact_hidden(detail: dict[str, Any]) -> dict[str, Any]:
    """A record whose contact is written in full, as older programs logged it, the way it is logged now."""
    contact = detail["contact"]
    return {**detail, "contact": contact_masked(contact), "numbers": sha256([detail["code"], contact])}


def charge_detail(charge: Charge) -> list[Any]:
    """What the log keeps of a payment that became receivable."""
    return [*charge[:2], charge.day.isoformat(), *charge[3:7]]


def receipt_detail(receipt: Receipt) -> list[Any]:
    """What the log keeps of a receipt."""
    party = f"{receipt.party.category}:{receipt.party.code}" if receipt.party else ""
    return [
        receipt.id,
        receipt.day.isoformat(),
        receipt.amount_fen,
        receipt.route,
        receipt.account,
        party,
        receipt.source,
        receipt.uid,
        receipt.position,
    ]


def waiver_detail(waiver: Waiver) -> list[Any]:
    """What the log keeps of rent let off."""
    return [
        waiver.id,
        waiver.contract,
        waiver.seq,
        waiver.day.isoformat(),
        waiver.amount_fen,
        waiver.reason,
        waiver.decision,
        waiver.source,
    ]


def allocation_detail(allocations: Iterable[Allocation]) -> list[list[int]]:
    """What the log keeps of what a receipt pays: contract, instalment, fen."""
    return [[one.contract, one.seq, one.amount_fen] for one in sorted(allocations)]


class _Replay:
    """What the log says the register holds."""

    def __init__(self, log: Iterable[LogEntry]) -> None:
        self.contracts: dict[str, Any] = {}
        self.charges: list[Any] = []
        self.receipts: list[Any] = []
        self.waivers: list[Any] = []
        self.allocations: dict[int, Any] = {}
        self.files: dict[tuple[str, str], Any] = {}
        for entry in log:
            if entry.action.startswith("contract"):
                self._take(entry.action, entry.detail)

    def _take(self, action: str, detail: Any) -> None:
        if action == "contract":
            self.contracts[detail["code"]] = detail if "numbers" in detail else _contact_hidden(detail)
        elif action == "contract-file":
            self.files[detail["contract"], detail["sha256"]] = [detail["name"], detail["size"]]
        elif action == "contract-file-delete":
            self.files.pop((detail["contract"], detail["sha256"]), None)
        else:
            self.charges += detail.get("charges", ())
            self.receipts += detail.get("receipts", ())
            self.waivers += detail.get("waivers", ())
            for receipt, allocations in detail.get("allocations", ()):
                self.allocations[receipt] = allocations


def findings(book: Book, log: Iterable[LogEntry]) -> Iterator[str]:
    """What differs between the contracts in the book and what the log says of them."""
    said = _Replay(log)
    connection = book.connection
    schedules = load_instalments(connection)
    contracts = load_contracts(connection)
    stored = {one.code: contract_detail(one, schedules.get(one.id, ())) for one in contracts}
    yield from compare("合同", stored, said.contracts)
    entries = load_entries(connection)
    yield from _compare("合同应收记录", [charge_detail(one) for one in entries.charges], said.charges)
    yield from _compare("合同收款记录", [receipt_detail(one) for one in entries.receipts], said.receipts)
    yield from _compare("租金减免记录", [waiver_detail(one) for one in entries.waivers], said.waivers)
    allocations: dict[int, list[Allocation]] = {}
    for one in entries.allocations:
        allocations.setdefault(one.receipt, []).append(one)
    for receipt in sorted(allocations.keys() | said.allocations.keys()):
        if allocation_detail(allocations.get(receipt, ())) != said.allocations.get(receipt, []):
            yield f"第 {receipt} 笔合同收款的分配和登记的不一样，被改动过"
    codes = {one.id: one.code for one in contracts}
    files = {
        (codes[contract], one.sha256): [one.name, one.size]
        for contract, rows in load_files(connection).items()
        for one in rows
    }
    for code, digest in sorted(files.keys() ^ said.files.keys()):
        yield f"合同 {code} 的附件清单和登记的不一样，被改动过（{digest[:8]}）"
    for contract, rows in load_files(connection).items():
        for kept in rows:
            if attachment_state(book.path, kept) == "内容被改动":
                yield f"合同 {codes[contract]} 的附件“{kept.name}”内容被改动过"


def _compare(what: str, stored: list[Any], logged: list[Any]) -> Iterator[str]:
    if stored == logged:
        return
    place = next(
        number for number, pair in enumerate(zip([*stored, None], [*logged, None], strict=False)) if pair[0] != pair[1]
    )
    yield f"{what}第 {place + 1} 条和登记的不一样，被增删或改动过"
