"""The till keeps no more than the limit; what is above goes to the bank (现金管理暂行条例: 库存现金限额). Looked for:
more than the limit at the end of the day for longer than the days allowed.
"""

from collections.abc import Iterator
from datetime import date

from .day_balances import day_balances, place_name
from .model import Case, Hit, Rule, Values
from .wording import yuan

_Stretch = tuple[date, date, int, date]


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a stretch of days."""
    for place, days in day_balances(case, case.cash).items():
        for first, last, most, when in _stretches(days, values["limit"], case.last_day):
            length = (last - first).days + 1
            if length > values["days"]:
                yield Hit(
                    f"{place_name(case, place)} {first} 起",
                    f"{first} 至 {last} 连续 {length} 天库存现金超过限额 {yuan(values['limit'])}，"
                    f"最多的 {when} 有 {yuan(most)}",
                    (
                        ("超限期间", f"{first} 至 {last}，{length} 天"),
                        ("最高余额", f"{when} {yuan(most)}"),
                        ("限额", yuan(values["limit"])),
                    ),
                    most,
                )


def _stretches(days: list[tuple[date, int]], limit: int, end: date) -> Iterator[_Stretch]:
    """First and last day above the limit, the most there was and when. A balance stands until the next entry."""
    first: date | None = None
    most, when = 0, end
    for day, fen in days:
        if fen > limit:
            if first is None:
                first, most, when = day, fen, day
            elif fen > most:
                most, when = fen, day
        elif first is not None:
            yield first, date.fromordinal(day.toordinal() - 1), most, when
            first = None
    if first is not None:
        yield first, end, most, when


RULE = Rule(
    "cash-over-limit",
    4,
    "库存现金超限",
    "库存现金不得超过核定的限额，超过部分应当及时送存银行。",
    "现金管理暂行条例（库存现金限额）；审计疑点清单第4条",
    "中",
    check,
    ("limit", "days"),
)
