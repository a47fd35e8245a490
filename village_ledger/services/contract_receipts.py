"""Money received for contracts (or paid under them): registering it, and saying which payments it settles."""

import os
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ..domain.account import Item
from ..domain.contract import INCOMING
from ..domain.contract_account import Allocation, ContractAccount, Receipt, allocate_oldest
from ..domain.contract_register import ContractRegister, ReceiptAccount, accounts_of
from ..domain.errors import BadInput
from ..domain.money import LIMIT_FEN, format_fen
from ..domain.period import Period
from ..domain.voucher import Draft, DraftLine
from ..storage.contract_entries import MARK, insert_receipt, replace_allocations
from ..storage.draft_writer import DraftWriter
from ..storage.transaction import Transaction
from .book import Book
from .contract_rents import require_open
from .contracts_register import allocation_detail, read, receipt_detail
from .posting import voucher_words

Part = tuple[int, int, int]
"""A payment settled: contract id, instalment, fen."""


class NewReceipt(NamedTuple):
    """Money to register: from whom, on which 往来 account, how much in fen, into which cash or bank account.

    `parts` say what it settles; None means the oldest first. What is left over is rent in advance.
    """

    day: date
    party: Item
    account: str
    amount_fen: int
    money: str
    money_items: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] | None = None
    summary: str = ""


def register_receipt(book: Book, wanted: NewReceipt) -> ReceiptAccount:
    """Note a receipt and propose its voucher as a draft (money against the party's account)."""
    book.authorise("contract.book")
    if not 0 < wanted.amount_fen < LIMIT_FEN:
        raise BadInput("收款金额应大于零")
    require_open(book, Period.of(wanted.day))
    require_money(book, wanted.money)
    with book.write("contract.book") as transaction:
        accounts = accounts_of(read(transaction.connection), wanted.party, wanted.account)
        if not accounts:
            raise BadInput(f"{wanted.party.name} 没有在科目 {wanted.account} 核算的合同")
        parts = allocate_oldest(wanted.amount_fen, accounts) if wanted.parts is None else wanted.parts
        check_parts(wanted.amount_fen, parts, accounts)
        incoming = accounts[0].contract.direction == INCOMING
        source = f"{MARK}{'收款' if incoming else '付款'} {os.urandom(4).hex()}"
        draft = Draft(
            wanted.day,
            money_word(book, incoming=incoming),
            _lines(wanted, accounts, parts),
            1,
            maker=book.actor,
            source=source,
        )
        DraftWriter(transaction.connection).insert(draft)
        receipt = Receipt(0, wanted.day, wanted.amount_fen, "往来", wanted.account, wanted.party, source)
        return note_receipt(transaction, receipt, parts)


def require_money(book: Book, account: str) -> None:
    """Refuse an account that is no detail of cash or bank."""
    money = (*book.settings.cash_accounts, *book.settings.bank_accounts)
    if account not in book.chart or not account.startswith(money) or not book.chart.is_leaf(account):
        raise BadInput(f"收款科目 {account} 不对，请选现金或银行存款的最末级科目")


def money_word(book: Book, *, incoming: bool) -> str:
    """The word of a voucher that moves money: 记, or 收 and 付 where words are typed."""
    words = voucher_words(book)
    return words[0] if incoming or len(words) == 1 else words[1]


def _lines(wanted: NewReceipt, accounts: Iterable[ContractAccount], parts: Iterable[Part]) -> tuple[DraftLine, ...]:
    contracts = {account.contract.id: account.contract for account in accounts}
    named = dict.fromkeys(contracts[contract].subject for contract, *_ in parts)
    incoming = next(iter(contracts.values())).direction == INCOMING
    what = "、".join(named) or "合同预收款"
    summary = wanted.summary.strip() or f"{'收' if incoming else '付'}{wanted.party.name}{what}"[:60]
    party = ((wanted.party.category, wanted.party.name),)
    money = DraftLine(summary, wanted.money, wanted.money_items)
    other = DraftLine(summary, wanted.account, party)
    fen = wanted.amount_fen
    if incoming:
        return money._replace(debit_fen=fen), other._replace(credit_fen=fen)
    return other._replace(debit_fen=fen), money._replace(credit_fen=fen)


