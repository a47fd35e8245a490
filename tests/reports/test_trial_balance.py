"""科目余额表 by hand."""

from tests.builders import VILLAGE, a_chart, a_ledger, a_voucher, an_opening
from tests.reports.reading import assert_well_formed, dictionaries, find, table
from village_ledger.domain.period import Period
from village_ledger.reports import trial_balance
from village_ledger.reports.model import Span
from village_ledger.reports.query import Query

MARCH = Query(Period(2025, 3), Period(2025, 3))
LEDGER = a_ledger(
    [
        a_voucher(1, "2025-02-10", ("10201", 500_00), ("50101", -500_00)),
        a_voucher(1, "2025-03-05", ("101", 200_00), ("10201", -200_00)),
        a_voucher(2, "2025-03-09", ("113", 30_00, "张三"), ("113", -50_00, "李四"), ("101", 20_00)),
    ],
    [an_opening("10201", 1000_00), an_opening("301", -1000_00)],
    a_chart("10201农商行", "10202邮储", "50101发包收入"),
)


def test_accounts_with_a_figure_are_listed_with_those_above_them() -> None:
    report = trial_balance.build(LEDGER, MARCH)
    assert_well_formed(report)
    assert table(report, "code", "level", "leaf") == [
        ("101", 1, True),
        ("102", 1, False),
        ("10201", 2, True),
        ("113", 1, True),
        ("301", 1, True),
        ("501", 1, False),
        ("50101", 2, True),
        ("", 0, False),
    ]


def test_every_column_is_known_for_the_bank_account() -> None:
    row = find(trial_balance.build(LEDGER, MARCH), code="10201")
    assert (row["opening_debit"], row["opening_credit"]) == (1500_00, 0)
    assert (row["period_debit"], row["period_credit"]) == (0, 200_00)
    assert (row["ytd_debit"], row["ytd_credit"]) == (500_00, 200_00)
    assert (row["closing_debit"], row["closing_credit"]) == (1300_00, 0)


def test_a_two_sided_account_stands_on_the_side_of_its_net() -> None:
    row = find(trial_balance.build(LEDGER, MARCH), code="113")
    assert (row["period_debit"], row["period_credit"]) == (30_00, 50_00)
    assert (row["closing_debit"], row["closing_credit"]) == (0, 20_00)


def test_the_total_adds_first_level_rows_and_says_so() -> None:
    report = trial_balance.build(LEDGER, MARCH)
    assert [span.first for span in report.rows[-1].formula] == [0, 1, 3, 4, 5]
    assert report.rows[-1].formula[0] == Span(0, 0)
    assert dictionaries(report)[-1]["closing_debit"] == 1300_00 + 220_00


def test_deeper_levels_can_be_left_out() -> None:
    report = trial_balance.build(LEDGER, MARCH._replace(level=1))
    assert [row["code"] for row in dictionaries(report)] == ["101", "102", "113", "301", "501", ""]


def test_a_book_begun_in_mid_year_counts_what_it_brought_along() -> None:
    ledger = a_ledger(
        [a_voucher(1, "2025-07-03", ("101", 40_00), ("503", -40_00))],
        [an_opening("101", 90_00, year=(100_00, 10_00)), an_opening("301", -90_00, year=(10_00, 100_00))],
        entity=VILLAGE._replace(first_period=Period(2025, 7)),
    )
    row = find(trial_balance.build(ledger, Query(Period(2025, 7), Period(2025, 7))), code="101")
    assert (row["opening_debit"], row["ytd_debit"], row["ytd_credit"]) == (90_00, 140_00, 10_00)


def test_an_empty_book_has_only_a_total_of_nothing() -> None:
    report = trial_balance.build(a_ledger(), MARCH)
    assert len(report.rows) == 1
    assert set(report.rows[0].cells[4:]) == {0}
