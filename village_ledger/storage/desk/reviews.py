"""Comments of the reviewer, answers of the villages, last words, and the reviews sent back."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from ...domain.chain import canonical_text
from ...domain.period import Period
from ...domain.review import Answer, Comment, Review, Settlement, comment_content, comment_of, review_content
from ...domain.review_standing import SETTLED, CommentStanding
from .database import DeskDatabase
from .tables import AnswerRow, CommentRow, ReviewRow, SettlementRow


class Thread(NamedTuple):
    """A comment of a village with all that was said to it since. `sent`: a review file has carried it."""

    village: str
    comment: Comment
    sent: bool
    withdrawn: bool
    answers: tuple[Answer, ...] = ()
    settlements: tuple[Settlement, ...] = ()

    @property
    def state(self) -> str:
        """未发出, 待答复, 供参考 (sent without a deadline), 已答复, 已整改, 已排除, 重新整改 or 已撤回."""
        if self.withdrawn:
            return "已撤回"
        if not self.sent and not (self.answers or self.settlements):
            return "未发出"
        return CommentStanding(self.comment, self.answers, self.settlements).state

    @property
    def open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.state not in SETTLED | {"已撤回"}


class SentReview(NamedTuple):
    """A review file that was made."""

    village: str
    period: Period
    round: int
    opinion: str
    sha256: str
    reviewer: str
    at: str


def add_comment(store: DeskDatabase, village: str, one: Comment) -> None:
    """Keep a comment."""
    row = {**comment_content(one), "village": village, "sent": False, "withdrawn": False}
    store.insert(CommentRow, [row])


def withdraw(store: DeskDatabase, village: str, comment: str) -> None:
    """Take a comment back before it was sent."""
    store.run(CommentRow.update(withdrawn=True).where(CommentRow.village == village, CommentRow.uid == comment))


def mark_sent(store: DeskDatabase, village: str, comments: Iterable[str]) -> None:
    """Note that a review file carries these comments."""
    store.run(
        CommentRow.update(sent=True).where(CommentRow.village == village, CommentRow.uid.in_(tuple(comments) or ("",)))
    )


def add_answers(store: DeskDatabase, village: str, answers: Iterable[Answer], package: str) -> int:
    """Keep answers to comments made here; those known already are passed over. Returns how many are new."""
    known = {uid for (uid,) in store.all(AnswerRow.select(AnswerRow.uid).where(AnswerRow.village == village).tuples())}
    comments = {
        uid for (uid,) in store.all(CommentRow.select(CommentRow.uid).where(CommentRow.village == village).tuples())
    }
    fresh = [one for one in answers if one.uid not in known and one.comment in comments]
    store.insert(AnswerRow, ({**one._asdict(), "village": village, "package": package} for one in fresh))
    return len(fresh)


def add_settlement(store: DeskDatabase, village: str, one: Settlement) -> None:
    """Keep a last word on a comment."""
    known = store.all(
        SettlementRow.select(SettlementRow.seq)
        .where(SettlementRow.village == village, SettlementRow.comment == one.comment)
        .tuples()
    )
    store.insert(SettlementRow, [{**one._asdict(), "village": village, "seq": len(known) + 1}])


def threads(store: DeskDatabase, village: str = "", period: Period | None = None) -> tuple[Thread, ...]:
    """Comments with their answers and last words, by village, month and time."""
    query = CommentRow.select().dicts()
    answers = AnswerRow.select().order_by(AnswerRow.at).dicts()
    words = SettlementRow.select().order_by(SettlementRow.seq).dicts()
    if village:
        query = query.where(CommentRow.village == village)
        answers = answers.where(AnswerRow.village == village)
        words = words.where(SettlementRow.village == village)
    if period:
        query = query.where(CommentRow.period == str(period))
    said: dict[tuple[str, str], list[Answer]] = {}
    for row in store.all(answers):
        code = row.pop("village")
        row.pop("package")
        said.setdefault((code, row["comment"]), []).append(Answer(**row))
    settled: dict[tuple[str, str], list[Settlement]] = {}
    for row in store.all(words):
        code = row.pop("village")
        row.pop("seq")
        settled.setdefault((code, row["comment"]), []).append(Settlement(**row))
    return tuple(
        _thread(row, said, settled)
        for row in store.all(query.order_by(CommentRow.village, CommentRow.period, CommentRow.at, CommentRow.uid))
    )


def _thread(row: dict[str, Any], said: dict[Any, list[Answer]], settled: dict[Any, list[Settlement]]) -> Thread:
    village, sent, withdrawn = row.pop("village"), bool(row.pop("sent")), bool(row.pop("withdrawn"))
    comment = comment_of(row)
    key = (village, comment.uid)
    return Thread(village, comment, sent, withdrawn, tuple(said.get(key, ())), tuple(settled.get(key, ())))


def add_review(store: DeskDatabase, village: str, one: Review, sha256: str) -> None:
    """Keep a review that is sent."""
    row = {
        "village": village,
        "period": str(one.period),
        "round": one.round,
        "opinion": one.opinion,
        "head": one.head,
        "package": one.package,
        "sha256": sha256,
        "content": canonical_text(review_content(one)),
        "reviewer": one.reviewer,
        "at": one.at,
    }
    store.insert(ReviewRow, [row])


def load_reviews(store: DeskDatabase, village: str, period: Period | None = None) -> tuple[SentReview, ...]:
    """The reviews sent to a village, oldest first."""
    query = _sent().where(ReviewRow.village == village)
    return _read(store, query.where(ReviewRow.period == str(period)) if period else query)


def all_reviews(store: DeskDatabase, start: Period, end: Period) -> tuple[SentReview, ...]:
    """The reviews of a span of months sent to any village, by village, month and round."""
    return _read(store, _sent().where(ReviewRow.period >= str(start), ReviewRow.period <= str(end)))


def _sent() -> Any:
    return ReviewRow.select(
        *(ReviewRow.village, ReviewRow.period, ReviewRow.round, ReviewRow.opinion),
        *(ReviewRow.sha256, ReviewRow.reviewer, ReviewRow.at),
    )


def _read(store: DeskDatabase, query: Any) -> tuple[SentReview, ...]:
    rows = store.all(query.order_by(ReviewRow.village, ReviewRow.period, ReviewRow.round).tuples())
    return tuple(SentReview(row[0], Period.parse(row[1]), *row[2:]) for row in rows)
