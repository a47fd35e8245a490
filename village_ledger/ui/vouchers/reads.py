"""What the voucher pages ask of the book: plain functions run on the worker, plain values back."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from village_ledger import clock
from village_ledger.domain.checks import CheckContext
from village_ledger.domain.period import Period
from village_ledger.domain.review_standing import CommentStanding
from village_ledger.domain.voucher import WORDS_SINGLE, WORDS_TYPED, Draft, Voucher, posted_as_draft
from village_ledger.services import accounts, basis, review_answers, vouchers
from village_ledger.services.book import Book
from village_ledger.services.origins import Origin, origins
from village_ledger.services.spending_watch import spending_watch
from village_ledger.services.vouchers import VoucherFilter, VoucherSummary

from ..operations import Facts
from ..tables.entry_context import EntryContext
from ..tables.voucher_list_model import ListRow

MONTHS_SEARCHED = 24
LACKING, COMMENTED = "lacking", "commented"
"""Not states, though chosen like one: what lacks its basis (drafts that could not be posted, and what was posted by an
exception still open), and what the township comments on."""


class Start(NamedTuple):
    """The context, and the day a new voucher gets."""

    context: EntryContext
    day: date


class Opened(NamedTuple):
    """A voucher ready to be shown: as a draft, or posted, with the labels of what it is linked with."""

    context: EntryContext
    draft: Draft
    number: int
    voucher: Voucher | None = None
    reverses: str = ""
    reversed_by: str = ""
    origins: tuple[Origin, ...] = ()
    comments: tuple[CommentStanding, ...] = ()


def read_context(book: Book) -> EntryContext:
    """Everything the grid looks up while typing."""
    totals: dict[str, int] = defaultdict(int)
    for balance in book.ledger.balances(book.open_period, book.open_period):
        totals[balance.account] += balance.closing_fen
    return EntryContext(
        vouchers.check_context(book),
        accounts.items(book),
        vouchers.account_usage(book),
        dict(totals),
        vouchers.recent_summaries(book),
        spending_watch(book),
    )


def usual_day(book: Book) -> date:
    """The day a new voucher gets: the last voucher's in the open month, else today, else the month's first."""
    month = book.open_period
    wanted = VoucherFilter(start=month, end=month)
    count = vouchers.count(book, wanted)
    if count:
        return max(date.fromisoformat(row.day) for row in vouchers.find(book, wanted, max(0, count - 50), 50))
    today = clock.today()
    return today if Period.of(today) == month else month.first_day


def first_context(facts: Facts) -> EntryContext:
    """What is known of the book before it has been asked."""
    words = WORDS_SINGLE if facts.settings.words == "记" else WORDS_TYPED
    month = facts.open_period
    check = CheckContext(facts.chart, words, facts.entity.first_period, month, date(month.year + 1, 12, 31))
    return EntryContext(check, facts.items, facts.usage)


def fresh(draft: Draft) -> Draft:
    """The content of a draft without its identity, for a copy."""
    return Draft(draft.day, draft.word, draft.lines, draft.attachments)


def content(book: Book, row: VoucherSummary) -> Draft:
    """The content of a listed voucher, for a copy."""
    return posted_as_draft(vouchers.voucher(book, row.id)) if row.posted else fresh(vouchers.draft(book, row.id))


def read_start(book: Book) -> Start:
    """What a new voucher needs."""
    return Start(read_context(book), usual_day(book))


def open_draft(book: Book, draft_id: int) -> Opened:
    """A stored draft."""
    draft = vouchers.draft(book, draft_id)
    reverses = label(vouchers.voucher(book, draft.reverses)) if draft.reverses else ""
    return Opened(
        read_context(book),
        draft,
        vouchers.expected_number(book, draft),
        reverses=reverses,
        origins=origins(book, draft.source, draft=draft.id),
    )


def open_posted(book: Book, voucher_id: int) -> Opened:
    """A posted voucher with the vouchers it reverses or is reversed by, and what the township says of it."""
    voucher = vouchers.voucher(book, voucher_id)
    reverses = label(vouchers.voucher(book, voucher.reverses)) if voucher.reverses else ""
    reversed_by = label(vouchers.voucher(book, voucher.reversed_by)) if voucher.reversed_by else ""
    shown = posted_as_draft(voucher)
    found = origins(book, voucher.source, voucher.uid)
    comments = review_answers.standings_on(book, "凭证", voucher.uid)
    return Opened(read_context(book), shown, voucher.number, voucher, reverses, reversed_by, found, comments)


def label(voucher: Voucher) -> str:
    """A voucher in words: 2025年3月 记-12."""
    return f"{voucher.period.label} {voucher.label}"


class ListPage(NamedTuple):
    """How many vouchers match, and some of them."""

    total: int
    rows: tuple[ListRow, ...]


def list_page(book: Book, wanted: VoucherFilter, offset: int, limit: int, special: str = "") -> ListPage:
    """The count, and a stretch of the voucher list; or all that lack their basis, or that the township comments on."""
    if special:
        found = (basis.find_lacking if special == LACKING else review_answers.find_commented)(book, wanted)
        return ListPage(len(found), _rows(book, found))
    return ListPage(vouchers.count(book, wanted), list_rows(book, wanted, offset, limit))


def list_rows(book: Book, wanted: VoucherFilter, offset: int, limit: int) -> tuple[ListRow, ...]:
    """A stretch of the voucher list with the labels of linked vouchers."""
    return _rows(book, vouchers.find(book, wanted, offset, limit))


def _rows(book: Book, found: tuple[VoucherSummary, ...]) -> tuple[ListRow, ...]:
    marked = basis.lacking(book, found)
    remarks = review_answers.voucher_marks(book)
    return tuple(
        ListRow(
            row,
            _link(book, row.reverses, row.day),
            _link(book, row.reversed_by, row.day),
            (row.posted, row.id) in marked,
            remarks.get(row.id, "") if row.posted else "",
        )
        for row in found
    )


def _link(book: Book, voucher_id: int, day: str) -> str:
    if not voucher_id:
        return ""
    other = vouchers.voucher(book, voucher_id)
    return other.label if str(other.period) == day[:7] else label(other)


def neighbour(book: Book, period: Period, shown: tuple[bool, int] | None, step: int) -> VoucherSummary | None:
    """The voucher before or after the one shown (posted?, id) in list order; None at the end of the book."""
    rows = _month(book, period)
    places = [place for place, row in enumerate(rows) if (row.posted, row.id) == shown]
    place = places[0] + step if places else (len(rows) - 1 if step < 0 else len(rows))
    if 0 <= place < len(rows):
        return rows[place]
    for distance in range(1, MONTHS_SEARCHED + 1):
        month = period.plus(step * distance)
        if month < book.entity.first_period or month > book.open_period.plus(MONTHS_SEARCHED):
            return None
        rows = _month(book, month)
        if rows:
            return rows[0 if step > 0 else -1]
    return None


def _month(book: Book, period: Period) -> tuple[VoucherSummary, ...]:
    wanted = VoucherFilter(start=period, end=period)
    return vouchers.find(book, wanted, 0, vouchers.count(book, wanted))
