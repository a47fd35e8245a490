"""More than 30 % of ten labour slips in whole hundreds."""

from tests.rules.desk_a import LABOUR, OFFICE, a_case, hits, paid
from village_ledger.rules.round_amounts import RULE


def slips(rounded: int, others: int, account: str = LABOUR):
    amounts = [600_00] * rounded + [615_50] * others
    return a_case(*(paid(n, "2025-06-02", fen, account=account) for n, fen in enumerate(amounts, 1)))


def test_four_round_slips_of_ten_are_named():
    (hit,) = hits(RULE, slips(4, 6))
    assert "付款 10 笔，其中 4 笔是 100.00 元的整数倍（40%，界限 30%）" in hit.text
    assert (hit.amount_fen, len(hit.vouchers)) == (2400_00, 4)


def test_three_of_ten_nine_in_all_or_other_spending_are_not():
    assert hits(RULE, slips(3, 7)) == ()
    assert hits(RULE, slips(9, 0)) == ()
    assert hits(RULE, slips(10, 0, OFFICE)) == ()
