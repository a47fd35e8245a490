"""账外资产: things that last are bought as assets, not as expenses. Reference list no. 41 (from 2,000 yuan)."""

from collections.abc import Iterator

from .accounts import spending
from .model import Case, Hit, Rule, Values
from .payments import standing_vouchers, voucher_label
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each voucher that charges expenses with as much under a summary that buys such a thing."""
    accounts = spending(case.ledger.chart)
    if not accounts:
        return
    for one in standing_vouchers(case):
        bought = [
            line
            for line in one.lines
            if line.account.startswith(accounts)
            and any(word in line.summary for word in values["things"])
            and any(word in line.summary for word in values["verbs"])
            and not any(word in line.summary for word in values["innocent"])
        ]
        amount = sum(line.debit_fen - line.credit_fen for line in bought)
        if bought and amount >= max(values["yuan"], 1):
            label, account = voucher_label(one), case.ledger.chart.full_name(bought[0].account)
            yield Hit(
                f"凭证 {label}",
                f"{label} 像是购置资产，却直接列了支出 {yuan(amount)}（{account}）：{bought[0].summary}",
                (("摘要", bought[0].summary), ("科目", account), ("金额", yuan(amount))),
                amount,
                (label,),
            )


RULE = Rule(
    "asset-expensed",
    41,
    "购置资产列作支出",
    "达到标准的设备、家具等应当作固定资产入账，不应直接列支",
    "审计疑点清单第 41 项",
    "中",
    check,
    ("yuan", "verbs", "things", "innocent"),
)
