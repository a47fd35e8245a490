"""The things a contract can be about: assets on their cards and parcels of land, for choosing one."""

from typing import NamedTuple

from .. import clock
from ..domain.area import format_mu
from .assets_register import read as read_assets
from .book import Book
from .parcels import ParcelRecord, records


class Subject(NamedTuple):
    """An asset or a parcel: `kind` 资产 or 资源, its code and name, a remark, and what is free of a parcel's area."""

    kind: str
    code: str
    name: str
    detail: str = ""
    area_x100: int = 0


def subjects(book: Book) -> tuple[Subject, ...]:
    """Every asset on the books and every parcel that exists, in code order."""
    assets = [
        Subject("资产", now.card.code, now.card.name, f"{now.card.category} {now.card.location}".strip())
        for now in read_assets(book.connection).standings(book.open_period, posted_only=False)
        if now.present
    ]
    land = [
        Subject(
            "资源",
            one.parcel.code,
            one.parcel.name,
            f"{one.parcel.land_class}，余 {format_mu(_free(one))} 亩",
            _free(one),
        )
        for one in records(book, clock.today())
    ]
    return (*assets, *land)


def _free(record: ParcelRecord) -> int:
    return max(record.area_x100 - record.contracted_x100, 0)
