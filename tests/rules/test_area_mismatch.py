from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.area_mismatch import RULE


def case_of(area, held):
    row = {"code": "GD1", "name": "东畈", "class": "耕地", "area_mu_x100": area, "contracted_x100": held}
    return a_case(resource_register=[row])


def test_more_contracted_than_there_is_is_a_hit():
    (hit,) = hits(RULE, case_of(96_58, 100_00))
    assert hit.text == "地块 GD1 东畈登记面积 96.58 亩，承包和发包的面积合计 100.00 亩，多出 3.42 亩"


def test_the_whole_parcel_and_what_is_within_the_tolerance_are_left_alone():
    assert subjects(RULE, case_of(96_58, 96_58)) == []
    assert subjects(RULE, case_of(100_00, 102_00), share=2) == []
    assert subjects(RULE, case_of(100_00, 102_01), share=2) == ["地块 GD1"]
