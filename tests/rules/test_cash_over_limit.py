"""More than 5,000 yuan in the till for more than three days."""

from tests.rules.desk_a import CASH, a_case, hits, moved, paid
from village_ledger.domain.view import Opening
from village_ledger.rules.cash_over_limit import RULE


def test_four_days_above_the_limit_are_named_with_the_highest_balance():
    case = a_case(
        moved(1, "2025-06-02", -5000_01), moved(2, "2025-06-04", -100_00), paid(3, "2025-06-06", 100_01, by=CASH)
    )
    (hit,) = hits(RULE, case)
    assert hit.subject == "库存现金 2025-06-02 起"
    assert hit.text.startswith(
        "2025-06-02 至 2025-06-05 连续 4 天库存现金超过限额 5,000.00 元，最多的 2025-06-04 有 5,100.01 元"
    )
    assert hit.amount_fen == 5100_01


def test_three_days_above_or_any_time_at_the_limit_are_allowed():
    assert hits(RULE, a_case(moved(1, "2025-06-02", -5000_01), paid(2, "2025-06-05", 1, by=CASH))) == ()
    assert hits(RULE, a_case(moved(1, "2025-06-02", -5000_00))) == ()


def test_what_stands_at_the_end_counts_to_the_last_day_and_openings_from_the_first():
    (hit,) = hits(RULE, a_case(openings=(Opening(CASH, (), 6000_00),), start="2025-05", end="2025-06"))
    assert ("超限期间", "2025-05-01 至 2025-06-30，61 天") in hit.evidence