def check_parts(
    amount_fen: int, parts: Iterable[Part], accounts: Iterable[ContractAccount], *, direct: bool = False
) -> None:
    """Refuse to give more than was received, or to a payment more than it still asks for.

    Money booked `direct` to income can only go to what was not charged yet: it would be income twice.
    """
    by_id = {account.contract.id: account for account in accounts}
    total = 0
    seen = set()
    for contract, seq, fen in parts:
        account = by_id.get(contract)
        one = account.at(seq) if account else None
        if account is None or one is None or not one.counts:
            raise BadInput("分配到的这一期不存在，或者不属于这个往来户的合同")
        if (contract, seq) in seen:
            raise BadInput("同一期只能分配一次")
        seen.add((contract, seq))
        most = min(one.outstanding_fen, one.chargeable_fen) if direct else one.outstanding_fen
        if not 0 < fen <= most:
            raise BadInput(
                f"合同 {account.contract.code} 第 {seq} 期还能分配 {format_fen(most)} 元，不能分配 {format_fen(fen)} 元"
                + (
                    "（这一期已经计提应收，直接记收入的钱不能再冲它）"
                    if direct and most < fen <= one.outstanding_fen
                    else ""
                )
            )
        total += fen
    if total > amount_fen:
        raise BadInput(f"分配合计 {format_fen(total)} 元，超过收款金额 {format_fen(amount_fen)} 元")


def note_receipt(transaction: Transaction, receipt: Receipt, parts: Iterable[Part]) -> ReceiptAccount:
    """Write a receipt with what it settles, and log it."""
    receipt = receipt._replace(id=insert_receipt(transaction.connection, receipt))
    allocations = tuple(Allocation(receipt.id, *part) for part in parts)
    replace_allocations(transaction.connection, receipt.id, allocations)
    detail = {
        "receipts": [receipt_detail(receipt)],
        "allocations": [[receipt.id, allocation_detail(allocations)]],
    }
    name = receipt.party.name if receipt.party else receipt.account
    transaction.record("contract-receipt", f"{name} {format_fen(receipt.amount_fen)}", detail)
    return ReceiptAccount(receipt, allocations)


def reallocate(book: Book, receipt_id: int, parts: tuple[Part, ...] | None = None) -> ReceiptAccount:
    """Say anew which payments a receipt settles; None gives it to the oldest, () takes everything back."""
    with book.write("contract.book") as transaction:
        register = read(transaction.connection)
        found = next((one for one in register.receipts if one.receipt.id == receipt_id), None)
        if found is None:
            raise BadInput("这笔收款已经撤销，请刷新列表")
        receipt = found.receipt
        replace_allocations(transaction.connection, receipt_id, ())
        freed = read(transaction.connection)
        accounts = payable_by(freed, receipt)
        if parts is None:
            parts = allocate_oldest(receipt.amount_fen, accounts)
        check_parts(receipt.amount_fen, parts, accounts, direct=receipt.route == "直接")
        allocations = tuple(Allocation(receipt_id, *part) for part in parts)
        replace_allocations(transaction.connection, receipt_id, allocations)
        name = receipt.party.name if receipt.party else receipt.account
        detail = {"allocations": [[receipt_id, allocation_detail(allocations)]]}
        transaction.record("contract-allocate", f"{name} {format_fen(receipt.amount_fen)}", detail)
        return ReceiptAccount(receipt, allocations)


def payable_by(register: ContractRegister, receipt: Receipt) -> tuple[ContractAccount, ...]:
    """The contracts a receipt may settle: its party's on its account, or those booked against its income account."""
    if receipt.route == "往来" and receipt.party is not None:
        return accounts_of(register, receipt.party, receipt.account)
    return tuple(account for account in register.accounts if account.contract.counter == receipt.account)
