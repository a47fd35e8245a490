"""Deposits (押金): money that comes in against a promise to give it back, as draft vouchers.

Nothing is stored apart from the vouchers: what was received and given back is read from them by their source.
"""

from datetime import date
from typing import NamedTuple

from ..domain.account import COUNTERPARTY, Chart
from ..domain.contract import INCOMING, Contract
from ..domain.errors import BadInput
from ..domain.money import LIMIT_FEN, format_fen
from ..domain.voucher import Draft, DraftLine
from ..storage.contract_entries import MARK, DepositEntry, deposit_entries
from ..storage.contracts import contract_by_id
from .book import Book
from .catalog import chart_definition
from .contract_receipts import money_word, require_money
from .contract_rents import party_pair
from .proposals import new_source, new_uid, propose

TAKEN, RETURNED = f"{MARK}押金收", f"{MARK}押金退"


class Deposit(NamedTuple):
    """A contract's deposit in fen: agreed, and by vouchers (waiting or posted, none cancelled) paid and given back.

    `account` is the 往来 account it is kept on.
    """

    agreed_fen: int
    paid_fen: int
    returned_fen: int
    account: str
    entries: tuple[DepositEntry, ...] = ()

    @property
    def to_pay_fen(self) -> int:
        """What of the deposit agreed has not been paid by a voucher."""
        return max(self.agreed_fen - self.paid_fen, 0)

    @property
    def to_return_fen(self) -> int:
        """What can be given back: what was paid; one without a voucher counts as paid before the book began."""
        return max((self.paid_fen or self.agreed_fen) - self.returned_fen, 0)


class DepositMove(NamedTuple):
    """A deposit paid, or given back (`back`): when, how much in fen, through which cash or bank account."""

    contract: int
    day: date
    amount_fen: int
    money: str
    back: bool = False
    money_items: tuple[tuple[str, str], ...] = ()


def deposit(book: Book, contract: Contract) -> Deposit:
    """How a contract's deposit stands."""
    entries = tuple(one for one in deposit_entries(book.connection) if _code(one.source) == contract.code)
    paid, returned = (
        sum(one.amount_fen for one in entries if one.source.startswith(mark)) for mark in (TAKEN, RETURNED)
    )
    return Deposit(contract.deposit_fen, paid, returned, _account(book, contract), entries)


def _code(source: str) -> str:
    return source.split()[1]


def propose_deposit(book: Book, wanted: DepositMove) -> Draft:
    """Propose the voucher of a deposit paid or given back: money against 应付款 (应收款 where the village pays)."""
    book.authorise("contract.book")
    if not 0 < wanted.amount_fen < LIMIT_FEN:
        raise BadInput("押金金额应大于零")
    require_money(book, wanted.money)
    with book.write("contract.book") as transaction:
        contract = contract_by_id(transaction.connection, wanted.contract)
        if contract is None:
            raise BadInput("找不到这份合同，请刷新列表")
        now = deposit(book, contract)
        if not now.agreed_fen:
            raise BadInput(f"合同 {contract.code} 没有约定押金，请先在合同里填押金")
        most = now.to_return_fen if wanted.back else now.to_pay_fen
        if wanted.amount_fen > most:
            raise BadInput(
                f"合同 {contract.code} 的押金还能{'退' if wanted.back else '收'} {format_fen(most)} 元"
                f"（约定 {format_fen(now.agreed_fen)}，已收 {format_fen(now.paid_fen)}，"
                f"已退 {format_fen(now.returned_fen)}）"
            )
        money_in = (contract.direction == INCOMING) != wanted.back
        source = new_source(f"{RETURNED if wanted.back else TAKEN} {contract.code}", new_uid())
        lines = _lines(contract, wanted, now.account, money_in=money_in)
        draft = Draft(wanted.day, money_word(book, incoming=money_in), lines, 1, source=source)
        return propose(book, transaction, draft)


def _lines(contract: Contract, wanted: DepositMove, account: str, *, money_in: bool) -> tuple[DraftLine, ...]:
    verb = ("退" if wanted.back else "收") if contract.direction == INCOMING else ("收回" if wanted.back else "付")
    summary = f"{verb}{contract.party.name}{contract.subject}押金（{contract.code}）"
    money = DraftLine(summary, wanted.money, wanted.money_items)
    other = DraftLine(summary, account, (party_pair(contract),))
    fen = wanted.amount_fen
    if money_in:
        return money._replace(debit_fen=fen), other._replace(credit_fen=fen)
    return other._replace(debit_fen=fen), money._replace(credit_fen=fen)


def _account(book: Book, contract: Contract) -> str:
    """The first detail of 应付款 kept by 往来户, or of 应收款 for deposits the village pays."""
    chart: Chart = book.chart
    roles = chart_definition(book.entity.chart).roles
    tops = roles.payable if contract.direction == INCOMING else roles.receivable
    return next(
        (
            one.code
            for top in tops
            for one in chart.subtree(top)
            if chart.is_leaf(one.code) and COUNTERPARTY in {auxiliary.category for auxiliary in one.auxiliaries}
        ),
        tops[0],
    )
