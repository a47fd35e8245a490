"""Goods last year, cash this year."""

from tests.rules.desk_a import WELFARE, a_case, hits, paid
from village_ledger.rules.welfare_turned_cash import RULE


def years(before: str, now: str):
    vouchers = (
        paid(1, "2024-09-10", 53_096_00, account=WELFARE, summary=before),
        paid(2, "2025-09-10", 252_000_00, account=WELFARE, summary=now),
    )
    return a_case(*vouchers, since="2024-01")


def test_welfare_that_turned_from_goods_to_cash_is_named():
    (hit,) = hits(RULE, years("购中秋月饼、大米", "发放中秋慰问金"))
    assert hit.text == "公益支出-救济慰问上年同期发的是实物，2025年改发现金 252,000.00 元，要核对名单和签领"
    assert hit.vouchers == ("2025-09 记-2",)
    assert ("上年同期", "购中秋月饼、大米") in hit.evidence


def test_what_stayed_as_it_was_is_not():
    for before, now in (
        ("发放慰问金", "发放慰问金"),
        ("购月饼", "购月饼"),
        ("发放慰问金", "购月饼"),
        ("付春联款", "发放慰问金"),
    ):
        assert hits(RULE, years(before, now)) == ()
