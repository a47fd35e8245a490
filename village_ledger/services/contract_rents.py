"""Rents falling due: the month's receivables as draft vouchers."""

import os
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ..domain.contract import INCOMING, Contract
from ..domain.contract_account import Allocation, Charge, ContractAccount, Standing, allocate_oldest
from ..domain.contract_register import ContractRegister, accounts_of
from ..domain.errors import BadInput, PeriodClosed
from ..domain.period import Period
from ..domain.voucher import Draft, DraftLine
from ..storage.contract_entries import MARK, insert_charges, replace_allocations
from ..storage.draft_writer import DraftWriter
from ..storage.transaction import Transaction
from .book import Book
from .contracts_register import allocation_detail, charge_detail, read_open
from .posting import voucher_words

LINES_A_VOUCHER = 400
"""Receivables on one voucher; the credit lines come on top, and a voucher may have 500."""


class Accrual(NamedTuple):
    """What a run did: drafts made, payments charged, their sum, and rent paid in advance that was used for them."""

    period: Period
    drafts: tuple[int, ...] = ()
    charges: int = 0
    total_fen: int = 0
    prepaid_fen: int = 0
    notes: tuple[str, ...] = ()


class _NothingToDo(Exception):
    """Rolls an empty transaction back."""


def accrue(book: Book, period: Period) -> Accrual:
    """Charge every payment that falls due by the end of a month and was not charged yet, on its date, as drafts."""
    require_open(book, period)
    try:
        with book.write("contract.book") as transaction:
            return _accrue(book, transaction, period)
    except _NothingToDo:
        return Accrual(period, notes=_unsettled(read_open(book.connection, period.last_day), period.last_day))


def require_open(book: Book, period: Period) -> None:
    """Refuse a month that takes no more vouchers."""
    if period < book.entity.first_period:
        raise BadInput(f"{period.label}早于建账月份 {book.entity.first_period.label}，不能计提")
    if period < book.open_period:
        raise PeriodClosed(
            f"{period.label}已经结账，不能再计提租金；漏提的会在计提 {book.open_period.label} 时一起补上"
        )


def _accrue(book: Book, transaction: Transaction, period: Period) -> Accrual:
    first_day, last_day = book.open_period.first_day, period.last_day
    register = read_open(transaction.connection, last_day)
    due: dict[date, list[tuple[Contract, Standing]]] = {}
    for account in register.accounts:
        if account.contract.counter:
            for one in account.due(last_day):
                if one.chargeable_fen:
                    due.setdefault(max(one.instalment.due, first_day), []).append((account.contract, one))
    word = voucher_words(book)[-1]
    writer = DraftWriter(transaction.connection)
    token = os.urandom(3).hex()
    charges: list[Charge] = []
    drafts: list[int] = []
    for day in sorted(due):
        for start in range(0, len(due[day]), LINES_A_VOUCHER):
            part = due[day][start : start + LINES_A_VOUCHER]
            source = f"{MARK}应收 {period} {token}-{len(drafts) + 1}"
            drafts.append(writer.insert(Draft(day, word, _lines(part), maker=book.actor, source=source)).id)
            charges += [Charge(c.id, one.instalment.seq, day, one.chargeable_fen, source) for c, one in part]
    insert_charges(transaction.connection, charges)
    used = _use_prepaid(transaction, register, last_day)
    if not charges and not used:
        raise _NothingToDo
    total = sum(charge.amount_fen for charge in charges)
    detail = {
        "drafts": drafts,
        "total_fen": total,
        "charges": [charge_detail(charge) for charge in charges],
        "allocations": [[one.receipt, allocation_detail(one.allocations)] for one in used],
    }
    transaction.record("contract-accrue", f"{period} {len(charges)} 笔", detail)
    prepaid = sum(one.used_fen for one in used)
    return Accrual(period, tuple(drafts), len(charges), total, prepaid, _unsettled(register, last_day))


def _lines(part: Iterable[tuple[Contract, Standing]]) -> tuple[DraftLine, ...]:
    """Receivables party by party against income account by account (payables the other way round)."""
    lines: list[DraftLine] = []
    sums: dict[tuple[str, bool], int] = {}
    for contract, one in part:
        fen = one.chargeable_fen
        incoming = contract.direction == INCOMING
        line = DraftLine(_summary(contract, one), contract.account, (party_pair(contract),))
        lines.append(line._replace(debit_fen=fen) if incoming else line._replace(credit_fen=fen))
        sums[contract.counter, incoming] = sums.get((contract.counter, incoming), 0) + fen
    summary = lines[0].summary if len(lines) == 1 else f"计提合同到期款项（{len(lines)} 笔）"
    for (counter, incoming), fen in sums.items():
        line = DraftLine(summary, counter)
        lines.append(line._replace(credit_fen=fen) if incoming else line._replace(debit_fen=fen))
    return tuple(lines)


def party_pair(contract: Contract) -> tuple[str, str]:
    """The party as a voucher line names it."""
    return contract.party.category, contract.party.name


def _summary(contract: Contract, one: Standing) -> str:
    what = "租金" if contract.kind == "租赁" else "承包款" if contract.kind == "承包" else "合同款"
    return f"应{contract.direction}{contract.subject}{what} {one.instalment.label}（{contract.code}）"


class _Used(NamedTuple):
    """A receipt that had money left: what it pays now, and how much of it is new."""

    receipt: int
    allocations: tuple[Allocation, ...]
    used_fen: int


def _use_prepaid(transaction: Transaction, register: ContractRegister, last_day: date) -> list[_Used]:
    """Give rent paid in advance to what has fallen due since, the oldest first."""
    found: list[_Used] = []
    given: dict[tuple[int, int], int] = {}
    for one in sorted(register.receipts, key=lambda one: (one.receipt.day, one.receipt.id)):
        receipt = one.receipt
        if receipt.route != "往来" or one.unallocated_fen <= 0 or receipt.party is None:
            continue
        accounts = accounts_of(register, receipt.party, receipt.account)
        parts = allocate_oldest(one.unallocated_fen, [_without(account, given, last_day) for account in accounts])
        if not parts:
            continue
        sums = {(part.contract, part.seq): part.amount_fen for part in one.allocations}
        for contract, seq, fen in parts:
            given[contract, seq] = given.get((contract, seq), 0) + fen
            sums[contract, seq] = sums.get((contract, seq), 0) + fen
        allocations = tuple(Allocation(receipt.id, contract, seq, fen) for (contract, seq), fen in sums.items())
        replace_allocations(transaction.connection, receipt.id, allocations)
        found.append(_Used(receipt.id, allocations, sum(fen for *_, fen in parts)))
    return found


def _without(account: ContractAccount, used: dict[tuple[int, int], int], last_day: date) -> ContractAccount:
    """The contract's payments due by a day, with what this run has given them already taken off."""
    standings = []
    for one in account.due(last_day):
        taken = used.get((account.contract.id, one.instalment.seq), 0)
        instalment = one.instalment._replace(amount_fen=one.instalment.amount_fen - taken)
        standings.append(one._replace(instalment=instalment))
    return account._replace(standings=tuple(standings))


def _unsettled(register: ContractRegister, day: date) -> tuple[str, ...]:
    """Shares due whose amount nobody has reckoned."""
    return tuple(
        f"合同 {account.contract.code} 第 {one.instalment.seq} 期的分成还没有核定，没有计提，请先核定"
        for account in register.accounts
        for one in account.due(day)
        if not one.instalment.settled
    )
