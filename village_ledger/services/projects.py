"""Keeping projects: registering them with their contracts, and what may be paid for them.

Money for a project passes only if `require_payment` lets it, which is asked within the transaction that binds the
money, so that two windows cannot overpay a contract together.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .. import clock
from ..domain.errors import BadInput, NotAllowed, StaleDraft
from ..domain.governance import BUILDING
from ..domain.money import format_fen
from ..domain.problems import Problem
from ..domain.project import CONTRACT_PAYMENT, Project, ProjectPayment, check_project
from ..domain.project_account import ProjectAccount, payable_fen, payment_refusal, split_remarks
from ..domain.request import Request
from ..domain.tender import check_award
from ..domain.voucher import Draft
from ..domain.works_rules import WorksRules
from ..storage.contracts import contract_codes
from ..storage.project_payments import PaidVoucher as PaidVoucher
from ..storage.project_payments import direct_kind, paid_vouchers, payment_kind, payment_voucher, requested_vouchers
from ..storage.projects import insert_project, update_project
from . import projects_register
from .book import Book
from .budget_log import log_row
from .control import require_named
from .proposals import new_uid
from .works_rules import works_rules

_TERMS = ("contract_fen", "contractor", "advance_fen", "retention_bp")


class ProjectRecord(NamedTuple):
    """A project as a list shows it: what may still be paid on the contract today, and what wants attention."""

    account: ProjectAccount
    payable_fen: int
    remarks: tuple[str, ...]


def register(book: Book) -> tuple[ProjectAccount, ...]:
    """Every project with all that happened to it, in code order."""
    return projects_register.read(book.connection)


def project(book: Book, code: str) -> ProjectAccount:
    """One project. Refuses a code nobody registered."""
    found = projects_register.read(book.connection, code) if code else ()
    if not found:
        raise NotAllowed(f"没有编号为“{code}”的工程项目，请先在“工程项目”里登记")
    return found[0]


def rules_of(book: Book, account: Project) -> WorksRules:
    """The rules a project is held to: those in force when it was approved."""
    return works_rules(book, account.approved)


def records(book: Book, on: date) -> tuple[ProjectRecord, ...]:
    """Every project as it stands on a day."""
    accounts = register(book)
    split = split_remarks((one.project for one in accounts), works_rules(book, on))
    found = []
    for one in accounts:
        rules = rules_of(book, one.project)
        texts = [problem.message for problem in check_award(one.project, one.tender, rules)]
        texts += [problem.message for problem in split if one.project.name in problem.message]
        found.append(ProjectRecord(one, payable_fen(one, rules, on) if one.project.has_contract else 0, tuple(texts)))
    return tuple(found)


def check(book: Book, wanted: Project) -> tuple[Problem, ...]:
    """What is wrong with a project in this book, and what is only remarked on."""
    if found := check_project(wanted):
        return found
    account = next((one for one in register(book) if one.project.id == wanted.id), None) if wanted.id else None
    problems = [*check_award(wanted, account.tender if account else None, rules_of(book, wanted))]
    if wanted.contract and wanted.contract not in contract_codes(book.connection):
        problems.append(Problem("contract", f"合同台账里没有编号为 {wanted.contract} 的合同", field="contract"))
    for other in register(book):
        if other.project.id == wanted.id:
            continue
        if other.project.code == wanted.code:
            problems.append(Problem("code", f"项目编号 {wanted.code} 已经登记过", field="code"))
        if wanted.member and other.project.member == wanted.member:
            text = f"辅助核算“{wanted.member.name}”已经是项目 {other.project.code} 的"
            problems.append(Problem("member", text, field="member"))
        if wanted.contract and other.project.contract == wanted.contract:
            problems.append(
                Problem("contract", f"合同 {wanted.contract} 已经是项目 {other.project.code} 的", field="contract")
            )
    return tuple(problems)


def save_project(book: Book, wanted: Project) -> Project:
    """Register a project, or correct one. Its decision must hold and leave its budget (`decisions.require`)."""
    with book.write("project") as transaction:
        connection = transaction.connection
        if problems := tuple(one for one in check(book, wanted) if one.blocking):
            raise BadInput(f"项目 {wanted.code} 有问题，没有保存：", problems)
        before = _current(book, wanted) if wanted.id else None
        if before is None or _approval(before.project) != _approval(wanted):
            what = f"项目“{wanted.name}”立项"
            besides = f"project:{before.project.uid}" if before else ""
            fen, on = wanted.budget_fen, wanted.approved
            require_named(book, wanted.decision, BUILDING, fen=fen, on=on, what=what, besides=besides)
        if before:
            _require_terms(before, wanted)
            update_project(connection, wanted)
            saved = wanted._replace(version=wanted.version + 1, uid=before.project.uid)
        else:
            made = wanted._replace(uid=new_uid(), version=1)
            saved = made._replace(id=insert_project(connection, made))
        log_row(transaction, "project", str(saved), "project", saved.id)
    return saved


def _approval(one: Project) -> tuple[object, ...]:
    return one.decision, one.budget_fen, one.approved


def _current(book: Book, wanted: Project) -> ProjectAccount:
    found = next((one for one in register(book) if one.project.id == wanted.id), None)
    if found is None:
        raise BadInput("找不到这个项目，请刷新列表")
    if found.project.version != wanted.version:
        raise StaleDraft("这个项目刚才在另一个窗口里改过，请重新打开；您改的内容没有保存")
    if found.project.code != wanted.code:
        raise NotAllowed(f"项目编号 {found.project.code} 已经登记，不能修改")
    return found


def _require_terms(before: ProjectAccount, wanted: Project) -> None:
    """What rests on the terms: entries fix the contract, payments the budget."""
    old = before.project
    binding = before.has_entries and (before.contract_paid_fen or before.changes or before.acceptances)
    if binding and any(getattr(old, name) != getattr(wanted, name) for name in _TERMS):
        raise NotAllowed("合同已经有变更、验收或付款，合同价和付款条件不能直接改，请登记“变更”")
    least = before.paid_fen - (before.approved_fen() - old.budget_fen)
    if wanted.budget_fen < least:
        raise NotAllowed(f"已经付款 {format_fen(before.paid_fen)}，批准金额不能少于 {format_fen(least)}")


def require_payment(
    book: Book, code: str, fen: int, on: date, *, payee: str = "", contract: str = "", request: str = ""
) -> ProjectAccount:
    """Refuse a payment a project does not allow: above contract + changes, above accepted minus retention, and so on.

    `payee` and `contract` tell a payment on the contract from other costs; without a payee it is one on the contract.
    `request` is the uid of the request that is asked for, so that it does not count itself.
    """
    account = project(book, code)
    kind = payment_kind(account.project, payee, contract) if payee else CONTRACT_PAYMENT
    account = without(account, request)
    if text := payment_refusal(account, rules_of(book, account.project), fen, on, kind):
        raise NotAllowed(text)
    return account


def payment_problem(
    book: Book, code: str, fen: int, on: date, *, payee: str = "", contract: str = "", request: str = ""
) -> str:
    """What `require_payment` would refuse with; empty when it would not."""
    try:
        require_payment(book, code, fen, on, payee=payee, contract=contract, request=request)
    except NotAllowed as refusal:
        return refusal.message
    return ""


def without(account: ProjectAccount, source: str) -> ProjectAccount:
    """A project as if one payment (by its request's or voucher's uid) were not there."""
    return account._replace(payments=tuple(one for one in account.payments if not source or one.source != source))


def draft_problems(book: Book, draft: Draft, requests: Iterable[Request] = ()) -> tuple[str, ...]:
    """Why a voucher cannot pay for the projects its lines are kept by; for the gate before posting.

    A project its requests name was asked when they were looked into; one they keep quiet about they cannot pay for,
    since a voucher counts towards projects by its requests where it has some.
    """
    settings = book.settings
    money = (*settings.cash_accounts, *settings.bank_accounts)
    out = sum(line.credit_fen - line.debit_fen for line in draft.lines if line.account.startswith(money))
    if out <= 0 or draft.reverses or draft.kind != "normal":
        return ()
    summary = "；".join(line.summary for line in draft.lines)
    parties = {name for line in draft.lines for category, name in line.items if category == "往来户"}
    named = {request.project for request in requests}
    found = []
    for account in register(book):
        member = account.project.member
        if account.project.code in named:
            continue
        pair = (member.category, member.name) if member else None
        spent = sum(line.debit_fen for line in draft.lines if pair in line.items and line.debit_fen > 0)
        fen = min(out, spent)
        if fen > 0:
            out -= fen
            if named:
                found.append(f"为项目“{account.project.name}”付款，关联的用款申请要写明工程项目 {account.project.code}")
                continue
            kind = direct_kind(account.project, summary, parties)
            text = payment_refusal(account, rules_of(book, account.project), fen, draft.day, kind)
            found += [text] if text else []
    return tuple(found)


def candidates(book: Book, code: str) -> tuple[PaidVoucher, ...]:
    """Posted vouchers that pay the contractor or for the project and are not counted as payments of any project."""
    account = project(book, code)
    settings = book.settings
    money = (*settings.cash_accounts, *settings.bank_accounts)
    counted = {one.source for other in register(book) for one in other.payments}
    requested = requested_vouchers(book.connection)
    found = (
        paid_vouchers(book.connection, money, party=account.project.contractor) if account.project.contractor else ()
    )
    return tuple(
        one
        for one in found
        if one.uid not in counted | requested and account.project.approved <= one.day <= clock.today()
    )


def voucher_of(book: Book, payment: ProjectPayment) -> int:
    """The id of the voucher of a posted payment, found by its own uid or its request's; 0 when there is none."""
    return payment_voucher(book.connection, payment.source)
