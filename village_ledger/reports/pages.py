"""The rhythm every ledger shares: opening, lines, 本日合计, 本月合计 with 本年累计, 结转下年 and 上年结转.

A `Page` says what its rows hold; this module says when each comes. Months without a line are left out.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Protocol

from village_ledger.domain.period import Period
from village_ledger.domain.view import Balance, LedgerLine

from .query import Query

_day = attrgetter("day")


class Page(Protocol):
    """One account's ledger while it is being written."""

    def opening(self, day: date, label: str) -> None:
        """Put the balance brought forward."""

    def lines(self, lines: Sequence[LedgerLine]) -> None:
        """Put entry lines of one month."""

    def day(self, day: date) -> None:
        """Put 本日合计."""

    def month(self, day: date) -> None:
        """Put 本月合计 and 本年累计 dated the month's last day, and begin the next month at nothing."""

    def carried_over(self, day: date) -> None:
        """Put 结转下年 if there is a balance to carry, and begin the next year's totals at nothing."""


def by_month(lines: Sequence[LedgerLine]) -> Iterator[tuple[Period, Sequence[LedgerLine]]]:
    """Lines in day order, month by month."""
    start = 0
    while start < len(lines):
        period = Period.of(lines[start].day)
        end = bisect_right(lines, period.last_day, start, key=_day)
        yield period, lines[start:end]
        start = end


def write(page: Page, lines: Sequence[LedgerLine], query: Query, *, daily: bool = False) -> None:
    """Write one account's lines of the span, in day order, onto its page."""
    page.opening(query.start.first_day, opening_label(query.start))
    year = query.start.year
    for period, group in by_month(lines):
        if period.year != year:
            page.carried_over(date(year, 12, 31))
            page.opening(period.january.first_day, opening_label(period.january))
            year = period.year
        if daily:
            for day, of_day in groupby(group, key=_day):
                page.lines(tuple(of_day))
                page.day(day)
        else:
            page.lines(group)
        page.month(period.last_day)
    if query.end.is_year_end:
        page.carried_over(query.end.last_day)


def opening_label(start: Period) -> str:
    """上年结转 for a ledger that begins in January, 期初余额 otherwise."""
    return "上年结转" if start.month == 1 else "期初余额"


def year_before(row: Balance) -> tuple[int, int]:
    """Debits and credits of the year before the span; the balance must be of one month only (see `Balance`)."""
    return row.year_debit_fen - row.debit_fen, row.year_credit_fen - row.credit_fen
