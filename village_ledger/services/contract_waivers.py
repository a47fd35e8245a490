"""Rent let off (减免租金): always with a reason and the number of the decision that allowed it."""

import os
from datetime import date
from typing import NamedTuple

from ..domain.account import Chart
from ..domain.contract import INCOMING, Contract
from ..domain.contract_account import Standing, Waiver
from ..domain.errors import BadInput, NotAllowed
from ..domain.governance import WAIVING
from ..domain.money import format_fen
from ..domain.period import Period
from ..domain.voucher import Draft, DraftLine
from ..storage.contract_entries import MARK, insert_waiver
from ..storage.draft_writer import DraftWriter
from .book import Book
from .contract_rents import party_pair, require_open
from .contracts import contract_account
from .contracts_register import waiver_detail
from .control import require_decision
from .posting import voucher_words


class NewWaiver(NamedTuple):
    """Rent to be let off: of which payment, how much in fen, from when, why, and the decision's number."""

    contract: int
    seq: int
    amount_fen: int
    day: date
    reason: str
    decision: str


def waive(book: Book, wanted: NewWaiver) -> Waiver:
    """Let off rent. What was charged already is taken back by a draft voucher; the rest is never charged."""
    book.authorise("contract.waive")
    if not wanted.reason.strip() or not wanted.decision.strip():
        raise BadInput("减免租金要写明原因和决议（批准）文号")
    with book.write("contract.waive") as transaction:
        contract, one = _let_off(book, wanted)
        what = f"减免合同 {contract.code} 的租金 {format_fen(wanted.amount_fen)} 元"
        require_decision(book, wanted.decision, WAIVING, fen=wanted.amount_fen, on=wanted.day, what=what)
        source = ""
        if wanted.amount_fen > one.chargeable_fen:
            charged = sum(charge.amount_fen for charge in one.charged) if wanted.seq else one.instalment.amount_fen
            if wanted.amount_fen > charged - sum(w.amount_fen for w in one.waived if w.source):
                raise NotAllowed("这一期有一部分还没有计提，请先计提，或分两次减免")
            require_open(book, Period.of(wanted.day))
            source = f"{MARK}减免 {contract.code} {os.urandom(3).hex()}"
            lines = _waiver_lines(book.chart, contract, one, wanted)
            draft = Draft(wanted.day, voucher_words(book)[-1], lines, maker=book.actor, source=source)
            DraftWriter(transaction.connection).insert(draft)
        waiver = Waiver(
            0, *wanted[:2], wanted.day, wanted.amount_fen, wanted.reason.strip(), wanted.decision.strip(), source
        )
        waiver = waiver._replace(id=insert_waiver(transaction.connection, waiver))
        transaction.record("contract-waive", contract.code, {"waivers": [waiver_detail(waiver)]})
    return waiver


def _let_off(book: Book, wanted: NewWaiver) -> tuple[Contract, Standing]:
    """The contract and the payment, as they are now; refused when so much of it is not open."""
    contract, standings = contract_account(book, wanted.contract)
    one = next((standing for standing in standings if standing.instalment.seq == wanted.seq), None)
    if one is None or not one.counts or contract.direction != INCOMING:
        raise BadInput("这一期没有可以减免的租金")
    if not 0 < wanted.amount_fen <= one.outstanding_fen:
        raise BadInput(f"减免金额应大于零，且不超过这一期未收的 {format_fen(one.outstanding_fen)} 元")
    return contract, one


def _waiver_lines(chart: Chart, contract: Contract, one: Standing, wanted: NewWaiver) -> tuple[DraftLine, ...]:
    """Red letters on this year's charge; a debt of an earlier year is written off to 其他支出."""
    summary = f"减免{contract.subject}租金 {one.instalment.label}（{wanted.decision.strip()}）"
    party = (party_pair(contract),)
    fen = wanted.amount_fen
    if contract.counter and one.instalment.seq and one.instalment.due.year == wanted.day.year:
        return (
            DraftLine(summary, contract.account, party, debit_fen=-fen),
            DraftLine(summary, contract.counter, credit_fen=-fen),
        )
    return (
        DraftLine(summary, _loss_account(chart), debit_fen=fen),
        DraftLine(summary, contract.account, party, credit_fen=fen),
    )


def _loss_account(chart: Chart) -> str:
    """The detail of 其他支出 for losses, or any detail it has."""
    top = next((account.code for account in chart if account.level == 1 and account.name == "其他支出"), "")
    details = [account for account in chart.subtree(top) if chart.is_leaf(account.code) and not account.disabled]
    if not top or not details:
        raise BadInput("科目表里没有“其他支出”，不能核销以前年度的欠款")
    return next((account.code for account in details if "损失" in account.name), details[-1].code)
