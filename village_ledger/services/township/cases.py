"""What red-flag rules look at (`rules.model.Case`), made of what a desk was handed, or of a village's book."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ...domain.desk import Figures, Village
from ...domain.period import Period
from ...reports.query import Query
from ...reports.registry import REGISTER_KINDS, YEAR_TO_DATE
from ...reports.stored import stored_rows
from ...rules.model import Act, Case, Row
from ...storage.desk import registers
from ...storage.log import log_from
from ..book import Book
from ..catalog import chart_definition
from ..reports import run
from .desk import Desk
from .ledgers import village_ledger, village_settings

OF_ACTS = frozenset(
    {
        *("decision-register", "request-register", "payment-trail", "asset-changes", "asset-count", "exceptions"),
        *("document-register", "benefit-register", "notice-register"),
    }
)
"""Registers that list what happened in a month; the others tell how things stand at its end, so that the tender
register of June has every round of asking for bids that May's had.
"""
KEPT_ACTS = frozenset(
    {"post", "close", "reopen", "unreview", "draft-delete", "settings", "person", "rules", "exception", "hand-over"}
)
"""Records of a village's log that rules look at."""
MARKET = "rents"
"""The topic that keeps a village's rents."""
RENTS = "contract-parties"
"""The register that tells the yearly rent per mu of each contract (`unit_rent`) by class of land (`category`)."""


def case_of_village(desk: Desk, village: Village, start: Period, end: Period) -> Case:
    """The months of a village, as handed over."""
    ledger = village_ledger(desk, village)
    settings = village_settings(desk, village)
    return Case(
        ledger,
        start,
        end,
        chart_definition(village.chart).roles,
        settings.cash_accounts,
        settings.bank_accounts,
        _handed_over(desk, village, start, end),
        tuple(Act(*one) for one in registers.load_acts(desk.store, village.code, start, end)),
        market(desk, end),
    )


def _handed_over(desk: Desk, village: Village, start: Period, end: Period) -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for _village, month, name, content in registers.load_registers(desk.store, start, end, village=village.code):
        if name in OF_ACTS - YEAR_TO_DATE:
            found.setdefault(name, []).extend(stored_rows(content))
        elif month == end:
            found[name] = list(stored_rows(content))
    return {name: tuple(rows) for name, rows in found.items()}


def market(desk: Desk, end: Period) -> dict[str, tuple[int, ...]]:
    """Yearly rents in fen per mu by class of land, over all villages."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for row in registers.load_topics(desk.store, (MARKET,), end, end):
        for key, rent in row.figures.items():
            found[key.rpartition("#")[0]].append(rent)
    return {category: tuple(sorted(values)) for category, values in found.items()}


def rent_figures(rows: Iterable[Row]) -> Figures:
    """A village's rents as the figures of a topic, `水田#2`: what `market` reads at every import must be short."""
    return {
        f"{category}#{place}": rent for category, values in rents(rows).items() for place, rent in enumerate(values, 1)
    }


def rents(rows: Iterable[Row]) -> dict[str, tuple[int, ...]]:
    """Yearly rents in fen per mu by class of land."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        rent = row.get("unit_rent")
        if isinstance(rent, int) and rent and row.get("category"):
            found[str(row["category"])].append(rent)
    return {category: tuple(sorted(values)) for category, values in found.items()}


def case_of_book(book: Book, start: Period, end: Period) -> Case:
    """The months of a book: the same registers, straight from it."""
    found = {kind.key: tuple(_rows(book, kind.key, start, end)) for kind in REGISTER_KINDS}
    acts = (
        Act(one.at, one.actor, one.action, one.subject, one.detail)
        for one in log_from(book.connection)
        if one.action in KEPT_ACTS
    )
    return Case(
        book.ledger,
        start,
        end,
        chart_definition(book.entity.chart).roles,
        book.settings.cash_accounts,
        book.settings.bank_accounts,
        found,
        tuple(acts),
        rents(found.get(RENTS, ())),
    )


def _rows(book: Book, key: str, start: Period, end: Period) -> Iterator[Row]:
    first = start if key in OF_ACTS else end
    report = run(book, key, Query(first, end))
    keys = [column.key for column in report.columns]
    for row in report.rows:
        if row.kind not in {"total", "section", "subtotal"}:
            yield dict(zip(keys, row.cells, strict=True))
