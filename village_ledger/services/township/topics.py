"""What sums over villages are made of: a village's month boiled down to figures by line, one topic a statement.

Figures are taken when a package comes in, from its own vouchers and registers; so a sum over 300 villages reads 300
small rows. How they are named is told in `reports.township.topics`.
"""

from collections.abc import Callable, Iterable, Mapping

from ...domain.desk import Figures
from ...domain.period import Period
from ...domain.roles import Roles
from ...domain.statement import Statement, distribution_vouchers, evaluate_balance_sheet, evaluate_income
from ...domain.view import Balance, LedgerSource
from ...reports.ageing import Entry
from ...reports.township.topics import (
    ACCOUNTS,
    ASSETS,
    BALANCE_SHEET,
    CONTRACTS,
    CONTROL,
    DEALINGS,
    DEBTS,
    INCOME_DISTRIBUTION,
    INCOME_EXPENSE,
    MONTH,
    OPENING,
    RESOURCES,
    figure_key,
)
from ..catalog import chart_definition, statement_definition
from .debt_topics import EntryKey, dealings, debts
from .register_topics import Rows, assets, contracts, control, resources

Earlier = Mapping[EntryKey, Iterable[Entry]]


def month_figures(ledger: LedgerSource, period: Period, rows: Rows, earlier: Earlier) -> dict[str, Figures]:
    """The figures of every topic of a month. `rows` are the registers by name, `earlier` what happened on accounts of
    counterparties before the year the ledger begins with.
    """
    chart = ledger.entity.chart
    roles = chart_definition(chart).roles
    year = ledger.balances(period.january, period)
    return {
        **statement_figures(ledger, period, year),
        ACCOUNTS: accounts(ledger.balances(period, period)),
        ASSETS: assets(rows),
        RESOURCES: resources(rows),
        CONTRACTS: contracts(rows),
        CONTROL: control(rows, period),
        DEBTS: debts(ledger, period, (*roles.receivable, *roles.two_sided, *roles.payable), earlier),
        DEALINGS: dealings(ledger, period, year),
    }


def statement_figures(ledger: LedgerSource, period: Period, year: tuple[Balance, ...] = ()) -> dict[str, Figures]:
    """The figures of the three statements for a month; `year` are the balances since January, if they are at hand."""
    chart = ledger.entity.chart
    definition, roles = statement_definition(chart), chart_definition(chart).roles
    year = year or ledger.balances(period.january, period)
    month = ledger.balances(period, period)
    closing = evaluate_balance_sheet(definition.balance_sheet, year, ledger.chart)
    opening = evaluate_balance_sheet(definition.balance_sheet, year, ledger.chart, at="year_opening")
    sheet = {key: one.fen for key, one in closing.items()}
    sheet |= {f"{key}{OPENING}": one.fen for key, one in opening.items()}
    income = _incomes(ledger, period, year, month, roles)
    return {
        BALANCE_SHEET: sheet,
        INCOME_DISTRIBUTION: income(definition.income_distribution),
        INCOME_EXPENSE: income(definition.income_expense),
    }


def _incomes(
    ledger: LedgerSource, period: Period, year: tuple[Balance, ...], month: tuple[Balance, ...], roles: Roles
) -> Callable[[Statement], Figures]:
    spans = (
        ("", year, period.january, distribution_vouchers(ledger, period.january, period, roles)),
        (MONTH, month, period, distribution_vouchers(ledger, period, period, roles)),
    )

    def figures(statement: Statement) -> Figures:
        found: Figures = {}
        for suffix, balances, start, vouchers in spans:
            values = evaluate_income(statement, balances, ledger.chart, roles, vouchers, from_january=start.month == 1)
            found |= {f"{key}{suffix}": one.fen for key, one in values.items()}
        return found

    return figures


def accounts(balances: Iterable[Balance]) -> Figures:
    """Balances and movements of the first-level accounts."""
    found: Figures = {}
    for one in balances:
        for name, fen in (
            ("opening", one.opening_fen),
            ("debit", one.debit_fen),
            ("credit", one.credit_fen),
            ("year_debit", one.year_debit_fen),
            ("year_credit", one.year_credit_fen),
        ):
            key = figure_key(one.account[:3], name)
            found[key] = found.get(key, 0) + fen
    return found
