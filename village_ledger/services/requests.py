"""Requests for payment (用款申请): drawing up, submitting, taking back, and the voucher an approved one leads to.

Signing is in `request_signing`, what stands behind a request in `request_backing`.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .. import clock
from ..domain.approval import DISPOSAL, HANDLER, Tier
from ..domain.approval_check import Link, chain, next_link, tier_lacks
from ..domain.errors import BadInput, NotAllowed, StaleDraft
from ..domain.problems import Problem
from ..domain.request import EDITABLE, Request, Signature, request_detail, signature_detail
from ..domain.request_register import RequestRecord
from ..domain.voucher import Draft, DraftLine
from ..storage import requests as rows
from ..storage.accounts import item_records
from ..storage.requests import Use as Use
from ..storage.transaction import Transaction
from ..storage.vouchers import is_posted
from . import exceptions, request_checks, tiers
from .book import Book
from .people import role_of
from .posting import voucher_words
from .proposals import new_source, new_uid, propose
from .request_backing import backing
from .requests_register import request_records

MARK = "〔用款〕"
"""How the source of a request's voucher begins."""


class RequestStanding(NamedTuple):
    """A request as its page shows it: its tier, the chain of signatures, what it lacks, where it is used."""

    request: Request
    tier: Tier | None
    links: tuple[Link, ...]
    lacks: tuple[str, ...] = ()
    use: Use | None = None

    @property
    def next(self) -> Link | None:
        """Who signs next; None when nobody has to."""
        return next_link(self.links) if self.request.state == "签批中" else None


def requests(book: Book) -> tuple[Request, ...]:
    """Every request by number."""
    return rows.load_requests(book.connection)


def request(book: Book, number: str) -> Request | None:
    """The request of that number."""
    return rows.request_by_number(book.connection, number)


def request_by_id(book: Book, request_id: int) -> Request:
    """One request. Refused when there is none."""
    found = rows.request_by_id(book.connection, request_id)
    if found is None:
        raise BadInput("找不到这份用款申请，请刷新列表")
    return found


def tier_of(book: Book, one: Request) -> Tier | None:
    """What a request needs by its kind and amount, under the tiers of its day; None: nothing."""
    return tiers.table_on(book, one.day).tier(one.kind, one.amount_fen)


def signatures(book: Book, one: Request) -> tuple[Signature, ...]:
    """The signatures that count for a request as it stands."""
    return rows.signatures_of(book.connection, one)


def links_of(book: Book, one: Request) -> tuple[Link, ...]:
    """The chain of signatures of a request, with those given."""
    return chain(one, tier_of(book, one), tiers.spending(book.entity.chart), signatures(book, one))


def standing(book: Book, one: Request) -> RequestStanding:
    """A request with its chain and all it lacks today, signatures included."""
    tier = tier_of(book, one)
    spending = tiers.spending(book.entity.chart)
    behind = backing(book, one, max(one.day, clock.today()))
    links = chain(one, tier, spending, behind.signatures)
    lacks = (*behind.problems, *(tier_lacks(tier, behind, spending) if tier else ()))
    return RequestStanding(one, tier, links, lacks, rows.load_uses(book.connection, one.id).get(one.id))


def records(book: Book) -> tuple[RequestRecord, ...]:
    """Every request with its chain and its use; what else it lacks is told of one at a time (`standing`)."""
    return request_records(book.connection)


def save(book: Book, wanted: Request) -> Request:
    """Keep a request, new or changed, right or wrong in its details; it is checked when submitted."""
    with book.write("request") as transaction:
        if not wanted.id:
            number = rows.next_number(transaction.connection, wanted.day.year)
            new = wanted._replace(number=number, uid=new_uid(), state="填写", round=0, submitter="", version=1)
            saved = new._replace(id=rows.insert_request(transaction.connection, new))
        else:
            before = current(transaction.connection, wanted)
            if before.state not in EDITABLE:
                raise NotAllowed(f"用款申请 {before.number} 的状态是“{before.state}”，不能修改；要改请先撤回或退回")
            fixed = {name: getattr(before, name) for name in ("number", "uid", "state", "round", "submitter")}
            saved = rows.update_request(transaction.connection, wanted._replace(**fixed))
        record(transaction, saved, "保存")
    return saved


def current(connection: sqlite3.Connection, wanted: Request) -> Request:
    """The request as it is in the book; refused when another window changed it meanwhile."""
    before = rows.request_by_id(connection, wanted.id)
    if before is None:
        raise BadInput("找不到这份用款申请，请刷新列表")
    if wanted.version and before.version != wanted.version:
        raise StaleDraft(f"用款申请 {before.number} 刚才在另一个窗口里改过，请重新打开；您改的内容没有保存")
    return before


