"""资产负债表: assets on the left, liabilities and equity on the right, at the span's end and at 1 January before it.

Columns: name, line, closing, opening. The lines are data; headings carry no number and no amounts.
"""

from village_ledger.domain.roles import Roles
from village_ledger.domain.statement import Statement, evaluate_balance_sheet
from village_ledger.domain.view import LedgerSource

from .frame import day_label, report
from .model import Column, Report, Row
from .query import Query
from .statements import as_form, is_shown, line_row, with_formulas

COLUMNS = (
    Column("name", "项目", "text", 26),
    Column("line", "行次", "integer", 5),
    Column("closing", "期末余额", "money", 17, summed=True),
    Column("opening", "年初余额", "money", 17, summed=True),
)


def build(source: LedgerSource, query: Query, statement: Statement, roles: Roles) -> Report:
    """The statement at the end of `query.end`."""
    balances = source.balances(query.end.january, query.end)
    amounts = (
        evaluate_balance_sheet(statement, balances, source.chart),
        evaluate_balance_sheet(statement, balances, source.chart, at="year_opening"),
    )
    rows: list[Row] = []
    positions: dict[str, int] = {}
    halves = 0
    for side in ("left", "right"):
        halves = len(rows)
        for line in statement.lines:
            if line.side == side and is_shown(line, amounts):
                positions[line.key] = len(rows)
                rows.append(line_row(line, statement, amounts, source.chart, roles))
    finished = with_formulas(rows, positions, statement)
    made = report("balance-sheet", statement.title, source, query, columns=COLUMNS, rows=finished)
    return as_form(made, statement)._replace(as_of=day_label(query.end), halves=halves, landscape=True)
