"""Counting assets (盘点): what the books say, what was found, and what follows from the difference."""

from datetime import date
from typing import Literal, NamedTuple

from ..money import split_by_weight
from ..period import Period
from .change import Paper
from .standing import Standing

CountState = Literal["盘点中", "已批准", "已撤销"]


class CountLine(NamedTuple):
    """One card in a count; quantities in thousandths. `status` and `location` are as found (empty: as on the card)."""

    card: int
    book_quantity: int
    counted_quantity: int
    status: str = ""
    location: str = ""
    note: str = ""

    @property
    def missing(self) -> int:
        """How much less was found than the card says; never negative, more of a thing is a card of its own."""
        return max(0, self.book_quantity - self.counted_quantity)


class Count(NamedTuple):
    """A count of the assets on a day, by the people named."""

    day: date
    title: str = ""
    people: str = ""
    state: CountState = "盘点中"
    approval: Paper = Paper()
    decision: str = ""
    lines: tuple[CountLine, ...] = ()
    uid: str = ""
    id: int = 0

    @property
    def period(self) -> Period:
        """The month it falls into."""
        return Period.of(self.day)


def part_of(now: Standing, quantity: int) -> tuple[int, int, int]:
    """Original, residual and accumulated fen of part of an asset; the whole of it if the quantity is all there is."""
    if quantity >= now.quantity:
        return now.original_fen, now.residual_fen, now.accumulated_fen
    weights = (quantity, now.quantity - quantity)
    return (
        split_by_weight(now.original_fen, weights)[0],
        split_by_weight(now.residual_fen, weights)[0],
        split_by_weight(now.accumulated_fen, weights)[0],
    )
