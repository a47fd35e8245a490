"""Where a voucher comes from: the contracts, cards, goods or month of depreciation that proposed it or claimed it."""

from typing import Literal, NamedTuple, cast

from ..domain.draw import Draw
from ..domain.period import Period
from ..storage.origins import find_drawing, find_origins
from .book import Book

Register = Literal["contract", "asset", "depreciation", "stock", "request", "decision", "project", "trail"]
_TITLES: dict[Register, str] = {
    "contract": "合同",
    "asset": "资产",
    "depreciation": "",
    "stock": "物资",
    "request": "用款申请",
}


class Origin(NamedTuple):
    """A row of a register a voucher comes from or leads to: its id and how a link calls it; `period` for a month's run.

    For `trail` the id is the voucher's own.
    """

    register: Register
    id: int
    label: str
    period: Period | None = None


def origins(book: Book, source: str, uid: str = "", draft: int = 0) -> tuple[Origin, ...]:
    """The rows behind a draft (by source and id) or a posted voucher (by source or uid); none for one typed by hand."""
    if not source and not uid and not draft:
        return ()
    found = find_origins(book.connection, source, uid, draft)
    made = []
    for register, title in _TITLES.items():
        for number, name in found[register]:
            if register == "depreciation":
                period = Period.parse(name)
                made.append(Origin(register, number, f"{period.label}折旧和摊销", period))
            else:
                made.append(Origin(register, number, f"{title} {name}"))
    return tuple(made)


def drawn_by(book: Book, draw: Draw) -> Origin | None:
    """The row of a register that draws on a decision; None when it has no page of its own."""
    kind, _, key = draw.target.partition(":")
    found = find_drawing(book.connection, kind, key)
    if found is None:
        return None
    register, number, name = found
    known = cast(Register, register)  # as the storage names them
    return Origin(known, number, f"{_TITLES.get(known, '工程项目')} {name}")
