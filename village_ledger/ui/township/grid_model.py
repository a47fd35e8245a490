"""Villages × months as a table: each cell a look-up in what was read at once."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from village_ledger.domain.desk import Village
from village_ledger.domain.period import Period
from village_ledger.services.township.reviewing import Cell, Grid
from village_ledger.ui import theme

from .words import STATE_COLOURS, short_name

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
ROW_HEIGHT = 44
"""Pixels at 100 %: two lines of text."""


def counts(cell: Cell) -> str:
    """How many things are open in a month, short: 意见2 疑点1."""
    parts = []
    if cell.answered:
        parts.append(f"答复{cell.answered}")
    elif cell.open_comments:
        parts.append(f"意见{cell.open_comments}")
    if cell.doubts:
        parts.append(f"疑点{cell.doubts}")
    return " ".join(parts)


def sentence(village: Village, period: Period, cell: Cell) -> str:
    """A month in words."""
    parts = [f"{village.name} {period.label}：{cell.state}"]
    if cell.received and not cell.received.signed:
        parts.append("未签名的 Excel 文件")
    if cell.open_comments:
        parts.append(f"没办结的意见 {cell.open_comments} 条")
    if cell.answered:
        parts.append(f"其中村里已答复 {cell.answered} 条")
    if cell.overdue:
        parts.append(f"过了期限 {cell.overdue} 条")
    if cell.doubts:
        parts.append(f"没核实的疑点 {cell.doubts} 条")
    return "，".join(parts)


class GridModel(QAbstractTableModel):
    """The first column names the village, the others are months."""

    def __init__(self) -> None:
        super().__init__()
        self._villages: tuple[Village, ...] = ()
        self._months: tuple[Period, ...] = ()
        self._cells: dict[tuple[str, Period], Cell] = {}

    def show_grid(self, grid: Grid, villages: tuple[Village, ...]) -> None:
        """Show some of the villages of a grid."""
        self.beginResetModel()
        self._villages, self._months, self._cells = villages, grid.months, grid.cells
        self.endResetModel()

    def village(self, row: int) -> Village | None:
        """The village of a row."""
        return self._villages[row] if 0 <= row < len(self._villages) else None

    def month(self, column: int) -> Period | None:
        """The month of a column."""
        return self._months[column - 1] if 0 < column <= len(self._months) else None

    def cell(self, row: int, column: int) -> Cell | None:
        """The month of a village; None before its first."""
        village, month = self.village(row), self.month(column)
        return self._cells.get((village.code, month)) if village and month else None

    def place(self, code: str, period: Period) -> tuple[int, int]:
        """Where a month of a village is; -1 for what is not shown."""
        row = next((number for number, one in enumerate(self._villages) if one.code == code), -1)
        column = next((number for number, one in enumerate(self._months, 1) if one == period), -1)
        return row, column

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: the villages."""
        return 0 if parent.isValid() else len(self._villages)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt: the name and the months."""
        return 0 if parent.isValid() else len(self._months) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: the month's number."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        month = self.month(section)
        return f"{month.month}月" if month else "村"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: one cell."""
        village = self.village(index.row())
        if village is None:
            return None
        if index.column() == 0:
            if role == Qt.ItemDataRole.DisplayRole:
                return short_name(village.name)
            return f"{village.name}　{village.code}" if role == Qt.ItemDataRole.ToolTipRole else None
        cell, month = self.cell(index.row(), index.column()), self.month(index.column())
        if cell is None or month is None:
            return None
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{cell.state} {counts(cell)}".rstrip()
        return sentence(village, month, cell) if role == Qt.ItemDataRole.ToolTipRole else None


class GridDelegate(QStyledItemDelegate):
    """Paints a month: its state as a word on its colour, below it what is open."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Qt: two lines."""
        return QSize(10, theme.current().scaled(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw the cell."""
        cell = index.data(CELL_ROLE)
        look = theme.current()
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        box = option.rect
        painter.save()
        painter.fillRect(box, look.colour("surface"))
        if index.column() == 0:
            painter.setPen(look.colour("text"))
            words = box.adjusted(look.px("gap"), 0, -look.px("gap_small"), 0)
            name = QFontMetrics(look.font()).elidedText(
                str(index.data() or ""), Qt.TextElideMode.ElideRight, words.width()
            )
            painter.setFont(look.font())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(look.colour("border"))
            painter.drawLine(box.topRight(), box.bottomRight())
        if cell is not None:
            behind, word = STATE_COLOURS[cell.state]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(behind))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), look.px("radius"), look.px("radius"))
            below = counts(cell)
            upper = QRect(box.left(), box.top() + 4, box.width(), box.height() // 2 - 3)
            painter.setPen(look.colour(word))
            painter.setFont(look.font(bold=cell.state not in ("未报",)))
            painter.drawText(upper if below else box, Qt.AlignmentFlag.AlignCenter, cell.state)
            if below:
                lower = QRect(box.left(), box.center().y(), box.width(), box.height() // 2 - 3)
                small = look.font("small")
                if QFontMetrics(small).horizontalAdvance(below) > lower.width() - 4:
                    below = below.replace("意见", "意").replace("疑点", "疑").replace("答复", "答")
                painter.setFont(small)
                alarming = cell.overdue or cell.answered
                painter.setPen(look.colour("danger" if alarming else "muted"))
                painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, below)
        if current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.colour("focus"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()
