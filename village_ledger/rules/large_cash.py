"""Above the settlement threshold money goes by bank; cash is for people's pay and allowances, relief and travel
(现金管理暂行条例: 结算起点). Looked for: a payment from the till above the bound for anything else.
"""

from collections.abc import Iterator

from .model import Case, Hit, Rule, Values
from .payments import cited, only_for, payments
from .wording import named, yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a payment."""
    for one in payments(case):
        if one.cash_fen > values["limit"] and not only_for(case, values["allowed"], one):
            payees = named("、".join(one.payees[:3]))
            yield Hit(
                f"凭证 {one.label}",
                f"{one.day} 用现金付给{payees} {yuan(one.cash_fen)}，超过现金支付界限 {yuan(values['limit'])}，"
                f"应当转账：{one.summary}",
                (cited(one), ("其中现金", yuan(one.cash_fen)), ("界限", yuan(values["limit"]))),
                one.cash_fen,
                (one.label,),
            )


RULE = Rule(
    "large-cash",
    3,
    "大额现金",
    "超过结算起点的付款应当通过银行转账，发给个人的报酬、补贴、慰问和差旅除外。",
    "现金管理暂行条例（结算起点）；审计疑点清单第3条",
    "中",
    check,
    ("limit", "allowed"),
)
