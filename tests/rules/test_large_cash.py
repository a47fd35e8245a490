"""Cash above 1,000 yuan, but for pay, relief and travel."""

from tests.builders import a_voucher
from tests.rules.desk_a import BANK, CASH, LABOUR, OFFICE, WELFARE, a_case, hits, moved, paid
from village_ledger.rules.large_cash import RULE


def test_a_cash_payment_above_the_threshold_is_remarked_on():
    (hit,) = hits(RULE, a_case(paid(1, "2025-06-02", 1000_01, "清河文具店", by=CASH)))
    assert hit.text == "2025-06-02 用现金付给清河文具店 1,000.01 元，超过现金支付界限 1,000.00 元，应当转账：购办公用品"
    assert hit.vouchers == ("2025-06 记-1",)


def test_at_the_threshold_by_bank_to_people_or_to_the_bank_is_allowed():
    case = a_case(
        paid(1, "2025-06-02", 1000_00, by=CASH),
        paid(2, "2025-06-02", 5000_00),
        paid(3, "2025-06-02", 5000_00, by=CASH, account=LABOUR),
        paid(4, "2025-06-02", 5000_00, by=CASH, account=WELFARE),
        moved(5, "2025-06-02", 5000_00),
    )
    assert hits(RULE, case) == ()


def test_only_the_part_paid_from_the_till_counts():
    mixed = a_voucher(1, "2025-06-02", (OFFICE, 3000_00), (CASH, -1200_00), (BANK, -1800_00))
    (hit,) = hits(RULE, a_case(mixed))
    assert hit.amount_fen == 1200_00
    assert "（没有写明收款人）" in hit.text
