"""未竞价: land and buildings of some worth are let by open bidding. Reference list no. 35 (what a contract needs)."""

from collections.abc import Iterator

from . import cells
from .contracts import REGISTER, signed_on, subject_of, tenancies, told
from .model import Case, Hit, Rule, Values
from .telling import told_day
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each contract signed in the months looked at that reaches the bound and was not awarded openly."""
    for row in tenancies(case):
        signed, total, award = signed_on(row), cells.fen(row, "total"), cells.text(row, "award")
        if signed is None or not case.start.first_day <= signed <= case.last_day:
            continue
        if total >= values["yuan"] and award not in values["open"]:
            yield Hit(
                subject_of(row),
                f"{told(row)} {told_day(signed)} 签订，总额 {yuan(total)}，"
                f"{'交易方式是' + award if award else '没有登记交易方式'}，没有公开竞价",
                (("签订", told_day(signed)), ("交易方式", award or "未登记"), ("合同总额", yuan(total))),
                total,
            )


RULE = Rule(
    "award-not-open",
    35,
    "发包未竞价",
    "达到金额的资产资源发包、出租应当公开竞价或者招标",
    "审计疑点清单第 35 项",
    "中",
    check,
    ("yuan", "open"),
    (REGISTER,),
)
