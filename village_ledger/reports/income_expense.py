"""收支明细表: each income and expense account with its details, this span and the year to date, and what remains.

Columns: name, line, period, ytd, and hidden code. The accounts' lines are data; a line that asks for it is followed by
the accounts below its own, down to `query.level`. Movements leave carry-forward vouchers out.
"""

from collections.abc import Iterator

from village_ledger.domain.account import CODE_LENGTHS, Chart
from village_ledger.domain.movement import expense_fen, income_fen
from village_ledger.domain.roles import Roles
from village_ledger.domain.statement import Statement, StatementLine, evaluate_income
from village_ledger.domain.view import Balance, LedgerSource

from .frame import report
from .model import Column, Report, Row, Span, Target, Value
from .query import Query
from .statements import as_form, is_shown, line_row, with_formulas

COLUMNS = (
    Column("name", "项目", "text", 34),
    Column("line", "行次", "integer", 5),
    Column("period", "本期金额", "money", 18, summed=True),
    Column("ytd", "本年累计金额", "money", 18, summed=True),
    Column("code", "科目编码", "code", 14, shown=False),
)


def build(source: LedgerSource, query: Query, statement: Statement, roles: Roles) -> Report:
    """The statement of the span and of the year up to its end."""
    chart = source.chart
    january = query.end.january
    spans = [(source.balances(start, query.end), start == january) for start in (query.start, january)]
    amounts = [
        evaluate_income(statement, balances, chart, roles, from_january=from_january)
        for balances, from_january in spans
    ]
    details = _Details(chart, spans, query.level)
    rows: list[Row] = []
    positions: dict[str, int] = {}
    for line in statement.lines:
        if not is_shown(line, amounts):
            continue
        where = positions[line.key] = len(rows)
        row = line_row(line, statement, amounts, chart, roles)
        code = line.terms[0].operand if line.expand else ""
        rows.append(row._replace(cells=(*row.cells, code)))
        if line.expand:
            rows.extend(details.rows(line))
            rows[where] = rows[where]._replace(formula=_children(rows, where, code))
    finished = with_formulas(rows, positions, statement)
    made = report("income-expense", statement.title, source, query, columns=COLUMNS, rows=finished)
    return as_form(made, statement)


def _children(rows: list[Row], where: int, code: str) -> tuple[Span, ...]:
    """The rows of the accounts one level below, among those after `where`."""
    length = CODE_LENGTHS[CODE_LENGTHS.index(len(code)) + 1]
    return tuple(Span(row, row) for row in range(where + 1, len(rows)) if len(str(rows[row].cells[-1])) == length)


class _Details:
    """The movements of every account below a line, in both columns."""

    def __init__(self, chart: Chart, spans: list[tuple[tuple[Balance, ...], bool]], level: int) -> None:
        self._chart = chart
        self._level = level
        self._columns = {
            kind: [_movements(balances, from_january=from_january, kind=kind) for balances, from_january in spans]
            for kind in ("income", "expense")
        }

    def rows(self, line: StatementLine) -> Iterator[Row]:
        """Rows of the accounts below the line's one account, those without a figure left out."""
        term = line.terms[0]
        columns = self._columns[term.kind]
        for account in self._chart.subtree(term.operand)[1:]:
            figures = [term.sign * column.get(account.code, 0) for column in columns]
            if account.level <= self._level and any(figures):
                cells: tuple[Value, ...] = (account.name, None, *figures, account.code)
                yield Row(cells, "line", line.level + account.level - 1, target=Target("ledger", (account.code,)))


def _movements(balances: tuple[Balance, ...], *, from_january: bool, kind: str) -> dict[str, int]:
    """Income or expense of every account with those above it, in fen."""
    movement = income_fen if kind == "income" else expense_fen
    found: dict[str, int] = {}
    for row in balances:
        fen = movement(row, from_january=from_january)
        for length in CODE_LENGTHS:
            if fen and length <= len(row.account):
                found[row.account[:length]] = found.get(row.account[:length], 0) + fen
    return found
