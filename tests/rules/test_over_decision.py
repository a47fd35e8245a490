"""Money beyond a decision, or on one that does not hold."""

from tests.rules.desk_a import a_case, a_decision, hits
from village_ledger.rules.over_decision import RULE


def test_more_than_the_cap_is_named_with_the_difference():
    (hit,) = hits(RULE, a_case(decision_register=[a_decision("1号", "2025-02-01", cap=50_000_00, spent=50_000_01)]))
    assert hit.amount_fen == 1
    assert hit.text == "决议 1号（修机耕路）只同意动用 50,000.00 元，已经动用 50,000.01 元，超出 0.01 元"


def test_money_on_a_decision_that_does_not_hold_is_named_with_the_reason():
    row = a_decision("1号", "2025-02-01", cap=9_00, spent=1_00, valid=False, failures="到会不足")
    (hit,) = hits(RULE, a_case(decision_register=[row]))
    assert hit.text == "决议 1号（修机耕路）不成立（到会不足），却已经据以动用 1.00 元"


def test_up_to_the_cap_without_a_cap_and_unused_ones_are_right():
    rows = [
        a_decision("1号", "2025-02-01", cap=50_000_00, spent=50_000_00),
        a_decision("2号", "2025-02-01", spent=50_000_00),
        a_decision("3号", "2025-02-01", cap=1_00, valid=False, state="起草"),
    ]
    assert hits(RULE, a_case(decision_register=rows)) == ()
