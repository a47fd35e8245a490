"""The contract reports on a small book, every figure worked out by hand; and the tie to the ledger."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.conftest import a_draft, post_all
from tests.services.contract_desk import LI, ZHANG, a_shop, contract_book, post_drafts, some_land
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import DraftLine
from village_ledger.reports.model import Report, Value
from village_ledger.reports.query import Query
from village_ledger.services import contracts, reports, vouchers
from village_ledger.services.book import Book
from village_ledger.services.contract_claims import claim_receipt
from village_ledger.services.contract_receipts import NewReceipt, register_receipt
from village_ledger.services.contract_rents import accrue
from village_ledger.services.contract_waivers import NewWaiver, waive


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The shop owes 3,000.00 a quarter from 10 January, the land 300.00 from before and 1,000.00 from 1 January."""
    with contract_book(tmp_path) as opened:
        contracts.save(opened, a_shop())
        contracts.save(opened, some_land())
        yield opened


def a_report(book: Book, key: str, end: Period, start: Period | None = None) -> Report:
    return reports.run(book, key, Query(start or end.january, end))


def cells(report: Report, *keys: str) -> list[tuple[Value, ...]]:
    places = [[column.key for column in report.columns].index(key) for key in keys]
    return [tuple(row.cells[place] for place in places) for row in report.rows if row.kind != "total"]


def test_arrears_name_what_is_due_received_and_overdue_since_when(book: Book):
    register_receipt(book, NewReceipt(date(2025, 4, 20), LI, "113", 500_00, "101"))
    post_drafts(book)
    found = a_report(book, "contract-arrears", Period(2025, 4))
    assert [column.key for column in found.columns][:6] == ["contract", "party", "due", "received", "arrears", "days"]
    assert cells(found, "contract", "party", "due", "received", "arrears", "days") == [
        ("HT-02", "李四", 1_300_00, 500_00, 800_00, 119),
        ("HT-01", "张三", 6_000_00, 0, 6_000_00, 110),
    ]
    assert found.rows[-1].cells[2:5] == (7_300_00, 500_00, 6_800_00)


def test_collection_adds_up_and_counts_rent_in_advance_when_it_falls_due(book: Book):
    shop = contracts.register(book).accounts[0].contract
    register_receipt(book, NewReceipt(date(2025, 1, 15), ZHANG, "112", 4_000_00, "101"))
    waive(book, NewWaiver(shop.id, 2, 500_00, date(2025, 4, 1), "停电", "石村〔2025〕3号"))
    keys = ("contract", "opening", "due", "waived", "received", "closing", "rate")
    assert cells(a_report(book, "rent-collection", Period(2025, 3)), *keys) == [
        ("HT-01", 0, 3_000_00, 0, 3_000_00, 0, "100%"),
        ("HT-02", 300_00, 1_000_00, 0, 0, 1_300_00, "0%"),
    ]
    second = a_report(book, "rent-collection", Period(2025, 6), Period(2025, 4))
    assert cells(second, *keys)[0] == ("HT-01", 0, 3_000_00, 500_00, 1_000_00, 1_500_00, "40%")
    for row in second.rows:
        opening, due, waived, received, closing = (int(str(value)) for value in row.cells[3:8])
        assert opening + due - waived - received == closing


def test_the_register_lists_terms_totals_and_states(book: Book):
    found = a_report(book, "contract-register", Period(2026, 12))
    assert cells(found, "contract", "kind", "annual", "total", "state", "arrears") == [
        ("HT-01", "租赁", 12_000_00, 24_000_00, "即将到期", 24_000_00),
        ("HT-02", "承包", 1_000_00, 5_000_00, "履行中", 2_300_00),
    ]
    early = a_report(book, "contract-register", Period(2024, 12))
    assert cells(early, "contract") == [("HT-02",)], "the shop had neither begun nor been signed"


def test_contracts_tie_to_the_ledger_when_everything_went_through_them(book: Book):
    accrue(book, Period(2025, 4))
    register_receipt(book, NewReceipt(date(2025, 4, 20), LI, "113", 500_00, "101"))
    register_receipt(book, NewReceipt(date(2025, 4, 21), ZHANG, "112", 7_000_00, "101"))
    shop = contracts.register(book).accounts[0].contract
    waive(book, NewWaiver(shop.id, 3, 500_00, date(2025, 4, 22), "停电", "石村〔2025〕3号"))
    before = a_report(book, "contract-tie", Period(2025, 4))
    assert cells(before, "party", "contract_balance", "ledger", "difference") == [
        ("张三", 0, 0, 0),
        ("李四", 300_00, 300_00, 0),
    ], "drafts count on neither side"
    post_drafts(book)
    after = a_report(book, "contract-tie", Period(2025, 4))
    assert cells(after, "party", "contract_balance", "ledger", "difference") == [
        ("张三", -1_000_00, -1_000_00, 0),
        ("李四", 800_00, 800_00, 0),
    ]
    assert "一致 2 户" in str(after.rows[-1].cells[-1])


def test_every_difference_is_named_and_the_names_add_up(book: Book):
    accrue(book, Period(2025, 1))
    drafts = vouchers.drafts_of(book, Period(2025, 1))
    wrong = drafts[0]
    dearer = tuple(
        line._replace(debit_fen=line.debit_fen and 1_100_00, credit_fen=line.credit_fen and 1_100_00)
        for line in wrong.lines
    )
    vouchers.save_draft(book, wrong._replace(lines=dearer))
    post_drafts(book)
    post_all(
        book,
        a_draft(date(2025, 2, 1), "101", "113", 200_00, "收李四承包款", "李四"),
        a_draft(date(2025, 2, 2), "113", "101", 50_00, "借给李四", "李四"),
    )
    found = a_report(book, "contract-tie", Period(2025, 2))
    rows = cells(found, "party", "difference", "voucher", "note")
    assert rows[1:] == [
        ("李四", -50_00, "", "不符，差额由以下 3 项组成"),
        ("", -200_00, "2025-02 记-1", "不属于合同：收李四承包款"),
        ("", 50_00, "2025-02 记-2", "不属于合同：借给李四"),
        ("", 100_00, "2025-01 记-1", rows[4][3]),
    ]
    assert str(rows[4][3]).startswith("凭证金额和合同台账不同")
    voucher = next(row.target for row in found.rows if row.cells[5] == "2025-02 记-1")
    assert voucher is not None
    claim_receipt(book, voucher.voucher, 2)
    assert cells(a_report(book, "contract-tie", Period(2025, 2)), "party", "difference")[1] == ("李四", 150_00)


def test_lines_that_cancel_each_other_are_not_listed(book: Book):
    post_all(
        book,
        a_draft(date(2025, 2, 1), "113", "231", 150_00, "筹资", "李四")._replace(
            lines=(
                DraftLine("筹资", "113", (("往来户", "李四"),), debit_fen=150_00),
                DraftLine("筹资", "101", credit_fen=150_00),
            )
        ),
        a_draft(date(2025, 2, 2), "101", "113", 150_00, "收筹资款", "李四"),
    )
    assert cells(a_report(book, "contract-tie", Period(2025, 2)), "party", "difference", "note")[1] == (
        "李四",
        0,
        "一致",
    )
