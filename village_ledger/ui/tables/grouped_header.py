"""A header with two rows where neighbouring columns share a spanning title (期初余额 over 借方 and 贷方)."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from village_ledger.ui import theme

from .report_model import RIGHT_KINDS, ReportModel


class GroupedHeader(QHeaderView):
    """Draws `Column.title` and, above neighbours of one `Column.group`, the group's title."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(40)

    def sizeHint(self) -> QSize:
        """Qt: twice as high when there are groups."""
        look = theme.current()
        height = look.px("header")
        return QSize(super().sizeHint().width(), round(height * 1.7) if self._grouped() else height)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Qt: draw one column's head, and the group's title across the group."""
        model = self.model()
        if not isinstance(model, ReportModel) or section >= model.columnCount():
            return
        look = theme.current()
        column = model.column(section)
        painter.save()
        painter.fillRect(rect, look.colour("surface_alt"))
        own = QRect(rect)
        if column.group:
            own.setTop(rect.top() + rect.height() // 2)
            self._paint_group(painter, look, rect, section)
        painter.setPen(look.colour("border"))
        painter.drawLine(own.topRight(), own.bottomRight())
        painter.setPen(look.colour("border_strong"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(look.colour("muted"))
        painter.setFont(look.font(bold=True))
        side = Qt.AlignmentFlag.AlignRight if column.kind in RIGHT_KINDS else Qt.AlignmentFlag.AlignLeft
        words = own.adjusted(look.px("gap"), 0, -look.px("gap"), 0)
        painter.drawText(words, side | Qt.AlignmentFlag.AlignVCenter, column.title)
        painter.restore()

    def _paint_group(self, painter: QPainter, look: theme.Theme, rect: QRect, section: int) -> None:
        first, last = self._group_span(section)
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        band = QRect(left, rect.top(), right - left, rect.height() // 2)
        painter.fillRect(band, look.colour("surface_alt"))
        painter.setPen(look.colour("border"))
        painter.drawLine(band.bottomLeft(), band.bottomRight())
        painter.drawLine(band.topRight(), band.bottomRight())
        painter.setPen(look.colour("text"))
        painter.setFont(look.font(bold=True))
        seen = band.intersected(self.viewport().rect())
        painter.drawText(seen, Qt.AlignmentFlag.AlignCenter, self.model().column(section).group)

    def _group_span(self, section: int) -> tuple[int, int]:
        model = self.model()
        group = model.column(section).group
        first = last = section
        while first > 0 and model.column(first - 1).group == group:
            first -= 1
        while last + 1 < model.columnCount() and model.column(last + 1).group == group:
            last += 1
        return first, last

    def _grouped(self) -> bool:
        model = self.model()
        return isinstance(model, ReportModel) and any(
            model.column(section).group for section in range(model.columnCount())
        )
