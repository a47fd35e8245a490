"""Payments above 200 yuan without attachments."""

from tests.rules.desk_a import a_case, a_document, hits, moved, paid
from village_ledger.rules.no_papers import RULE


def test_a_payment_without_attachments_is_remarked_on():
    (hit,) = hits(RULE, a_case(paid(1, "2025-06-02", 200_01, attachments=0)))
    assert hit.text == "2025-06-02 付 200.01 元的凭证附件为 0 张，也没有登记票据：购办公用品"


def test_small_sums_corrections_registered_papers_and_transfers_need_none():
    case = a_case(
        paid(1, "2025-06-02", 200_00, attachments=0),
        paid(2, "2025-06-02", 900_00, attachments=0, summary="订正5月记-8号凭证：付路灯电费"),
        paid(3, "2025-06-02", 900_00, attachments=0),
        paid(4, "2025-06-02", 900_00, attachments=1),
        moved(5, "2025-06-02", 900_00)._replace(attachments=0),
        document_register=[a_document("2025-06 记-3", 900_00, "2025-06-01")],
    )
    assert hits(RULE, case) == ()
