"""What stands behind a request on a day: its decision, contract, project and budget, looked up in their registers."""

from datetime import date

from ..domain.approval import DISPOSAL
from ..domain.approval_check import Backing
from ..domain.budget_execution import spendings
from ..domain.contract import Contract
from ..domain.decision import Notice
from ..domain.governance import BUILDING, CONTRACTING, DISPOSING, PAYING, RESOLVED
from ..domain.money import format_fen
from ..domain.request import Request
from ..domain.voucher import DraftLine
from ..storage import requests as rows
from ..storage.contracts import load_contracts, load_instalments
from ..storage.projects import load_projects
from . import budgets, decisions, projects
from .book import Book

TENDERED = ("招标", "公开竞价")
"""Ways to award a contract that are open to everybody."""


def draw_target(request: Request) -> str:
    """How a request is named among what draws on a decision."""
    return f"request:{request.uid}"


def backing(book: Book, request: Request, on: date) -> Backing:
    """The request with its signatures and everything it rests on, as it stands on a day."""
    found = _Found(book, request, on)
    signatures = rows.signatures_of(book.connection, request)
    return Backing(
        request,
        signatures,
        tuple(found.problems),
        frozenset(found.bodies),
        found.notice_days,
        found.tendered,
        found.in_budget,
    )


class _Found:
    """What the registers say of one request."""

    def __init__(self, book: Book, request: Request, on: date) -> None:
        self._book, self._request, self._on = book, request, on
        self.problems: list[str] = []
        self.bodies: set[str] = set()
        self.notice_days = 0
        self.tendered = False
        self.in_budget = False
        contract = self._contract() if request.contract else None
        if contract and contract.decision:
            self.in_budget = self._decision(contract.decision, CONTRACTING)
        if request.project:
            self._project()
        if not self.in_budget:
            self.in_budget = self._budgeted()
        if request.decision:
            drawn_already = request.kind == DISPOSAL or request.project or (contract and contract.decision)
            act = DISPOSING if request.kind == DISPOSAL else PAYING
            self._decision(request.decision, act, 0 if drawn_already else request.amount_fen)

    def _decision(self, number: str, act: str, fen: int = 0) -> bool:
        """Take over what a decision gives; False, with the problem told, when it does not hold."""
        answer = decisions.ask(self._book, number, act, fen=fen, on=self._on, besides=draw_target(self._request))
        if answer.obstacle or answer.standing is None:
            self.problems.append(answer.obstacle)
            return False
        self.bodies |= {step.body for step in answer.standing.decision.steps}
        self.notice_days = max(self.notice_days, _posted_days(answer.standing.notices, self._on))
        return True

    def _project(self) -> None:
        """Take over the tender and the decision of a project that allows the payment."""
        request, book = self._request, self._book
        problem = projects.payment_problem(
            book,
            request.project,
            request.amount_fen,
            self._on,
            payee=request.payee,
            contract=request.contract,
            request=request.uid,
        )
        if problem:
            self.problems.append(problem)
            return
        account = projects.project(book, request.project)
        self.tendered = self.tendered or bool(account.tender and account.tender.winner)
        if account.project.decision and account.project.decision != request.decision:
            self._decision(account.project.decision, BUILDING)

    def _budgeted(self) -> bool:
        """Whether the year's approved budget has the money left; what was posted for the request is spent already."""
        request, book = self._request, self._book
        if request.kind == DISPOSAL:
            return False
        lines = (DraftLine(line.summary, line.account, line.items, debit_fen=line.fen) for line in request.lines)
        wanted = spendings(lines, book.chart)
        use = rows.load_uses(book.connection, request.id).get(request.id) if request.id else None
        if use and use.voucher:
            wanted = tuple(one._replace(fen=0) for one in wanted)
        return bool(wanted) and budgets.all_in_budget(book, self._on.year, wanted)

    def _contract(self) -> Contract | None:
        request, connection = self._request, self._book.connection
        found = load_contracts(connection, "c.code = ?", (request.contract,))
        if not found:
            self.problems.append(f"合同台账里没有 {request.contract}")
            return None
        contract = found[0]
        if contract.direction != "付":
            self.problems.append(f"合同 {contract.code} 是收款合同，不能据以付款")
            return None
        if contract.party.name != request.payee:
            self.problems.append(f"合同 {contract.code} 的对方是{contract.party.name}，和收款人{request.payee}不一样")
            return None
        owner = next((one for one in load_projects(connection) if one.contract == contract.code), None)
        if owner and owner.code != request.project:
            self.problems.append(f"合同 {contract.code} 是工程项目 {owner} 的，请在申请里填写工程项目 {owner.code}")
            return None
        self._within(contract)
        self.tendered = contract.award in TENDERED
        return contract

    def _within(self, contract: Contract) -> None:
        """Payments of a contract stay within what it agreed."""
        schedule = load_instalments(self._book.connection, contract.id).get(contract.id, ())
        agreed = sum(one.amount_fen for one in schedule)
        if not all(one.settled for one in schedule):
            return
        asked = self._request.amount_fen + rows.asked_under(self._book.connection, contract.code, self._request.id)
        if asked > agreed:
            self.problems.append(
                f"超过合同 {contract.code} 的金额：约定共付 {format_fen(agreed)} 元，"
                f"加上这次共申请 {format_fen(asked)} 元"
            )


def _posted_days(notices: tuple[Notice, ...], on: date) -> int:
    """How many days a resolution has been posted by a day, first and last included; the longest notice counts."""
    return max(
        ((min(one.end, on) - one.start).days + 1 for one in notices if one.kind == RESOLVED and not one.struck),
        default=0,
    )
