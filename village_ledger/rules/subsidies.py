"""Lists of subsidies and compensations as their register tells them: by list, and by person."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from . import cells
from .model import Case, Row

REGISTER = "benefit-register"


class Batch(NamedTuple):
    """One list, with its rows. Its title and day tell it apart from others."""

    title: str
    day: date | None
    kind: str
    voucher: str
    rows: tuple[Row, ...]

    @property
    def total_fen(self) -> int:
        """What all rows get together."""
        return sum(cells.fen(row, "amount") for row in self.rows)

    @property
    def label(self) -> str:
        """What a hit about the list is about."""
        return f"名单 {self.title} {self.day or ''}".strip()


def batches(case: Case) -> tuple[Batch, ...]:
    """The lists of the months looked at, in their order."""
    found: defaultdict[tuple[str, date | None], list[Row]] = defaultdict(list)
    for row in case.rows(REGISTER):
        found[cells.text(row, "batch"), cells.day(row, "day")].append(row)
    return tuple(
        Batch(
            title,
            when,
            cells.text(rows[0], "kind"),
            next(filter(None, (cells.text(row, "voucher") for row in rows)), ""),
            tuple(rows),
        )
        for (title, when), rows in found.items()
    )


def person(row: Row) -> str:
    """Who a row is about: the tag of the identity number, or team and name where there is none."""
    return cells.text(row, "id_tag") or f"{cells.text(row, 'team')} {cells.name(row, 'name')}".strip()


def names(rows: Iterable[Row]) -> tuple[str, ...]:
    """The names on rows, each once."""
    return tuple(dict.fromkeys(cells.text(row, "name") for row in rows if cells.text(row, "name")))
