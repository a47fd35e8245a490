"""总账 by hand."""

from tests.builders import VILLAGE, a_chart, a_ledger, a_voucher, an_opening
from tests.reports.reading import assert_well_formed, rows_of_kind, table
from village_ledger.domain.period import Period
from village_ledger.reports import general_ledger
from village_ledger.reports.query import Query

LEDGER = a_ledger(
    [
        a_voucher(1, "2025-01-20", ("10201", 300_00), ("503", -300_00)),
        a_voucher(1, "2025-03-05", ("101", 100_00), ("10202", -100_00)),
    ],
    [an_opening("10202", 150_00), an_opening("301", -150_00)],
    a_chart("10201农商行", "10202邮储"),
)
YEAR = Query(Period(2025, 1), Period(2025, 12))


def test_every_month_up_to_the_last_one_posted_is_totalled() -> None:
    report = general_ledger.build(LEDGER, YEAR._replace(account="102"))
    assert_well_formed(report)
    assert table(report, "summary", "debit", "credit", "side", "balance") == [
        ("102 银行存款", None, None, "", None),
        ("上年结转", None, None, "借", 150_00),
        ("本月合计", 300_00, 0, "借", 450_00),
        ("本年累计", 300_00, 0, "借", 450_00),
        ("本月合计", 0, 0, "借", 450_00),
        ("本年累计", 300_00, 0, "借", 450_00),
        ("本月合计", 0, 100_00, "借", 350_00),
        ("本年累计", 300_00, 100_00, "借", 350_00),
    ]


def test_first_level_accounts_with_a_figure_each_have_a_section() -> None:
    report = general_ledger.build(LEDGER, YEAR)
    assert [row.cells[7] for row in rows_of_kind(report, "section")] == ["101", "102", "301", "503"]


def test_months_before_the_book_began_are_left_out() -> None:
    ledger = a_ledger(
        [a_voucher(1, "2025-07-03", ("101", 40_00), ("503", -40_00))],
        [an_opening("101", 90_00, year=(100_00, 10_00)), an_opening("301", -90_00, year=(10_00, 100_00))],
        entity=VILLAGE._replace(first_period=Period(2025, 7)),
    )
    report = general_ledger.build(ledger, YEAR._replace(account="101"))
    assert table(report, "summary", "debit", "credit", "balance")[1:] == [
        ("期初余额", None, None, 90_00),
        ("本月合计", 40_00, 0, 130_00),
        ("本年累计", 140_00, 10_00, 130_00),
    ]


def test_an_account_starting_later_in_the_year_cumulates_from_january() -> None:
    report = general_ledger.build(LEDGER, Query(Period(2025, 3), Period(2025, 3), "102"))
    assert table(report, "summary", "debit", "credit", "balance")[1:] == [
        ("期初余额", None, None, 450_00),
        ("本月合计", 0, 100_00, 350_00),
        ("本年累计", 300_00, 100_00, 350_00),
    ]
