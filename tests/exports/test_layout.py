from datetime import date

import pytest

from village_ledger.domain.quantity import format_quantity
from village_ledger.exports.layout import (
    Head,
    display,
    header,
    quantity_places,
    side_by_side,
    signature_labels,
)
from village_ledger.reports.model import Column, Report, Row

MONEY = Column("m", "金额", "money")
TEXT = Column("t", "摘要")


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        (123456, MONEY, "1,234.56"),
        (-5, MONEY, "-0.05"),
        (0, MONEY, ""),
        (None, MONEY, ""),
        (1500, Column("q", "数量", "quantity"), "1.500"),
        (True, Column("f", "末级", "flag"), "是"),
        (date(2025, 6, 1), Column("d", "日期", "date"), "2025-06-01"),
        ("甲\t乙", TEXT, "甲 乙"),
        (3, Column("n", "行次", "integer"), "3"),
    ],
)
def test_each_kind_is_written_as_people_read_it(value, column, text):
    assert display(value, column, blank_zero=True) == text


def test_zero_shows_when_the_report_wants_it():
    assert display(0, MONEY) == "0.00"


def test_quantities_have_as_many_decimals_as_the_column_needs():
    column = Column("q", "数量", "quantity")
    rows = (Row((1500,)), Row((2000,)), Row((-1234_560,)))
    report = Report("x", "表", "村", "", "", "", (column,), rows)
    assert quantity_places(report) == (2,)
    assert [format_quantity(row.cells[0], 2) for row in rows] == ["1.50", "2.00", "-1,234.56"]
    assert format_quantity(2000, 0) == "2"


def test_grouped_headers_span_and_single_ones_reach_down(trial_balance):
    columns = side_by_side(trial_balance)[0].columns
    assert header(columns)[:4] == (
        Head("科目编码", 0, 0, 0, 1),
        Head("科目名称", 1, 1, 0, 1),
        Head("期初余额", 2, 3, 0, 0),
        Head("借方", 2, 2, 1, 1),
    )


def test_a_two_sided_statement_levels_both_totals_at_the_bottom(balance_sheet):
    left, right = side_by_side(balance_sheet)
    assert [row and row.cells[0] for row in left.rows] == [
        "流动资产：", "货币资金", "固定资产原值", "减：累计折旧", "资产总计",
    ]  # fmt: skip
    assert [row and row.cells[0] for row in right.rows] == ["应付款项", "资本", None, None, "负债和所有者权益总计"]
    assert tuple(right.places) == (0, 1, 4)
    assert (left.columns[0].title, right.columns[0].title) == ("资产", "负债和所有者权益")


def test_a_one_sided_report_is_its_own_single_side(trial_balance):
    (side,) = side_by_side(trial_balance)
    assert side.rows is trial_balance.rows
    assert side.indexes == (0, 1, 4, 5, 6, 7, 8, 9)


def test_signers_get_a_colon_unless_they_bring_one(trial_balance):
    assert signature_labels(trial_balance._replace(signatures=("负责人", "制表：张三"))) == ("负责人：", "制表：张三")
