"""The charts of a report on a page of their own behind it."""

from typing import Any

from reportlab.lib.pagesizes import A4, landscape

from village_ledger.reports.model import Report
from village_ledger.reports.township.charts import chart

from .fonts import Pen, face
from .layout import clean
from .notice_charts import draw_charts
from .pages import BOTTOM, LEFT, RIGHT, TOP

_HEAD = 44.0


def charts_page(canvas: Any, report: Report) -> None:
    """Draw the charts under the report's title and turn the page."""
    width, height = landscape(A4)
    canvas.setPageSize((width, height))
    pen = Pen(canvas)
    pen.centre(width / 2, height - TOP - 17, f"{clean(report.title)}　图", face("title"), 15)
    pen.write(LEFT, height - TOP - 36, f"编制单位：{clean(report.entity)}", face("regular"), 9)
    pen.right(width - RIGHT, height - TOP - 36, f"{clean(report.as_of)}　单位：{report.unit}", face("regular"), 9)
    pen.lift()
    charts = [chart(report, shown) for shown in report.charts]
    draw_charts(canvas, charts, LEFT, BOTTOM + 14, width - RIGHT, height - TOP - _HEAD, columns=min(len(charts), 2))
    canvas.showPage()
