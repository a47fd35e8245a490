"""Claiming posted vouchers for contracts: receivables and receipts that were booked without the register."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from ..domain.contract import INCOMING
from ..domain.contract_account import Charge, ContractAccount, Receipt, Voucher, allocate_oldest
from ..domain.contract_register import ContractRegister, ReceiptAccount, accounts_of
from ..domain.errors import BadInput
from ..domain.money import format_fen
from ..storage.contract_entries import MARK, LedgerEntry, insert_charges, ledger_entries
from .book import Book
from .contract_receipts import Part, check_parts, note_receipt, payable_by
from .contracts_register import charge_detail, read

ClaimKind = Literal["应收", "收款", "直接"]
"""应收: the party was charged; 收款: it paid; 直接: money booked straight to income, charge and receipt in one."""
_LAST = "9999-12"


class Candidate(NamedTuple):
    """A posted line that may belong to contracts. `free_fen` is what is not claimed yet."""

    kind: ClaimKind
    entry: LedgerEntry
    free_fen: int


def candidates(book: Book) -> tuple[Candidate, ...]:
    """Posted lines on the parties' accounts and the contracts' income accounts that nothing has claimed yet."""
    return _candidates(book, read(book.connection), 0)


def _candidates(book: Book, register: ContractRegister, voucher: int) -> tuple[Candidate, ...]:
    contracts = [account.contract for account in register.accounts]
    owed = {(one.account, one.party[:2]): one.direction for one in contracts}
    counters = {one.counter: one.direction for one in contracts if one.counter}
    claimed = _claimed(register)
    accounts = {one.account for one in contracts} | set(counters)
    since = min((one.tracked_from for one in contracts), default=None)
    lines = [
        line
        for line in ledger_entries(book.connection, sorted(accounts), _LAST, voucher)
        if not (line.source.startswith(MARK) or line.reverses or line.reversed_by)
    ]
    on_account: dict[int, int] = {}
    for line in lines:
        if line.account not in counters:
            on_account[line.voucher] = on_account.get(line.voucher, 0) + line.debit_fen - line.credit_fen
    found: list[Candidate] = []
    for line in lines:
        if since is None or line.day < since:
            continue
        free = 0
        kind: ClaimKind = "直接"
        signed = line.debit_fen - line.credit_fen
        if line.account in counters:
            sign = -1 if counters[line.account] == INCOMING else 1
            free = min(signed * sign, signed * sign + on_account.get(line.voucher, 0) * sign)
        elif line.party and (line.account, line.party[:2]) in owed:
            sign = 1 if owed[line.account, line.party[:2]] == INCOMING else -1
            kind = "应收" if signed * sign > 0 else "收款"
            free = abs(signed) if line.debit_fen + line.credit_fen > 0 else 0
        free -= claimed.get((line.uid, line.position), 0)
        if free > 0:
            found.append(Candidate(kind, line, free))
    return tuple(found)


def _claimed(register: ContractRegister) -> dict[tuple[str, int], int]:
    found: dict[tuple[str, int], int] = {}
    for charge in register.charges:
        if charge.uid:
            key = charge.uid, charge.position
            found[key] = found.get(key, 0) + charge.amount_fen
    for one in register.receipts:
        if one.receipt.uid:
            key = one.receipt.uid, one.receipt.position
            found[key] = found.get(key, 0) + one.receipt.amount_fen
    return found


def _candidate(book: Book, register: ContractRegister, voucher: int, position: int) -> Candidate:
    for one in _candidates(book, register, voucher):
        if one.entry.position == position:
            return one
    raise BadInput("这一行分录不能认领：它已经认领过、被冲销了，或者不属于登记了合同的往来户")


def claim_receipt(book: Book, voucher: int, position: int, parts: tuple[Part, ...] | None = None) -> ReceiptAccount:
    """Take a posted line as money for contracts; None settles the oldest first (straight income: name the parts)."""
    with book.write("contract.book") as transaction:
        register = read(transaction.connection)
        candidate = _candidate(book, register, voucher, position)
        if candidate.kind == "应收":
            raise BadInput("这一行是应收，不是收款，请认领为应收")
        line = candidate.entry
        direct = candidate.kind == "直接"
        receipt = Receipt(
            0,
            line.day,
            candidate.free_fen,
            "直接" if direct else "往来",
            line.account,
            None if direct else line.party,
            uid=line.uid,
            position=line.position,
            voucher=Voucher("posted", line.voucher, line.label),
        )
        accounts = payable_by(register, receipt)
        if parts is None:
            if direct:
                raise BadInput("直接记收入的款项要指明是哪份合同、哪一期的")
            parts = allocate_oldest(receipt.amount_fen, accounts)
        if direct:
            receipt = receipt._replace(amount_fen=sum(fen for *_, fen in parts))
            if not 0 < receipt.amount_fen <= candidate.free_fen:
                raise BadInput(f"这一行还可以认领 {format_fen(candidate.free_fen)} 元")
        check_parts(receipt.amount_fen, parts, accounts, direct=direct)
        return note_receipt(transaction, receipt, parts)


def claim_charge(book: Book, voucher: int, position: int, parts: tuple[Part, ...] | None = None) -> tuple[Charge, ...]:
    """Take a posted receivable as the charge of contract payments; None takes the earliest not charged yet."""
    with book.write("contract.book") as transaction:
        register = read(transaction.connection)
        candidate = _candidate(book, register, voucher, position)
        line = candidate.entry
        if candidate.kind != "应收" or line.party is None:
            raise BadInput("这一行不是应收，请认领为收款")
        accounts = accounts_of(register, line.party, line.account)
        if parts is None:
            parts = _earliest(candidate.free_fen, accounts)
        _check_charge(candidate.free_fen, parts, accounts)
        charges = tuple(
            Charge(contract, seq, line.day, fen, uid=line.uid, position=line.position) for contract, seq, fen in parts
        )
        insert_charges(transaction.connection, charges)
        detail = {"charges": [charge_detail(charge) for charge in charges]}
        transaction.record("contract-claim", f"{line.party.name} {line.label}", detail)
        return charges


def _earliest(amount_fen: int, accounts: Iterable[ContractAccount]) -> tuple[Part, ...]:
    waiting = sorted(
        (one.instalment.due, account.contract.id, one.instalment.seq, one.chargeable_fen)
        for account in accounts
        for one in account.standings
        if one.chargeable_fen
    )
    found = []
    for _due, contract, seq, fen in waiting:
        part = min(amount_fen, fen)
        if part:
            found.append((contract, seq, part))
            amount_fen -= part
    return tuple(found)


def _check_charge(amount_fen: int, parts: tuple[Part, ...], accounts: Iterable[ContractAccount]) -> None:
    by_id = {account.contract.id: account for account in accounts}
    for contract, seq, fen in parts:
        one = by_id[contract].at(seq) if contract in by_id else None
        if one is None or not 0 < fen <= one.chargeable_fen:
            raise BadInput("认领到的这一期不存在，或者已经计提过")
    total = sum(fen for *_, fen in parts)
    if not 0 < total <= amount_fen or len({part[:2] for part in parts}) < len(parts):
        raise BadInput(f"认领合计 {format_fen(total)} 元，应大于零且不超过这一行的 {format_fen(amount_fen)} 元")
