from datetime import date

from tests.rules.desk_b import a_case, an_asset, hits, subjects
from village_ledger.rules.idle_asset import RULE


def case_of(changed=None, start="2025-01", end="2025-12", **cells):
    changes = [{"code": "ZC1", "date": changed, "reason": "停用；状态改为闲置"}] if changed else []
    card = an_asset("ZC1", status="闲置", **cells)
    return a_case(fixed_asset_register=[card], asset_changes=changes, start=start, end=end)


def test_what_was_idle_before_the_year_began_is_a_hit_at_its_end():
    (hit,) = hits(RULE, case_of())
    assert hit.text == "资产 ZC1 旧粮仓从2025-01-01 以前起闲置，已有 12 个月以上，原值 100,000.00 元"


def test_what_is_idle_for_less_than_twelve_months_as_far_as_is_known_is_left_alone():
    assert subjects(RULE, case_of(end="2025-11")) == []
    assert subjects(RULE, case_of(changed=date(2025, 1, 2))) == []
    assert subjects(RULE, case_of(changed=date(2024, 12, 31), start="2024-07")) == ["资产 ZC1"]
    assert subjects(RULE, case_of(acquired=date(2025, 2, 1))) == []


def test_small_things_are_left_alone():
    assert subjects(RULE, case_of(original=4_999_99)) == []
