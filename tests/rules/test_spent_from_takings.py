"""Cash paid out of the takings of the day."""

from tests.rules.desk_a import CASH, a_case, hits, moved, paid, taken
from village_ledger.domain.view import Opening
from village_ledger.rules.spent_from_takings import RULE

TILL = (Opening(CASH, (), 300_00),)


def test_what_the_till_could_not_hold_was_paid_from_takings():
    case = a_case(taken(1, "2025-06-02", 1000_00), paid(2, "2025-06-02", 500_00, by=CASH), openings=TILL)
    (hit,) = hits(RULE, case)
    assert hit.subject == "2025-06-02"
    assert hit.amount_fen == 200_00
    assert "早上库存现金只有 300.00 元，当天提取 0.00 元，至少有 200.00 元是用当天收入坐支的" in hit.text
    assert hit.vouchers == ("2025-06 记-1", "2025-06 记-2")


def test_what_was_there_before_or_drawn_that_day_may_be_paid():
    before = a_case(taken(1, "2025-06-02", 1000_00), paid(2, "2025-06-02", 300_00, by=CASH), openings=TILL)
    assert hits(RULE, before) == ()
    drawn = a_case(
        moved(1, "2025-06-02", -200_00),
        taken(2, "2025-06-02", 1000_00),
        paid(3, "2025-06-02", 500_00, by=CASH),
        moved(4, "2025-06-02", 1000_00),
        openings=TILL,
    )
    assert hits(RULE, drawn) == ()
    next_day = a_case(taken(1, "2025-06-02", 1000_00), paid(2, "2025-06-03", 500_00, by=CASH), openings=TILL)
    assert hits(RULE, next_day) == ()
