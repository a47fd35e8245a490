"""Nobody can pay out more than there is: a till or bank account below zero at the end of a day means that entries were
written up later, or not at all (会计法: 以实际发生的经济业务为依据). Looked for: day-end balances below zero.
"""

from collections.abc import Iterator

from .day_balances import day_balances, labels_by_day, place_name
from .model import Case, Hit, Rule, Values
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a till or bank account."""
    accounts = case.cash + case.bank
    labels = labels_by_day(case, accounts)
    for place, days in day_balances(case, accounts).items():
        below = [(day, fen) for day, fen in days if fen < 0]
        if below:
            day, fen = min(below, key=lambda one: one[1])
            kind = "现金" if place[0].startswith(case.cash) else "银行存款"
            yield Hit(
                f"{place_name(case, place)} {below[0][0]} 起",
                f"{place_name(case, place)}在 {below[0][0]} 等 {len(below)} 个日终为负数，"
                f"最低 {day} 为 {yuan(fen)}，{kind}不可能付出比"
                "账上更多的钱，像是有收入没有入账或者凭证后补",
                tuple((str(when), yuan(what)) for when, what in below[:20]),
                -fen,
                labels.get(below[0][0], ()),
            )


RULE = Rule(
    "negative-money",
    5,
    "负现金、负银行存款",
    "现金和银行存款日记账日终余额不得为负数。",
    "会计法、现金管理暂行条例（日清月结）；审计疑点清单第5条",
    "高",
    check,
)
