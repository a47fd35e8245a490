"""A payment followed to its reasons (溯源): statement, account, voucher, request, decision, minutes, files, log.

Everything here was folded from the books for reading and printing; nothing of it is stored. Money is integer fen.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from .voucher import Voucher


class TrailPlace(NamedTuple):
    """A line of a statement an entry counts in: the report's key, its title, 行次 (0: none) and the line's name.

    `sign` is what a debit does to the amount on the line: 1 adds to it, -1 takes from it.
    """

    report: str
    title: str
    line: int
    name: str
    sign: int = 1


class TrailEntry(NamedTuple):
    """One entry line: the account with its full name, who or what it is kept by, and the statement lines it is in."""

    summary: str
    account: str
    name: str
    items: str
    debit_fen: int
    credit_fen: int
    places: tuple[TrailPlace, ...]


class TrailSignature(NamedTuple):
    """A signature on a request: as what, who, when, how (本人 or 书面), with what opinion."""

    duty: str
    name: str
    day: date | None
    method: str
    opinion: str


class TrailRequest(NamedTuple):
    """A request for money and who signed it; `decision`, `contract`, `project` are what it names, or empty."""

    id: int
    uid: str
    number: str
    day: date
    title: str
    payee: str
    handler: str
    witness: str
    fen: int
    state: str
    decision: str
    contract: str
    project: str
    budget_item: str
    documents: tuple[str, ...]
    signatures: tuple[TrailSignature, ...]


class TrailStep(NamedTuple):
    """One meeting of a decision with its vote: 应到, 实到 (by proxy and online too), for and against."""

    body: str
    day: date | None
    place: str
    eligible: int
    present: int
    yes: int
    no: int
    abstain: int

    @property
    def figures(self) -> str:
        """应到 21 人，实到 19 人；同意 18，反对 0，弃权 1. Empty for a step without people."""
        if not self.eligible:
            return ""
        return f"应到 {self.eligible} 人，实到 {self.present} 人；同意 {self.yes}，反对 {self.no}，弃权 {self.abstain}"


class TrailNotice(NamedTuple):
    """A public notice: 会前公告, 决议公开 or 结果公开, from when to when, where."""

    kind: str
    start: date | None
    end: date | None
    place: str


class TrailDecision(NamedTuple):
    """A decision: its votes and notices, what fails (empty: valid), its cap and what has been drawn. `via` says what
    led here: the request, the contract or the project."""

    id: int
    uid: str
    number: str
    title: str
    matter: str
    side: str
    day: date | None
    rules: str
    state: str
    cap_fen: int
    drawn_fen: int
    failures: tuple[str, ...]
    steps: tuple[TrailStep, ...]
    notices: tuple[TrailNotice, ...]
    via: str


class TrailContract(NamedTuple):
    """A contract the money was paid or received under."""

    id: int
    code: str
    subject: str
    party: str
    decision: str


class TrailProject(NamedTuple):
    """A project the money went into, with what was agreed and what has been paid, in fen."""

    id: int
    code: str
    name: str
    decision: str
    contract_fen: int
    paid_fen: int


class TrailFile(NamedTuple):
    """A photo, scan or document: whose it is, its name and SHA-256, and 完好, 找不到 or 内容被改动."""

    owner: str
    name: str
    sha256: str
    state: str


class TrailDocument(NamedTuple):
    """A source document: kind and number, who made it out, its day and amount; `void`: it does not count."""

    name: str
    issuer: str
    day: date
    fen: int
    void: bool = False


class TrailException(NamedTuple):
    """An urgent exception: what was missing, why, who granted it, and when it was made good (None: not yet)."""

    missing: tuple[str, ...]
    reason: str
    by: str
    day: date | None
    settled: date | None


class TrailAct(NamedTuple):
    """A record of the log that belongs to the payment: its number, when (UTC), who, what, on what, its hash."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    hash: str


class Trail(NamedTuple):
    """One posted voucher with everything behind it. `lacking` says what a payment of its size should have and has not.

    `controlled`: whether the month is one in which spending needs requests and decisions.
    """

    entity: str
    voucher: Voucher
    entries: tuple[TrailEntry, ...]
    outflow_fen: int
    controlled: bool
    requests: tuple[TrailRequest, ...] = ()
    decisions: tuple[TrailDecision, ...] = ()
    contracts: tuple[TrailContract, ...] = ()
    projects: tuple[TrailProject, ...] = ()
    exceptions: tuple[TrailException, ...] = ()
    files: tuple[TrailFile, ...] = ()
    acts: tuple[TrailAct, ...] = ()
    documents: tuple[TrailDocument, ...] = ()

    @property
    def label(self) -> str:
        """2025-10 记-28."""
        return f"{self.voucher.period} {self.voucher.label}"

    @property
    def fen(self) -> int:
        """The amount the sheet is about: what went out of cash and bank, or the voucher's total if nothing did."""
        return self.outflow_fen or self.voucher.total_fen


class TrailLink(NamedTuple):
    """Where a line of the trail leads: what kind of thing, its row id, and its number, code or name."""

    kind: Literal["report", "ledger", "voucher", "request", "decision", "contract", "project", "file", "log"]
    id: int = 0
    key: str = ""


