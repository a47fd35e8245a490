"""A chart of a sum on the screen: bars to the right, columns upwards or a line, with names and amounts."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from village_ledger.domain.money import format_fen
from village_ledger.reports.notices.model import Chart
from village_ledger.ui import theme

_COLOURS = ("income", "expense", "land_collective", "land_let")
_BAR, _TITLE = 30, 34
"""Pixels at 100 %: height of a bar with its gap, and of the title."""


class ChartView(QWidget):
    """Draws one chart; as high as it needs to be."""

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        look = theme.current()
        bars = len(chart.labels) * max(len(chart.series), 1)
        height = _TITLE + bars * _BAR + 20 if chart.kind == "bars" else 320
        self.setMinimumHeight(look.scaled(height))
        self.setAccessibleName(chart.title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw it."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(bold=True))
        painter.setPen(look.colour("text"))
        title = QRect(0, 0, self.width(), look.scaled(_TITLE))
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, self._chart.title)
        painter.setFont(look.font("small"))
        self._legend(painter, title)
        box = self.rect().adjusted(0, title.height(), 0, -look.px("gap"))
        if self._chart.kind == "bars":
            self._bars(painter, box)
        else:
            self._upright(painter, box)
        painter.end()

    def _legend(self, painter: QPainter, box: QRect) -> None:
        if len(self._chart.series) < 2:
            return
        look = theme.current()
        right = box.right() - look.px("gap")
        for place, series in reversed(tuple(enumerate(self._chart.series))):
            width = painter.fontMetrics().horizontalAdvance(f"■ {series.name}") + look.px("gap")
            painter.setPen(look.colour(_COLOURS[place % len(_COLOURS)]))
            painter.drawText(QRect(right - width, box.top(), width, box.height()), Qt.AlignmentFlag.AlignVCenter, "■")
            painter.setPen(look.colour("muted"))
            words = QRect(right - width + painter.fontMetrics().horizontalAdvance("■ "), box.top(), width, box.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, series.name)
            right -= width + look.px("gap")

    def _ends(self) -> tuple[int, int]:
        values = [fen for series in self._chart.series for fen in series.amounts_fen]
        return min([*values, 0]), max([*values, 0])

    def _bars(self, painter: QPainter, box: QRect) -> None:
        """One bar below the other, its name at the left, its amount behind it."""
        look, chart = theme.current(), self._chart
        metrics = QFontMetrics(look.font("small"))
        low, high = self._ends()
        names = min(max((metrics.horizontalAdvance(name) for name in chart.labels), default=0), box.width() // 4)
        amounts = max((metrics.horizontalAdvance(format_fen(fen)) for fen in (low, high)), default=0) + look.px("gap")
        room = max(box.width() - names - amounts * (2 if low < 0 else 1) - look.px("gap") * 2, 40)
        base = names + look.px("gap") + (amounts if low < 0 else 0)
        zero = base + (round(room * -low / (high - low)) if high != low else 0)
        height = box.height() // max(len(chart.labels), 1)
        for row, name in enumerate(chart.labels):
            top = box.top() + row * height
            painter.setPen(look.colour("text"))
            words = QRect(0, top, names, height)
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
            each = max((height - look.px("gap_small")) // max(len(chart.series), 1), 4)
            for place, series in enumerate(chart.series):
                fen = series.amounts_fen[row]
                length = round(room * abs(fen) / (high - low)) if high != low else 0
                bar = QRect(zero - (length if fen < 0 else 0), top + place * each + 3, length, each - 4)
                painter.fillRect(bar, look.colour("danger" if fen < 0 else _COLOURS[place % len(_COLOURS)]))
                painter.setPen(look.colour("muted"))
                side = QRect(bar.right() + 5, bar.top() - 2, amounts, bar.height() + 4)
                align = Qt.AlignmentFlag.AlignVCenter
                if fen < 0:
                    side.moveRight(bar.left() - 5)
                    align |= Qt.AlignmentFlag.AlignRight
                painter.drawText(side, align, format_fen(fen))

    def _upright(self, painter: QPainter, box: QRect) -> None:
        """Columns or a line over their names."""
        look, chart = theme.current(), self._chart
        metrics = QFontMetrics(look.font("small"))
        low, high = self._ends()
        plot = box.adjusted(look.px("gap"), metrics.height() + 4, -look.px("gap"), -metrics.height() - 6)
        span = (high - low) or 1
        zero = plot.bottom() - round(plot.height() * -low / span)
        painter.setPen(look.colour("border_strong"))
        painter.drawLine(plot.left(), zero, plot.right(), zero)
        step = plot.width() / max(len(chart.labels), 1)
        for place, series in enumerate(chart.series):
            colour = look.colour(_COLOURS[place % len(_COLOURS)])
            points = []
            for number, fen in enumerate(series.amounts_fen):
                middle = plot.left() + step * (number + 0.5)
                top = zero - round(plot.height() * fen / span)
                if chart.kind == "line":
                    points.append(QPointF(middle, top))
                else:
                    width = min(step / (len(chart.series) + 1), look.scaled(46))
                    left = middle - width * len(chart.series) / 2 + place * width
                    painter.fillRect(QRect(round(left), min(top, zero), round(width) - 2, abs(zero - top)), colour)
                if step > metrics.horizontalAdvance(format_fen(fen)):
                    painter.setPen(look.colour("muted"))
                    words = QRect(
                        round(middle - step / 2),
                        min(top, zero) - metrics.height() - look.scaled(5),
                        round(step),
                        metrics.height(),
                    )
                    painter.drawText(words, Qt.AlignmentFlag.AlignCenter, format_fen(fen))
            if points:
                painter.setPen(QPen(colour, look.scaled(2)))
                painter.drawPolyline(points)
                painter.setBrush(colour)
                for point in points:
                    painter.drawEllipse(point, look.scaled(3), look.scaled(3))
                painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.colour("text"))
        for number, name in enumerate(chart.labels):
            words = QRect(round(plot.left() + step * number), plot.bottom() + 4, round(step), metrics.height())
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, round(step) - 4)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, shown)
