from datetime import date

import pytest

from tests.rules.desk_b import a_case, a_contract, hits, subjects
from village_ledger.rules.contract_too_long import RULE


def case_of(kind, use, start, end, **cells):
    return a_case(contract_register=[a_contract(kind=kind, use=use, start=start, end=end, **cells)])


@pytest.mark.parametrize(
    ("kind", "use", "years"),
    [("租赁", "房屋", 20), ("承包", "耕地", 30), ("承包", "草地", 50), ("承包", "林地", 70)],
)
def test_a_term_a_day_over_the_laws_is_a_hit_and_the_full_term_is_not(kind, use, years):
    start = date(2010, 4, 1)
    full, over = date(2010 + years, 3, 31), date(2010 + years, 4, 1)
    assert subjects(RULE, case_of(kind, use, start, full)) == []
    (hit,) = hits(RULE, case_of(kind, use, start, over))
    assert f"最长 {years} 年" in hit.text


def test_a_term_from_29_february_is_full_on_the_last_of_february():
    assert subjects(RULE, case_of("租赁", "房屋", date(2004, 2, 29), date(2024, 2, 28))) == []
    assert subjects(RULE, case_of("租赁", "房屋", date(2004, 2, 29), date(2024, 2, 29))) == ["合同 HT1"]


def test_classes_without_a_cap_and_contracts_that_ended_are_left_alone():
    assert subjects(RULE, case_of("承包", "四荒", date(2000, 1, 1), date(2099, 12, 31))) == []
    assert subjects(RULE, case_of("租赁", "房屋", date(2000, 1, 1), date(2030, 1, 1), state="已终止")) == []
    assert subjects(RULE, case_of("租赁", "房屋", None, date(2030, 1, 1))) == []