def record(transaction: Transaction, saved: Request, what: str) -> None:
    """Log a request as it is now."""
    transaction.record("request", f"{saved.number} {what}", request_detail(saved))


def submit(book: Book, request_id: int, day: date | None = None) -> Request:
    """Send a request round for signatures. Its decision, contract and project must hold and allow the amount now.

    Somebody who hands in their own request signs it by that as the one who handled it (经手人), on `day` (today).
    """
    with book.write("request") as transaction:
        before = request_by_id(book, request_id)
        if before.state not in EDITABLE:
            raise NotAllowed(f"用款申请 {before.number} 已经提交（{before.state}）")
        if problems := request_checks.check(book, before):
            raise BadInput(f"用款申请 {before.number} 还不能提交：", problems)
        actor = transaction.actor
        wanted = before._replace(state="签批中", round=before.round + 1, submitter=actor)
        if obstacles := backing(book, wanted, max(before.day, clock.today())).problems:
            texts = tuple(Problem("basis", text, field="decision") for text in obstacles)
            raise NotAllowed(f"用款申请 {before.number} 还不能提交：", texts)
        saved = rows.update_request(transaction.connection, wanted)
        record(transaction, saved, "提交")
        return advance(book, transaction, saved, day)


def advance(book: Book, transaction: Transaction, one: Request, day: date | None = None) -> Request:
    """Approve a request that has every signature; and settle the exceptions that makes good."""
    links = links_of(book, one)
    link = next_link(links)
    if link and link.duty == HANDLER and transaction.actor == one.handler.strip() and role_of(book, transaction.actor):
        name = one.handler.strip()
        add_signature(transaction, one, Signature(links.index(link), HANDLER, name, day or clock.today()))
        return advance(book, transaction, one)
    if link:
        return one
    saved = rows.update_request(transaction.connection, one._replace(state="已批准"))
    record(transaction, saved, "批准")
    exceptions.settle_made_good(book, transaction)
    return saved


def add_signature(transaction: Transaction, one: Request, made: Signature) -> None:
    """Keep a signature on the present submission of a request, and log it."""
    made = made._replace(recorder=transaction.actor, request=one.id, round=one.round)
    rows.insert_signature(transaction.connection, made)
    detail = {"request": one.number, "signature": signature_detail(made)}
    transaction.record("request-sign", f"{one.number} {made.duty} {made.name}（{made.method}）", detail)


def withdraw(book: Book, request_id: int) -> Request:
    """Take a submitted request back to change it; its signatures then count no more. Refused once it is used."""
    with book.write("request") as transaction:
        before = request_by_id(book, request_id)
        if before.state not in ("签批中", "已批准"):
            raise NotAllowed(f"用款申请 {before.number} 的状态是“{before.state}”，没有可撤回的")
        require_unused(transaction.connection, before)
        saved = rows.update_request(transaction.connection, before._replace(state="填写"))
        record(transaction, saved, "撤回")
    return saved


def void(book: Book, request_id: int, reason: str) -> Request:
    """Cancel a request for good (作废), with a reason. Refused once it is used."""
    if not reason.strip():
        raise BadInput("请写明作废的原因")
    with book.write("request") as transaction:
        before = request_by_id(book, request_id)
        if before.state == "已作废":
            raise NotAllowed(f"用款申请 {before.number} 已经作废")
        require_unused(transaction.connection, before)
        note = noted(before, f"作废：{reason.strip()}", transaction.actor)
        saved = rows.update_request(transaction.connection, before._replace(state="已作废", note=note))
        record(transaction, saved, "作废")
    return saved


def require_unused(connection: sqlite3.Connection, one: Request) -> None:
    """Refuse when a voucher, posted or waiting, was made with the request."""
    use = rows.load_uses(connection, one.id).get(one.id)
    if use:
        raise NotAllowed(f"用款申请 {one.number} 已经用于 {use.label}，请先删除草稿或冲销凭证")


def noted(one: Request, text: str, actor: str) -> str:
    """A request's note with a line added: the day, who, and what."""
    return f"{one.note}\n{clock.today()} {actor} {text}".strip()


