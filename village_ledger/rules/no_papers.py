"""Every payment has its papers attached; only corrections need none (会计基础工作规范第五十一条). Looked for: a
payment above a small sum whose voucher says it has no attachments, and is no correction by its summary.
"""

from collections.abc import Iterator

from .model import Case, Hit, Rule, Values
from .payments import cited, payments
from .wording import word_in, yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a voucher."""
    for one in payments(case):
        bare = one.attachments == 0 and not one.documents
        if bare and one.fen > values["limit"] and not word_in(values["corrections"], one.summary):
            yield Hit(
                f"凭证 {one.label}",
                f"{one.day} 付 {yuan(one.fen)}的凭证附件为 0 张，也没有登记票据：{one.summary}",
                (cited(one), ("附件", "0 张"), ("界限", yuan(values["limit"]))),
                one.fen,
                (one.label,),
            )


RULE = Rule(
    "no-papers",
    6,
    "付款没有附件",
    "付款凭证必须附有原始凭证，更正错误的除外。",
    "会计基础工作规范第五十一条；审计疑点清单第6条",
    "中",
    check,
    ("limit", "corrections"),
)
