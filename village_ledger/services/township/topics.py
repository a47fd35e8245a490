"""What sums over villages are made of: a village's month boiled down to figures by line, one topic a statement.

Figures are taken when a package comes in, from its own vouchers; so a sum over 300 villages reads 300 small rows.
`@opening` after a line's key is its amount at 1 January, `@month` that of the month alone; the others are balances at
the month's end, or the year to date.
"""

from ...domain.desk import Figures
from ...domain.period import Period
from ...domain.roles import Roles
from ...domain.statement import Statement, distribution_vouchers, evaluate_balance_sheet, evaluate_income
from ...domain.view import LedgerSource
from ..catalog import chart_definition, statement_definition

BALANCE_SHEET, INCOME_DISTRIBUTION, INCOME_EXPENSE = "balance-sheet", "income-distribution", "income-expense"
STATEMENT_TOPICS = (BALANCE_SHEET, INCOME_DISTRIBUTION, INCOME_EXPENSE)
OPENING, MONTH = "@opening", "@month"


def statement_figures(ledger: LedgerSource, period: Period) -> dict[str, Figures]:
    """The figures of the three statements for a month."""
    chart = ledger.entity.chart
    definition, roles = statement_definition(chart), chart_definition(chart).roles
    year = ledger.balances(period.january, period)
    closing = evaluate_balance_sheet(definition.balance_sheet, year, ledger.chart)
    opening = evaluate_balance_sheet(definition.balance_sheet, year, ledger.chart, at="year_opening")
    sheet = {key: one.fen for key, one in closing.items()}
    sheet |= {f"{key}{OPENING}": one.fen for key, one in opening.items()}
    return {
        BALANCE_SHEET: sheet,
        INCOME_DISTRIBUTION: _income(definition.income_distribution, ledger, period, roles),
        INCOME_EXPENSE: _income(definition.income_expense, ledger, period, roles),
    }


def _income(statement: Statement, ledger: LedgerSource, period: Period, roles: Roles) -> Figures:
    found: Figures = {}
    for suffix, start in (("", period.january), (MONTH, period)):
        values = evaluate_income(
            statement,
            ledger.balances(start, period),
            ledger.chart,
            roles,
            distribution_vouchers(ledger, start, period, roles),
            from_january=start.month == 1,
        )
        found |= {f"{key}{suffix}": one.fen for key, one in values.items()}
    return found
