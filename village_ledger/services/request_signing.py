"""Signing requests: in person at the keyboard, or on paper and recorded by the accountant; and sending them back.

Whoever signs must hold the duty whose turn it is, and nobody approves an own claim (会计法 as amended, art. 35;
财农〔2021〕121号): the payee and the one who handled the payment sign for no other duty.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .. import clock
from ..domain.approval import HANDLER, WITNESS
from ..domain.approval_check import Link, next_link
from ..domain.errors import BadInput, NotAllowed, Refusal, StaleDraft
from ..domain.request import IN_PERSON, ON_PAPER, Request, Signature
from ..storage import requests as rows
from ..storage.evidence import load_evidence
from ..storage.transaction import Transaction
from . import requests
from .book import Book
from .people import people, role_of

RECORDERS = ("会计", "审核")
"""Who records signatures given on paper."""


class OnPaper(NamedTuple):
    """A signature on the paper form: whose and of which day."""

    name: str
    day: date
    opinion: str = ""


def sign(
    book: Book, request_id: int, opinion: str = "", day: date | None = None, *, seen: Request | None = None
) -> Request:
    """Sign for the duty whose turn it is, as who is at the keyboard.

    `seen` is the request as the signer has read it; refused when it was taken back and handed in anew since.
    """
    with book.write("request.sign") as transaction:
        return _sign(book, transaction, request_id, opinion, day, seen)


def sign_all(book: Book, wanted: Iterable[Request], opinion: str = "") -> tuple[tuple[str, str], ...]:
    """Sign several requests as read in one act (批量签批); those that cannot be are told, as (number, why)."""
    refused = []
    with book.write("request.sign") as transaction:
        for seen in wanted:
            try:
                _sign(book, transaction, seen.id, opinion, None, seen)
            except Refusal as refusal:
                refused.append((seen.number, refusal.message))
        if not transaction.recorded:
            lines = "\n".join(f"{number}：{why}" for number, why in refused)
            raise NotAllowed(f"没有签批任何申请：\n{lines}" if refused else "请选择要签批的申请")
    return tuple(refused)


def _sign(
    book: Book, transaction: Transaction, request_id: int, opinion: str, day: date | None, seen: Request | None
) -> Request:
    one, link, step = _turn(book, request_id)
    if seen and seen.round != one.round:
        raise StaleDraft(f"用款申请 {one.number} 刚才撤回修改过，又重新提交了，请看过新的内容再签字")
    actor = book.actor
    role = role_of(book, actor)
    if not role:
        raise NotAllowed("签批要由登记在册的人员本人办理，请先登录或选择操作员")
    if link.role and role != link.role:
        raise NotAllowed(f"用款申请 {one.number} 现在轮到{link.duty}签字，由“{link.role}”办理；您的岗位是“{role}”")
    _require_free(book, one, link, actor)
    made = Signature(step, link.duty, actor, day or clock.today(), IN_PERSON, opinion.strip())
    return _keep(book, transaction, one, made)


def sign_on_paper(book: Book, request_id: int, paper: OnPaper) -> Request:
    """Record the next signature from the paper form; the form must be attached as a scan or photo first."""
    with book.write("request.sign") as transaction:
        one, link, step = _turn(book, request_id)
        if role_of(book, book.actor) not in RECORDERS:
            raise NotAllowed(f"书面签字由{'或'.join(RECORDERS)}登记")
        name = paper.name.strip()
        if not name:
            raise BadInput(f"请填写在纸上签字的{link.duty}的姓名")
        if not load_evidence(transaction.connection, "request", one.uid):
            raise BadInput("请先把签了字的用款审批单扫描或拍照，作为附件添加到这份申请，再登记书面签字")
        _require_holder(book, link, name)
        _require_free(book, one, link, name)
        made = Signature(step, link.duty, name, paper.day, ON_PAPER, paper.opinion.strip())
        return _keep(book, transaction, one, made)


def _turn(book: Book, request_id: int) -> tuple[Request, Link, int]:
    """The request and whose turn it is."""
    one = requests.request_by_id(book, request_id)
    if one.state != "签批中":
        raise NotAllowed(f"用款申请 {one.number} 的状态是“{one.state}”，现在不能签字")
    links = requests.links_of(book, one)
    link = next_link(links)
    if link is None:
        raise NotAllowed(f"用款申请 {one.number} 的签字已经齐了")
    return one, link, links.index(link)


def _require_holder(book: Book, link: Link, name: str) -> None:
    """On paper, too, only somebody who holds the role signs; where the book names nobody for it, anybody may."""
    known = role_of(book, name)
    if link.role and known and known != link.role:
        raise NotAllowed(f"{name}的岗位是“{known}”，不能代{link.duty}签字（由“{link.role}”签）")
    holders = [one.name for one in people(book) if one.active and one.role == link.role]
    if link.role and holders and name not in holders:
        raise NotAllowed(
            f"{name}没有登记为“{link.role}”，不能作为{link.duty}签字；"
            f"登记在册的是{'、'.join(holders)}，换了人的请先在“账套设置 → 人员”里登记"
        )


def _require_free(book: Book, one: Request, link: Link, name: str) -> None:
    """Refuse an own claim and a second signature of the same person."""
    if link.duty == HANDLER:
        if name != one.handler.strip():
            raise NotAllowed(f"经手人是{one.handler}，要由本人签字")
        return
    if link.duty == WITNESS and name != one.witness.strip():
        raise NotAllowed(f"证明人（验收人）是{one.witness}，要由本人签字")
    if name == one.payee.strip():
        raise NotAllowed(f"{name}是收款人，不能审批自己的用款")
    if name == one.handler.strip():
        raise NotAllowed(f"{name}是经手人，不能审批自己经手的用款")
    if link.duty == WITNESS:
        return
    if name == one.witness.strip():
        raise NotAllowed(f"{name}是证明人，不能再作为{link.duty}审批")
    given = [signature for signature in requests.signatures(book, one) if signature.name == name]
    if given and not link.again:
        raise NotAllowed(f"{name}已经作为{given[0].duty}签过字，{link.duty}要由另一人签")


def _keep(book: Book, transaction: Transaction, one: Request, made: Signature) -> Request:
    if not one.day <= made.day <= clock.today():
        raise BadInput(f"签字日期应在申请日期 {one.day} 和今天之间")
    requests.add_signature(transaction, one, made)
    return requests.advance(book, transaction, one)


def send_back(book: Book, request_id: int, reason: str) -> Request:
    """Return a request to be changed, with a reason (退回); its signatures then count no more. Refused once used."""
    if not reason.strip():
        raise BadInput("请写明退回的原因")
    with book.write("request.sign") as transaction:
        one = requests.request_by_id(book, request_id)
        if one.state not in ("签批中", "已批准"):
            raise NotAllowed(f"用款申请 {one.number} 的状态是“{one.state}”，不能退回")
        requests.require_unused(transaction.connection, one)
        note = requests.noted(one, f"退回：{reason.strip()}", transaction.actor)
        saved = rows.update_request(transaction.connection, one._replace(state="退回", note=note))
        requests.record(transaction, saved, "退回")
    return saved
