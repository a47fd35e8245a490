"""收益及收益分配表: income, expense and distribution of the span, beside the same months a year before.

Columns: name, line, amount, previous. Movements leave carry-forward vouchers out; a span from January counts what a
book begun in mid-year brought along. `previous` is nil for months before the book began.
"""

from village_ledger.domain.period import Period
from village_ledger.domain.roles import Roles
from village_ledger.domain.statement import Statement, distribution_vouchers, evaluate_income
from village_ledger.domain.view import LedgerSource

from .frame import report
from .model import Column, Report, Row
from .query import Query
from .statements import Amounts, as_form, is_shown, line_row, with_formulas


def build(source: LedgerSource, query: Query, statement: Statement, roles: Roles) -> Report:
    """The statement of the span."""
    earlier = (query.start.plus(-12), query.end.plus(-12))
    amounts = (
        _amounts(source, query.start, query.end, statement, roles),
        _amounts(source, *earlier, statement, roles),
    )
    rows: list[Row] = []
    positions: dict[str, int] = {}
    for line in statement.lines:
        if is_shown(line, amounts):
            positions[line.key] = len(rows)
            rows.append(line_row(line, statement, amounts, source.chart, roles))
    finished = with_formulas(rows, positions, statement)
    made = report("income-distribution", statement.title, source, query, columns=_columns(query), rows=finished)
    return as_form(made, statement)


def _columns(query: Query) -> tuple[Column, ...]:
    whole_year = query.start == query.end.january and query.end.is_year_end
    return (
        Column("name", "项目", "text", 34),
        Column("line", "行次", "integer", 5),
        Column("amount", "本年金额" if query.start == query.end.january else "本期金额", "money", 18, summed=True),
        Column("previous", "上年金额" if whole_year else "上年同期金额", "money", 18, summed=True),
    )


def _amounts(source: LedgerSource, start: Period, end: Period, statement: Statement, roles: Roles) -> Amounts:
    from_january = start == end.january
    if end < source.entity.first_period:
        return evaluate_income(statement, (), source.chart, roles, from_january=from_january)
    balances = source.balances(start, end)
    vouchers = distribution_vouchers(source, start, end, roles)
    return evaluate_income(statement, balances, source.chart, roles, vouchers, from_january=from_january)
