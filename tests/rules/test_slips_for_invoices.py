"""Payments with nothing but slips of paper, above 200 yuan."""

from tests.rules.desk_a import a_case, a_document, hits, paid
from village_ledger.rules.slips_for_invoices import RULE

LABEL = "2025-06 记-1"


def papers(*rows):
    return a_case(paid(1, "2025-06-02", 624_00, summary="付工作用鞋款"), document_register=list(rows))


def test_a_slip_above_the_sum_is_remarked_on():
    (hit,) = hits(RULE, papers(a_document(LABEL, 624_00, "2025-06-01", kind="白条", issuer="王喜贵")))
    assert hit.amount_fen == 624_00
    assert hit.text == (
        "2025-06-02 付 624.00 元只有白条 1 张（王喜贵，624.00 元），没有税务发票、财政票据或统一收据：付工作用鞋款"
    )


def test_slips_up_to_the_sum_void_ones_and_those_beside_an_invoice_are_not():
    slip = a_document(LABEL, 200_00, "2025-06-01", kind="白条")
    assert hits(RULE, papers(slip)) == ()
    assert len(hits(RULE, papers(slip, a_document(LABEL, 1, "2025-06-01", kind="白条")))) == 1
    assert hits(RULE, papers(a_document(LABEL, 624_00, "2025-06-01", kind="白条", void=True))) == ()
    assert (
        hits(RULE, papers(a_document(LABEL, 624_00, "2025-06-01", kind="白条"), a_document(LABEL, 1, "2025-06-01")))
        == ()
    )
    assert hits(RULE, papers(a_document(LABEL, 624_00, "2025-06-01", kind="自制凭证"))) == ()
