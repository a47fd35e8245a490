"""资产公开表: what the village owns by class, and every asset that came, changed or went in the span.

Columns: name, quantity, original, accumulated, net, note. First one line a class as it stands at the end of the span,
then the changes with their reason and decision.
"""

from datetime import date

from village_ledger.domain.assets.register import Register
from village_ledger.domain.view import LedgerSource
from village_ledger.reports.assets.changes import build as build_changes
from village_ledger.reports.frame import report
from village_ledger.reports.model import Column, Report, Row, Span, Value
from village_ledger.reports.query import Query

COLUMNS = (
    Column("name", "资产", "text", 28),
    Column("quantity", "数量", "integer", 7, summed=True),
    Column("original", "原值", "money", 16, summed=True),
    Column("accumulated", "累计折旧", "money", 16, summed=True),
    Column("net", "净值", "money", 16, summed=True),
    Column("note", "原因、决议文号", "text", 30),
)


def build(source: LedgerSource, query: Query, register: Register) -> Report:
    """Classes at the end of the span, then the span's changes as the list of asset changes tells them."""
    classes: dict[str, list[int]] = {}
    for one in register.standings(query.end):
        if not one.gone:
            sums = classes.setdefault(one.card.category, [0, 0, 0])
            for place, fen in enumerate((1, one.original_fen, one.accumulated_fen)):
                sums[place] += fen
    rows = [_section("一、期末有哪些资产")]
    rows += [
        Row((name, count, original, worn, original - worn, "")) for name, (count, original, worn) in classes.items()
    ]
    totals = [sum(sums[place] for sums in classes.values()) for place in range(3)]
    formula = (Span(1, len(rows) - 1),) if classes else ()
    total: tuple[Value, ...] = ("合计", *totals, totals[1] - totals[2], "")
    rows.append(Row(total, "subtotal", formula=formula))
    changes = build_changes(source, query, register)
    keys = [column.key for column in changes.columns]
    if len(changes.rows) > 1:
        rows.append(_section("二、本期增减变动"))
    for row in changes.rows[:-1]:
        cell = dict(zip(keys, row.cells, strict=True))
        note = "；".join(
            str(cell[key]) for key in ("reason", "decision", "state") if cell[key] and cell[key] != "已记账"
        )
        day = cell["date"]
        when = f"{day.month}月{day.day}日" if isinstance(day, date) else ""
        name = f"{when} {cell['change']}：{cell['name']}"
        figures: tuple[Value, ...] = (cell["original"], cell["accumulated"], cell["net"])
        if not any(figures):
            name, note, figures = f"{name}。{note}", "", (None, None, None)
        rows.append(Row((name, None, *figures, note)))
    made = report("notice-assets", "资产公开表", source, query, columns=_columns(rows), rows=rows)
    return made if len(changes.rows) > 1 else made._replace(notes=("本期资产没有增减变动",))


def _columns(rows: list[Row]) -> tuple[Column, ...]:
    return tuple(
        column._replace(shown=column.key != "note" or any(row.cells[-1] for row in rows)) for column in COLUMNS
    )


def _section(text: str) -> Row:
    return Row((text, None, None, None, None, ""), "section")
