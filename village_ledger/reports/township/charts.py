"""Charts of sums: which rows and columns of a report are drawn, and what a drawing shows of them.

`picture` says what is drawn; spreadsheets draw it from their own cells. `chart` is the same as figures, for paper and
for the window.
"""

from itertools import dropwhile, groupby
from typing import Literal

from village_ledger.reports.model import Picture, Report, Row
from village_ledger.reports.notices.model import Chart, Series

MOST = 20
"""How many bars a chart holds; a ranking shows the first."""


def picture(
    report: Report,
    kind: Literal["bars", "columns", "line"],
    title: str,
    labels: str,
    *columns: str,
    run: int = 0,
) -> Report:
    """The report with a chart of one of its runs of lines, from the first that has a figure; unchanged when there are
    fewer than two, or nothing but nil.
    """
    places = [next(i for i, one in enumerate(report.columns) if one.key == key) for key in columns]
    runs = [list(rows) for is_line, rows in groupby(enumerate(report.rows), _is_line) if is_line]
    found = runs[run] if run < len(runs) else []
    found = list(dropwhile(lambda pair: all(pair[1].cells[place] is None for place in places), found))
    if len(found) < 2 or not any(row.cells[place] for _, row in found for place in places):
        return report
    shown = f"{title}（前 {MOST} 个）" if len(found) > MOST else title
    first, last = found[0][0], found[:MOST][-1][0]
    return report._replace(charts=(*report.charts, Picture(kind, shown, labels, columns, first, last)))


def _is_line(pair: tuple[int, Row]) -> bool:
    return pair[1].kind == "line"


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
