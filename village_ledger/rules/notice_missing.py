"""公开缺失: months with business are disclosed (农村集体经济组织财务公开规定). Reference list no. 55."""

from collections.abc import Iterator
from datetime import timedelta

from village_ledger.domain.period import Period

from . import cells
from .model import Case, Hit, Rule, Values
from .telling import told_day

REGISTER = "notice-register"
MONTH, QUARTER, SPECIAL = "月度", "季度", "专项"


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each month with vouchers that no notice covers by the day it should be up; whole quarters where the
    village discloses by the quarter.
    """
    rows = [row for row in case.rows(REGISTER) if cells.text(row, "edition") != SPECIAL]
    covered = {month for row in rows for month in _months(cells.text(row, "from"), cells.text(row, "to"))}
    editions = {cells.text(row, "edition") for row in rows}
    by_quarter = QUARTER in editions and MONTH not in editions
    booked = {one.period for one in case.ledger.vouchers(case.start, case.end)}
    for month in case.start.through(case.end):
        last = month.plus((3 - month.month % 3) % 3) if by_quarter else month
        due = last.last_day + timedelta(days=values["days"])
        if month in booked and month not in covered and due <= case.last_day:
            yield Hit(
                f"公开 {month}",
                f"{month.label}的账目没有做公开榜，最迟应在 {told_day(due)} 张榜",
                (("月份", str(month)), ("应张榜", told_day(due)), ("公开周期", "按季" if by_quarter else "按月")),
            )


def _months(first: str, last: str) -> Iterator[Period]:
    try:
        yield from Period.parse(first).through(Period.parse(last))
    except ValueError:
        return


RULE = Rule(
    "notice-missing",
    55,
    "账目未公开",
    "财务收支要按月或者按季公开",
    "审计疑点清单第 55 项；农村集体经济组织财务公开规定",
    "中",
    check,
    ("days",),
    (REGISTER,),
)
