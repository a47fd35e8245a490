from tests.builders import a_voucher, an_opening
from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.growing_balance import RULE


def advance(number, fen, day="2025-03-01"):
    return a_voucher(number, day, ("113", fen, "水费"), ("101", -fen))


def test_three_postings_that_only_add_are_a_hit():
    (hit,) = hits(RULE, a_case(advance(1, 2_000_00), advance(2, 2_000_00), advance(3, 1_000_00)))
    assert hit.text == "内部往来：水费一年来 3 笔只增不减，增加 5,000.00 元，余额借方 5,000.00 元"
    assert hit.vouchers == ("2025-03 记-1", "2025-03 记-2", "2025-03 记-3")


def test_two_postings_smaller_sums_and_a_repayment_are_left_alone():
    assert subjects(RULE, a_case(advance(1, 4_000_00), advance(2, 4_000_00))) == []
    assert subjects(RULE, a_case(advance(1, 2_000_00), advance(2, 2_000_00), advance(3, 999_99))) == []
    back = a_voucher(4, "2025-09-01", ("101", 1_00), ("113", -1_00, "水费"))
    assert subjects(RULE, a_case(advance(1, 2_000_00), advance(2, 2_000_00), advance(3, 2_000_00), back)) == []


def test_a_debt_that_is_paid_off_step_by_step_does_not_grow():
    opening = [an_opening("113", -6_000_00, "水费"), an_opening("102", 6_000_00)]
    assert (
        subjects(RULE, a_case(advance(1, 2_000_00), advance(2, 2_000_00), advance(3, 2_000_00), openings=opening)) == []
    )
    more = [an_opening("113", -9_000_00, "水费"), an_opening("102", 9_000_00)]
    assert subjects(RULE, a_case(advance(1, 2_000_00), advance(2, 2_000_00), advance(3, 2_000_00), openings=more)) == []
