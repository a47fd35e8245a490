"""收入漏记: a kind of income the village had last year does not vanish without a reason. Reference list no. 39."""

from collections import defaultdict
from collections.abc import Iterator

from village_ledger.domain.period import Period

from .model import Case, Hit, Rule, Values
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each income account that had as much in the same months of last year, and nothing in these."""
    before = case.start.plus(-12)
    if case.ledger.entity.first_period > before:
        return
    chart = case.ledger.chart
    last_year, this_year = _income(case, before, case.end.plus(-12)), _income(case, case.start, case.end)
    for account, fen in sorted(last_year.items()):
        if fen >= max(values["yuan"], 1) and this_year.get(account, 0) <= 0:
            name = chart.full_name(account)
            span = f"{before.label}至{case.end.plus(-12).label}"
            yield Hit(
                f"科目 {account}",
                f"{name}上年同期（{span}）有收入 {yuan(fen)}，本期一笔也没有",
                (("科目", f"{account} {name}"), ("上年同期", yuan(fen)), ("本期", yuan(this_year.get(account, 0)))),
                fen,
            )


def _income(case: Case, start: Period, end: Period) -> dict[str, int]:
    chart = case.ledger.chart
    found: defaultdict[str, int] = defaultdict(int)
    for row in case.ledger.balances(start, end):
        account = chart.get(row.account)
        if account and account.is_profit_and_loss and account.side == "credit":
            found[row.account] += row.credit_fen - row.carried_credit_fen - row.debit_fen + row.carried_debit_fen
    return dict(found)


RULE = Rule(
    "income-missing",
    39,
    "收入项目中断",
    "上年有的收入今年没有了，要说明原因，防止收入不入账",
    "审计疑点清单第 39 项",
    "低",
    check,
    ("yuan",),
)
