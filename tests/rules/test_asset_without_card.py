from tests.builders import a_voucher
from tests.rules.desk_b import a_case, an_asset, hits, red_letter, subjects
from village_ledger.rules.asset_without_card import RULE

BOUGHT = a_voucher(25, "2025-08-28", ("151", 6_850_00), ("102", -6_850_00), summary="购投影设备")


def case_of(*vouchers, cards=(), changes=()):
    return a_case(*vouchers, fixed_asset_register=cards, asset_changes=changes)


def test_a_purchase_no_card_names_is_a_hit():
    (hit,) = hits(RULE, case_of(BOUGHT))
    assert hit.vouchers == ("2025-08 记-25",)
    assert hit.text == "2025-08 记-25 增加固定资产 6,850.00 元，没有对应的资产卡片：购投影设备"


def test_a_card_or_a_change_that_names_the_voucher_will_do():
    assert subjects(RULE, case_of(BOUGHT, cards=[an_asset("ZC1", voucher="2025-08 记-25")])) == []
    assert subjects(RULE, case_of(BOUGHT, changes=[{"code": "ZC1", "voucher": "2025-08 记-25"}])) == []


def test_small_sums_moves_between_assets_and_cancelled_purchases_are_left_alone():
    small = a_voucher(1, "2025-08-01", ("151", 1_999_99), ("102", -1_999_99))
    moved = a_voucher(2, "2025-08-02", ("151", 9_000_00), ("151", -9_000_00))
    assert subjects(RULE, case_of(small, moved, BOUGHT, red_letter(30, "2025-08-30", BOUGHT))) == []
