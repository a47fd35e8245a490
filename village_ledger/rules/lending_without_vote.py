"""出借资金: collective money is not lent without a vote. Reference list no. 52. Guarantees are not in the books."""

from collections.abc import Iterator

from .accounts import money
from .model import Case, Hit, Rule, Values
from .payments import standing_vouchers, voucher_label
from .votes import DECISIONS, voted
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each voucher that pays money to a 往来户 under a summary of lending, without a valid decision on it."""
    owing = (*case.roles.receivable, *case.roles.two_sided)
    funds = money(case)
    if not owing:
        return
    for one in standing_vouchers(case):
        lent = [
            line
            for line in one.lines
            if line.account.startswith(owing)
            and line.debit_fen > 0
            and any(word in line.summary for word in values["words"])
        ]
        amount = sum(line.debit_fen for line in lent)
        paid = any(line.credit_fen > 0 and line.account.startswith(funds) for line in one.lines)
        if not paid or amount <= values["yuan"]:
            continue
        if not voted(case, values["matters"], amount, one.day):
            label = voucher_label(one)
            who = "、".join(dict.fromkeys(item.name for line in lent for item in line.items)) or "未写明"
            yield Hit(
                f"凭证 {label}",
                f"{label} 借出 {yuan(amount)}（借款人：{who}），决策台账里没有出借资金的决议：{lent[0].summary}",
                (("摘要", lent[0].summary), ("借款人", who), ("借出", yuan(amount))),
                amount,
                (label,),
            )


RULE = Rule(
    "lending-without-vote",
    52,
    "出借资金未议决",
    "集体资金出借要经成员（村民）会议或者代表会议决定",
    "审计疑点清单第 52 项",
    "高",
    check,
    ("yuan", "words", "matters"),
    (DECISIONS,),
)
