"""The rows of a budget as the page lists them: income, expenses, what nobody planned, and the sums."""

from typing import Any, NamedTuple

from PySide6.QtCore import Qt

from village_ledger.domain.account import Chart
from village_ledger.domain.budget import EXPENSE, SIDES, Budget, BudgetItem
from village_ledger.domain.budget_execution import Execution
from village_ledger.domain.money import format_fen
from village_ledger.ui import theme
from village_ledger.ui.tables.rows_model import RowsModel

from .rate_delegate import RATE_ROLE

HEADERS = (
    "编号",
    "预算项目",
    "包括的科目",
    "年初预算",
    "追加（追减）",
    "调整后预算",
    "累计执行",
    "执行率",
    "预算余额",
)
WIDTHS = (64, 200, 150, 112, 104, 112, 112, 110, 112)
RATE_COLUMN = 7


class ExecutionRow(NamedTuple):
    """One line of the list; `code` is empty for sums, `account` for what no item covers."""

    kind: str
    code: str
    texts: tuple[str, ...]
    rate_bp: int | None = None
    is_over: bool = False
    account: str = ""
    item: BudgetItem | None = None


def execution_rows(done: Execution, chart: Chart) -> list[ExecutionRow]:
    """The rows in the order of the printed form."""
    rows: list[ExecutionRow] = []
    for side in SIDES:
        own = [one for one in done.rows if one.item.side == side]
        left = [one for one in done.unbudgeted if one.side == side]
        if not own and not left:
            continue
        rows.append(ExecutionRow("section", "", ("", side, *("",) * 7)))
        for one in own:
            item = one.item
            adjustment = one.adjusted_fen - item.amount_fen
            texts = (
                item.code,
                item.name,
                what_it_holds(item, chart),
                format_fen(item.amount_fen),
                format_fen(adjustment) if adjustment else "",
                format_fen(one.adjusted_fen),
                format_fen(one.executed_fen),
                percent(one.rate_bp),
                format_fen(one.remaining_fen),
            )
            rows.append(ExecutionRow("item", item.code, texts, one.rate_bp, one.is_overspent, item=item))
        for miss in left:
            name = chart.full_name(miss.account) if miss.account in chart else ""
            texts = ("", f"未列预算：{name}", miss.account, "", "", "", format_fen(miss.fen), "", format_fen(-miss.fen))
            over = miss.side == EXPENSE
            rows.append(ExecutionRow("missed", "", texts, None, over, miss.account))
        rows.append(_total(done, side, sum(one.fen for one in left)))
    return rows


def _total(done: Execution, side: str, missed_fen: int) -> ExecutionRow:
    total = done.total(side)
    whole = total._replace(executed_fen=total.executed_fen + missed_fen)
    adjustment = whole.adjusted_fen - whole.item.amount_fen
    texts = (
        "",
        f"{side}合计",
        "",
        format_fen(whole.item.amount_fen),
        format_fen(adjustment) if adjustment else "",
        format_fen(whole.adjusted_fen),
        format_fen(whole.executed_fen),
        percent(whole.rate_bp),
        format_fen(whole.remaining_fen),
    )
    return ExecutionRow("total", "", texts, whole.rate_bp, whole.is_overspent)


def percent(rate_bp: int | None) -> str:
    """A rate as shown: 37%; a dash without a budget."""
    return "—" if rate_bp is None else f"{rate_bp // 100}%"


def what_it_holds(item: BudgetItem, chart: Chart) -> str:
    """The accounts and the project of an item in words: 51303 办公费；项目：村道."""
    accounts = "、".join(f"{code} {chart[code].name}" if code in chart else code for code in item.accounts)
    project = f"项目：{item.project.name}" if item.project else ""
    return "；".join(part for part in (accounts, project) if part)


def history_texts(budget: Budget, row: ExecutionRow) -> list[str]:
    """The adjustments of an item in words, and its note."""
    texts = []
    for one in budget.adjustments:
        if row.code and one.code == row.code:
            verb = "追加" if one.fen > 0 else "追减"
            texts.append(f"{one.day} {verb} {format_fen(abs(one.fen))}（{one.decision}，{one.reason}）")
    return texts + ([row.item.note] if row.item and row.item.note else [])


class ExecutionModel(RowsModel[ExecutionRow]):
    """Shows the rows; sums are bold, what is overspent is red."""

    headers = HEADERS
    sides = "lllrrrrrr"

    def cell(self, value: ExecutionRow, column: int) -> str:
        """The text of a cell."""
        return value.texts[column]

    def look(self, value: ExecutionRow, column: int, role: int) -> Any:
        """Bold sums, red overspending, the rate for its bar."""
        if role == RATE_ROLE and column == RATE_COLUMN and value.rate_bp is not None:
            return value.rate_bp, value.is_over
        if role == Qt.ItemDataRole.FontRole and value.kind in ("section", "total"):
            return theme.current().font("body", bold=True)
        if role == Qt.ItemDataRole.BackgroundRole and value.kind in ("section", "total"):
            return theme.current().colour("section")
        if role == Qt.ItemDataRole.ForegroundRole and value.is_over and column in (1, RATE_COLUMN, len(HEADERS) - 1):
            return theme.current().colour("danger")
        if role == Qt.ItemDataRole.ToolTipRole and column in (1, 2):
            return value.texts[column]
        return None
