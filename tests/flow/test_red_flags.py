"""The red-flag rules over a year of the sample village: few hits, each to be found again by hand in its books."""

import pytest

from village_ledger.services.book import Book
from village_ledger.services.township.flags import book_findings

EXPECTED = {
    # three households paid 200 yuan each towards the road in cash, and no deposit of the days after holds it
    "takings-not-banked": {"凭证 2025-04 记-2 未缴", "凭证 2025-04 记-10 未缴", "凭证 2025-04 记-29 未缴"},
    # 27 of 33 slips for lost working time are whole hundreds
    "round-amounts": {"2025年劳务运输整数票"},
    # 18,500 + 20,000 + 48,000 + 52,270 of 238,730 yuan of payables went to the builder of the road
    "supplier-concentration": {"宏达建筑工程公司 应付款"},
    # the four payments documents.csv has nothing but a 白条 for
    "slips-for-invoices": {
        *("凭证 2025-01 记-15", "凭证 2025-05 记-5", "凭证 2025-05 记-18", "凭证 2025-07 记-18"),
    },
    # travel slips of Saturday 22 February, Saturday 8 March and Sunday 18 May 2025
    "holiday-slips": {"凭证 2025-02 记-20", "凭证 2025-03 记-13", "凭证 2025-05 记-20"},
    # a board member's cooperative, until he left it at the end of March; the cashier's husband
    "related-payees": {"王志强 青禾苗木合作社", "陈秋菊 陈立新"},
}
CLEAN = (
    *("split-payments", "below-bound", "large-cash", "cash-over-limit", "negative-money", "no-papers"),
    *("spent-from-takings", "over-decision", "over-budget", "reception-spending", "year-end-rush", "officer-pay"),
    *("labour-same-day", "welfare-turned-cash", "firm-paid-to-person", "avoided-tender", "works-over-contract"),
    *("no-contract", "contract-after-payment", "bid-rigging", "falling-spending", "numbers-backwards", "first-digits"),
)


@pytest.fixture(scope="module")
def found(sample_village):
    with Book.open(sample_village, read_only=True) as book:
        return book_findings(book, 2025)


def test_the_sample_gives_the_doubts_its_books_hold(found):
    subjects = {}
    for one in found:
        subjects.setdefault(one.rule.id, set()).add(one.hit.subject)
    assert {rule: subjects.get(rule) for rule in EXPECTED} == EXPECTED
    assert [rule for rule in CLEAN if rule in subjects] == []


def test_the_share_of_the_builder_is_that_of_the_payables_paid(found):
    (hit,) = (one.hit for one in found if one.rule.id == "supplier-concentration")
    assert hit.amount_fen == 138_770_00
    assert "应付款付款 238,730.00 元" in hit.text
    assert "占 58%" in hit.text
    assert hit.vouchers == ("2025-01 记-23", "2025-04 记-34", "2025-06 记-28", "2025-09 记-16")


def test_takings_name_the_voucher_and_the_sum(found):
    amounts = {one.hit.vouchers[0]: one.hit.amount_fen for one in found if one.rule.id == "takings-not-banked"}
    assert amounts == {"2025-04 记-2": 200_00, "2025-04 记-10": 200_00, "2025-04 记-29": 200_00}
