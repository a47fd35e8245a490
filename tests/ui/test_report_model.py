from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from village_ledger.domain.period import Period
from village_ledger.reports.model import Column, Report, Row
from village_ledger.reports.query import Query
from village_ledger.reports.registry import KINDS
from village_ledger.services import reports
from village_ledger.ui.tables.report_model import ReportModel, shown_text
from village_ledger.ui.tables.report_view import ReportTable, ReportView

COLUMNS = (
    Column("name", "项目", "text", 20),
    Column("line", "行次", "integer", 4),
    Column("hidden", "隐藏", "text", shown=False),
    Column("amount", "金额", "money", 14, "本期"),
    Column("before", "上期", "money", 14, "本期"),
)
ROWS = (
    Row(("一、收入", None, "x", None, None), "section"),
    Row(("经营收入", 1, "x", 123456_78, -5_00), level=1, explanation="科目 501 的贷方"),
    Row(("合计", 2, "x", 123456_78, 0), "total"),
)


def a_report(**changes):
    return Report("income", "收支表", "石桥村", "2025-01", "2025-01", "2025年1月", COLUMNS, ROWS)._replace(**changes)


def shown(model):
    return [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]


def test_cells_are_shown_as_printed_and_hidden_columns_are_left_out():
    model = ReportModel()
    model.set_report(a_report())
    assert shown(model) == [
        ["一、收入", "", "", ""],
        ["经营收入", "1", "123,456.78", "-5.00"],
        ["合计", "2", "123,456.78", ""],
    ]
    assert model.headerData(2, Qt.Orientation.Horizontal) == "金额"
    assert model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole) == "科目 501 的贷方"


def test_zero_is_shown_where_the_report_says_so():
    model = ReportModel()
    model.set_report(a_report(blank_zero=False))
    assert model.index(2, 3).data() == "0.00"


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [(None, "money", ""), (1500, "quantity", "1.5"), (-2000, "quantity", "-2"), (1234567_000, "quantity", "1,234,567"),
     (True, "flag", "是"), (False, "flag", ""), (date(2025, 1, 6), "date", "2025-01-06"), (7, "integer", "7")],
)  # fmt: skip
def test_each_kind_of_value_has_its_form(value, kind, text):
    assert shown_text(value, kind) == text


def test_money_stands_at_the_right():
    model = ReportModel()
    model.set_report(a_report())
    assert model.index(1, 2).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.index(1, 0).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignLeft


def test_finding_knows_amounts_with_and_without_separators_and_starts_over():
    model = ReportModel()
    model.set_report(a_report())
    assert model.find("123456.78", 0) == 1
    assert model.find("123,456", 2) == 2
    assert model.find("经营", 2) == 1
    assert model.find("没有", 0) == -1
    assert model.find(" ", 0) == -1


def test_the_model_keeps_qts_rules_while_its_report_changes(qtmodeltester):
    model = ReportModel()
    model.set_report(a_report())
    qtmodeltester.check(model)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_report(a_report(rows=ROWS[:1]))
    model.set_report(a_report(rows=()))
    assert model.data(QModelIndex()) is None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_every_report_of_the_sample_book_can_be_shown(kind, book, qtbot, qtmodeltester):
    account = "513" if kind.needs_account else ""
    report = reports.run(book, kind.key, Query(Period(2025, 1), Period(2025, 2), account=account))
    view = ReportView()
    qtbot.addWidget(view)
    view.resize(1150, 500)
    view.show_report(report)
    view.show()
    assert not view.grab().isNull()
    assert view.two_sided == bool(report.halves)
    qtmodeltester.check(view.tables[0].report_model)


def test_the_widest_text_column_takes_the_spare_width(qtbot):
    table = ReportTable()
    qtbot.addWidget(table)
    table.resize(900, 300)
    table.show_report(a_report())
    table.show()
    assert sum(table.columnWidth(c) for c in range(4)) == table.viewport().width()
    assert table.columnWidth(0) > table.columnWidth(2)
    table.resize(200, 300)
    assert table.columnWidth(2) >= table.fontMetrics().horizontalAdvance("123,456.78")


def test_the_selection_is_copied_for_a_spreadsheet(qtbot):
    table = ReportTable()
    qtbot.addWidget(table)
    table.show_report(a_report())
    with qtbot.waitActive(table):
        table.show()
        table.activateWindow()
    table.setFocus()
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[1] == "经营收入\t1\t123,456.78\t-5.00"


def test_enter_opens_the_current_row(qtbot):
    table = ReportTable()
    qtbot.addWidget(table)
    table.show_report(a_report())
    opened = []
    table.opened.connect(opened.append)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [ROWS[1]]


def test_arrows_cross_from_one_half_to_the_other(qtbot):
    view = ReportView()
    qtbot.addWidget(view)
    view.resize(1000, 300)
    view.show_report(a_report(halves=2))
    view.show()
    left, right = view.tables
    left.setFocus()
    left.setCurrentIndex(left.report_model.index(1, 3))
    qtbot.keyClick(left, Qt.Key.Key_Right)
    assert view.active() is right
    assert view.current() == ROWS[2]
    assert left.selectionModel().selectedRows() == []
    right.setCurrentIndex(right.report_model.index(0, 0))
    qtbot.keyClick(right, Qt.Key.Key_Left)
    assert view.active() is left
    assert view.current() == ROWS[1]


def test_grouped_columns_have_a_two_row_header(qtbot):
    table = ReportTable()
    qtbot.addWidget(table)
    table.show_report(a_report())
    double = table.horizontalHeader().sizeHint().height()
    plain = tuple(column._replace(group="") for column in COLUMNS)
    table.show_report(a_report(columns=plain))
    assert table.horizontalHeader().sizeHint().height() < double
