"""What voucher pages show of the gate: a draft's basis in a few values, and which vouchers of a list lack theirs."""

from collections.abc import Iterable
from typing import NamedTuple

from ..domain.approval import DISPOSAL
from ..domain.approval_check import Demands
from ..domain.period import Period
from ..domain.request import Request, RequestLine
from ..domain.voucher import Draft
from ..storage.drafts import Drafts
from ..storage.exceptions import load_exceptions, voucher_labels
from ..storage.tables import BookDatabase
from .admission import Gate
from .book import Book
from .vouchers import VoucherFilter, VoucherSummary, find


class Basis(NamedTuple):
    """A draft's basis: whether anything is asked of it, what is missing, the requests it is linked with.

    `excused`: an urgent exception was granted for it as it is. `proposal` is a request for what it pays.
    """

    asked: bool = False
    lacks: tuple[str, ...] = ()
    requests: tuple[Request, ...] = ()
    excused: bool = False
    fen: int = 0
    proposal: Request | None = None


def basis(book: Book, draft: Draft) -> Basis:
    """What a draft needs and has. Nothing in books without control."""
    if not book.settings.control and not draft.id:
        return Basis()
    gate = Gate(book)
    demands = gate.demands(draft)
    lacks = gate.missing(draft)
    linked = gate.linked(draft.id)
    return Basis(
        bool(demands.needs or lacks or linked),
        lacks,
        linked,
        bool(lacks) and gate.is_excused(draft),
        demands.amount_fen,
        _proposal(book, draft, demands) if lacks and not linked else None,
    )


def _proposal(book: Book, draft: Draft, demands: Demands) -> Request | None:
    """A request for what a draft pays, to be completed: of its largest kind, since a request is of one kind."""
    if not demands.needs:
        return None
    kind = max(demands.needs, key=lambda need: need.amount_fen).kind
    outflow = demands.disposal if kind == DISPOSAL else demands.payment
    lines = tuple(
        RequestLine(draft.lines[line.place].summary, line.account, line.items, line.fen)
        for line in outflow.lines
        if line.kind == kind
    )
    payee = next((name for line in lines for category, name in line.items if category in ("往来户", "人员")), "")
    money = outflow.money_accounts[0] if outflow.money_accounts else ""
    return Request(draft.day, lines[0].summary, kind, payee, book.actor, "", lines, money)


def lacking(book: Book, rows: Iterable[VoucherSummary]) -> frozenset[tuple[bool, int]]:
    """Those of some listed vouchers, as (posted, id), that lack something or were posted by an exception still open."""
    if not book.settings.control:
        return frozenset()
    wanted = {(row.posted, row.id) for row in rows}
    open_ones = {(True, number) for number in _open_exceptions(book)}
    drafts = [number for posted, number in wanted if not posted]
    found = {(False, draft.id) for draft, lacks in _judged(book, drafts) if lacks}
    return frozenset((open_ones & wanted) | found)


def _judged(book: Book, drafts: list[int]) -> list[tuple[Draft, tuple[str, ...]]]:
    gate = Gate(book)
    return [(draft, gate.missing(draft)) for draft in Drafts(BookDatabase(book.connection)).many(drafts)]


def _open_exceptions(book: Book) -> list[int]:
    """The vouchers posted by exceptions that are open."""
    open_ones = load_exceptions(book.connection, "voucher_uid<>'' AND settled=''")
    labels = voucher_labels(book.connection)
    return [labels[one.voucher][0] for one in open_ones if one.voucher in labels]


def find_lacking(book: Book, wanted: VoucherFilter) -> tuple[VoucherSummary, ...]:
    """The vouchers a filter matches that lack their basis: drafts, and those posted by an exception still open."""
    labels = voucher_labels(book.connection)
    rows: list[VoucherSummary] = []
    for one in load_exceptions(book.connection, "voucher_uid<>'' AND settled=''"):
        _number, label, _day = labels[one.voucher]
        month, _, place = label.partition(" ")
        word, _, number = place.partition("-")
        period = Period.parse(month)
        inside = (wanted.start or period) <= period <= (wanted.end or period)
        if inside:
            narrowed = wanted._replace(start=period, end=period, state="posted", word=word, number=int(number))
            rows += find(book, narrowed, 0, 1)
    for state in ("draft", "reviewed"):
        rows += find(book, wanted._replace(state=state), 0, 10_000)
    found = lacking(book, rows)
    return tuple(row for row in rows if (row.posted, row.id) in found)
