"""Nobody who works for the village holds its money for others (农村集体经济组织法第四十四条: 公款私存). Looked for: a
payment to one of them whose summary says it is passed on or kept (代收, 转存 …).
"""

from collections.abc import Iterator

from .model import Case, Hit, Rule, Values
from .payments import cited, payments, shares_of
from .relations import staff
from .wording import word_in, yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a voucher and person."""
    people = staff(case)
    for one, share in shares_of(payments(case)):
        word = word_in(values["words"], share.summary)
        if share.payee in people and word and share.fen > 0:
            yield Hit(
                f"凭证 {one.label} {share.payee}",
                f"{one.day} 付给村干部（财务人员）{share.payee} {yuan(share.fen)}，摘要写着“{word}”，"
                f"集体的钱不能由个人代收、保管：{share.summary}",
                (cited(one, share.fen), ("收款人", share.payee)),
                share.fen,
                (one.label,),
            )


RULE = Rule(
    "money-kept-by-staff",
    8,
    "个人代收代存",
    "村干部和财务人员不得代收、转存集体资金。",
    "农村集体经济组织法第四十四条；审计疑点清单第8条",
    "高",
    check,
    ("words",),
    ("people-register",),
)
