"""The decision that must stand behind an act: asked within the act's transaction, before anything is written.

`besides` is the act's own draw so far, so that a correction does not count twice.
"""

from datetime import date

from ..domain.errors import BadInput, NotAllowed
from ..domain.period import Period
from .book import Book
from .decisions import decision, require


def require_decision(book: Book, number: str, act: str, *, fen: int, on: date, what: str, besides: str = "") -> None:
    """Refuse an act on a controlled day unless a registered decision allows it then and leaves so much money, in fen.

    For contracts, waivers and disposals, which in other months need none.
    """
    if not book.settings.controls(Period.of(on)):
        return
    if not number.strip():
        raise NotAllowed(
            f"{what}：没有填决议文号。从 {book.settings.control_from} 起这类事项要先有决策，请先在决策台账登记"
        )
    require(book, number.strip(), act, fen=fen, on=on, what=what, besides=besides)


def require_named(book: Book, number: str, act: str, *, fen: int, on: date, what: str, besides: str = "") -> None:
    """Refuse an act that always rests on a decision. A book without control may name one kept on paper only.

    For budgets and projects.
    """
    number = number.strip()
    if not number:
        raise BadInput(f"{what}：请填决策文号")
    if book.settings.control or decision(book, number):
        require(book, number, act, fen=fen, on=on, what=what, besides=besides)
