"""Parcels of collective land (资源性资产): their cards, and how much of a parcel is under contract at any time.

Areas are integer hundredths of a mu. A parcel exists from the day it begins up to, not including, the day it ends.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from .area import format_mu
from .geojson import MultiPolygon
from .problems import Problem

LAND_CLASSES = ("耕地", "园地", "林地", "草地", "水面", "四荒", "建设用地", "其他")
HOUSEHOLD, COLLECTIVE, LET, IDLE, OCCUPIED = "家庭承包", "集体经营", "对外发包", "闲置", "被占"
MANAGEMENTS = (HOUSEHOLD, COLLECTIVE, LET, IDLE, OCCUPIED)
"""Who works the land: households by 家庭承包, the collective itself, a contractor or lessee, nobody, or an occupier."""

CODE_LENGTH, TEXT_LENGTH = 30, 200
_FORBIDDEN = frozenset(" \t\r\n,;，；、\"'“”")


class Parcel(NamedTuple):
    """One parcel's card (地块台账).

    `east`…`north` are the four boundaries (四至) in words, `boundary` the outline on the map. `household_x100` is the
    area contracted to households (家庭承包, 农村土地承包法 art. 21) without a contract of its own in the book.
    `holder` says who works it, `proof` is the ownership document (权属证明). `ended` None: it still exists.
    """

    code: str
    name: str
    land_class: str
    area_x100: int
    began: date
    location: str = ""
    east: str = ""
    south: str = ""
    west: str = ""
    north: str = ""
    land_use: str = ""
    owner: str = ""
    proof: str = ""
    management: str = COLLECTIVE
    household_x100: int = 0
    holder: str = ""
    note: str = ""
    ended: date | None = None
    boundary: MultiPolygon = ()

    def exists_on(self, day: date) -> bool:
        """Whether the parcel exists on a day."""
        return self.began <= day and (self.ended is None or day < self.ended)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ContractedSpan(NamedTuple):
    """An area let from `start` to `end`, both days included (`end` None: open-ended). `label` names the contract."""

    start: date
    end: date | None
    area_x100: int
    label: str = ""

    def covers(self, day: date) -> bool:
        """Whether the contract runs on a day."""
        return self.start <= day and (self.end is None or day <= self.end)


class _Overrun(NamedTuple):
    start: date
    end: date | None
    peak_x100: int
    running: tuple[int, ...]


def check_contracted(parcel_area_x100: int, spans: Iterable[ContractedSpan]) -> tuple[Problem, ...]:
    """What is wrong with the contracts over one parcel; at no time may they cover more than the parcel has.

    `line` is the place of the span concerned among `spans`. Areas are hundredths of a mu.
    """
    given = tuple(spans)
    problems = []
    for index, span in enumerate(given):
        if span.area_x100 < 0:
            problems.append(Problem("area-negative", f"{_name(span)}的面积不能是负数", index, "area"))
        if span.end is not None and span.end < span.start:
            problems.append(Problem("span-reversed", f"{_name(span)}的结束日早于开始日", index, "end"))
    if problems:
        return tuple(problems)
    return tuple(_over(parcel_area_x100, given, overrun) for overrun in _overruns(parcel_area_x100, given))


def contracted_on(day: date, spans: Iterable[ContractedSpan]) -> int:
    """The area under contract on a day, in hundredths of a mu."""
    return sum(span.area_x100 for span in spans if span.covers(day))


def contracted_peak(spans: Iterable[ContractedSpan], since: date = date.min) -> int:
    """The largest area under contract on any day from `since` on, in hundredths of a mu."""
    given = tuple(span for span in spans if span.end is None or span.end >= since)
    peak = total = 0
    for day, changes in _changes(given):
        total += sum(given[index].area_x100 * sign for index, sign in changes)
        if day >= since:
            peak = max(peak, total)
    return max(peak, contracted_on(since, given))


def household_span(parcel: Parcel) -> ContractedSpan:
    """What households hold of a parcel, as a span to check together with its contracts."""
    return ContractedSpan(parcel.began, None, parcel.household_x100, HOUSEHOLD)


def _changes(spans: tuple[ContractedSpan, ...]) -> list[tuple[date, list[tuple[int, int]]]]:
    """The days on which what is under contract changes: places of the spans that begin (1) or have ended (-1)."""
    days: dict[date, list[tuple[int, int]]] = {}
    for index, span in enumerate(spans):
        days.setdefault(span.start, []).append((index, 1))
        if span.end is not None and span.end < date.max:
            days.setdefault(span.end + timedelta(days=1), []).append((index, -1))
    return sorted(days.items())


def _overruns(area_x100: int, spans: tuple[ContractedSpan, ...]) -> list[_Overrun]:
    """The stretches of days on which the spans together exceed the area, each with its worst moment."""
    found: list[_Overrun] = []
    running: set[int] = set()
    since: date | None = None
    total = peak = 0
    worst: tuple[int, ...] = ()
    for day, changes in _changes(spans):
        for index, sign in changes:
            total += spans[index].area_x100 * sign
            running = running | {index} if sign > 0 else running - {index}
        if total > area_x100:
            since = since or day
            if total > peak:
                peak, worst = total, tuple(sorted(index for index in running if spans[index].area_x100))
        elif since is not None:
            found.append(_Overrun(since, day - timedelta(days=1), peak, worst))
            since, peak = None, 0
    if since is not None:
        found.append(_Overrun(since, None, peak, worst))
    return found


def _over(area_x100: int, spans: tuple[ContractedSpan, ...], overrun: _Overrun) -> Problem:
    parts = "、".join(f"{_name(spans[index])} {format_mu(spans[index].area_x100)} 亩" for index in overrun.running)
    until = "当天" if overrun.start == overrun.end else f"至 {overrun.end}" if overrun.end else "起"
    newest = max(overrun.running, key=lambda index: (spans[index].start, index))
    return Problem(
        "over-contracted",
        f"{overrun.start} {until}，发包面积合计 {format_mu(overrun.peak_x100)} 亩，"
        f"超过地块面积 {format_mu(area_x100)} 亩（{parts}）。请核对面积或起止日期",
        newest,
        "area",
    )


def _name(span: ContractedSpan) -> str:
    return span.label or "这份合同"


def check_parcel(parcel: Parcel) -> tuple[Problem, ...]:
    """What is wrong with a card by itself; `field` is the name in `Parcel`."""
    problems = []
    if not parcel.code:
        problems.append(Problem("code", "请填地块编号", field="code"))
    elif len(parcel.code) > CODE_LENGTH or _FORBIDDEN & set(parcel.code) or not parcel.code.isprintable():
        text = f"地块编号“{parcel.code}”不对：不超过 {CODE_LENGTH} 个字，不含空格、引号、逗号、分号和顿号"
        problems.append(Problem("code", text, field="code"))
    if not parcel.name.strip():
        problems.append(Problem("name", "请填地块名称", field="name"))
    if parcel.land_class not in LAND_CLASSES:
        text = f"地类“{parcel.land_class}”不对，只能是：{'、'.join(LAND_CLASSES)}"
        problems.append(Problem("land-class", text, field="land_class"))
    if parcel.area_x100 < 0:
        problems.append(Problem("area", "面积不能是负数", field="area_x100"))
    if parcel.management not in MANAGEMENTS:
        text = f"经营方式“{parcel.management}”不对，只能是：{'、'.join(MANAGEMENTS)}"
        problems.append(Problem("management", text, field="management"))
    problems += _check_household(parcel)
    if parcel.ended is not None and parcel.ended < parcel.began:
        problems.append(Problem("ended", "终止日期早于登记日期", field="ended"))
    for field, title in _TEXTS.items():
        if len(getattr(parcel, field)) > TEXT_LENGTH:
            problems.append(Problem("too-long", f"{title}太长，最多 {TEXT_LENGTH} 个字", field=field))
    return tuple(problems)


_TEXTS = {
    "name": "地块名称",
    "location": "坐落",
    "east": "东至",
    "south": "南至",
    "west": "西至",
    "north": "北至",
    "land_use": "用途",
    "owner": "权属单位",
    "proof": "权属证明",
    "holder": "经营者",
    "note": "备注",
}


def _check_household(parcel: Parcel) -> list[Problem]:
    household, area = parcel.household_x100, parcel.area_x100
    if household < 0:
        return [Problem("household", "承包到户面积不能是负数", field="household_x100")]
    if household > area >= 0:
        text = f"承包到户面积 {format_mu(household)} 亩超过地块面积 {format_mu(area)} 亩"
        return [Problem("household", text, field="household_x100")]
    if household and parcel.management != HOUSEHOLD:
        text = f"填了承包到户面积，经营方式应是“{HOUSEHOLD}”，现在是“{parcel.management}”"
        return [Problem("household", text, field="management")]
    if parcel.management == HOUSEHOLD and not household and area > 0:
        return [Problem("household", f"经营方式是“{HOUSEHOLD}”，请填承包到户面积", field="household_x100")]
    return []
