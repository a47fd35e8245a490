"""The year's distribution: what there is to distribute, and the voucher that does it."""

from ..domain.closing import DistributionPlan, distribution_draft
from ..domain.movement import expense_fen, income_fen, year_opening_fen
from ..domain.period import Period
from ..domain.voucher import Draft, DraftLine
from .book import Book
from .catalog import chart_definition
from .vouchers import save_draft, voucher_words


def year_result(book: Book, year: int) -> tuple[int, int]:
    """The year's result so far and 年初未分配收益, in fen; right both before and after the carry-forward."""
    roles = chart_definition(book.entity.chart).roles
    chart = book.chart
    retained = (roles.profit, roles.undistributed.code(chart))
    result = opening = 0
    for row in book.ledger.balances(Period(year, 1), Period(year, 12)):
        if chart[row.account].is_profit_and_loss:
            if chart[row.account[:3]].side == "credit":
                result += income_fen(row, from_january=True)
            else:
                result -= expense_fen(row, from_january=True)
        elif row.account.startswith(retained):
            opening -= year_opening_fen(row)
    return result, opening


def distribute(
    book: Book, plan: DistributionPlan, members: tuple[DraftLine, ...], other: tuple[DraftLine, ...] = ()
) -> Draft:
    """Save the distribution voucher as a draft dated 31 December, to be reviewed and posted before closing the year."""
    roles = chart_definition(book.entity.chart).roles
    return save_draft(book, distribution_draft(plan, book.chart, roles, voucher_words(book)[-1], members, other))
