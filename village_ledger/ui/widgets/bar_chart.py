"""A small bar chart: groups of bars side by side, one colour a series, the exact figures as tool tip."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolTip, QWidget

from village_ledger.ui import theme


class Bars(NamedTuple):
    """One group: a value for each series, and what the tool tip says."""

    values: tuple[int, ...]
    tip: str = ""


class BarChart(QWidget):
    """Draws groups of equal width from left to right; negative values hang below the line."""

    def __init__(self, colours: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self._bars: tuple[Bars, ...] = ()
        self.setMinimumHeight(theme.current().scaled(70))

    def show_bars(self, bars: tuple[Bars, ...]) -> None:
        """Show these groups."""
        self._bars = bars
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw the groups."""
        look = theme.current()
        values = [value for group in self._bars for value in group.values]
        top, bottom = max([*values, 0]), min([*values, 0])
        height = self.height() - 2
        base = round(height * top / (top - bottom)) if top != bottom else height
        painter = QPainter(self)
        painter.setPen(look.colour("border"))
        painter.drawLine(0, base, self.width(), base)
        painter.setPen(Qt.PenStyle.NoPen)
        for number, group in enumerate(self._bars):
            room = self._place(number)
            width = min(room.width() // (len(self._colours) + 1), look.scaled(22))
            left = room.center().x() - width * len(group.values) // 2
            for series, value in enumerate(group.values):
                length = round(height * value / (top - bottom)) if top != bottom else 0
                painter.setBrush(look.colour(self._colours[series]))
                painter.drawRect(QRect(left + series * width, base - max(length, 0), width - 2, abs(length)))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Qt: the tool tip of the group under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for number, group in enumerate(self._bars):
                if self._place(number).contains(event.pos()):
                    QToolTip.showText(event.globalPos(), group.tip, self)
            return True
        return super().event(event)

    def _place(self, number: int) -> QRect:
        step = self.width() / max(len(self._bars), 1)
        return QRect(round(number * step), 0, round(step), self.height())


class Legend(QWidget):
    """What the colours of a chart mean."""

    def __init__(self, entries: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for title, colour in entries:
            mark = QLabel("■")
            row.addWidget(theme.mark(mark, f"legend-{colour}"))
            row.addWidget(theme.mark(QLabel(title), "muted"))
