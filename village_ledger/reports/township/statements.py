"""资产负债汇总表, 收益及收益分配汇总表, 收支汇总表: the lines of the villages' statements added up.

Columns of a sum: name, line, and the amounts; each amount becomes three (added up, eliminated, consolidated) when
dealings between the villages are taken out. A matrix has a column a village instead, and their total first.
"""

from typing import NamedTuple

from village_ledger.domain.desk import Figures
from village_ledger.domain.period import Period
from village_ledger.domain.statement import Statement, StatementLine
from village_ledger.reports.frame import day_label
from village_ledger.reports.model import Column, Report, Row, Value
from village_ledger.reports.statements import ROW_KINDS, with_formulas

from .charts import picture
from .figures import Gathered, listed, remarks, sum_report
from .topics import BALANCE_SHEET, INCOME_DISTRIBUTION, INCOME_EXPENSE, MONTH, OPENING

_WIDTH = 17


class _Amount(NamedTuple):
    """A column of amounts: its key and title, the month it is of, and what stands behind its figures' keys."""

    key: str
    title: str
    period: Period
    suffix: str = ""


def rolled_up(statement: Statement, leaves: Figures, suffix: str = "") -> Figures:
    """Amounts of leaf lines with those of the lines that add them up."""
    found: Figures = {}
    for line in statement.lines:
        if line.parts:
            found[line.key] = sum(sign * found[part] for part, sign in line.parts)
        else:
            found[line.key] = leaves.get(line.key + suffix, 0)
    return found


def build_balance_sheet(gathered: Gathered, statement: Statement) -> Report:
    """资产负债汇总表: closing and 1 January."""
    amounts = (
        _Amount("closing", "期末余额", gathered.period),
        _Amount("opening", "年初余额", gathered.period, OPENING),
    )
    made = _sum(gathered, BALANCE_SHEET, "balance-sheet-sum", "资产负债汇总表", statement, amounts)
    if gathered.removed is not None:
        return made
    left = sum(line.side == "left" for line in _shown(gathered, BALANCE_SHEET, statement, amounts))
    return made._replace(halves=left, landscape=True)


def build_income_distribution(gathered: Gathered, statement: Statement) -> Report:
    """收益及收益分配汇总表: year to date, the month, the same months a year before."""
    return _income(gathered, INCOME_DISTRIBUTION, "income-distribution-sum", "收益及收益分配汇总表", statement)


def build_income_expense(gathered: Gathered, statement: Statement) -> Report:
    """收支汇总表, with charts of what income and expense consist of."""
    made = _income(gathered, INCOME_EXPENSE, "income-expense-sum", "收支汇总表", statement)
    for run, title in enumerate(("收入构成（本年累计）", "支出构成（本年累计）")):
        made = picture(made, "bars", title, "name", "amount", run=run)
    return made


def _income(gathered: Gathered, topic: str, key: str, title: str, statement: Statement) -> Report:
    amounts = (
        _Amount("month", "本月金额", gathered.period, MONTH),
        _Amount("amount", "本年累计", gathered.period),
        _Amount("previous", "上年同期累计", gathered.period.plus(-12)),
    )
    made = _sum(gathered, topic, key, title, statement, amounts)._replace(as_of=gathered.period.label)
    if lacking := gathered.lacking(topic, gathered.period.plus(-12)):
        made = made._replace(notes=(*made.notes, f"没有上年同期数的村：{listed(lacking)}"))
    return made


def _shown(
    gathered: Gathered, topic: str, statement: Statement, amounts: tuple[_Amount, ...]
) -> tuple[StatementLine, ...]:
    """The lines that are printed, assets before liabilities."""
    sums = [(gathered.summed(topic, one.period), one.suffix) for one in amounts]
    lines = sorted(statement.lines, key=lambda line: line.side != "left") if topic == BALANCE_SHEET else statement.lines
    return tuple(
        line
        for line in lines
        if not line.only_if_nonzero or any(figures.get(line.key + suffix) for figures, suffix in sums)
    )


