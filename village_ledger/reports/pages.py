"""The rhythm every ledger shares: opening, lines, 本日合计, 本月合计 with 本年累计, 结转下年 and 上年结转.

A `Page` says what its rows hold; this module says when each comes. Months without a line are left out.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Protocol

from village_ledger.domain.period import Period
from village_ledger.domain.view import Balance, LedgerLine

from .query import Query


class Page(Protocol):
    """One account's ledger while it is being written."""

    def opening(self, day: date, label: str) -> None:
        """Put the balance brought forward."""

    def line(self, line: LedgerLine) -> None:
        """Put one entry line."""

    def day(self, day: date) -> None:
        """Put 本日合计."""

    def month(self, day: date) -> None:
        """Put 本月合计 and 本年累计 dated the month's last day, and begin the next month at nothing."""

    def carried_over(self, day: date) -> None:
        """Put 结转下年 if there is a balance to carry, and begin the next year's totals at nothing."""


def by_month(lines: Iterable[LedgerLine]) -> Iterator[tuple[Period, Iterator[LedgerLine]]]:
    """Lines in day order, month by month."""
    for (year, month), group in groupby(lines, key=lambda line: (line.day.year, line.day.month)):
        yield Period(year, month), group


def write(page: Page, lines: Iterable[LedgerLine], query: Query, *, daily: bool = False) -> None:
    """Write one account's lines of the span, in day order, onto its page."""
    page.opening(query.start.first_day, opening_label(query.start))
    year = query.start.year
    for period, group in by_month(lines):
        if period.year != year:
            page.carried_over(date(year, 12, 31))
            page.opening(period.january.first_day, opening_label(period.january))
            year = period.year
        if daily:
            for day, of_day in groupby(group, key=attrgetter("day")):
                for line in of_day:
                    page.line(line)
                page.day(day)
        else:
            for line in group:
                page.line(line)
        page.month(period.last_day)
    if query.end.is_year_end:
        page.carried_over(query.end.last_day)


def opening_label(start: Period) -> str:
    """上年结转 for a ledger that begins in January, 期初余额 otherwise."""
    return "上年结转" if start.month == 1 else "期初余额"


def year_before(row: Balance) -> tuple[int, int]:
    """Debits and credits of the year before the span; the balance must be of one month only (see `Balance`)."""
    return row.year_debit_fen - row.debit_fen, row.year_credit_fen - row.credit_fen
