"""Charts of a report as the spreadsheet's own: they draw from the sheet's cells and follow them when these change."""

from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.pagebreak import Break

from village_ledger.reports.model import Picture, Report

from .excel_rows import SheetRows
from .layout import clean

ROWS_TALL = 22
"""Rows of the sheet a chart covers, with the gap above it."""
_WIDTH_CM, _NARROWEST_CM, _HEIGHT_CM = 26.0, 12.0, 12.5
_CM_A_CHARACTER = 0.19
_COLOURS = ("29578C", "C7C7C7", "739E6B")


def add_charts(sheet: Any, report: Report, rows: SheetRows) -> int:
    """Put the report's charts below the table; the last row they cover."""
    top = rows.end_row + 2
    wide = sum(width for _, width in rows.widths()) * _CM_A_CHARACTER
    for shown in report.charts:
        sheet.row_breaks.append(Break(id=top - 2))
        made = _chart(sheet, report, rows, shown)
        made.width = max(min(wide, _WIDTH_CM), _NARROWEST_CM)
        sheet.add_chart(made, f"A{top}")
        top += ROWS_TALL
    return top - 1


def _chart(sheet: Any, report: Report, rows: SheetRows, shown: Picture) -> Any:
    made: Any = LineChart() if shown.kind == "line" else BarChart()
    if shown.kind != "line":
        made.type = "bar" if shown.kind == "bars" else "col"
        made.gapWidth = 60
    made.title = clean(shown.title)
    made.height = _HEIGHT_CM
    first, last = rows.first_row + shown.first, rows.first_row + shown.last
    titles = {column.key: column.group + column.title for column in report.columns}
    for place, key in enumerate(shown.columns):
        letter = column_index_from_string(rows.letter(key))
        series: Any = Series(Reference(sheet, letter, first, letter, last), title=clean(titles[key]))
        colour = _COLOURS[place % len(_COLOURS)]
        if shown.kind == "line":
            series.graphicalProperties.line.solidFill = colour
            series.graphicalProperties.line.width = 28_000
            series.smooth = False
        else:
            series.graphicalProperties.solidFill = colour
        made.series.append(series)
    labels = column_index_from_string(rows.letter(shown.labels))
    made.set_categories(Reference(sheet, labels, first, labels, last))
    made.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    made.x_axis.delete = made.y_axis.delete = False
    made.x_axis.tickLblPos = "low"
    made.y_axis.numFmt = made.dataLabels.numFmt = "#,##0"
    if shown.kind == "bars":
        made.x_axis.scaling.orientation = "maxMin"
    if len(shown.columns) == 1:
        made.legend = None
    else:
        made.legend.position = "t"
    made.layout = Layout(manualLayout=ManualLayout(x=0.16, y=0.14, w=0.78, h=0.74)) if shown.kind == "bars" else None
    return made
