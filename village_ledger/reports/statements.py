"""Statement lines as rows: what 资产负债表, 收益及收益分配表 and 收支明细表 have in common."""

from collections.abc import Sequence

from village_ledger.domain.account import Chart
from village_ledger.domain.roles import Roles
from village_ledger.domain.statement import LineKind, LineValue, Statement, StatementLine, drill_codes

from .frame import SIGNATURES
from .model import Report, Row, RowKind, Span, Target, Value

ROW_KINDS: dict[LineKind, RowKind] = {"heading": "section", "item": "line", "subtotal": "subtotal", "total": "total"}
Amounts = dict[str, LineValue]


def line_row(line: StatementLine, statement: Statement, amounts: Sequence[Amounts], chart: Chart, roles: Roles) -> Row:
    """One line's row: name, number, an amount per column; its formula is still to be set (`with_formulas`)."""
    figures: tuple[Value, ...] = tuple(values[line.key].fen for values in amounts)
    codes = drill_codes(line, statement, chart, roles)
    heading = line.kind == "heading"
    return Row(
        (line.title, line.line or None, *((None,) * len(figures) if heading else figures)),
        ROW_KINDS[line.kind],
        line.level,
        target=Target("accounts", codes) if codes else None,
        explanation="" if heading else amounts[0][line.key].explanation,
    )


def is_shown(line: StatementLine, amounts: Sequence[Amounts]) -> bool:
    """Whether the line is printed: it is needed in one of the columns."""
    return any(values[line.key].shown for values in amounts)


def with_formulas(rows: list[Row], positions: dict[str, int], statement: Statement) -> list[Row]:
    """The rows with each sum pointing at the rows it adds; `positions` are the rows by line key."""
    finished = list(rows)
    for line in statement.lines:
        if line.parts and line.key in positions:
            where = positions[line.key]
            spans = tuple(
                Span(positions[part], positions[part], sign) for part, sign in line.parts if part in positions
            )
            finished[where] = rows[where]._replace(formula=spans)
    return finished


def as_form(report: Report, statement: Statement) -> Report:
    """The report under the form's own title, number, signatures and notes."""
    return report._replace(
        title=statement.title,
        form=statement.form,
        signatures=statement.signatures or SIGNATURES,
        notes=statement.notes,
    )