def add_documents(book: Book, request_id: int, names: Iterable[str]) -> Request:
    """Note papers and stamps that are there now; they may come while people sign, and after."""
    with book.write("request") as transaction:
        before = request_by_id(book, request_id)
        if before.state == "已作废":
            raise NotAllowed(f"用款申请 {before.number} 已经作废")
        documents = tuple(dict.fromkeys((*before.documents, *(name.strip() for name in names if name.strip()))))
        saved = rows.update_request(transaction.connection, before._replace(documents=documents))
        record(transaction, saved, "补充资料")
        exceptions.settle_made_good(book, transaction)
    return saved


def make_voucher(book: Book, request_id: int, day: date) -> Draft:
    """The voucher an approved request leads to, as a draft linked to it: one act, refused when one is there already."""
    with book.write("voucher.draft") as transaction:
        one = request_by_id(book, request_id)
        if one.kind == DISPOSAL:
            raise NotAllowed("资产处置的凭证由“资产变动”办理，请在那张凭证里关联这份申请")
        if one.state != "已批准":
            raise NotAllowed(f"用款申请 {one.number} 的状态是“{one.state}”，批准以后才能生成凭证")
        require_unused(transaction.connection, one)
        words = voucher_words(book)
        word = "付" if "付" in words else words[0]
        lines = (
            *(DraftLine(line.summary, line.account, line.items, debit_fen=line.fen) for line in one.lines),
            DraftLine(one.title, one.money_account, _only_bank(book, one.money_account), credit_fen=one.amount_fen),
        )
        source = new_source(f"{MARK}{one.number}", one.uid)
        draft = propose(book, transaction, Draft(day, word, lines, source=source))
        _link(transaction, draft.id, (one,))
    return draft


def _only_bank(book: Book, account: str) -> tuple[tuple[str, str], ...]:
    """The bank account (银行账户) money is paid from, where there is but one; else it is filled in by hand."""
    found = book.chart.get(account)
    if found is None or all(one.category != "银行账户" for one in found.auxiliaries):
        return ()
    banks = [one.item for one in item_records(book.connection) if one.item.category == "银行账户" and not one.disabled]
    return ((banks[0].category, banks[0].name),) if len(banks) == 1 else ()


def link(book: Book, draft_id: int, request_ids: Iterable[int]) -> None:
    """Say which requests a draft pays for, in place of those it had; none takes them all off."""
    with book.write("voucher.draft") as transaction:
        connection = transaction.connection
        if not rows.draft_exists(connection, draft_id):
            raise StaleDraft("这张草稿已经被记账或删除了，请刷新凭证列表")
        wanted = tuple(request_by_id(book, number) for number in dict.fromkeys(request_ids))
        rows.delete_links(connection, draft_id)
        for one in wanted:
            _require_linkable(connection, one)
        _link(transaction, draft_id, wanted)


def link_voucher(book: Book, voucher_uid: str, request_ids: Iterable[int]) -> None:
    """Add requests to a posted voucher, for one that was posted without: by exception, or before control began."""
    with book.write("voucher.draft") as transaction:
        connection = transaction.connection
        if not is_posted(connection, voucher_uid):
            raise BadInput("找不到这张凭证，请刷新列表")
        wanted = tuple(request_by_id(book, number) for number in dict.fromkeys(request_ids))
        if not wanted:
            raise BadInput("请选择要关联的用款申请")
        for one in wanted:
            _require_linkable(connection, one)
            rows.insert_link(connection, one.id, 0, voucher_uid)
        detail = {"requests": [one.number for one in wanted], "voucher": voucher_uid}
        transaction.record("request-voucher", "、".join(one.number for one in wanted), detail)
        exceptions.settle_made_good(book, transaction)


def _require_linkable(connection: sqlite3.Connection, one: Request) -> None:
    if one.state == "已作废":
        raise NotAllowed(f"用款申请 {one.number} 已经作废")
    require_unused(connection, one)


def _link(transaction: Transaction, draft_id: int, wanted: tuple[Request, ...]) -> None:
    for one in wanted:
        rows.delete_dead_links(transaction.connection, one.id)
        rows.insert_link(transaction.connection, one.id, draft_id)
    detail = {"draft": draft_id, "requests": [one.number for one in wanted]}
    transaction.record("request-link", f"草稿{draft_id}", detail)


def linked(book: Book, draft_id: int = 0, voucher_uid: str = "") -> tuple[Request, ...]:
    """The requests of a draft or of a posted voucher."""
    connection = book.connection
    if voucher_uid:
        ids = rows.requests_of_voucher(connection, voucher_uid)
    else:
        ids = rows.links_of_drafts(connection).get(draft_id, ())
    return tuple(request_by_id(book, number) for number in ids)
