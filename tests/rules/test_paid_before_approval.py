"""First the approval, then the money."""

from tests.rules.desk_a import a_case, a_decision, a_request, hits, on
from village_ledger.rules.paid_before_approval import RULE


def test_a_payment_before_the_last_signature_and_the_vote_names_both():
    case = a_case(
        request_register=[a_request("2025-06 记-5", 900_00, signed=on("2025-06-06"), decision="1号")],
        decision_register=[a_decision("1号", "2025-06-10")],
    )
    (hit,) = hits(RULE, case)
    assert hit.text == (
        "2025-06-05 已经付款 900.00 元（清河文具店，购办公用品），"
        "而最后签批 2025-06-06、决议 1号 2025-06-10 在后，先付后批"
    )
    assert hit.vouchers == ("2025-06 记-5",)


def test_signed_the_same_day_not_paid_or_not_signed_is_not_early():
    rows = [
        a_request("2025-06 记-5", 900_00, signed=on("2025-06-05")),
        a_request("", 900_00, number="2", signed=on("2025-06-06"), paid=None),
        a_request("2025-06 记-6", 900_00, signed=None, decision="没有登记的"),
    ]
    assert hits(RULE, a_case(request_register=rows)) == ()
