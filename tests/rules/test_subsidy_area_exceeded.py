from tests.rules.desk_b import a_benefit, a_case, hits, subjects
from village_ledger.rules.subsidy_area_exceeded import RULE

LAND = [
    {"code": "GD1", "class": "耕地", "area_mu_x100": 100_00},
    {"code": "LD1", "class": "林地", "area_mu_x100": 900_00},
]


def case_of(*areas, land=LAND, **cells):
    rows = [a_benefit(f"户{n}", 100_00, area_mu_x100=area, **cells) for n, area in enumerate(areas)]
    return a_case(benefit_register=rows, resource_register=land)


def test_more_land_on_the_list_than_the_village_has_is_a_hit():
    (hit,) = hits(RULE, case_of(60_00, 40_01))
    assert hit.text == "“2025年地力补贴”登记的面积合计 100.01 亩，超过全村耕地面积 100.00 亩"
    assert hit.amount_fen == 200_00


def test_all_of_the_land_other_kinds_and_an_empty_register_of_land_are_left_alone():
    assert subjects(RULE, case_of(60_00, 40_00)) == []
    assert subjects(RULE, case_of(60_00, 60_00, kind="征地补偿")) == []
    assert subjects(RULE, case_of(60_00, land=[])) == []
