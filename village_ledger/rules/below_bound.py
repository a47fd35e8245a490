"""Amounts crowd just below an approval bound when people write slips to fit it (村级财务开支审批制度). Looked for: many
more slips within a few per cent below a bound than within the same distance above.
"""

from collections.abc import Iterator

from .model import Case, Hit, Rule, Values
from .payments import cited_all, payments
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a bound."""
    found = payments(case)
    for bound in values["bounds"]:
        width = bound * values["margin"]
        below = [one for one in found if bound * 100 - width <= one.fen * 100 < bound * 100]
        above = [one for one in found if bound * 100 <= one.fen * 100 <= bound * 100 + width]
        if len(below) >= values["least"] and len(below) > values["times"] * len(above):
            yield Hit(
                f"界限 {yuan(bound)}",
                f"金额在审批界限 {yuan(bound)}以下 {values['margin']}% 以内的付款有 {len(below)} 笔，刚过界限的只有 "
                f"{len(above)} 笔，像是卡着界限开单",
                cited_all(below),
                sum(one.fen for one in below),
                tuple(one.label for one in below),
            )


RULE = Rule(
    "below-bound",
    2,
    "卡线支出",
    "支出金额应据实，不得卡着审批界限开单。",
    "村级财务开支审批制度（各地）；审计疑点清单第2条",
    "中",
    check,
    ("bounds", "margin", "times", "least"),
)
