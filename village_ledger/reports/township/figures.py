"""What a sum over villages is made of, and what every such report says besides its figures: what it lacks."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from village_ledger.domain.desk import Figures, MonthState
from village_ledger.domain.period import Period
from village_ledger.reports.frame import day_label
from village_ledger.reports.model import Column, Report, Row, Span, Value

SIGNATURES = ("单位负责人", "审核", "制表")
NAMED = 12
"""How many villages a note names before it only counts them."""


class VillageMonth(NamedTuple):
    """A village, and where its month stands; `signed` is false for what came as an unsigned file."""

    code: str
    name: str
    chart: str = "rural-2023"
    state: MonthState = "收到"
    signed: bool = True

    @property
    def there(self) -> bool:
        """Whether the month was handed over."""
        return self.state not in {"未报", "逾期"}


class Gathered(NamedTuple):
    """The villages asked for, and their figures by (topic, month) and village.

    `chart` is the regulation whose statement lines are summed; villages kept by another one stand apart. `removed` are
    the figures by statement that fall out as dealings between the villages (negative); None: nothing is eliminated.
    """

    desk: str
    period: Period
    villages: tuple[VillageMonth, ...]
    topics: Mapping[tuple[str, Period], Mapping[str, Figures]]
    chart: str = "rural-2023"
    removed: Mapping[str, Figures] | None = None
    footer: str = ""

    @property
    def there(self) -> tuple[VillageMonth, ...]:
        """The villages that handed the month over."""
        return tuple(one for one in self.villages if one.there)

    @property
    def of_chart(self) -> tuple[VillageMonth, ...]:
        """Those of them kept by the chart."""
        return tuple(one for one in self.there if one.chart == self.chart)

    def figures(self, topic: str, village: str, period: Period | None = None) -> Figures:
        """A village's figures; none when it did not hand the month over."""
        return self.topics.get((topic, period or self.period), {}).get(village, {})

    def summed(self, topic: str, period: Period | None = None) -> Figures:
        """The figures of all villages of the chart added up."""
        return added(self.figures(topic, one.code, period) for one in self.of_chart)

    def summed_by(self, *, by_chart: bool) -> tuple[VillageMonth, ...]:
        """The villages of a sum: of statement lines those of the chart, of other figures all that handed over."""
        return self.of_chart if by_chart else self.there

    def lacking(self, topic: str, period: Period, *, by_chart: bool = True) -> tuple[str, ...]:
        """The villages of a sum without figures of another month."""
        there = self.topics.get((topic, period), {})
        return tuple(one.name for one in self.summed_by(by_chart=by_chart) if one.code not in there)


def added(many: Iterable[Figures]) -> Figures:
    """Figures added up by key."""
    total: Figures = {}
    for figures in many:
        for key, amount in figures.items():
            total[key] = total.get(key, 0) + amount
    return total


def listed(names: Iterable[str]) -> str:
    """A few names in full, many by the first of them and their number."""
    found = tuple(names)
    text = "、".join(found[:NAMED])
    return f"{text} 等 {len(found)} 个村" if len(found) > NAMED else f"{text}（{len(found)} 个村）"


def remarks(gathered: Gathered, *, by_chart: bool = False) -> tuple[str, ...]:
    """What the sum lacks, and what in it is not sure yet."""
    summed = gathered.summed_by(by_chart=by_chart)
    month = gathered.period.label
    found = [f"汇总 {len(summed)} 个村（共 {len(gathered.villages)} 个村）"]
    if missing := [one.name for one in gathered.villages if not one.there]:
        found.append(f"尚未报送{month}、没有汇入的村：{listed(missing)}")
    if by_chart and (other := [one.name for one in gathered.there if one.chart != gathered.chart]):
        found.append(f"执行另一套会计制度、报表行次不同、没有汇入的村：{listed(other)}")
    if unsigned := [one.name for one in summed if not one.signed]:
        found.append(f"未签名的文件、不能核验的村：{listed(unsigned)}")
    if returned := [one.name for one in summed if one.state == "退回"]:
        found.append(f"已退回、数字可能还要改的村：{listed(returned)}")
    return tuple(found)


def sum_report(
    gathered: Gathered, key: str, title: str, columns: Iterable[Column], rows: Iterable[Row], *notes: str
) -> Report:
    """A report of the desk's month with its head filled in."""
    shown = tuple(columns)
    return Report(
        key,
        title,
        gathered.desk,
        str(gathered.period),
        str(gathered.period),
        day_label(gathered.period),
        shown,
        tuple(rows),
        signatures=SIGNATURES,
        notes=(*remarks(gathered), *notes),
        landscape=True,
        footer=gathered.footer,
    )


def with_total(columns: tuple[Column, ...], rows: list[Row], label: str = "合计", at: int = 0) -> list[Row]:
    """The rows and, under them, their total in the summed columns; `label` stands in the column `at`."""
    cells: list[Value] = []
    for index, column in enumerate(columns):
        if column.summed:
            values = (row.cells[index] for row in rows)
            cells.append(sum(value for value in values if isinstance(value, int)))
        elif index == at:
            cells.append(label)
        else:
            cells.append("" if column.kind in {"text", "code"} else None)
    formula = (Span(0, len(rows) - 1),) if rows else ()
    return [*rows, Row(tuple(cells), "total", formula=formula)]


def by_village(
    gathered: Gathered, columns: tuple[Column, ...], cells: Callable[[VillageMonth], tuple[Value, ...]]
) -> list[Row]:
    """A row for each village that handed the month over, its code and name first, and the total."""
    rows = [Row((one.code, one.name, *cells(one))) for one in gathered.there]
    return with_total((VILLAGE_CODE, VILLAGE, *columns), rows, at=1)


VILLAGE_CODE = Column("village", "村编码", "code", 13, shown=False)
VILLAGE = Column("name", "村", "text", 28)


def percent(part: int, whole: int) -> str:
    """A share to a hundredth of a per cent, rounded half away from zero: 12.34%; — of nothing."""
    if not whole:
        return "—"
    sign = "-" if (part < 0) != (whole < 0) and part else ""
    scaled = (abs(part) * 20_000 // abs(whole) + 1) // 2
    return f"{sign}{scaled // 100}.{scaled % 100:02d}%"
