"""Spending rests on a tax invoice, a fiscal receipt or a unified receipt, not on a slip of paper
(村集体经济组织会计制度: 原始凭证). Looked for: a payment whose only papers are such slips (白条), above a small sum.
"""

from collections.abc import Iterator

from village_ledger.domain.source_document import NUMBERED, SLIP

from . import cells
from .model import Case, Hit, Rule, Values
from .payments import cited, payments
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a voucher."""
    for one in payments(case):
        slips = [row for row in one.documents if cells.text(row, "kind") == SLIP]
        total = sum(cells.fen(row, "amount") for row in slips)
        if total > values["limit"] and not any(cells.text(row, "kind") in NUMBERED for row in one.documents):
            who = "、".join(dict.fromkeys(cells.text(row, "issuer") for row in slips))
            yield Hit(
                f"凭证 {one.label}",
                f"{one.day} 付 {yuan(one.fen)}只有白条 {len(slips)} 张（{who}，{yuan(total)}），"
                "没有税务发票、财政票据或统一收据："
                f"{one.summary}",
                (
                    cited(one),
                    *(
                        (
                            f"白条 {cells.text(row, 'issuer')}",
                            f"{cells.text(row, 'day')} {yuan(cells.fen(row, 'amount'))}",
                        )
                        for row in slips
                    ),
                    ("界限", yuan(values["limit"])),
                ),
                total,
                (one.label,),
            )


RULE = Rule(
    "slips-for-invoices",
    6,
    "白条入账",
    "支出应当取得税务发票、财政票据或农村集体经济组织统一收据，不得以白条入账。",
    "农村集体经济组织财务制度（原始凭证）；审计疑点清单第6条",
    "高",
    check,
    ("limit",),
    ("document-register",),
)
