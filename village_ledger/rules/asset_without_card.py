"""账外资产: what is booked as a fixed asset has a card. Reference list no. 41 (from 2,000 yuan)."""

from collections.abc import Iterator

from . import cells
from .accounts import codes_named
from .model import Case, Hit, Rule, Values
from .payments import standing_vouchers, voucher_label
from .wording import yuan

CARDS = "fixed-asset-register"
CHANGES = "asset-changes"


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each voucher that debits fixed assets and that no card and no change of a card names."""
    assets = codes_named(case.ledger.chart, "固定资产")
    if not assets:
        return
    named = {
        cells.text(row, key)
        for row in (*case.rows(CARDS), *case.rows(CHANGES))
        for key in ("voucher", "settlement")
        if cells.text(row, key)
    }
    for one in standing_vouchers(case):
        amount = sum(line.debit_fen - line.credit_fen for line in one.lines if line.account.startswith(assets))
        label = voucher_label(one)
        if amount >= max(values["yuan"], 1) and label not in named:
            yield Hit(
                f"凭证 {label}",
                f"{label} 增加固定资产 {yuan(amount)}，没有对应的资产卡片：{one.lines[0].summary}",
                (("摘要", one.lines[0].summary), ("金额", yuan(amount))),
                amount,
                (label,),
            )


RULE = Rule(
    "asset-without-card",
    41,
    "资产没有卡片",
    "购建的固定资产要登记资产卡片，做到账卡相符",
    "审计疑点清单第 41 项",
    "中",
    check,
    ("yuan",),
    (CARDS,),
)
