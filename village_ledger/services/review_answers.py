"""The township's comments as they stand, and the village's answers, which travel in the next package."""

import re
from datetime import date
from typing import NamedTuple

from ..domain.errors import BadInput, NotAllowed
from ..domain.period import Period
from ..domain.review import MAX_TEXT, Answer, Comment, SubjectKind
from ..domain.review_standing import CommentStanding, nearest_deadline
from ..storage.reviews import commented_vouchers, find_standing, insert_answer, load_answers, load_standings
from ..storage.search import count_vouchers, find_vouchers
from ..storage.trail import voucher_at
from ..storage.vouchers import voucher_by_id
from .book import Book
from .proposals import new_uid
from .reviews_register import answer_detail
from .vouchers import VoucherFilter, VoucherSummary

_LABEL = re.compile(r"(\d{4}-\d{2}) (记|收|付|转)-(\d{1,6})")
_OFFERED = 200
_ANY = VoucherFilter()


def standings(book: Book) -> tuple[CommentStanding, ...]:
    """Every comment as it stands, by month."""
    return load_standings(book.connection)


def standings_on(book: Book, kind: SubjectKind, subject: str) -> tuple[CommentStanding, ...]:
    """The comments on a voucher (by uid), a contract (by code), a decision (by number), as they stand."""
    return load_standings(book.connection, kind, subject)


def standing(book: Book, uid: str) -> CommentStanding:
    """One comment as it stands, by its uid or a beginning of it that is nobody else's."""
    found = find_standing(book.connection, uid)
    if found is None and len(uid) >= 4:
        begun = [one for one in standings(book) if one.comment.uid.startswith(uid)]
        found = begun[0] if len(begun) == 1 else None
    if found is None:
        raise BadInput(f"没有编号是“{uid[:60]}”的审核意见")
    return found


class Waiting(NamedTuple):
    """How many comments wait for an answer, how many of them too long, and the first deadline."""

    number: int
    overdue: int
    nearest: date | None


def waiting(book: Book, today: date) -> Waiting:
    """What the village has to answer as of a day."""
    found = standings(book)
    return Waiting(sum(one.waits for one in found), sum(one.overdue(today) for one in found), nearest_deadline(found))


def answer(book: Book, comment: str, text: str, voucher: str = "") -> Answer:
    """Answer a comment; `voucher` is the label of the posted one that corrects (`2025-07 记-3`)."""
    book.authorise("review.answer")
    text, voucher = text.strip(), " ".join(voucher.split())
    if not text:
        raise BadInput("请写明答复的内容")
    if len(text) > MAX_TEXT:
        raise BadInput(f"答复最多 {MAX_TEXT} 个字")
    with book.write("review.answer") as transaction:
        found = standing(book, comment)
        if found.settled:
            raise NotAllowed(f"这条意见乡镇已经办结（{found.state}），不用再答复")
        if voucher:
            _require_posted(book, voucher, found.comment)
        given = Answer(new_uid(), found.comment.uid, text, voucher, transaction.actor, transaction.at)
        insert_answer(transaction.connection, given)
        transaction.record("review-answer", found.comment.label, answer_detail(given))
    return given


def _require_posted(book: Book, label: str, comment: Comment) -> None:
    match = _LABEL.fullmatch(label)
    if match is None:
        raise BadInput(f"更正凭证请写成“2025-07 记-3”的形式，不是“{label[:40]}”")
    if not voucher_at(book.connection, match[1], match[2], int(match[3])):
        raise BadInput(f"没有已记账的凭证 {label}，更正凭证要先审核、记账")
    if label == comment.label:
        raise BadInput(f"{label} 就是意见指出的凭证；更正凭证是冲销它的红字凭证或重做的凭证")


class Corrections(NamedTuple):
    """Posted vouchers an answer may name: the red one that cancels the voucher commented, and the newest others."""

    red: VoucherSummary | None = None
    others: tuple[VoucherSummary, ...] = ()


def corrections(book: Book, comment: Comment) -> Corrections:
    """What an answer to a comment may name as its correction."""
    connection = book.connection
    later = VoucherFilter(start=comment.period, state="posted")
    first = max(0, count_vouchers(connection, later) - _OFFERED)
    newest = tuple(reversed(find_vouchers(connection, later, first, _OFFERED)))
    place = commented_vouchers(connection).get(comment.subject) if comment.kind == "凭证" else None
    commented = voucher_by_id(connection, place[0]) if place else None
    if commented is None:
        return Corrections(None, newest)
    cancelling = voucher_by_id(connection, commented.reversed_by) if commented.reversed_by else None
    red = _at(book, str(cancelling.period), cancelling.word, cancelling.number) if cancelling else ()
    known = {commented.id, commented.reversed_by}
    return Corrections(red[0] if red else None, tuple(one for one in newest if one.id not in known))


def _at(book: Book, month: str, word: str, number: int, wanted: VoucherFilter = _ANY) -> tuple[VoucherSummary, ...]:
    """The posted voucher of that number, where a filter matches it."""
    period = Period.parse(month)
    one = wanted._replace(start=period, end=period, state="posted", word=word, number=number)
    return find_vouchers(book.connection, one, 0, 1)


def label_of(row: VoucherSummary) -> str:
    """How an answer names a voucher: 2025-07 记-3."""
    return f"{row.day[:7]} {row.word}-{row.number}"


def answers_to_send(book: Book) -> tuple[Answer, ...]:
    """The answers to comments the township has not settled, in the order they were given."""
    settled = {one.comment.uid for one in standings(book) if one.settled}
    return tuple(one for one in load_answers(book.connection) if one.comment not in settled)


def voucher_marks(book: Book) -> dict[int, str]:
    """Of every posted voucher with comments, by id: the state of the one that needs most attention."""
    vouchers = commented_vouchers(book.connection)
    if not vouchers:
        return {}
    marks: dict[int, str] = {}
    for one in standings(book):
        place = vouchers.get(one.comment.subject) if one.comment.kind == "凭证" else None
        if place and (place[0] not in marks or one.waits):
            marks[place[0]] = one.state
    return marks


def find_commented(book: Book, wanted: VoucherFilter) -> tuple[VoucherSummary, ...]:
    """The posted vouchers with comments that a filter matches, in list order."""
    found: list[VoucherSummary] = []
    for _number, month, word, place in commented_vouchers(book.connection).values():
        period = Period.parse(month)
        if (wanted.start or period) <= period <= (wanted.end or period):
            found += _at(book, month, word, place, wanted)
    return tuple(found)
