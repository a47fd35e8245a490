"""How the cells of a report are drawn: kinds of rows, indents, red negatives, the current cell."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from village_ledger.reports.model import Row
from village_ledger.ui import theme

from .report_model import ROW_ROLE, VALUE_ROLE

Index = QModelIndex | QPersistentModelIndex
_BACKGROUNDS = {
    "section": "section",
    "opening": "surface_alt",
    "month": "section",
    "year": "section",
    "subtotal": "section",
    "total": "total",
    "day": "surface_alt",
}
_BOLD = frozenset({"section", "subtotal", "total", "month", "year"})
_RULED = frozenset({"month", "subtotal", "total", "year"})
INDENT = 14
_MOST_INDENTS = 6


class ReportDelegate(QStyledItemDelegate):
    """Paints one cell; values and kinds come from the model."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Qt: the height of a row."""
        return QSize(10, theme.current().px("report_row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw the cell."""
        look = theme.current()
        row: Row = index.data(ROW_ROLE)
        value = index.data(VALUE_ROLE)
        area = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(area, _background(look, row, selected=selected))
        painter.setPen(look.colour("border_strong" if row.kind in _RULED else "border"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if row.kind in ("total", "year"):
            painter.drawLine(area.topLeft(), area.topRight())
        painter.setPen(_line_colour(look))
        painter.drawLine(area.topRight(), area.bottomRight())
        if selected and index.column() == 0:
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), look.colour("accent"))
        self._text(painter, look, area, index, row, value)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("focus"), 1))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.restore()

    @staticmethod
    def _text(painter: QPainter, look: theme.Theme, area: QRect, index: Index, row: Row, value: object) -> None:
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if not text:
            return
        font: QFont = look.font(bold=row.kind in _BOLD)
        negative = isinstance(value, int) and not isinstance(value, bool) and value < 0
        painter.setFont(font)
        painter.setPen(look.colour("danger" if negative else "muted" if row.kind in ("opening", "day") else "text"))
        left = look.px("gap")
        if index.data(VALUE_ROLE) == text and index.column() == _name_column(index):
            left += look.scaled(INDENT) * min(row.level, _MOST_INDENTS)
        words = area.adjusted(left, 0, -look.px("gap"), 0)
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(alignment), shown)


def _name_column(index: Index) -> int:
    """The first text column: the one that is indented by level."""
    model = index.model()
    for section in range(model.columnCount()):
        if model.column(section).kind == "text":
            return section
    return 0


def _background(look: theme.Theme, row: Row, *, selected: bool) -> QColor:
    if selected:
        return look.colour("accent_soft")
    return look.colour(_BACKGROUNDS.get(row.kind, "surface"))


def _line_colour(look: theme.Theme) -> QColor:
    return look.colour("section")
