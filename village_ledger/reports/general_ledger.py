"""总账: each account's opening, monthly totals, cumulative totals and balance; a section per account.

Columns: see `three_column.COLUMNS`. First-level accounts, or `query.account` alone. Months after the last one with any
movement in the whole book are left out.
"""

from village_ledger.domain.period import Period
from village_ledger.domain.view import LedgerSource

from .frame import report, within_book
from .model import Report, Row
from .pages import opening_label
from .query import Query
from .three_column import COLUMNS, ThreeColumnPage
from .totals import NOTHING, Totals, by_account

Months = list[tuple[Period, dict[str, Totals]]]


def build(source: LedgerSource, asked: Query) -> Report:
    """Accounts that have a balance, a movement or a year-to-date figure in the span."""
    query = within_book(source, asked)
    months: Months = [
        (month, by_account(source.chart, source.balances(month, month))) for month in query.start.through(query.end)
    ]
    while len(months) > 1 and not any(totals.debit_fen or totals.credit_fen for totals in months[-1][1].values()):
        months.pop()
    if query.account:
        codes = [query.account] if query.account in source.chart else []
    else:
        seen = set().union(*(totals.keys() for _, totals in months))
        codes = [account.code for account in source.chart if account.level == 1 and account.code in seen]
    rows: list[Row] = []
    for code in codes:
        _write(rows, source, code, months, query)
    return report("general-ledger", "总账", source, asked, columns=COLUMNS, rows=rows)._replace(paging="book")


def _write(rows: list[Row], source: LedgerSource, code: str, months: Months, query: Query) -> None:
    first = months[0][1].get(code, NOTHING) if months else NOTHING
    standing = (
        first.opening_fen,
        first.year_debit_fen - first.debit_fen,
        first.year_credit_fen - first.credit_fen,
    )
    page = ThreeColumnPage(rows, source.chart[code], source.chart.full_name(code), None, standing)
    page.opening(query.start.first_day, opening_label(query.start))
    for month, totals in months:
        if month.month == 1 and month != query.start:
            page.carried_over(month.previous.last_day)
            page.opening(month.first_day, opening_label(month))
        figures = totals.get(code, NOTHING)
        page.move(figures.debit_fen, figures.credit_fen)
        page.month_totals(month.last_day, figures.debit_fen, figures.credit_fen)
    if months and months[-1][0].is_year_end:
        page.carried_over(months[-1][0].last_day)
