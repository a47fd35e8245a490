from tests.builders import a_voucher
from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.notice_missing import RULE


def booked(*months):
    return [a_voucher(1, f"2025-{month:02d}-05", ("101", 1_00), ("102", -1_00)) for month in months]


def notice(edition, first, last=""):
    return {"edition": edition, "from": first, "to": last or first}


def test_a_month_no_notice_covers_is_a_hit_once_the_day_is_over():
    case = a_case(*booked(1, 2), end="2025-03", notice_register=[notice("月度", "2025-01")])
    (hit,) = hits(RULE, case)
    assert hit.text == "2025年2月的账目没有做公开榜，最迟应在 2025-03-15 张榜"


def test_a_month_just_over_and_months_without_vouchers_are_left_alone():
    assert subjects(RULE, a_case(*booked(3), end="2025-03", notice_register=[])) == []
    assert subjects(RULE, a_case(*booked(3), end="2025-04", notice_register=[])) == ["公开 2025-03"]


def test_where_quarters_are_disclosed_a_month_waits_for_the_end_of_its_quarter():
    first = notice("季度", "2025-01", "2025-03")
    assert subjects(RULE, a_case(*booked(2, 4), end="2025-06", notice_register=[first])) == []
    assert subjects(RULE, a_case(*booked(2, 4), end="2025-07", notice_register=[first])) == ["公开 2025-04"]


def test_a_special_notice_covers_no_month():
    case = a_case(*booked(1), end="2025-03", notice_register=[notice("专项", "2025-01")])
    assert subjects(RULE, case) == ["公开 2025-01"]