def _sum(
    gathered: Gathered, topic: str, key: str, title: str, statement: Statement, amounts: tuple[_Amount, ...]
) -> Report:
    columns: list[Column] = [Column("name", "项目", "text", 26), Column("line", "行次", "integer", 5)]
    figures: list[Figures] = []
    removed = gathered.removed
    for one in amounts:
        summed = gathered.summed(topic, one.period)
        simple = {line.key: summed.get(line.key + one.suffix, 0) for line in statement.lines}
        if removed is None or one.period != gathered.period:
            columns.append(Column(one.key, one.title, "money", _WIDTH, summed=True))
            figures.append(simple)
            continue
        out = rolled_up(statement, removed.get(topic, {}), one.suffix)
        parts = (f"{one.key}_simple", f"{one.key}_elimination")
        columns += [
            Column(parts[0], "简单相加", "money", _WIDTH, one.title, summed=True),
            Column(parts[1], "抵销", "money", _WIDTH, one.title, summed=True),
            Column(one.key, "合并数", "money", _WIDTH, one.title, adds=parts),
        ]
        figures += [simple, out, {name: fen + out[name] for name, fen in simple.items()}]
    lines = _shown(gathered, topic, statement, amounts)
    rows = _rows(statement, lines, figures)
    made = sum_report(gathered, key, title, columns, rows)
    return made._replace(notes=remarks(gathered, by_chart=True), landscape=False)


def _rows(statement: Statement, lines: tuple[StatementLine, ...], figures: list[Figures]) -> list[Row]:
    positions: dict[str, int] = {}
    rows: list[Row] = []
    for line in lines:
        positions[line.key] = len(rows)
        empty: tuple[Value, ...] = (None,) * len(figures)
        cells = empty if line.kind == "heading" else tuple(one.get(line.key, 0) for one in figures)
        rows.append(Row((line.title, line.line or None, *cells), ROW_KINDS[line.kind], line.level))
    return with_formulas(rows, positions, statement)


def build_balance_sheet_matrix(gathered: Gathered, statement: Statement) -> Report:
    """资产负债汇总表（分村）: closing balances, a column a village."""
    made = _matrix(gathered, BALANCE_SHEET, "balance-sheet-matrix", "资产负债汇总表（分村）", statement)
    return made._replace(as_of=day_label(gathered.period))


def build_income_distribution_matrix(gathered: Gathered, statement: Statement) -> Report:
    """收益及收益分配汇总表（分村）: year to date, a column a village."""
    return _matrix(
        gathered, INCOME_DISTRIBUTION, "income-distribution-matrix", "收益及收益分配汇总表（分村）", statement
    )


def build_income_expense_matrix(gathered: Gathered, statement: Statement) -> Report:
    """收支汇总表（分村）: year to date, a column a village."""
    return _matrix(gathered, INCOME_EXPENSE, "income-expense-matrix", "收支汇总表（分村）", statement)


def _matrix(gathered: Gathered, topic: str, key: str, title: str, statement: Statement) -> Report:
    villages = gathered.of_chart
    columns = (
        Column("name", "项目", "text", 26),
        Column("line", "行次", "integer", 5),
        Column("total", "合计", "money", _WIDTH, adds=tuple(one.code for one in villages)),
        *(Column(one.code, one.name, "money", 15, summed=True) for one in villages),
    )
    lines = _shown(gathered, topic, statement, (_Amount("", "", gathered.period),))
    figures = [gathered.summed(topic), *(gathered.figures(topic, one.code) for one in villages)]
    rows = _rows(statement, lines, figures)
    made = sum_report(gathered, key, title, columns, rows)
    as_of = f"{gathered.period.year}年1—{gathered.period.month}月累计"
    return made._replace(notes=remarks(gathered, by_chart=True), as_of=as_of)


def villages_apart(report: Report, at_once: int) -> tuple[Report, ...]:
    """A matrix in parts that paper can hold: so many villages beside the total on each."""
    fixed = 3
    count = len(report.columns) - fixed
    if count <= at_once:
        return (report,)
    starts = range(0, count, at_once)
    parts = []
    for number, start in enumerate(starts, 1):
        keep = (*range(fixed), *range(fixed + start, min(fixed + start + at_once, len(report.columns))))
        parts.append(
            report._replace(
                title=f"{report.title} {number}／{len(starts)}",
                columns=tuple(report.columns[index]._replace(adds=()) for index in keep),
                rows=tuple(row._replace(cells=tuple(row.cells[index] for index in keep)) for row in report.rows),
                notes=report.notes if number == 1 else (),
            )
        )
    return tuple(parts)
