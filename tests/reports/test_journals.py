"""现金 and 银行存款日记账 by hand."""

from tests.builders import a_chart, a_ledger, a_voucher, an_opening
from tests.reports.reading import assert_well_formed, rows_of_kind, table
from village_ledger.domain.period import Period
from village_ledger.reports import journals
from village_ledger.reports.model import Span
from village_ledger.reports.query import Query

JUNE = Query(Period(2025, 6), Period(2025, 6))
LEDGER = a_ledger(
    [
        a_voucher(1, "2025-06-02", ("101", 100_00), ("504", -100_00), summary="卖废品"),
        a_voucher(2, "2025-06-02", ("513", 30_00), ("101", -30_00), summary="买纸"),
        a_voucher(3, "2025-06-09", ("10202", 50_00), ("101", -50_00), summary="存现"),
    ],
    [an_opening("101", 20_00), an_opening("10201", 7_00), an_opening("301", -27_00)],
    a_chart("10201农商行", "10202邮储"),
)


def test_the_cash_journal_is_totalled_every_day() -> None:
    report = journals.build_cash(LEDGER, JUNE)
    assert_well_formed(report)
    assert table(report, "summary", "debit", "credit", "balance") == [
        ("101 库存现金", None, None, None),
        ("期初余额", None, None, 20_00),
        ("卖废品", 100_00, 0, 120_00),
        ("买纸", 0, 30_00, 90_00),
        ("本日合计", 100_00, 30_00, 90_00),
        ("存现", 0, 50_00, 40_00),
        ("本日合计", 0, 50_00, 40_00),
        ("本月合计", 100_00, 80_00, 40_00),
        ("本年累计", 100_00, 80_00, 40_00),
    ]
    assert rows_of_kind(report, "month")[0].formula == (Span(4, 4), Span(6, 6))


def test_the_bank_journal_has_a_section_for_each_account() -> None:
    report = journals.build_bank(LEDGER, JUNE)
    assert [row.cells[2] for row in rows_of_kind(report, "section")] == ["10201 银行存款-农商行", "10202 银行存款-邮储"]


def test_the_journal_follows_the_accounts_the_book_names_as_cash() -> None:
    report = journals.build_cash(LEDGER, JUNE._replace(accounts=("10202",)))
    assert [row.cells[2] for row in rows_of_kind(report, "section")] == ["10202 银行存款-邮储"]


def test_a_village_without_cash_still_gets_its_page() -> None:
    report = journals.build_cash(a_ledger(), JUNE)
    assert table(report, "summary") == [("101 库存现金",), ("期初余额",)]
