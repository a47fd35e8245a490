"""干部借款: advances to officers are settled within days, and the collective lends its officers nothing
(农村集体经济组织法 art. 35). Reference list no. 50 (3 days or a month).
"""

from collections.abc import Iterator

from .accounts import dealings, money
from .balances import beginning, unsettled_debits
from .model import Case, Hit, Rule, Values
from .persons import PEOPLE, officers
from .telling import line_label, told_day
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each payment to an officer's own 往来户 that nothing has settled for so many days."""
    accounts, people = dealings(case), officers(case, case.last_day)
    if not accounts or not people:
        return
    owing = [
        one
        for one in case.ledger.balances(case.start, case.end)
        if one.account.startswith(accounts) and one.closing_fen > 0 and any(item.name in people for item in one.items)
    ]
    if not owing:
        return
    paying = {
        line.voucher
        for line in case.ledger.lines(beginning(case), case.end, money(case))
        if line.credit_fen > 0 or line.debit_fen < 0
    }
    for one in owing:
        name = next(item.name for item in one.items if item.name in people)
        for left in unsettled_debits(case, one.account, one.items):
            line = left.line
            if line is None or line.voucher not in paying:
                continue
            days = (case.last_day - line.day).days
            if days > values["days"] and left.fen >= max(values["yuan"], 1):
                label = line_label(line)
                yield Hit(
                    f"凭证 {label} {line.position}",
                    f"{name}（{people[name]}）{told_day(line.day)} 支取 {yuan(line.debit_fen)}（{line.summary}），"
                    f"过了 {days} 天还有 {yuan(left.fen)}没有报账或者归还",
                    (
                        ("科目", case.ledger.chart.full_name(line.account)),
                        ("未还", yuan(left.fen)),
                        ("天数", str(days)),
                    ),
                    left.fen,
                    (label,),
                )


RULE = Rule(
    "officer-advance",
    50,
    "干部借款不还",
    "干部借支备用金要限期报账归还，集体资金不得借给干部个人",
    "审计疑点清单第 50 项；农村集体经济组织法第三十五条",
    "高",
    check,
    ("days", "yuan"),
    (PEOPLE,),
)
