"""往来长期挂账: what others owe and are owed is settled, not carried on for years. Reference no. 49 (1, 3 years)."""

from collections.abc import Iterator

from .accounts import dealings
from .balances import member, unchanged
from .model import Case, Hit, Rule, Values
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each balance of some size that nothing moved in so many months."""
    old = {(account, items) for account, items, _ in unchanged(case, dealings(case), values["long_months"])}
    for account, items, fen in unchanged(case, dealings(case), values["months"]):
        if abs(fen) < values["yuan"]:
            continue
        months = values["long_months"] if (account, items) in old else values["months"]
        name, who = case.ledger.chart.full_name(account), member(items)
        owes = f"欠村里 {yuan(fen)}" if fen > 0 else f"村里欠它 {yuan(-fen)}"
        yield Hit(
            f"往来户 {account} {who}",
            f"{name}：{who}{owes}，{months} 个月以上没有变动",
            (("科目", f"{account} {name}"), ("余额", f"{'借' if fen > 0 else '贷'}方 {yuan(abs(fen))}")),
            abs(fen),
        )


RULE = Rule(
    "long-hanging",
    49,
    "往来长期挂账",
    "往来款项要及时清理，不得长期挂账",
    "审计疑点清单第 49 项",
    "中",
    check,
    ("months", "long_months", "yuan"),
)
