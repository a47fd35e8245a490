"""What happens to a project: tenders, changes, acceptances, retention set free, final accounts, payments found.

Every entry is checked against the project as it is within the transaction that adds it; none is ever changed.
"""

from collections.abc import Callable
from typing import TypeVar

from ..domain.errors import BadInput, NotAllowed, StaleDraft
from ..domain.governance import BUILDING
from ..domain.money import format_fen
from ..domain.problems import Problem
from ..domain.project import Acceptance, ContractChange, FinalAccount, Release
from ..domain.project_account import (
    ProjectAccount,
    check_acceptance,
    check_change,
    check_final,
    check_release,
    payment_refusal,
)
from ..domain.tender import Tender, check_tender
from ..storage import projects as rows
from ..storage.transaction import Transaction
from .book import Book
from .budget_log import log_row
from .control import require_named
from .projects import candidates, project, rules_of

_Entry = TypeVar("_Entry", ContractChange, Acceptance, Release, FinalAccount)


def tender_problems(book: Book, code: str, wanted: Tender) -> tuple[Problem, ...]:
    """What is wrong with a round of tender, and what is only remarked on."""
    account = project(book, code).project
    return check_tender(wanted, account, rules_of(book, account))


def save_tender(book: Book, code: str, wanted: Tender) -> Tender:
    """Keep a round of tender, new or edited; once it has a winner, or failed, it is settled."""
    with book.write("project") as transaction:
        account = project(book, code)
        if problems := tuple(one for one in tender_problems(book, code, wanted) if one.blocking):
            raise BadInput("招投标记录有问题，没有保存：", problems)
        newest = account.tender
        if wanted.id:
            before = next((one for one in account.tenders if one.id == wanted.id), None)
            if before is None or before.version != wanted.version:
                raise StaleDraft("这份招投标记录刚才在另一个窗口里改过，请重新打开；您改的内容没有保存")
            if before.is_settled:
                raise NotAllowed("已经定标或流标的招投标记录不能修改")
            rows.update_tender(transaction.connection, wanted)
            saved = wanted._replace(version=wanted.version + 1)
        else:
            if newest and not newest.failed:
                raise NotAllowed("上一次招标还没有流标，不能再登记一次")
            saved = wanted._replace(
                id=rows.insert_tender(transaction.connection, account.project.id, wanted), version=1
            )
        log_row(transaction, "project-tender", str(account.project), "project_tender", saved.id)
    return saved


def _refuse(text: str) -> None:
    if text:
        raise BadInput(text)


def add_change(book: Book, code: str, wanted: ContractChange) -> ContractChange:
    """Raise or lower the contract's sum by a decision, which must leave what is added."""
    with book.write("project") as transaction:
        account = project(book, code)
        _refuse(check_change(account, wanted))
        what = f"项目“{account.project.name}”变更"
        require_named(book, wanted.decision, BUILDING, fen=max(0, wanted.fen), on=wanted.day, what=what)
        return _added(transaction, account, "project-change", wanted, rows.insert_change)


def add_acceptance(book: Book, code: str, wanted: Acceptance) -> Acceptance:
    """Note that work was looked at and found good, with its value from the beginning on."""
    with book.write("project") as transaction:
        account = project(book, code)
        _refuse(check_acceptance(account, wanted, rules_of(book, account.project)))
        return _added(transaction, account, "project-acceptance", wanted, rows.insert_acceptance)


def add_release(book: Book, code: str, wanted: Release) -> Release:
    """Set retention money free after the works were looked at again; paying it is a payment like any other."""
    with book.write("project") as transaction:
        account = project(book, code)
        _refuse(check_release(account, wanted))
        return _added(transaction, account, "project-release", wanted, rows.insert_release)


def add_final(book: Book, code: str, wanted: FinalAccount) -> FinalAccount:
    """Note the final account as audited; a later one takes its place."""
    with book.write("project") as transaction:
        account = project(book, code)
        _refuse(check_final(account, wanted))
        return _added(transaction, account, "project-final", wanted, rows.insert_final)


def _added(
    transaction: Transaction, account: ProjectAccount, action: str, wanted: _Entry, insert: Callable[..., int]
) -> _Entry:
    number = insert(transaction.connection, account.project.id, wanted)
    log_row(transaction, action, str(account.project), action.replace("-", "_"), number)
    return wanted._replace(id=number)


def add_payment(book: Book, code: str, voucher_uid: str, kind: str, fen: int) -> None:
    """Note that a posted voucher, booked without a request, paid for a project; refused like any payment."""
    with book.write("project") as transaction:
        account = project(book, code)
        found = next((one for one in candidates(book, code) if one.uid == voucher_uid), None)
        if found is None:
            raise BadInput("这张凭证不是付给承包人的，或者已经算作付款了，请刷新")
        if fen > found.money_fen:
            raise BadInput(f"凭证 {found.label} 只付出 {format_fen(found.money_fen)}")
        _refuse(payment_refusal(account, rules_of(book, account.project), fen, found.day, kind))
        number = rows.insert_payment(transaction.connection, account.project.id, kind, fen, voucher_uid)
        log_row(transaction, "project-payment", f"{account.project} {found.label}", "project_payment", number)
