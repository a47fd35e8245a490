"""From a comment of the township to what it is about in this book."""

from typing import NamedTuple

from ..domain.review import Comment
from ..storage.origins import find_subject
from .book import Book
from .origins import Origin, Register

_REGISTERS: dict[str, Register] = {"合同": "contract", "资产": "asset", "决策": "decision"}


class Subject(NamedTuple):
    """The posted voucher a comment is on, by id, or the row of a register; neither when the book has no page for it."""

    voucher: int = 0
    origin: Origin | None = None


def subject_of(book: Book, comment: Comment) -> Subject:
    """What a comment is about."""
    number = find_subject(book.connection, comment.kind, comment.subject)
    if not number:
        return Subject()
    if comment.kind == "凭证":
        return Subject(number)
    return Subject(origin=Origin(_REGISTERS[comment.kind], number, f"{comment.kind} {comment.subject}"))
