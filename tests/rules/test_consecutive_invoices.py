"""Three invoices in a row of one shop on different days."""

from tests.rules.desk_a import a_case, a_document, hits
from village_ledger.rules.consecutive_invoices import RULE


def invoices(*told: tuple[str, str], **cells):
    return [a_document("2025-06 记-1", 100_00, day, number=number, **cells) for number, day in told]


def test_three_in_a_row_on_two_days_are_named():
    rows = invoices(("0101", "2025-06-01"), ("0100", "2025-05-01"), ("0102", "2025-06-01"))
    (hit,) = hits(RULE, a_case(document_register=rows))
    assert hit.subject == "清河文具店 0100—0102"
    assert hit.text == "清河文具店的 3 张发票连号（0100—0102），日期却有 2 天，像是一次开出、分次报销"
    assert hit.amount_fen == 300_00


def test_two_in_a_row_one_day_a_gap_or_another_issuer_are_not():
    assert hits(RULE, a_case(document_register=invoices(("1", "2025-06-01"), ("2", "2025-06-02")))) == ()
    same = invoices(("1", "2025-06-01"), ("2", "2025-06-01"), ("3", "2025-06-01"))
    assert hits(RULE, a_case(document_register=same)) == ()
    gap = invoices(("1", "2025-06-01"), ("2", "2025-06-02"), ("4", "2025-06-03"))
    assert hits(RULE, a_case(document_register=gap)) == ()
    two = invoices(("1", "2025-06-01"), ("2", "2025-06-02")) + invoices(("3", "2025-06-03"), issuer="清河图文店")
    assert hits(RULE, a_case(document_register=two)) == ()
