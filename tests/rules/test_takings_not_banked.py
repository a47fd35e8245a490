"""Cash takings of 100 yuan and more are banked within five days."""

from tests.rules.desk_a import a_case, hits, moved, taken
from village_ledger.rules.takings_not_banked import RULE


def test_takings_never_banked_and_banked_late_are_told_apart():
    case = a_case(taken(1, "2025-06-02", 300_00), taken(2, "2025-06-10", 800_00), moved(3, "2025-06-16", 800_00))
    late, never = hits(RULE, case)
    assert late.subject == "凭证 2025-06 记-2 迟缴"
    assert late.vouchers == ("2025-06 记-2", "2025-06 记-3")
    assert "其中 800.00 元到 2025-06-16 才缴存银行（2025-06 记-3），超过 5 天" in late.text
    assert (never.subject, never.amount_fen) == ("凭证 2025-06 记-1 未缴", 300_00)


def test_banked_on_the_fifth_day_small_sums_and_the_last_days_are_allowed():
    assert hits(RULE, a_case(taken(1, "2025-06-02", 800_00), moved(2, "2025-06-07", 800_00))) == ()
    assert hits(RULE, a_case(taken(1, "2025-06-02", 99_99))) == ()
    assert hits(RULE, a_case(taken(1, "2025-06-25", 800_00), end="2025-06")) == ()
    assert len(hits(RULE, a_case(taken(1, "2025-06-24", 800_00), end="2025-06"))) == 1


def test_a_deposit_covers_the_newest_takings_first():
    case = a_case(taken(1, "2025-06-02", 200_00), taken(2, "2025-06-10", 380_00), moved(3, "2025-06-10", 480_00))
    late, never = hits(RULE, case)
    assert (late.subject, late.amount_fen) == ("凭证 2025-06 记-1 迟缴", 100_00)
    assert (never.subject, never.amount_fen) == ("凭证 2025-06 记-1 未缴", 100_00)
