"""The village's own receipts, fifty to a book."""

from tests.rules.desk_a import a_case, a_document, hits
from village_ledger.rules.receipt_numbers import RULE


def stubs(*numbers: str, **cells):
    return [
        a_document("", 100_00, "2025-06-02", direction="收", kind="农村集体经济组织统一收据", number=number, **cells)
        for number in numbers
    ]


def test_missing_numbers_are_named_with_their_zeros():
    hit, other = hits(RULE, a_case(document_register=stubs("00012001", "00012003", "00012007")))
    assert (hit.subject, other.subject) == ("收据 00012002", "收据 00012004—00012006")
    assert ("张数", "3 张") in other.evidence


def test_a_number_used_twice_is_named():
    rows = [*stubs("0001", "0002"), *stubs("0002", issuer="李记超市")]
    (hit,) = hits(RULE, a_case(document_register=rows))
    assert (hit.subject, hit.amount_fen) == ("收据 0002 重号", 200_00)


def test_void_stubs_are_there_and_another_book_or_code_begins_anew():
    rows = [*stubs("0001"), *stubs("0002", void=True), *stubs("0003", "0054"), *stubs("0009", code="B")]
    assert hits(RULE, a_case(document_register=rows)) == ()
    assert len(hits(RULE, a_case(document_register=stubs("0003", "0053")), book=50)) == 1
