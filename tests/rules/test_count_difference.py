from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.count_difference import RULE


def case_of(**cells):
    row = {"code": "ZC1", "name": "水泵", "unit": "台", "missing": None, "surplus": None, "missing_net": 0, "note": ""}
    return a_case(asset_count=[row | cells])


def test_what_is_missing_and_what_has_no_card_are_hits():
    (missing,) = hits(RULE, case_of(missing=2_000, missing_net=1_500_00))
    assert missing.text == "盘点时资产 ZC1 水泵 少了 2 台，净值 1,500.00 元"
    (surplus,) = hits(RULE, case_of(surplus=1_500, surplus_value=800_00))
    assert surplus.text == "盘点时发现账外的资产 ZC1 水泵 1.5 台，估值 800.00 元"


def test_a_count_that_agrees_is_left_alone():
    assert subjects(RULE, case_of()) == []
    assert subjects(RULE, case_of(missing=0, surplus=0)) == []
