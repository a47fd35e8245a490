"""Stores 库存物资 and 消耗性生物资产: quantity and amount in and out, at the moving average price."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

Direction = Literal["入库", "出库"]


class StockItem(NamedTuple):
    """A kind of goods, on an account; quantities in thousandths of `unit`. `opening_*` stood before its first move."""

    code: str
    name: str
    account: str
    unit: str = ""
    model: str = ""
    place: str = ""
    opening_quantity: int = 0
    opening_fen: int = 0
    note: str = ""
    id: int = 0

    @property
    def label(self) -> str:
        """How a message refers to it."""
        return f"{self.code} {self.name}"


class StockMove(NamedTuple):
    """One receipt or issue. `fen` of an issue is the moving average; `counter` is the account on the other side."""

    item: int
    day: date
    direction: Direction
    quantity: int
    fen: int
    counter: str = ""
    summary: str = ""
    handler: str = ""
    source: str = ""
    adopted: tuple[str, ...] = ()
    uid: str = ""
    id: int = 0


class StockBalance(NamedTuple):
    """What is in store."""

    quantity: int
    fen: int

    @property
    def price_fen(self) -> int | None:
        """Fen per unit to the nearest fen; None when nothing is there."""
        return (2000 * self.fen + self.quantity) // (2 * self.quantity) if self.quantity > 0 else None


def moved(before: StockBalance, move: StockMove) -> StockBalance:
    """The balance after a move."""
    sign = 1 if move.direction == "入库" else -1
    return StockBalance(before.quantity + sign * move.quantity, before.fen + sign * move.fen)


def balance(item: StockItem, moves: Iterable[StockMove]) -> StockBalance:
    """What is in store after the item's moves."""
    now = StockBalance(item.opening_quantity, item.opening_fen)
    for move in moves:
        if move.item == item.id:
            now = moved(now, move)
    return now


def issue_fen(now: StockBalance, quantity: int) -> int:
    """The amount of an issue at the moving average, to the nearest fen; the last of the goods takes what is left."""
    if quantity >= now.quantity:
        return now.fen
    return (2 * now.fen * quantity + now.quantity) // (2 * now.quantity)
