"""凭证汇总表 by hand."""

from tests.builders import a_chart, a_ledger, a_voucher
from tests.reports.reading import assert_well_formed, table
from village_ledger.domain.period import Period
from village_ledger.reports import voucher_summary
from village_ledger.reports.query import Query

LEDGER = a_ledger(
    [
        a_voucher(1, "2025-06-02", ("10201", 80_00), ("501", -80_00), word="收", attachments=2),
        a_voucher(1, "2025-06-03", ("513", 10_00), ("10201", -4_00), ("10202", -6_00), word="付", attachments=3),
        a_voucher(2, "2025-06-05", ("513", 1_00), ("101", -1_00), word="付"),
    ],
    chart=a_chart("10201农商行", "10202邮储"),
)
JUNE = Query(Period(2025, 6), Period(2025, 6))


def test_accounts_are_summed_with_the_number_of_vouchers_that_touch_them() -> None:
    report = voucher_summary.build(LEDGER, JUNE)
    assert_well_formed(report)
    assert table(report, "code", "debit", "credit", "vouchers") == [
        ("101", 0, 1_00, 1),
        ("102", 80_00, 10_00, 2),
        ("10201", 80_00, 4_00, 2),
        ("10202", 0, 6_00, 1),
        ("501", 0, 80_00, 1),
        ("513", 11_00, 0, 2),
        ("", 91_00, 91_00, 3),
    ]


def test_the_notes_tell_the_numbers_of_each_word() -> None:
    assert voucher_summary.build(LEDGER, JUNE).notes == (
        "2025年6月：付-1 至 付-2，共2张，附件4张",
        "2025年6月：收-1 至 收-1，共1张，附件2张",
    )


def test_the_summary_can_stop_at_the_first_level() -> None:
    codes = [row[0] for row in table(voucher_summary.build(LEDGER, JUNE._replace(level=1)), "code")]
    assert codes == ["101", "102", "501", "513", ""]
