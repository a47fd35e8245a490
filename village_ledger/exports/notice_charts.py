"""The charts of a disclosure notice, drawn with reportlab's own so that they can be read in black and white too.

Series are told apart by how light they are, and every bar bears its amount.
"""

from collections.abc import Sequence
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.charts.barcharts import HorizontalBarChart, VerticalBarChart
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib.colors import Color

from village_ledger.reports.notices.model import Chart

from .fonts import face
from .layout import clean

SHADES = (Color(0.16, 0.34, 0.55), Color(0.78, 0.78, 0.78), Color(0.45, 0.62, 0.42))
"""Fills of the series; they differ in lightness, so that a black-and-white printer keeps them apart."""
_TITLE, _LABEL = 18, 12.5
_GAP = 26.0
_ROOM = 0.12


def draw_charts(
    canvas: Any, charts: Sequence[Chart], left: float, bottom: float, right: float, top: float, *, columns: int = 2
) -> None:
    """Draw up to four charts beside and below each other within the rectangle."""
    rows = -(-len(charts) // columns)
    width = (right - left - _GAP * (columns - 1)) / columns
    height = (top - bottom - _GAP * (rows - 1)) / rows
    for place, chart in enumerate(charts):
        x = left + (place % columns) * (width + _GAP)
        y = top - (place // columns) * (height + _GAP) - height
        renderPDF.draw(drawing(chart, width, height), canvas, x, y)


def drawing(chart: Chart, width: float, height: float) -> Drawing:
    """One chart as a drawing of its own, for paper and for the web page."""
    made = Drawing(width, height)
    made.add(String(0, height - _TITLE, clean(chart.title), fontName=_font("bold"), fontSize=_TITLE))
    if chart.note:
        made.add(String(0, 2, clean(chart.note), fontName=_font("regular"), fontSize=_LABEL - 1))
    made.add({"bars": _bars, "columns": _columns, "line": _line}[chart.kind](chart, width, height))
    if len(chart.series) > 1:
        made.add(_legend(chart, width, height))
    return made


def _font(style: Any) -> str:
    return face(style).runs("收")[0][0]


def _yuan(fen: float) -> str:
    """An amount for the eye: 1.2万, 5,300."""
    yuan = (round(fen) + 50) // 100
    if abs(yuan) >= 10_000:
        tenths = round(yuan / 1000)
        return f"{tenths // 10}.{abs(tenths) % 10}万" if tenths >= 0 else f"-{abs(tenths) // 10}.{abs(tenths) % 10}万"
    return f"{yuan:,}"


def _dress(plot: Any, chart: Chart, values: Any, categories: Any) -> None:
    highest = max((fen for series in chart.series for fen in series.amounts_fen), default=0)
    lowest = min((fen for series in chart.series for fen in series.amounts_fen), default=0)
    values.valueMin, values.valueMax = min(lowest * 1.15, 0), max(highest * 1.18, 100)
    if lowest < 0:
        values.valueMin -= (values.valueMax - values.valueMin) * _ROOM  # room for the labels of bars to the left
    values.labelTextFormat = _yuan
    for axis in (values, categories):
        axis.labels.fontName, axis.labels.fontSize = _font("regular"), _LABEL
    categories.labelAxisMode = "low"
    values.visibleGrid = 1
    values.gridStrokeColor = Color(0.85, 0.85, 0.85)
    categories.categoryNames = [clean(label) for label in chart.labels]
    plot.data = [series.amounts_fen for series in chart.series]


def _bars(chart: Chart, width: float, height: float) -> Any:
    plot = HorizontalBarChart()
    longest = max((face("regular").width(label, _LABEL) for label in chart.labels), default=0)
    plot.x, plot.y = longest + 14, 34
    plot.width, plot.height = width - plot.x - 40, height - plot.y - _TITLE - 24
    _dress(plot, chart, plot.valueAxis, plot.categoryAxis)
    plot.categoryAxis.reverseDirection = 1
    plot.categoryAxis.labels.boxAnchor = "e"
    plot.categoryAxis.labels.dx = -6
    _paint(plot, chart)
    plot.barLabels.boxAnchor = "w"
    plot.barLabels.dx = 4
    return plot


def _columns(chart: Chart, width: float, height: float) -> Any:
    plot = VerticalBarChart()
    plot.x, plot.y = 64, 40
    plot.width, plot.height = width - plot.x - 16, height - plot.y - _TITLE - 44
    _dress(plot, chart, plot.valueAxis, plot.categoryAxis)
    plot.groupSpacing = 14
    _paint(plot, chart)
    plot.barLabels.boxAnchor = "s"
    plot.barLabels.dy = 3
    return plot


def _paint(plot: Any, chart: Chart) -> None:
    for place in range(len(chart.series)):
        plot.bars[place].fillColor = SHADES[place % len(SHADES)]
        plot.bars[place].strokeColor = Color(0.2, 0.2, 0.2)
        plot.bars[place].strokeWidth = 0.6
    plot.barLabelFormat = _yuan
    plot.barLabels.fontName, plot.barLabels.fontSize = _font("regular"), _LABEL - 0.5


def _line(chart: Chart, width: float, height: float) -> Any:
    plot = HorizontalLineChart()
    plot.x, plot.y = 64, 40
    plot.width, plot.height = width - plot.x - 24, height - plot.y - _TITLE - 34
    _dress(plot, chart, plot.valueAxis, plot.categoryAxis)
    for place in range(len(chart.series)):
        plot.lines[place].strokeColor = SHADES[place % len(SHADES)]
        plot.lines[place].strokeWidth = 2.4
        if place % 2:
            plot.lines[place].strokeDashArray = (6, 4)
    plot.lineLabelFormat = _yuan
    plot.lineLabels.fontName, plot.lineLabels.fontSize = _font("regular"), _LABEL - 1
    for row, series in enumerate(chart.series):
        for place in range(len(series.amounts_fen)):
            plot.lineLabels[row, place].dy = 9 if _falls_after(series.amounts_fen, place) else -15
    return plot


def _falls_after(amounts: Sequence[int], place: int) -> bool:
    """Whether the line goes no higher after a point, so that its label above it is not crossed."""
    return place + 1 == len(amounts) or amounts[place + 1] <= amounts[place]


def _legend(chart: Chart, width: float, height: float) -> Any:
    made = Legend()
    made.x, made.y = width - 12, height - _TITLE - 8
    made.boxAnchor = "ne"
    made.alignment = "right"
    made.columnMaximum = 1
    made.fontName, made.fontSize = _font("regular"), _LABEL
    made.colorNamePairs = [
        (SHADES[place % len(SHADES)], clean(series.name)) for place, series in enumerate(chart.series)
    ]
    return made
