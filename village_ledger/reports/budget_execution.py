"""预算执行情况表: the budget of the year the span ends in, item by item, with what was booked.

Columns: item (code), name, side (收入 or 支出), budget (as voted), adjustment, adjusted, period (booked in the span),
executed (booked since January), remaining, rate (executed of adjusted, per cent rounded down), note. Carry-forward
vouchers do not count. Income and expenses that no item covers stand below their side with an empty `item`.
"""

from village_ledger.domain.account import Chart
from village_ledger.domain.budget import EXPENSE, SIDES, Budget
from village_ledger.domain.budget_execution import Execution, ItemExecution, carry_out
from village_ledger.domain.period import Period
from village_ledger.domain.view import LedgerSource

from .frame import report
from .model import Column, Report, Row, Span, Target, Value
from .query import Query

COLUMNS = (
    Column("item", "编号", "code", 8),
    Column("name", "预算项目", "text", 26),
    Column("side", "收支", "text", 6, shown=False),
    Column("budget", "年初预算", "money", 15, summed=True),
    Column("adjustment", "追加（追减）", "money", 13, summed=True),
    Column("adjusted", "调整后预算", "money", 15, summed=True),
    Column("period", "本期执行", "money", 15, summed=True),
    Column("executed", "累计执行", "money", 15, summed=True),
    Column("remaining", "预算余额", "money", 15, summed=True),
    Column("rate", "执行率", "text", 9),
    Column("note", "说明", "text", 16),
)


def build(source: LedgerSource, query: Query, budgets: tuple[Budget, ...]) -> Report:
    """The execution through the last month of the span; an empty table when there is no budget."""
    year = query.end.year
    found = next((one for one in budgets if one.year == year), None)
    rows: list[Row] = []
    notes: list[str] = []
    if found is None:
        notes.append(f"没有编制 {year}年预算")
    else:
        done = _execution(source, query, found)
        for side in SIDES:
            _write_side(rows, done, source.chart, side)
        state = f"{found.decision} 批准（{found.approved}）" if found.is_approved else "预算还没有批准"
        notes.append(f"{year}年预算：{state}")
        notes += [f"{one.day} {one.decision} 调整“{_name(found, one.code)}”：{one.reason}" for one in found.adjustments]
    made = report("budget-execution", "预算执行情况表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(
        landscape=True, notes=tuple(notes), signatures=("负责人", "会计主管（会计）", "村监会", "制表")
    )


def _execution(source: LedgerSource, query: Query, found: Budget) -> Execution:
    january = Period(found.year, 1)
    start = max(query.start, january)
    year = source.balances(january, query.end)
    begun = source.entity.first_period
    first_year = begun.year == found.year and begun.month > 1
    span = year if start == january else source.balances(start, query.end)
    return carry_out(found, source.chart, year, span, first_year=first_year)


def _name(found: Budget, code: str) -> str:
    item = found.item(code)
    return item.name if item else code


def _write_side(rows: list[Row], done: Execution, chart: Chart, side: str) -> None:
    first = len(rows)
    budget = done.budget
    rows += [
        Row(_cells(one, budget.adjustment_fen(one.item.code)), target=_target(one))
        for one in done.rows
        if one.item.side == side
    ]
    left = [one for one in done.unbudgeted if one.side == side]
    for miss in left:
        name = f"{miss.account} {chart.full_name(miss.account)}"
        cells: tuple[Value, ...] = ("", name, side, 0, 0, 0, 0, miss.fen, -miss.fen, "—", "未列预算")
        rows.append(Row(cells, target=Target("ledger", (miss.account,))))
    total = done.total(side)
    missed = sum(one.fen for one in left)
    whole = total._replace(executed_fen=total.executed_fen + missed)
    formula = (Span(first, len(rows) - 1),) if len(rows) > first else ()
    rows.append(Row(_cells(whole, total.adjusted_fen - total.item.amount_fen), "total", formula=formula))


def _target(one: ItemExecution) -> Target | None:
    item = one.item
    if not item.accounts:
        return None
    return Target("ledger", item.accounts[:1], str(item.project) if item.project else "")


def _cells(one: ItemExecution, adjustment: int) -> tuple[Value, ...]:
    item = one.item
    rate = one.rate_bp
    return (
        item.code,
        item.name,
        item.side,
        item.amount_fen,
        adjustment,
        one.adjusted_fen,
        one.period_fen,
        one.executed_fen,
        one.remaining_fen,
        "—" if rate is None else f"{rate // 100}%",
        _note(one),
    )


def _note(one: ItemExecution) -> str:
    if one.executed_fen <= one.adjusted_fen:
        return one.item.note
    return "超支" if one.item.side == EXPENSE else "超收"
