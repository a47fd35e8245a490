"""Day-end balances below zero."""

from tests.rules.desk_a import BANK, CASH, a_case, hits, moved, paid, taken
from village_ledger.domain.view import Opening
from village_ledger.rules.negative_money import RULE


def test_a_till_below_zero_at_the_end_of_a_day_is_named_once_with_its_lowest():
    case = a_case(
        paid(1, "2025-06-02", 200_00, by=CASH), paid(2, "2025-06-03", 300_00, by=CASH), moved(3, "2025-06-04", -600_00)
    )
    (hit,) = hits(RULE, case)
    assert hit.subject == "库存现金 2025-06-02 起"
    assert hit.amount_fen == 500_00
    assert hit.evidence == (("2025-06-02", "-200.00 元"), ("2025-06-03", "-500.00 元"))
    assert hit.vouchers == ("2025-06 记-1",)


def test_a_bank_account_below_zero_is_named_too():
    case = a_case(paid(1, "2025-06-02", 100_01), openings=(Opening(BANK, (), 100_00),))
    assert [hit.subject for hit in hits(RULE, case)] == ["银行存款 2025-06-02 起"]


def test_down_to_nothing_and_below_zero_within_a_day_is_no_fault():
    case = a_case(paid(1, "2025-06-02", 500_00, by=CASH), taken(2, "2025-06-02", 500_00))
    assert hits(RULE, case) == ()
