"""收益及收益分配表 by hand; the acceptance year holds every line."""

from tests.builders import VILLAGE, a_ledger, a_voucher, an_opening
from tests.reports.forms import FORMS, ROLES
from tests.reports.reading import assert_well_formed, find
from village_ledger.domain.period import Period
from village_ledger.domain.view import MemoryLedger
from village_ledger.reports import income_distribution
from village_ledger.reports.model import Report, Target
from village_ledger.reports.query import Query

LEDGER = a_ledger(
    [
        a_voucher(1, "2025-02-02", ("101", 80_00), ("501", -80_00)),
        a_voucher(2, "2025-02-28", ("501", 80_00), ("321", -80_00), kind="carry"),
        a_voucher(1, "2025-12-31", ("321", 80_00), ("32202", -80_00), kind="year_end"),
        a_voucher(1, "2026-02-02", ("101", 95_00), ("501", -95_00)),
        a_voucher(1, "2026-03-02", ("513", 15_00), ("101", -15_00)),
    ]
)


def _of(ledger: MemoryLedger, start: Period, end: Period) -> Report:
    report = income_distribution.build(ledger, Query(start, end), FORMS.income_distribution, ROLES)
    assert_well_formed(report)
    return report


def test_the_same_months_of_the_year_before_stand_beside() -> None:
    report = _of(LEDGER, Period(2026, 1), Period(2026, 3))
    assert find(report, line=1)["amount"] == 95_00
    assert find(report, line=1)["previous"] == 80_00
    assert find(report, line=14)["amount"] == 80_00
    assert find(report, line=20)["amount"] == 160_00
    assert [column.title for column in report.columns] == ["项目", "行次", "本年金额", "上年同期金额"]


def test_months_before_the_book_began_are_nil() -> None:
    report = _of(LEDGER, Period(2025, 1), Period(2025, 12))
    assert {row.cells[3] for row in report.rows} == {0}
    assert [column.title for column in report.columns][2:] == ["本年金额", "上年金额"]


def test_lines_lead_to_their_accounts() -> None:
    report = _of(LEDGER, Period(2026, 1), Period(2026, 3))
    assert report.rows[0].target == Target("accounts", ("501",))
    assert report.rows[0].explanation == "501 经营收入 95.00"


def test_a_book_begun_in_mid_year_counts_the_months_before() -> None:
    ledger = a_ledger(
        [a_voucher(1, "2025-07-03", ("101", 40_00), ("503", -40_00))],
        [an_opening("101", 100_00, year=(100_00, 0)), an_opening("503", -100_00, year=(0, 100_00))],
        entity=VILLAGE._replace(first_period=Period(2025, 7)),
    )
    report = _of(ledger, Period(2025, 1), Period(2025, 7))
    assert find(report, line=7)["amount"] == 140_00
    assert find(report, line=14)["amount"] == 0
    assert find(report, line=20)["amount"] == 140_00
