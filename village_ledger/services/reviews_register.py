"""What the log keeps of the township's reviews and the answers, and the proof that nobody changed them since."""

from collections.abc import Iterable, Iterator
from typing import Any

from ..domain.review import Answer, review_content
from ..storage.log import LogEntry
from ..storage.reviews import TakenReview, load_answers, load_reviews
from .book import Book

_REVIEW, _ANSWER = "乡镇审核意见", "对审核意见的答复"


def review_detail(taken: TakenReview) -> dict[str, Any]:
    """What the log keeps of a review: all of it, with the file's digest and the key that signed it."""
    return {"sha256": taken.sha256, "key": taken.key, "review": review_content(taken.review)}


def answer_detail(answer: Answer) -> dict[str, str]:
    """What the log keeps of an answer."""
    return answer._asdict()


def findings(book: Book, log: Iterable[LogEntry]) -> Iterator[str]:
    """What differs between the reviews and answers in the book and what the log says of them."""
    reviews: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    for entry in log:
        if entry.action == "township-review":
            reviews[entry.detail["sha256"]] = (entry.actor, entry.at, entry.detail)
        elif entry.action == "review-answer":
            answers[entry.detail["uid"]] = entry.detail
    stored = {one.sha256: (one.taken_by, one.taken_at, review_detail(one)) for one in load_reviews(book.connection)}
    yield from _compared(_REVIEW, stored, reviews)
    yield from _compared(_ANSWER, {one.uid: answer_detail(one) for one in load_answers(book.connection)}, answers)


def _compared(what: str, stored: dict[str, Any], logged: dict[str, Any]) -> Iterator[str]:
    for key in sorted(stored.keys() | logged.keys()):
        if key not in stored:
            yield f"{what} {key[:16]} 被删掉了（日志里有它的登记）"
        elif key not in logged:
            yield f"{what} {key[:16]} 在日志里没有登记，是从外部塞进来的"
        elif stored[key] != logged[key]:
            yield f"{what} {key[:16]} 和登记的不一样，被改动过"
