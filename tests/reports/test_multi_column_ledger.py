"""多栏式明细账 by hand."""

import pytest

from tests.builders import a_chart, a_ledger, a_voucher
from tests.reports.reading import assert_well_formed, table
from village_ledger.domain.errors import BadInput
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Line
from village_ledger.reports import multi_column_ledger
from village_ledger.reports.query import Query

LEDGER = a_ledger(
    [
        a_voucher(1, "2025-01-05", ("51301", 80_00), ("101", -80_00), summary="买纸"),
        a_voucher(1, "2025-02-05", ("51302", 60_00), ("51301", 20_00), ("101", -80_00), summary="出差"),
        a_voucher(
            2, "2025-02-28", ("321", 160_00), ("51301", -100_00), ("51302", -60_00), kind="carry", summary="结转"
        ),
    ],
    chart=a_chart("51301办公费", "51302差旅费", "51303报刊费"),
)
FEBRUARY = Query(Period(2025, 2), Period(2025, 2), "513")


def test_each_account_below_that_moved_has_a_column() -> None:
    report = multi_column_ledger.build(LEDGER, FEBRUARY)
    assert_well_formed(report)
    assert [column.title for column in report.columns if column.group == "金额分析"] == ["办公费", "差旅费"]
    assert report.title == "管理费用多栏式明细账"
    assert table(report, "summary", "debit", "credit", "side", "balance", "51301", "51302")[1:] == [
        ("期初余额", None, None, "借", 80_00, None, None),
        ("出差", 60_00, 0, "借", 140_00, 0, 60_00),
        ("出差", 20_00, 0, "借", 160_00, 20_00, 0),
        ("结转", 0, 100_00, "借", 60_00, -100_00, 0),
        ("结转", 0, 60_00, "平", 0, 0, -60_00),
        ("本月合计", 80_00, 160_00, "平", 0, -80_00, 0),
        ("本年累计", 160_00, 160_00, "平", 0, 0, 0),
    ]


def test_income_is_analysed_with_its_credits_positive() -> None:
    ledger = a_ledger(
        [a_voucher(1, "2025-02-05", ("101", 70_00), ("50101", -70_00))], chart=a_chart("50101发包收入", "50102销售收入")
    )
    report = multi_column_ledger.build(ledger, FEBRUARY._replace(account="501"))
    assert table(report, "credit", "50101")[2] == (70_00, 70_00)


def test_a_leaf_account_is_its_own_only_column() -> None:
    report = multi_column_ledger.build(a_ledger(), FEBRUARY._replace(account="514"))
    assert [column.key for column in report.columns if column.group] == ["514"]


def test_lines_that_cancel_each_other_keep_their_column() -> None:
    ledger = a_ledger(
        [
            a_voucher(1, "2025-02-05", ("51301", 20_00), ("101", -20_00)),
            a_voucher(2, "2025-02-06", Line("冲销", "51301", (), -20_00, 0), Line("冲销", "101", (), 0, -20_00)),
        ],
        chart=a_chart("51301办公费"),
    )
    report = multi_column_ledger.build(ledger, FEBRUARY)
    assert_well_formed(report)
    assert table(report, "debit", "51301")[2:4] == [(20_00, 20_00), (-20_00, -20_00)]


def test_lines_from_before_there_were_details_stand_in_the_accounts_own_column() -> None:
    ledger = a_ledger(
        [
            a_voucher(1, "2025-01-05", ("513", 7_00), ("51301", 2_00), ("101", -9_00)),
            a_voucher(1, "2025-02-05", ("513", 20_00), ("51301", 5_00), ("101", -25_00)),
        ],
        chart=a_chart("51301办公费"),
    )
    report = multi_column_ledger.build(ledger, FEBRUARY)
    assert_well_formed(report)
    assert table(report, "debit", "51301", "513")[2:] == [
        (20_00, 0, 20_00),
        (5_00, 5_00, 0),
        (25_00, 5_00, 20_00),
        (34_00, 7_00, 27_00),
    ]


def test_no_account_is_refused_with_an_example() -> None:
    with pytest.raises(BadInput, match="513 管理费用"):
        multi_column_ledger.build(LEDGER, FEBRUARY._replace(account=""))
