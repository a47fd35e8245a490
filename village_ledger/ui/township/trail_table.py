"""The trail of a voucher as handed over: stage, what it is, who and when, how much, and the digest that proves it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.reports.model import Report, Value
from village_ledger.ui import theme
from village_ledger.ui.instants import local_time
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.table import dress_table, select_row

ATTACHMENT, _LOG = "附件", "日志"
_HEADS = frozenset({"凭证", "用款申请", "决策", "合同", "工程项目", "紧急例外"})
_KEYS = ("stage", "number", "title", "who", "day", "amount", "detail", "proof")
_WIDTHS = (84, 150, 250, 120, 100, 110, 300)
Told = dict[str, Value]


class TrailModel(RowsModel[Told]):
    """A stage is named where it begins."""

    headers = ("环节", "编号", "内容", "人员、地点", "日期", "金额", "说明")
    sides = "lllllrl"

    def cell(self, value: Told, column: int) -> str:
        """Qt text; of a digest the beginning."""
        match column:
            case 4:
                return str(value["day"] or "")
            case 5:
                fen = value["amount"]
                return format_fen(fen) if isinstance(fen, int) else ""
            case 6:
                proof = str(value["proof"] or "")
                detail = str(value["detail"] or "")
                told = local_time(detail) if value["stage"] == _LOG else detail
                return "　".join(filter(None, (told, f"{proof[:16]}…" if proof else "")))
        return str(value[_KEYS[column]] or "")

    def look(self, value: Told, column: int, role: int) -> Any:
        """Heads in bold, statements and log muted."""
        look = theme.current()
        if role == Qt.ItemDataRole.FontRole and value["stage"] in _HEADS and column in (0, 2, 5):
            return look.font(bold=True)
        if role == Qt.ItemDataRole.ForegroundRole:
            if value["stage"] in (_LOG, "报表"):
                return look.colour("muted")
            return look.colour("accent") if value["stage"] == ATTACHMENT else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (self.cell(value, column), str(value["proof"] or ""))))
        return None


class TrailTable(QTableView):
    """`activated` on an attachment opens it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = TrailModel(self)
        dress_table(self)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setModel(self.rows)
        header = self.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, theme.current().scaled(width))
        header.setSectionResizeMode(len(_WIDTHS) - 1, QHeaderView.ResizeMode.Stretch)

    def show_trail(self, report: Report | None) -> None:
        """Show the rows of a trail."""
        keys = [column.key for column in report.columns] if report else []
        self.rows.show_rows([dict(zip(keys, row.cells, strict=True)) for row in report.rows] if report else [])
        select_row(self, 0)

    def attachment(self) -> str:
        """The digest of the attachment in the current line; empty for anything else."""
        value = self.rows.value(self.currentIndex().row())
        return str(value["proof"] or "") if value and value["stage"] == ATTACHMENT else ""
