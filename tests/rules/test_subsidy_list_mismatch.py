from tests.builders import a_voucher
from tests.rules.desk_b import a_benefit, a_case, hits, subjects
from village_ledger.rules.subsidy_list_mismatch import RULE

LABEL = "2025-11 记-1"
LIST = [a_benefit("李国庆", 24_000_00, voucher=LABEL), a_benefit("石宝根", 21_000_00, voucher=LABEL)]


def paid(fen):
    return a_voucher(1, "2025-11-04", ("211", fen, "征地户"), ("102", -fen))


def test_a_voucher_that_pays_less_than_the_list_is_a_hit():
    (hit,) = hits(RULE, a_case(paid(44_000_00), benefit_register=LIST))
    assert hit.text == "2025-11 记-1 付出 44,000.00 元，名单（2025年地力补贴）合计 45,000.00 元，少付 1,000.00 元"
    assert hit.amount_fen == 1_000_00
    assert hit.vouchers == (LABEL,)


def test_two_lists_on_one_voucher_count_together():
    second = a_benefit("王德发", 5_000_00, voucher=LABEL, batch="第二批")
    assert subjects(RULE, a_case(paid(50_000_00), benefit_register=[*LIST, second])) == []
    assert "多付 1.00 元" in hits(RULE, a_case(paid(50_001_00), benefit_register=[*LIST, second]))[0].text


def test_lists_that_agree_are_paid_directly_or_by_another_months_voucher_are_left_alone():
    assert subjects(RULE, a_case(paid(45_000_00), benefit_register=LIST)) == []
    assert subjects(RULE, a_case(benefit_register=[a_benefit("李国庆", 1)])) == []
    assert subjects(RULE, a_case(benefit_register=LIST)) == []
