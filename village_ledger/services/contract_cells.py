"""Reading the cells of a contract register as townships keep it: prices, growth, payment cycles."""

import re
from datetime import date

from ..domain.area import AreaError, parse_mu
from ..domain.contract import ADVANCE, ARREARS, CYCLES, FIXED, LISTED, SHARE, STEPPED, Payment, Price, Step
from ..domain.contract_schedule import ONE_DAY, lease_years, months_later, stepped
from .cells import CellError, read_day, read_fen

_CYCLES = {
    "月": 1,
    "季": 3,
    "季度": 3,
    "半年": 6,
    "年": 12,
    "一年": 12,
    "两年": 24,
    "二年": 24,
    "三年": 36,
    "五年": 60,
    "一次": 0,
    "一次性": 0,
    "一次付清": 0,
    "一次性付清": 0,
    "两月": 2,
    "两个月": 2,
}
_GROWTH = re.compile(
    r"每(?P<years>[\d一二两三四五六七八九十]+)年(?:递增|增加|上涨|上浮)(?P<much>[\d.,]+)(?P<unit>%|％|元)"
)
_STEP = re.compile(r"第(?P<year>\d+)年起[:：]?(?P<rent>[\d.,]+)元?")
_NUMBERS = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


def optional_day(text: str) -> date | None:
    """A date, or None for an empty cell."""
    return read_day(text) if text else None


def read_area(text: str) -> int:
    """An area in mu as hundredths; an empty cell is 0."""
    try:
        return parse_mu(text) if text else 0
    except AreaError as error:
        raise CellError(str(error)) from None


def read_cycle(text: str) -> int:
    """How often the rent is paid: 月, 季, 半年, 年, 两年… or 一次付清; by the year when nothing is said."""
    plain = text.strip().removeprefix("按").removeprefix("每").removesuffix("付").removesuffix("交").strip()
    if not plain:
        return 12
    if plain not in _CYCLES:
        raise CellError(f"付款周期“{text}”看不懂，可以填：{'、'.join(CYCLES.values())}")
    return _CYCLES[plain]


def read_percent(text: str) -> int:
    """A percentage as basis points: `30%`, `12.5`."""
    plain = text.strip().rstrip("%％").strip()
    try:
        hundredths = read_fen(plain)
    except CellError:
        raise CellError(f"比例“{text}”不对，请写成 30% 这样的形式") from None
    return hundredths


def read_steps(text: str, annual_fen: int, start: date, end: date) -> tuple[Step, ...]:
    """The yearly rents: `每3年递增5%`, `每2年增加200元`, or `第4年起11000;第7年起12100`."""
    plain = "".join(text.split())
    if not plain or plain in {"无", "不递增", "固定"}:
        return (Step(1, annual_fen),)
    if match := _GROWTH.fullmatch(plain):
        years = match["years"]
        every = int(years) if years.isdigit() else _NUMBERS.get(years, 0)
        if not every:
            raise CellError(f"递增“{text}”的年数看不懂")
        term = sum(1 for _ in lease_years(start, end))
        if match["unit"] == "元":
            return stepped(annual_fen, term, every, amount_fen=read_fen(match["much"]))
        return stepped(annual_fen, term, every, rate_bp=read_percent(match["much"]))
    steps = [Step(1, annual_fen)]
    for part in filter(None, re.split("[;；，]", plain)):
        found = _STEP.fullmatch(part)
        if not found:
            raise CellError(f"递增“{text}”看不懂，请写成“每3年递增5%”“每3年增加200元”或“第4年起11000;第7年起12100”")
        steps.append(Step(int(found["year"]), read_fen(found["rent"])))
    return tuple(steps)


def read_payments(text: str) -> tuple[Payment, ...]:
    """`2025-03-01:30000;2025-09-01:70000` as payments."""
    found = []
    for part in filter(None, (piece.strip() for piece in text.replace("；", ";").replace("：", ":").split(";"))):
        day, colon, amount = part.partition(":")
        if not colon:
            raise CellError(f"分期付款“{text}”看不懂，请写成“2025-03-01:30000;2025-09-01:70000”")
        found.append(Payment(read_day(day.strip()), read_fen(amount.strip())))
    return tuple(found)


def read_price(cells: dict[str, str], start: date, end: date, area_x100: int) -> Price:
    """The price a row describes: 分期付款, or 年租金 (or 单价 by 面积) with 递增, 分成比例 and the payment dates."""
    if cells.get("分期付款"):
        return Price(LISTED, payments=read_payments(cells["分期付款"]))
    annual = read_fen(cells.get("年租金", ""))
    if not annual and cells.get("单价"):
        annual = (2 * read_fen(cells["单价"]) * area_x100 + 100) // 200
    cycle = read_cycle(cells.get("付款周期", ""))
    timing = cells.get("付款时间", "") or ADVANCE
    if timing not in (ADVANCE, ARREARS):
        raise CellError(f"付款时间“{timing}”不对，只能填“{ADVANCE}”或“{ARREARS}”")
    offset = 0
    if first := optional_day(cells.get("首期应付日", "")):
        anchor = start
        if timing == ARREARS:
            anchor = min(months_later(start, cycle) - ONE_DAY, end) if cycle else end
        offset = (first - anchor).days
    if cells.get("分成比例"):
        return Price(SHARE, (Step(1, annual),), cycle, timing, offset, read_percent(cells["分成比例"]))
    if not annual:
        raise CellError("没有租金：请填“年租金”，或“单价”和“面积”，或“分期付款”")
    steps = read_steps(cells.get("递增", ""), annual, start, end)
    return Price(STEPPED if len(steps) > 1 else FIXED, steps, cycle, timing, offset)
