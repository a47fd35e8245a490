from datetime import date

from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.tender_notice_short import RULE


def case_of(days, award="公开招标", announced=date(2025, 4, 7)):
    row = {
        "project": "XM1",
        "name": "环村路",
        "award": award,
        "announced": announced,
        "closed": date(2025, 4, 12),
        "days": days,
        "opened": date(2025, 4, 13),
        "control": 130_000_00,
        "price": 126_600_00,
    }
    return a_case(tender_register=[row])


def test_a_notice_of_six_days_is_a_hit():
    (hit,) = hits(RULE, case_of(6))
    assert hit.text == "XM1 环村路公开招标，2025-04-07 起只公告了 6 天，少于 7 天"


def test_seven_days_other_ways_of_award_and_other_years_are_left_alone():
    assert subjects(RULE, case_of(7)) == []
    assert subjects(RULE, case_of(4, award="竞争性谈判")) == []
    assert subjects(RULE, case_of(4, announced=date(2024, 12, 31))) == []
