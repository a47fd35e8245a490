"""总账: each account's opening, monthly totals, cumulative totals and balance; a section per account.

Columns: see `three_column.COLUMNS`. First-level accounts, or `query.account` alone. Months after the last one with any
posting are left out.
"""

from village_ledger.domain.account import CODE_LENGTHS
from village_ledger.domain.period import Period
from village_ledger.domain.view import LedgerSource

from .frame import report, within_book
from .model import Report, Row
from .pages import opening_label
from .query import Query
from .three_column import COLUMNS, ThreeColumnPage
from .totals import NOTHING, by_account

Movements = dict[tuple[str, Period], tuple[int, int]]
"""Debits and credits by account and month, in fen."""


def build(source: LedgerSource, asked: Query) -> Report:
    """Accounts that have a balance, a movement or a year-to-date figure in the span."""
    query = within_book(source, asked)
    movements = _movements(source, query)
    first = by_account(source.chart, source.balances(query.start, query.start))
    if query.account:
        codes = [query.account] if query.account in source.chart else []
    else:
        seen = first.keys() | {code for code, _ in movements}
        codes = [account.code for account in source.chart if account.level == 1 and account.code in seen]
    last = max((month for _, month in movements), default=query.start)
    rows: list[Row] = []
    for code in codes:
        totals = first.get(code, NOTHING)
        standing = (
            totals.opening_fen,
            totals.year_debit_fen - totals.debit_fen,
            totals.year_credit_fen - totals.credit_fen,
        )
        page = ThreeColumnPage(rows, source.chart[code], source.chart.full_name(code), None, standing)
        _write(page, code, movements, query.start, last)
    return report("general-ledger", "总账", source, asked, columns=COLUMNS, rows=rows)._replace(paging="book")


def _movements(source: LedgerSource, query: Query) -> Movements:
    length = len(query.account) or CODE_LENGTHS[0]
    found: Movements = {}
    for line in source.lines(query.start, query.end):
        key = (line.account[:length], Period(line.day.year, line.day.month))
        debit, credit = found.get(key, (0, 0))
        found[key] = (debit + line.debit_fen, credit + line.credit_fen)
    return found


def _write(page: ThreeColumnPage, code: str, movements: Movements, start: Period, last: Period) -> None:
    page.opening(start.first_day, opening_label(start))
    for month in start.through(last):
        if month.month == 1 and month != start:
            page.carried_over(month.previous.last_day)
            page.opening(month.first_day, opening_label(month))
        debit, credit = movements.get((code, month), (0, 0))
        page.move(debit, credit)
        page.month_totals(month.last_day, debit, credit)
    if last.is_year_end:
        page.carried_over(last.last_day)
