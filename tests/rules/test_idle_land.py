from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.idle_land import RULE


def case_of(idle, kind="耕地"):
    row = {"code": "GD1", "name": "东畈", "class": kind, "area_mu_x100": 11_39, "idle_x100": idle, "location": "村后"}
    return a_case(resource_register=[row])


def test_five_mu_idle_are_a_hit():
    (hit,) = hits(RULE, case_of(5_00))
    assert hit.text == "地块 GD1 东畈（耕地）闲置 5.00 亩"


def test_less_and_waste_land_are_left_alone():
    assert subjects(RULE, case_of(4_99)) == []
    assert subjects(RULE, case_of(32_08, kind="四荒")) == []
