from tests.builders import a_voucher
from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.self_reviewed import RULE


def made(number, **people):
    return a_voucher(number, "2025-02-03", ("101", 100_00), ("102", -100_00))._replace(**people)


def test_vouchers_reviewed_by_their_maker_are_one_hit():
    (hit,) = hits(RULE, a_case(made(1, reviewer="王会计"), made(2, reviewer="王会计"), made(3)))
    assert hit.text == "王会计制单又审核的凭证有 2 张，合计 200.00 元"
    assert hit.vouchers == ("2025-02 记-1", "2025-02 记-2")


def test_a_maker_who_signs_for_the_cash_is_a_hit_and_one_person_offices_are_named():
    (hit,) = hits(RULE, a_case(made(1, cashier="王会计"), single_person=True))
    assert hit.text == "王会计制单又作出纳签字的凭证有 1 张，合计 100.00 元"
    assert hit.evidence[-1][0] == "例外"


def test_three_different_people_are_left_alone():
    assert subjects(RULE, a_case(made(1))) == []
