from tests.builders import a_voucher
from tests.rules.desk_b import a_case, an_act, hits, red_letter, subjects
from village_ledger.rules.reversed_later import RULE


def paid(number, day, fen=1_000_00):
    return a_voucher(number, day, ("51303", fen), ("101", -fen), summary="购办公用品")


def test_a_voucher_of_an_earlier_month_that_is_cancelled_is_a_hit():
    first = paid(5, "2025-06-03")
    (hit,) = hits(RULE, a_case(first, red_letter(2, "2025-07-01", first)))
    assert hit.text == "2025-07 记-2 用红字冲销了以前月份的凭证 2025-06 记-5，金额 1,000.00 元：购办公用品"
    assert hit.vouchers == ("2025-07 记-2", "2025-06 记-5")
    handed = an_act("hand-over", "2025-06", {})
    assert "已报送月份" in hits(RULE, a_case(first, red_letter(2, "2025-07-01", first), acts=[handed]))[0].text


def test_of_two_equal_vouchers_the_one_the_words_name_is_meant():
    first, second = paid(5, "2025-05-03"), paid(6, "2025-06-03")
    assert hits(RULE, a_case(first, second, red_letter(2, "2025-07-01", first)))[0].vouchers[1] == "2025-05 记-5"
    plain = red_letter(2, "2025-07-01", first, summary="更正")
    assert hits(RULE, a_case(first, second, plain))[0].vouchers[1] == "2025-06 记-6"


def test_what_cancels_nothing_that_was_handed_over_is_a_hit():
    (hit,) = hits(RULE, a_case(red_letter(2, "2025-07-01", paid(5, "2025-06-03"))))
    assert "报送的账里找不到被冲销的凭证" in hit.text


def test_corrections_within_the_month_and_small_ones_are_left_alone():
    first, small = paid(5, "2025-06-03"), paid(6, "2025-05-03", 999_99)
    case = a_case(first, small, red_letter(9, "2025-06-30", first), red_letter(10, "2025-06-30", small))
    assert subjects(RULE, case) == []
