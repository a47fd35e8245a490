from tests.builders import a_voucher, an_opening
from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.long_hanging import RULE

OWED = an_opening("112", 3_000_00, "老李")
OWING = an_opening("211", -1_000_00, "农资店")
CAPITAL = an_opening("301", -2_000_00)


def test_balances_nothing_moved_in_twelve_months_are_hits():
    first, second = hits(RULE, a_case(openings=[OWED, OWING, CAPITAL]))
    assert first.text == "应收款：老李欠村里 3,000.00 元，12 个月以上没有变动"
    assert second.text == "应付款：农资店村里欠它 1,000.00 元，12 个月以上没有变动"


def test_after_three_years_the_longer_bound_is_told():
    case = a_case(openings=[OWED, an_opening("301", -3_000_00)], first="2023-01")
    assert hits(RULE, case)[0].text.endswith("36 个月以上没有变动")


def test_what_moved_what_is_small_and_a_younger_book_are_left_alone():
    paid = a_voucher(1, "2025-01-31", ("101", 1), ("112", -1, "老李"))
    assert subjects(RULE, a_case(paid, openings=[OWED, an_opening("301", -3_000_00)])) == []
    small = [an_opening("112", 999_99, "老李"), an_opening("301", -999_99)]
    assert subjects(RULE, a_case(openings=small)) == []
    assert subjects(RULE, a_case(openings=[OWED, an_opening("301", -3_000_00)], end="2025-11")) == []
