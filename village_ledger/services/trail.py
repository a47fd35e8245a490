"""Following one payment from the statement it shows on to the vote behind it (溯源), and a decision to every voucher.

Everything is read from the registers and the log when it is asked for; nothing of a trail is stored.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..domain.decision import FINAL
from ..domain.decision_register import DecisionRegister, Standing, standing_on
from ..domain.errors import BadInput
from ..domain.exemption import UrgentException
from ..domain.period import Period
from ..domain.project import ProjectPayment
from ..domain.request import Request
from ..domain.trail import (
    Trail,
    TrailAct,
    TrailContract,
    TrailDecision,
    TrailDocument,
    TrailException,
    TrailFile,
    TrailNotice,
    TrailProject,
    TrailRequest,
    TrailSignature,
    TrailStep,
)
from ..domain.voucher import Voucher
from ..storage import requests as request_rows
from ..storage import trail as rows
from ..storage.budgets import load_budget
from ..storage.connection import path_of
from ..storage.documents import attached
from ..storage.evidence import load_evidence
from ..storage.exceptions import load_exceptions
from ..storage.origins import find_origins
from ..storage.project_payments import load_payments
from ..storage.projects import load_changes, load_projects
from ..storage.vouchers import voucher_by_id, vouchers_between
from . import decisions_register
from .attachment_folder import attachment_place, attachment_state
from .book import Book
from .evidence import DECISION, NOTICE, PROJECT, REQUEST
from .journal import ACTIONS
from .reading import Readable
from .statement_places import Places

_LABEL = re.compile(r"(\d{4})[-年.](\d{1,2})月?\s*([记收付转])\s*[-字第]*\s*(\d+)号?")
_DRAFT_ACTS = ("draft", "review", "unreview")
_OWN_ACTS = ("post", "request", "request-sign", "exception", "decision", "decision-notice", "project")


def find(book: Readable, text: str) -> int:
    """The id of the voucher written as `2025-06 记-5`. Refuses one that is not posted."""
    found = _LABEL.fullmatch(text.strip())
    if found is None:
        raise BadInput(f"凭证“{text}”写得不对，请写成“2025-06 记-5”")
    year, month, word, number = found.groups()
    voucher = rows.voucher_at(book.connection, f"{year}-{int(month):02d}", word, int(number))
    if not voucher:
        raise BadInput(f"没有已记账的凭证“{year}-{int(month):02d} {word}-{int(number)}”")
    return voucher


def trail(book: Readable, voucher_id: int) -> Trail:
    """Everything behind a posted voucher."""
    voucher = voucher_by_id(book.connection, voucher_id)
    if voucher is None:
        raise BadInput("找不到这张凭证，请刷新列表")
    return _Tracer(_Registers(book), voucher).trail()


def trails(book: Readable, start: Period, end: Period) -> tuple[Trail, ...]:
    """The trail of every voucher of a span of months that paid money out, in their order."""
    registers = _Registers(book)
    vouchers = vouchers_between(book.connection, start, end)
    return tuple(_Tracer(registers, one).trail() for one in vouchers if registers.outflow(one) > 0)


class _Registers:
    """What several trails share, read once."""

    def __init__(self, book: Readable) -> None:
        self.book = book
        self.path = Path(path_of(book.connection))
        self.money = (*book.settings.cash_accounts, *book.settings.bank_accounts)
        self.projects = load_projects(book.connection)
        self._decisions: DecisionRegister | None = None
        self._places: dict[Period, Places] = {}
        self._paid: dict[int, tuple[ProjectPayment, ...]] | None = None

    @property
    def decisions(self) -> DecisionRegister:
        """Every decision with what draws on it."""
        if self._decisions is None:
            self._decisions = decisions_register.read(self.book.connection)
        return self._decisions

    @property
    def paid(self) -> dict[int, tuple[ProjectPayment, ...]]:
        """What was paid for each project."""
        if self._paid is None:
            self._paid = load_payments(self.book.connection, self.projects, self.money)
        return self._paid

    def places(self, period: Period) -> Places:
        """Where the entries of a month show."""
        if period not in self._places:
            self._places[period] = Places(self.book, period)
        return self._places[period]

    def outflow(self, voucher: Voucher) -> int:
        """What a voucher takes out of cash and bank, less what it brings in, in fen."""
        return sum(line.credit_fen - line.debit_fen for line in voucher.lines if line.account.startswith(self.money))


class _Tracer:
    """Collects what is behind one voucher."""

    def __init__(self, registers: _Registers, voucher: Voucher) -> None:
        self._registers = registers
        self._connection = registers.book.connection
        self._voucher = voucher
        numbers = request_rows.requests_of_voucher(self._connection, voucher.uid)
        self._requests = tuple(
            one for number in numbers if (one := request_rows.request_by_id(self._connection, number))
        )

    def trail(self) -> Trail:
        """The whole."""
        registers, voucher = self._registers, self._voucher
        contracts = tuple(self._contracts())
        projects = tuple(self._projects(contracts))
        found = tuple(self._decisions(contracts, projects))
        return Trail(
            registers.book.ledger.entity.name,
            voucher,
            registers.places(voucher.period).entries(voucher),
            max(registers.outflow(voucher), 0),
            registers.book.settings.controls(voucher.period),
            tuple(self._request(one) for one in self._requests),
            tuple(decision for decision, _ in found),
            contracts,
            projects,
            tuple(self._exceptions()),
            tuple(self._files(found, contracts, projects)),
            tuple(self._acts(tuple(decision for decision, _ in found))),
            tuple(self._documents()),
        )

    def _documents(self) -> Iterator[TrailDocument]:
        for record in attached(self._connection, voucher_uid=self._voucher.uid):
            one = record.document
            yield TrailDocument(str(one), one.issuer, one.day, one.amount_fen, bool(one.void))

    def _request(self, one: Request) -> TrailRequest:
        signed = request_rows.signatures_of(self._connection, one)
        return TrailRequest(
            one.id,
            one.uid,
            one.number,
            one.day,
            one.title,
            one.payee,
            one.handler,
            one.witness,
            one.amount_fen,
            one.state,
            one.decision,
            one.contract,
            one.project,
            one.budget_item,
            one.documents,
            tuple(TrailSignature(part.duty, part.name, part.day, part.method, part.opinion) for part in signed),
        )

    def _contracts(self) -> Iterator[TrailContract]:
        voucher = self._voucher
        codes = [one.contract for one in self._requests if one.contract]
        codes += [code for _, code in find_origins(self._connection, voucher.source, voucher.uid)["contract"]]
        for row in rows.contract_rows(self._connection, dict.fromkeys(codes)):
            yield TrailContract(*row)

    def _projects(self, contracts: tuple[TrailContract, ...]) -> Iterator[TrailProject]:
        """Those the requests or contracts name, or whose 项目 the lines are kept by."""
        named = {one.project for one in self._requests}
        codes = {one.code for one in contracts}
        members = {item for line in self._voucher.lines for item in line.items}
        chosen = [
            one
            for one in self._registers.projects
            if one.code in named or one.contract in codes or one.member in members
        ]
        changes = load_changes(self._connection) if chosen else {}
        for one in chosen:
            agreed = one.contract_fen + sum(change.fen for change in changes.get(one.id, ()))
            spent = sum(payment.fen for payment in self._registers.paid.get(one.id, ()) if payment.posted)
            yield TrailProject(one.id, one.code, one.name, one.decision, agreed, spent)

    def _decisions(
        self, contracts: Iterable[TrailContract], projects: Iterable[TrailProject]
    ) -> Iterator[tuple[TrailDecision, tuple[str, ...]]]:
        """Each decision once, with the uids of its notices; `via` tells everything that names it."""
        named: dict[str, list[str]] = {}
        for one in self._requests:
            named.setdefault(one.decision, []).append(f"用款申请 {one.number}")
        for contract in contracts:
            named.setdefault(contract.decision, []).append(f"合同 {contract.code}")
        for project in projects:
            named.setdefault(project.decision, []).append(f"工程 {project.code}")
        for number, what in rows.granted_by(self._connection, self._voucher.source, self._voucher.uid):
            named.setdefault(number, []).append(what)
        if items := [one.budget_item for one in self._requests if one.budget_item]:
            budget = load_budget(self._connection, self._voucher.day.year)
            if budget and budget.decision:
                named.setdefault(budget.decision, []).append(f"{budget.year}年预算 {'、'.join(dict.fromkeys(items))}")
        for number, via in named.items():
            record = self._registers.decisions.record(number) if number else None
            if record:
                yield self._decision(standing_on(record, self._voucher.day), "、".join(via))

    def _decision(self, standing: Standing, via: str) -> tuple[TrailDecision, tuple[str, ...]]:
        one = standing.decision
        notices = tuple(notice for notice in standing.notices if not notice.struck)
        made = TrailDecision(
            one.id,
            one.uid,
            one.number,
            one.title,
            one.matter,
            one.side,
            one.day,
            one.rules,
            one.state,
            one.cap_fen,
            standing.drawn_fen,
            tuple(map(str, standing.failures)) + ((f"状态是“{one.state}”",) if one.state != FINAL else ()),
            tuple(
                TrailStep(
                    f"{step.key}（{step.body}）",
                    step.day,
                    step.place,
                    step.eligible,
                    step.present,
                    step.yes,
                    step.no,
                    step.abstain,
                )
                for step in one.steps
            ),
            tuple(TrailNotice(notice.kind, notice.start, notice.end, notice.place) for notice in notices),
            via,
        )
        return made, tuple(notice.uid for notice in notices)

    def _granted(self) -> tuple[UrgentException, ...]:
        return load_exceptions(self._connection, "voucher_uid = ?", (self._voucher.uid,))

    def _exceptions(self) -> Iterator[TrailException]:
        for one in self._granted():
            yield TrailException(one.missing, one.reason, one.granted_by, one.granted, one.settled)

    def _files(
        self,
        found: Iterable[tuple[TrailDecision, tuple[str, ...]]],
        contracts: Iterable[TrailContract],
        projects: Iterable[TrailProject],
    ) -> Iterator[TrailFile]:
        owners = [(REQUEST, one.uid, f"用款申请 {one.number}") for one in self._requests]
        for decision, notices in found:
            owners.append((DECISION, decision.uid, f"决策 {decision.number}"))
            owners += [(NOTICE, uid, f"公示 {decision.number}") for uid in notices]
        uids = {one.code: one.uid for one in self._registers.projects}
        owners += [(PROJECT, uids[one.code], f"工程 {one.code}") for one in projects]
        for kind, uid, label in owners:
            for row in load_evidence(self._connection, kind, uid):
                yield TrailFile(label, row.file.name, row.file.sha256, attachment_state(self._registers.path, row.file))
        for contract in contracts:
            for file in rows.contract_files(self._connection, contract.code):
                state = attachment_state(self._registers.path, file)
                yield TrailFile(f"合同 {contract.code}", file.name, file.sha256, state)

    def _acts(self, found: tuple[TrailDecision, ...]) -> Iterator[TrailAct]:
        """Drafting, review and posting, the requests and their signatures, the decisions and their notices."""
        voucher = self._voucher
        words = [voucher.uid, *(one.number for one in self._requests), *(one.uid for one in self._requests)]
        words += [*(one.uid for one in found), *(one.uid for one in self._granted())]
        kept = [(one, ACTIONS[one.action]) for one in self._log(_OWN_ACTS, words)]
        draft = rows.draft_of(self._connection, voucher.uid)
        if draft:
            own = [one for one in self._log(_DRAFT_ACTS, (f'"draft":{draft},',)) if one.detail.get("draft") == draft]
            kept += [(one, ACTIONS[one.action]) for one in own]
        for one, action in sorted(kept, key=lambda pair: pair[0].seq):
            yield TrailAct(one.seq, one.at, one.actor, action, one.subject, one.hash)

    def _log(self, actions: Iterable[str], words: Iterable[str]) -> tuple[rows.LogRecord, ...]:
        return rows.log_records(self._connection, actions, words)


def file_place(book: Book, sha256: str) -> Path | None:
    """Where a file of a trail lies; None when nothing knows it."""
    file = rows.file_named(book.connection, sha256)
    return attachment_place(book.path, file) if file else None
