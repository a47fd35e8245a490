"""对外借款: no new debt without a vote of the members (农村集体经济组织法 art. 26). Reference list no. 52; many places
bar new debt of villages altogether.
"""

from collections.abc import Iterator

from .accounts import codes_named, money
from .model import Case, Hit, Rule, Values
from .payments import standing_vouchers, voucher_label
from .votes import DECISIONS, voted
from .wording import yuan

LOANS = ("短期借款", "长期借款及应付款")


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each voucher that borrows money without a valid decision on borrowing that covers it."""
    loans, funds = codes_named(case.ledger.chart, *LOANS), money(case)
    if not loans:
        return
    for one in standing_vouchers(case):
        borrowed = sum(line.credit_fen - line.debit_fen for line in one.lines if line.account.startswith(loans))
        received = any(line.debit_fen > 0 and line.account.startswith(funds) for line in one.lines)
        if borrowed <= values["yuan"] or not received:
            continue
        if not voted(case, values["matters"], borrowed, one.day):
            label = voucher_label(one)
            yield Hit(
                f"凭证 {label}",
                f"{label} 借入 {yuan(borrowed)}，决策台账里没有此前成立并且够数的借款决议：{one.lines[0].summary}",
                (("摘要", one.lines[0].summary), ("借入", yuan(borrowed))),
                borrowed,
                (label,),
            )


RULE = Rule(
    "borrowing-without-vote",
    52,
    "借款未议决",
    "对外借款要经成员（村民）会议或者代表会议决定",
    "审计疑点清单第 52 项；农村集体经济组织法",
    "高",
    check,
    ("yuan", "matters"),
    (DECISIONS,),
)
