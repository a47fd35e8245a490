"""Taking in what the township says of a month (审核意见, `.vlr`), and where each month stands with the township."""

from pathlib import Path
from typing import NamedTuple

from ..domain.errors import NotAllowed
from ..domain.period import Period
from ..domain.review import Review
from ..package.review import SignedReview, read_review
from ..storage.log import close_record, naming_records, newest_of
from ..storage.periods import load_periods
from ..storage.reviews import TakenReview as TakenReview
from ..storage.reviews import insert_review, is_taken, load_reviews, newest_opinions
from ..storage.transaction import Transaction
from .book import Book
from .periods import PeriodStatus, periods
from .registered import registered
from .reviews_register import review_detail
from .village_key import spoken_key


class Incoming(NamedTuple):
    """A review file that this book may take in. `known_key` is the township's key so far, empty while it has none.

    `taken`: this very file was taken in before, and taking it in again does nothing.
    """

    signed: SignedReview
    known_key: str = ""
    taken: bool = False

    @property
    def review(self) -> Review:
        """What the township says."""
        return self.signed.review

    @property
    def key_changed(self) -> bool:
        """Whether another key than before has signed, which somebody must confirm."""
        return bool(self.known_key) and self.known_key != self.signed.key

    @property
    def note(self) -> str:
        """What was done, in a sentence."""
        review = self.review
        what = f"{review.period.label}第 {review.round} 轮审核意见（{review.opinion}）"
        if self.taken:
            return f"{what}以前已经接收过，这次没有改动什么"
        waiting = sum(one.deadline is not None for one in review.comments)
        comments = f"，意见 {len(review.comments)} 条" + (f"，其中 {waiting} 条要求限期答复" if waiting else "")
        return f"已接收{what}{comments if review.comments else '，没有意见'}"


def township_key(book: Book) -> str:
    """The township's public key this book trusts, as 64 hex digits; empty before the first review."""
    known = newest_of(book.connection, "township-key")
    return str(known.detail["public"]) if known else ""


def reviews(book: Book) -> tuple[TakenReview, ...]:
    """Every review in the order they were taken in."""
    return load_reviews(book.connection)


def look_at(book: Book, path: Path) -> Incoming:
    """What a review file says. Refused when it is no sound one or not for this book; nothing is written."""
    signed = read_review(path)
    known = township_key(book)
    if is_taken(book.connection, signed.sha256):
        return Incoming(signed, known, taken=True)
    _require_ours(book, signed.review)
    return Incoming(signed, known)


def take_in(book: Book, path: Path, *, new_key: bool = False) -> Incoming:
    """Keep a review. The first one makes its key the township's; another key must be confirmed with `new_key`."""
    book.authorise("review.take")
    found = look_at(book, path)
    if found.taken:
        return found
    signed, review = found.signed, found.review
    with book.write("review.take") as transaction:
        _require_ours(book, review)
        known = township_key(book)
        if known and known != signed.key and not new_key:
            raise NotAllowed(
                f"这份审核意见不是用乡镇以前的密钥签的：\n以前的公钥 {spoken_key(known)}\n"
                f"这份的公钥 {spoken_key(signed.key)}\n"
                "请先和乡镇电话核对新的公钥，确认无误后再接收"
            )
        if known != signed.key:
            detail = {"algorithm": "Ed25519", "public": signed.key, "replaces": known, "desk": review.desk}
            transaction.record("township-key", signed.key[:16], detail)
        _keep(transaction, signed)
    return found


def _keep(transaction: Transaction, signed: SignedReview) -> None:
    review = signed.review
    taken = TakenReview(review, signed.key, signed.sha256, transaction.actor, transaction.at)
    insert_review(transaction.connection, taken)
    transaction.record("township-review", f"{review.period} 第{review.round}轮 {review.opinion}", review_detail(taken))


def _require_ours(book: Book, review: Review) -> None:
    """Refuse a review of another village, of another book, of a month not handed over, or one that is outdated."""
    connection = book.connection
    record = close_record(connection, review.period, review.head)
    names = registered(naming_records(connection, record.seq)).meta if record else {}
    entity = book.entity
    ours = (names.get("name", entity.name), names.get("region_code", entity.region_code))
    if (review.village, review.region_code) != ours:
        codes = f"（{review.region_code or '没有区划代码'}）" if review.village == ours[0] else ""
        raise NotAllowed(f"这份审核意见审的是“{review.village}”{codes}，不是本账（{ours[0]}）")
    label = review.period.label
    row = next((row for row in load_periods(connection) if row.period == review.period), None)
    if row is None or not row.handed_over:
        raise NotAllowed(f"{label}还没有报送过，不能接收它的审核意见")
    if record is None:
        raise NotAllowed(
            f"这份审核意见审的不是本账的{label}（日志链头对不上）。请让乡镇按最近一次报送的报送包重新出意见"
        )
    newest = newest_opinions(connection).get(review.period)
    if newest and newest.round == review.round:
        raise NotAllowed(f"{label}第 {review.round} 轮审核意见已经接收过，内容和这份不一样。请和乡镇核对用哪一份")
    if newest and newest.round > review.round:
        raise NotAllowed(f"{label}已经接收过第 {newest.round} 轮审核意见，这份是更早的第 {review.round} 轮，不能再接收")


class MonthStanding(NamedTuple):
    """A month that was handed over: its newest review, if any, and where it stands."""

    period: Period
    state: str
    taken: TakenReview | None = None


def month_standings(book: Book) -> tuple[MonthStanding, ...]:
    """Every month that was handed over, newest first."""
    newest = {one.review.period: one for one in load_reviews(book.connection)}
    return tuple(
        MonthStanding(one.period, _state(one), newest.get(one.period))
        for one in reversed(periods(book))
        if one.handed_over
    )


def _state(status: PeriodStatus) -> str:
    if status.review:
        return status.review
    if status.changed_after_hand_over:
        return "报送后改过" if status.closed else "报送后反结账"
    return "已报送"
