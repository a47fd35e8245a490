"""Requests for payment (用款申请): what is asked for, who has signed, and what is wrong with a request by itself.

Money is integer fen. What a request needs depends on the tier its amount falls into (`approval`); nothing of that is
stored with the request.
"""

from datetime import date
from typing import Any, NamedTuple

from .money import LIMIT_FEN
from .problems import Problem

STATES = ("填写", "签批中", "已批准", "退回", "已作废")
EDITABLE = ("填写", "退回")
STANDING = ("签批中", "已批准")
"""The states in which a request draws on its decision."""
IN_PERSON, ON_PAPER = "本人", "书面"
MAX_LINES = 100


class RequestLine(NamedTuple):
    """One thing to be paid: debited to `account`, kept by `items` ((category, name) pairs), in fen.

    In a request to dispose of an asset it is what leaves the books: credited to `account`.
    """

    summary: str = ""
    account: str = ""
    items: tuple[tuple[str, str], ...] = ()
    fen: int = 0


class Request(NamedTuple):
    """One request for payment. `id` 0 until saved; `number` is given when saved, `round` counts submissions.

    `decision`, `contract` and `project` are numbers or codes, `budget_item` an item of the year's budget; empty = none.
    `documents` are the papers and stamps noted as being there; they may grow while people sign.
    """

    day: date
    title: str
    kind: str
    payee: str
    handler: str
    witness: str
    lines: tuple[RequestLine, ...]
    money_account: str = ""
    decision: str = ""
    contract: str = ""
    project: str = ""
    budget_item: str = ""
    documents: tuple[str, ...] = ()
    note: str = ""
    state: str = "填写"
    round: int = 0
    submitter: str = ""
    number: str = ""
    uid: str = ""
    id: int = 0
    version: int = 0

    @property
    def amount_fen(self) -> int:
        """The sum asked for."""
        return sum(line.fen for line in self.lines)


class Signature(NamedTuple):
    """One signature: the how-manieth of the chain (from 0), for which duty, whose, when, how, and what they said.

    `recorder` is who was at the keyboard; a signature on paper is recorded by the accountant.
    """

    step: int
    duty: str
    name: str
    day: date
    method: str = IN_PERSON
    opinion: str = ""
    recorder: str = ""
    request: int = 0
    round: int = 0


def request_content(request: Request) -> dict[str, Any]:
    """What people sign: everything but documents, note, state and row identity."""
    return {
        "number": request.number,
        "day": request.day.isoformat(),
        "title": request.title,
        "kind": request.kind,
        "payee": request.payee,
        "handler": request.handler,
        "witness": request.witness,
        "lines": [
            [line.summary, line.account, [list(pair) for pair in line.items], line.fen] for line in request.lines
        ],
        "money_account": request.money_account,
        "decision": request.decision,
        "contract": request.contract,
        "project": request.project,
        "budget_item": request.budget_item,
    }


def request_detail(request: Request) -> dict[str, Any]:
    """What the log keeps of a request: the whole of it."""
    return {
        **request_content(request),
        "uid": request.uid,
        "documents": list(request.documents),
        "note": request.note,
        "state": request.state,
        "round": request.round,
        "submitter": request.submitter,
    }


def signature_detail(one: Signature) -> list[Any]:
    """What the log keeps of a signature."""
    return [one.round, one.step, one.duty, one.name, one.day.isoformat(), one.method, one.opinion, one.recorder]


def check_request(request: Request, today: date, disposal: str) -> tuple[Problem, ...]:
    """What is wrong with a request by itself; `disposal` is the kind that moves no money."""
    found = []
    for field, title, value in (
        ("title", "用途", request.title),
        ("payee", "收款人", request.payee),
        ("handler", "经手人", request.handler),
        ("witness", "证明人（验收人）", request.witness),
    ):
        if not value.strip() and not (field == "payee" and request.kind == disposal):
            found.append(Problem(field, f"请填写{title}", field=field))
    if request.handler.strip() and request.handler.strip() == request.witness.strip():
        found.append(Problem("witness", "证明人（验收人）不能和经手人是同一人", field="witness"))
    if request.witness.strip() and request.witness.strip() == request.payee.strip():
        found.append(Problem("witness", "证明人（验收人）不能是收款人", field="witness"))
    if request.day > today:
        found.append(Problem("day", "申请日期不能晚于今天", field="day"))
    if request.kind != disposal and not request.money_account:
        found.append(Problem("money-account", "请选择付款账户（现金或银行存款科目）", field="money_account"))
    return (*found, *_line_problems(request))


def _line_problems(request: Request) -> list[Problem]:
    found = []
    if not request.lines:
        found.append(Problem("lines", "请至少填一行用款明细", field="lines"))
    elif len(request.lines) > MAX_LINES:
        found.append(Problem("lines", f"一份申请最多 {MAX_LINES} 行，请分开申请", field="lines"))
    for index, line in enumerate(request.lines):
        if not line.summary.strip():
            found.append(Problem("summary", f"第 {index + 1} 行没有摘要", index, "summary"))
        if not 0 < line.fen < LIMIT_FEN:
            found.append(Problem("amount", f"第 {index + 1} 行的金额应大于零，并小于一千亿元", index, "amount"))
    return found
