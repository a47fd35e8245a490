"""Charts of sums: which rows and columns of a report are drawn, and what a drawing shows of them.

`picture` says what is drawn; spreadsheets draw it from their own cells. `chart` is the same as figures, for paper and
for the window.
"""

from typing import Literal

from village_ledger.reports.model import Picture, Report
from village_ledger.reports.notices.model import Chart, Series

MOST = 20
"""How many bars a chart holds; a ranking shows the first."""


def picture(report: Report, kind: Literal["bars", "columns", "line"], title: str, labels: str, *columns: str) -> Report:
    """The report with a chart of its first run of lines; unchanged when there are fewer than two."""
    first = next((i for i, row in enumerate(report.rows) if row.kind == "line"), len(report.rows))
    last = first
    while last < len(report.rows) and report.rows[last].kind == "line" and last - first < MOST:
        last += 1
    if last - first < 2:
        return report
    shown = f"{title}（前 {MOST} 个）" if last < len(report.rows) and report.rows[last].kind == "line" else title
    return report._replace(charts=(*report.charts, Picture(kind, shown, labels, columns, first, last - 1)))


def chart(report: Report, shown: Picture) -> Chart:
    """What a chart of a report shows: labels and amounts."""
    places = {column.key: index for index, column in enumerate(report.columns)}
    rows = report.rows[shown.first : shown.last + 1]
    series = []
    for key in shown.columns:
        values = (row.cells[places[key]] for row in rows)
        title = report.columns[places[key]].group + report.columns[places[key]].title
        series.append(Series(title, tuple(value if isinstance(value, int) else 0 for value in values)))
    labels = tuple(str(row.cells[places[shown.labels]] or "") for row in rows)
    return Chart(shown.kind, shown.title, labels, tuple(series))
