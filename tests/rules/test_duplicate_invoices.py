"""One invoice paid twice."""

from tests.rules.desk_a import a_case, a_document, hits
from village_ledger.rules.duplicate_invoices import RULE


def test_one_number_on_two_vouchers_is_named():
    rows = [a_document("2025-06 记-1", 300_00, "2025-06-01", number="77", code="1")]
    rows.append(a_document("2025-07 记-2", 300_00, "2025-06-09", number="77", code="1", issuer="别家"))
    (hit,) = hits(RULE, a_case(document_register=rows))
    assert hit.text == "税务发票 1 77 登记了 2 次，像是重复报销"
    assert (hit.amount_fen, hit.vouchers) == (300_00, ("2025-06 记-1", "2025-07 记-2"))


def test_like_sums_of_one_issuer_and_day_are_named():
    rows = [a_document("2025-06 记-1", 300_00, "2025-06-01", number=number) for number in ("77", "91")]
    (hit,) = hits(RULE, a_case(document_register=rows))
    assert hit.subject == "清河文具店 2025-06-01 300.00 元"


def test_another_code_kind_day_or_a_small_sum_or_a_void_or_a_refund_is_no_double():
    first = a_document("2025-06 记-1", 300_00, "2025-06-01", number="77")
    for other in (
        a_document("2025-06 记-2", 300_01, "2025-06-01", number="77", code="2"),
        a_document("2025-06 记-2", 300_01, "2025-06-01", number="77", kind="财政票据"),
        a_document("2025-06 记-2", 300_00, "2025-06-02", number="78"),
        a_document("2025-06 记-2", 300_00, "2025-06-01", number="77", void=True),
        a_document("2025-06 记-2", -300_00, "2025-06-01", number="77"),
        a_document("2025-06 记-2", 300_00, "2025-06-01", kind="银行回单", number="77"),
    ):
        assert hits(RULE, a_case(document_register=[first, other])) == ()
    small = [a_document("2025-06 记-1", 100_00, "2025-06-01", number=number) for number in ("1", "2")]
    assert hits(RULE, a_case(document_register=small)) == ()
