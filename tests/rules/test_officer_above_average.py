from tests.rules.desk_b import a_benefit, a_case, hits, related, subjects
from village_ledger.rules.officer_above_average import RULE

NAMES = [related("石建国", "理事长")]


def case_of(officer, others=4, **cells):
    rows = [a_benefit(f"户{n}", 400_00, **cells) for n in range(others)]  # 4 people: 100 yuan each
    return a_case(benefit_register=[a_benefit("石建国", officer, **cells), *rows], related_persons=NAMES)


def test_an_officer_with_more_than_a_fifth_above_the_middle_is_a_hit():
    (hit,) = hits(RULE, case_of(484_00))
    assert hit.text == "“2025年地力补贴”里石建国（理事长）每人 121.00 元，名单的中位数是 100.00 元"
    assert hit.amount_fen == 484_00


def test_by_the_mu_where_there_is_an_area():
    (hit,) = hits(RULE, case_of(484_00, area_mu_x100=4_00))
    assert "每亩 121.00 元" in hit.text


def test_a_fifth_more_and_lists_too_short_to_compare_are_left_alone():
    assert subjects(RULE, case_of(480_00)) == []
    assert subjects(RULE, case_of(900_00, others=3)) == []
    assert subjects(RULE, case_of(900_00, kind="分红")) == []
