"""Bills older than sixty days, or of last year once January is over."""

from tests.rules.desk_a import a_case, a_document, hits, paid
from village_ledger.rules.old_invoices import RULE


def booked(day: str, made: str, **cells):
    case = a_case(paid(1, day, 500_00), document_register=[a_document(f"{day[:7]} 记-1", 500_00, made, **cells)])
    return hits(RULE, case)


def test_a_bill_older_than_sixty_days_is_named():
    (hit,) = booked("2025-06-30", "2025-04-30")
    assert hit.text == "2025-06-30 报销的税务发票是 2025-04-30 开的，隔了 61 天，是旧票：清河文具店 购办公用品"


def test_a_bill_of_last_year_is_named_when_the_grace_is_over():
    (hit,) = booked("2025-02-01", "2024-12-31")
    assert "隔了 32 天，是跨年旧票" in hit.text
    assert booked("2025-01-31", "2024-12-31") == ()


def test_sixty_days_and_papers_that_are_no_bills_are_allowed():
    assert booked("2025-06-29", "2025-04-30") == ()
    assert booked("2025-06-30", "2025-01-30", kind="自制凭证") == ()
