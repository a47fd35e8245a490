from tests.builders import a_voucher
from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.asset_expensed import RULE


def charged(summary, fen=2_000_00):
    return a_case(a_voucher(3, "2025-05-06", ("51303", fen), ("101", -fen), summary=summary))


def test_a_computer_among_the_office_expenses_is_a_hit():
    (hit,) = hits(RULE, charged("购办公室电脑1台"))
    assert hit.text == "2025-05 记-3 像是购置资产，却直接列了支出 2,000.00 元（管理费用-办公费）：购办公室电脑1台"
    assert hit.amount_fen == 2_000_00


def test_small_purchases_repairs_and_other_things_are_left_alone():
    assert subjects(RULE, charged("购办公室电脑1台", 1_999_99)) == []
    assert subjects(RULE, charged("购空调配件")) == []
    assert subjects(RULE, charged("购办公用品")) == []
    assert subjects(RULE, charged("电脑培训费")) == []
