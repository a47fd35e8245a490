"""三栏式明细账 by hand."""

from datetime import date

from tests.builders import VILLAGE, a_chart, a_ledger, a_voucher, an_item, an_opening
from tests.reports.reading import assert_well_formed, dictionaries, rows_of_kind, table
from village_ledger.domain.period import Period
from village_ledger.reports import subsidiary_ledger
from village_ledger.reports.model import Target
from village_ledger.reports.query import Query

BANK = a_ledger(
    [
        a_voucher(1, "2025-01-20", ("102", 300_00), ("503", -300_00), summary="补助"),
        a_voucher(1, "2025-12-05", ("101", 100_00), ("102", -100_00), summary="提现"),
        a_voucher(2, "2025-12-05", ("515", 5_00), ("102", -5_00), summary="手续费"),
        a_voucher(1, "2026-01-08", ("102", 10_00), ("504", -10_00), summary="利息"),
    ],
    [an_opening("102", 50_00), an_opening("301", -50_00)],
)
SHOWN = ("date", "voucher", "summary", "debit", "credit", "side", "balance")


def test_the_year_begins_with_what_was_carried_and_each_month_is_totalled_twice() -> None:
    report = subsidiary_ledger.build(BANK, Query(Period(2025, 12), Period(2026, 1), "102"))
    assert_well_formed(report)
    last, new = date(2025, 12, 31), date(2026, 1, 1)
    assert table(report, *SHOWN) == [
        (None, "", "102 银行存款", None, None, "", None),
        (date(2025, 12, 1), "", "期初余额", None, None, "借", 350_00),
        (date(2025, 12, 5), "记-1", "提现", 0, 100_00, "借", 250_00),
        (date(2025, 12, 5), "记-2", "手续费", 0, 5_00, "借", 245_00),
        (last, "", "本月合计", 0, 105_00, "借", 245_00),
        (last, "", "本年累计", 300_00, 105_00, "借", 245_00),
        (last, "", "结转下年", None, None, "借", 245_00),
        (new, "", "上年结转", None, None, "借", 245_00),
        (date(2026, 1, 8), "记-1", "利息", 10_00, 0, "借", 255_00),
        (date(2026, 1, 31), "", "本月合计", 10_00, 0, "借", 255_00),
        (date(2026, 1, 31), "", "本年累计", 10_00, 0, "借", 255_00),
    ]


def test_a_page_may_end_after_any_row_and_knows_what_to_carry() -> None:
    report = subsidiary_ledger.build(BANK, Query(Period(2025, 12), Period(2025, 12), "102"))
    assert [row.carry for row in rows_of_kind(report, "line")] == [
        (0, 100_00, "借", 250_00),
        (0, 105_00, "借", 245_00),
    ]
    assert rows_of_kind(report, "opening")[0].carry == (0, 0, "借", 350_00)
    assert rows_of_kind(report, "month")[0].carry == (0, 105_00, "借", 245_00)
    assert report.paging == "book"


def test_each_line_leads_to_its_voucher() -> None:
    report = subsidiary_ledger.build(BANK, Query(Period(2026, 1), Period(2026, 1), "102"))
    voucher = BANK.vouchers(Period(2026, 1), Period(2026, 1))[0]
    assert rows_of_kind(report, "line")[0].target == Target("voucher", ("102",), "", voucher.id)


def test_income_and_expense_are_not_carried_into_the_next_year() -> None:
    report = subsidiary_ledger.build(BANK, Query(Period(2025, 1), Period(2025, 12), "515"))
    assert dictionaries(report)[-1]["summary"] == "本年累计"


def test_an_account_kept_by_household_gets_a_section_for_each() -> None:
    ledger = a_ledger(
        [
            a_voucher(1, "2025-02-01", ("113", 80_00, "王五"), ("501", -80_00)),
            a_voucher(2, "2025-02-02", ("101", 30_00), ("113", -30_00, "王五")),
        ],
        [an_opening("113", 10_00, "张三"), an_opening("301", -10_00)],
    )
    query = Query(Period(2025, 2), Period(2025, 2), "113")
    report = subsidiary_ledger.build(ledger, query)
    assert_well_formed(report)
    assert [row.cells[2] for row in rows_of_kind(report, "section")] == ["113 内部往来　张三", "113 内部往来　王五"]
    assert rows_of_kind(report, "section")[1].target == Target("ledger", ("113",), "往来户:王五")
    one = subsidiary_ledger.build(ledger, query._replace(item=an_item("王五")))
    assert [row["balance"] for row in dictionaries(one)][2:4] == [80_00, 50_00]
    together = subsidiary_ledger.build(ledger, query._replace(dimension=""))
    assert [row["balance"] for row in dictionaries(together)][1:4] == [10_00, 90_00, 60_00]


def test_a_parent_account_shows_the_ledgers_of_its_leaves() -> None:
    ledger = a_ledger(
        [a_voucher(1, "2025-02-01", ("10202", 80_00), ("10201", -80_00))], chart=a_chart("10201农商行", "10202邮储")
    )
    report = subsidiary_ledger.build(ledger, Query(Period(2025, 2), Period(2025, 2), "102"))
    assert [row.cells[2] for row in rows_of_kind(report, "section")] == ["10201 银行存款-农商行", "10202 银行存款-邮储"]
    assert report.title == "银行存款明细账"


def test_an_account_without_movement_still_has_its_page_when_asked_for() -> None:
    report = subsidiary_ledger.build(BANK, Query(Period(2025, 2), Period(2025, 3), "111"))
    assert table(report, "summary", "side", "balance") == [("111 短期投资", "", None), ("期初余额", "平", 0)]


def test_a_book_begun_in_mid_year_cumulates_what_it_brought_along() -> None:
    ledger = a_ledger(
        [a_voucher(1, "2025-07-03", ("101", 40_00), ("503", -40_00))],
        [an_opening("101", 90_00, year=(100_00, 10_00)), an_opening("301", -90_00, year=(10_00, 100_00))],
        entity=VILLAGE._replace(first_period=Period(2025, 7)),
    )
    report = subsidiary_ledger.build(ledger, Query(Period(2025, 7), Period(2025, 7), "101"))
    year = rows_of_kind(report, "year")[0]
    assert year.cells[3:7] == (140_00, 10_00, "借", 130_00)
