from tests.builders import a_voucher
from tests.rules.desk_b import a_case, a_decision, hits, red_letter, subjects
from village_ledger.rules.borrowing_without_vote import RULE

LOAN = a_voucher(7, "2025-04-01", ("102", 50_000_00), ("201", -50_000_00), summary="向农商行借款")


def case_of(*vouchers, **decision):
    decisions = [a_decision(**({"matter": "借款"} | decision))] if decision else []
    return a_case(*vouchers, decision_register=decisions)


def test_a_loan_without_a_vote_is_a_hit():
    (hit,) = hits(RULE, case_of(LOAN))
    assert hit.text == "2025-04 记-7 借入 50,000.00 元，决策台账里没有此前成立并且够数的借款决议：向农商行借款"
    assert hit.amount_fen == 50_000_00


def test_a_vote_that_is_void_too_small_too_late_or_on_something_else_does_not_help():
    assert len(hits(RULE, case_of(LOAN, valid=False))) == 1
    assert len(hits(RULE, case_of(LOAN, cap=49_999_99))) == 1
    assert len(hits(RULE, case_of(LOAN, day=LOAN.day.replace(day=2)))) == 1
    assert len(hits(RULE, case_of(LOAN, matter="工程建设"))) == 1


def test_a_vote_repayments_and_cancelled_loans_are_left_alone():
    assert subjects(RULE, case_of(LOAN, cap=50_000_00)) == []
    assert subjects(RULE, case_of(LOAN, cap=0)) == []
    repaid = a_voucher(8, "2025-05-01", ("201", 10_000_00), ("102", -10_000_00))
    renamed = a_voucher(9, "2025-05-02", ("201", 10_000_00), ("221", -10_000_00))
    assert subjects(RULE, case_of(repaid, renamed)) == []
    assert subjects(RULE, case_of(LOAN, red_letter(9, "2025-04-20", LOAN))) == []