class TrailRow(NamedTuple):
    """One line of the trail told in order: which stage, its number, what it is, who, when, how much, details, proof.

    `alarming`: something here is not as it should be.
    """

    stage: str
    number: str
    title: str
    who: str = ""
    day: date | None = None
    fen: int | None = None
    detail: str = ""
    proof: str = ""
    link: TrailLink | None = None
    alarming: bool = False


def trail_rows(trail: Trail) -> Iterator[TrailRow]:
    """The trail from the statement down to the log, as a list."""
    voucher = trail.voucher
    for place, fen in _places(trail):
        link = TrailLink("report", key=place.report)
        yield TrailRow("报表", str(place.line or ""), f"{place.title}：{place.name}", fen=fen, link=link)
    signers = "、".join(dict.fromkeys(filter(None, voucher[8:12])))
    title = trail.entries[0].summary if trail.entries else ""
    yield TrailRow(
        "凭证",
        trail.label,
        title,
        signers,
        voucher.day,
        voucher.total_fen,
        f"附件 {voucher.attachments} 张",
        link=TrailLink("voucher", voucher.id),
    )
    for entry in trail.entries:
        yield _entry_row(entry)
    for paper in trail.documents:
        state = "已作废" if paper.void else ""
        yield TrailRow("票据", "", paper.name, paper.issuer, paper.day, paper.fen, state, alarming=paper.void)
    for one in trail.exceptions:
        settled = f"{one.settled} 已补齐" if one.settled else "还没有补齐"
        detail = f"{one.reason}（{settled}）"
        yield TrailRow("紧急例外", "", "；".join(one.missing), one.by, one.day, detail=detail, alarming=not one.settled)
    for request in trail.requests:
        yield from _request_rows(request)
    for decision in trail.decisions:
        yield from _decision_rows(decision)
    for contract in trail.contracts:
        link = TrailLink("contract", contract.id, contract.code)
        yield TrailRow(
            "合同", contract.code, contract.subject, contract.party, detail=_by(contract.decision), link=link
        )
    for project in trail.projects:
        link = TrailLink("project", project.id, project.code)
        detail = f"合同价和变更，{_by(project.decision)}".removesuffix("，")
        yield TrailRow("工程项目", project.code, project.name, fen=project.contract_fen, detail=detail, link=link)
    for file in trail.files:
        link = TrailLink("file", key=file.sha256)
        yield TrailRow(
            "附件",
            file.owner,
            file.name,
            detail=file.state,
            proof=file.sha256,
            link=link,
            alarming=file.state != "完好",
        )
    for act in trail.acts:
        title = f"{act.action} {act.subject}".strip()
        link = TrailLink("log", act.seq)
        yield TrailRow("日志", str(act.seq), title, act.actor, detail=act.at, proof=act.hash, link=link)


def _places(trail: Trail) -> list[tuple[TrailPlace, int]]:
    """Each statement line once, with how much the voucher's entries raise it; below zero, lower it."""
    found: dict[TrailPlace, int] = {}
    for entry in trail.entries:
        for place in entry.places:
            found[place] = found.get(place, 0) + place.sign * (entry.debit_fen - entry.credit_fen)
    return list(found.items())


def _entry_row(entry: TrailEntry) -> TrailRow:
    side, fen = ("借", entry.debit_fen) if entry.debit_fen else ("贷", entry.credit_fen)
    name = f"{side}：{entry.name}" + (f"（{entry.items}）" if entry.items else "")
    return TrailRow(
        "分录", entry.account, name, fen=fen, detail=entry.summary, link=TrailLink("ledger", key=entry.account)
    )


def _by(decision: str) -> str:
    return f"决议 {decision}" if decision else ""


def _request_rows(request: TrailRequest) -> Iterator[TrailRow]:
    link = TrailLink("request", request.id, request.number)
    parts = (
        f"收款人 {request.payee}" if request.payee else "",
        f"证明人 {request.witness}" if request.witness else "",
        f"预算项目 {request.budget_item}" if request.budget_item else "",
        request.state,
    )
    detail = "，".join(filter(None, parts))
    yield TrailRow(
        "用款申请", request.number, request.title, request.handler, request.day, request.fen, detail, link=link
    )
    for one in request.signatures:
        how = f"（{one.method}）" if one.method else ""
        yield TrailRow("签批", request.number, one.duty, one.name, one.day, detail=f"{one.opinion}{how}", link=link)


def _decision_rows(decision: TrailDecision) -> Iterator[TrailRow]:
    link = TrailLink("decision", decision.id, decision.number)
    cap = "" if decision.cap_fen else "不涉及资金"
    standing = "；".join(decision.failures) or "有效"
    parts = (decision.matter, decision.side, cap, standing, f"见{decision.via}" if decision.via else "")
    detail = "，".join(filter(None, parts))
    fen = decision.cap_fen or None
    wrong = bool(decision.failures)
    yield TrailRow("决策", decision.number, decision.title, "", decision.day, fen, detail, link=link, alarming=wrong)
    for step in decision.steps:
        yield TrailRow("会议", decision.number, step.body, step.place, step.day, detail=step.figures, link=link)
    for notice in decision.notices:
        span = f"{notice.start or ''} 至 {notice.end or ''}"
        yield TrailRow("公示", decision.number, notice.kind, notice.place, notice.start, detail=span, link=link)
