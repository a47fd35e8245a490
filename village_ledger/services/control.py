"""The decision that must stand behind a contract, a waiver or a disposal in months under control."""

from datetime import date

from ..domain.errors import NotAllowed
from ..domain.period import Period
from .book import Book
from .decisions import require


def require_decision(book: Book, number: str, *, fen: int, on: date, what: str, besides: str = "") -> None:
    """Refuse an act on a controlled day unless a registered decision holds then and leaves so much money, in fen.

    To be asked within the act's transaction, before it is written; `besides` is the act's own draw so far.
    """
    if not book.settings.controls(Period.of(on)):
        return
    if not number.strip():
        raise NotAllowed(
            f"{what}：没有填决议文号。从 {book.settings.control_from} 起这类事项要先有决策，请先在决策台账登记"
        )
    require(book, number.strip(), fen=fen, on=on, what=what, besides=besides)
