"""资源公开表: the village's land by class, how much of it is contracted or idle, and what changed in the span.

Columns: name, plots, area_mu_x100, contracted_x100, idle_x100; a change is told in the first one. Areas are hundredths
of a mu.
"""

from village_ledger.domain.land_register import LandRegister
from village_ledger.domain.parcels import IDLE, LAND_CLASSES
from village_ledger.domain.view import LedgerSource
from village_ledger.reports.frame import report
from village_ledger.reports.model import Column, Report, Row, Span, Value
from village_ledger.reports.query import Query

COLUMNS = (
    Column("name", "资源", "text", 26),
    Column("plots", "块数", "integer", 8, summed=True),
    Column("area_mu_x100", "面积（亩）", "money", 15, summed=True),
    Column("contracted_x100", "已承包发包（亩）", "money", 16, summed=True),
    Column("idle_x100", "闲置（亩）", "money", 14, summed=True),
)


def build(source: LedgerSource, query: Query, register: LandRegister) -> Report:
    """The classes on the span's last day, then the changes of the span."""
    day = query.end.last_day
    classes: dict[str, list[int]] = {name: [0, 0, 0, 0] for name in LAND_CLASSES}
    for parcel in register.existing(day):
        area, contracted = register.area(parcel, day), register.contracted(parcel, day)
        idle = max(area - contracted, 0) if parcel.management == IDLE else 0
        for place, figure in enumerate((1, area, contracted, idle)):
            classes[parcel.land_class][place] += figure
    rows = [_section("一、期末有哪些资源")]
    rows += [Row((name, *figures)) for name, figures in classes.items() if figures[0]]
    sums = [sum(figures[place] for figures in classes.values()) for place in range(4)]
    formula = (Span(1, len(rows) - 1),) if len(rows) > 1 else ()
    total: tuple[Value, ...] = ("合计", *sums)
    rows.append(Row(total, "subtotal", formula=formula))
    changes = [one for one in register.changes if query.start.first_day <= one.day <= day]
    if changes:
        rows.append(_section("二、本期变动"))
    for one in changes:
        told = "；".join(text for text in (one.label, one.reason, one.document) if text)
        rows.append(Row((f"{one.day.month}月{one.day.day}日 {told}", None, None, None, None)))
    made = report("notice-resources", "资源公开表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(unit="亩", notes=() if changes else ("本期资源没有变动",))


def _section(text: str) -> Row:
    return Row((text, None, None, None, None), "section")
