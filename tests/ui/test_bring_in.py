"""Bringing in other programs' exports through the window, with the keyboard's own slots."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.services.test_foreign_import import YONYOU_BALANCES, YONYOU_VOUCHERS, sheet
from tests.ui.new_books import a_new_book
from village_ledger.domain.period import Period
from village_ledger.services import openings, vouchers
from village_ledger.services.book import Book
from village_ledger.ui.bring_in.bring_in_dialog import BringInDialog
from village_ledger.ui.operations import Operations


@pytest.fixture
def new_book(tmp_path: Path) -> Book:
    return a_new_book(tmp_path)


@pytest.fixture
def dialog(new_book: Book, qtbot: QtBot) -> Iterator[BringInDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = BringInDialog(Operations(new_book, synchronous=True), parent)
    made.open()
    yield made
    made.close()


def to_accounts(dialog: BringInDialog, path: Path) -> None:
    dialog.file.set_path(path)
    dialog.forward()
    dialog.forward()


def test_a_balance_table_and_then_vouchers_come_in(dialog: BringInDialog, new_book: Book, tmp_path: Path) -> None:
    assert not dialog.next_button.isEnabled()
    to_accounts(dialog, sheet(tmp_path, "余额表", YONYOU_BALANCES))
    assert dialog.accounts.undecided == 0
    dialog.forward()
    assert dialog.message_bar.kind == "success"
    assert openings.tie(new_book).tied
    dialog.forward()
    vouchers_file = [list(row) for row in YONYOU_VOUCHERS]
    vouchers_file[4][3:5] = ["513", "管理费用"]
    to_accounts(dialog, sheet(tmp_path, "凭证", vouchers_file))
    names = {one.source.code: one for one in dialog.accounts.matches()}
    assert names["11301"].member == ("往来户", "张三")  # its parent was learnt from the first file
    assert names["11301"].note == ""
    dialog.accounts.post.setChecked(True)
    dialog.forward()
    assert "凭证 2 张，已记账" in dialog.message_bar.text
    assert dialog.cancel_button.text() == "完成(&C)"


def test_columns_can_be_given_another_meaning(dialog: BringInDialog, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["日期", "凭证号", "摘要", "科目编码", "借方", "出账"],
        ["2025-01-05", "1", "取现金", "101", "5", ""],
        ["2025-01-05", "1", "取现金", "102", "", "5"],
    ]
    dialog.file.set_path(sheet(tmp_path, "自制", rows))
    dialog.forward()
    columns = dialog.columns
    columns.kind.setCurrentIndex(columns.kind.findData("vouchers"))
    columns.kind.activated.emit(0)
    assert "还缺：借方金额和贷方金额" in columns.state.text()
    assert not dialog.next_button.isEnabled()
    last = columns.combos[5]
    last.setCurrentIndex(last.findData("credit"))
    last.activated.emit(0)
    assert columns.is_complete
    columns.combos[0].setCurrentIndex(columns.combos[0].findData("credit"))
    columns.combos[0].activated.emit(0)
    assert last.currentData() == ""  # a meaning belongs to one column
    dialog.back()
    assert dialog.steps.currentWidget() is dialog.file


def test_an_unknown_account_must_be_decided_and_several_can_be_at_once(
    dialog: BringInDialog, new_book: Book, tmp_path: Path
) -> None:
    rows: list[list[object]] = [
        ["科目编码", "科目名称", "借方余额", "贷方余额"],
        ["122101", "应收账款/李四", "40", ""],
        ["122102", "应收账款/王五", "60", ""],
        ["301", "资本", "", "100"],
    ]
    to_accounts(dialog, sheet(tmp_path, "企业", rows))
    panel = dialog.accounts
    assert panel.undecided == 2
    assert not dialog.next_button.isEnabled()
    assert panel.state.text() == "还有 2 个科目要选择"
    panel.table.selectAll()
    panel.table.selectionModel().select(
        panel.model.index(2, 0),
        panel.table.selectionModel().SelectionFlag.Deselect | panel.table.selectionModel().SelectionFlag.Rows,
    )
    panel.target.chosen.emit("112")
    assert panel.undecided == 0
    assert dialog.next_button.isEnabled()
    panel.table.selectRow(panel.model.find(lambda one: one.source.code == "122101"))
    panel.reset_button.click()
    assert panel.undecided == 1
    panel.table.selectRow(0)
    panel.target.chosen.emit("112")
    dialog.forward()
    assert {row.items[0].name for row in openings.openings(new_book) if row.items} == {"李四", "王五"}


def test_bad_rows_are_listed_and_nothing_is_written(dialog: BringInDialog, new_book: Book, tmp_path: Path) -> None:
    rows = [list(row) for row in YONYOU_VOUCHERS]
    rows[2][5], rows[4][0], rows[4][3:5] = "二百", "2025.02.30", ["513", "管理费用"]
    to_accounts(dialog, sheet(tmp_path, "坏", rows))
    dialog.forward()
    assert dialog.message_bar.kind == "danger"
    listed = [dialog.accounts.problems.item(row).text() for row in range(dialog.accounts.problems.count())]
    assert any(text.startswith("第 3 行") for text in listed)
    assert any("没有 2025年2月30日" in text for text in listed)
    assert vouchers.drafts_of(new_book, Period(2025, 1)) == ()


def test_a_file_that_cannot_be_read_is_told(dialog: BringInDialog, tmp_path: Path, qtbot: QtBot) -> None:
    wrong = tmp_path / "照片.xlsx"
    wrong.write_bytes(b"\x89PNG" * 100)
    dialog.file.edit.setFocus()
    dialog.file.set_path(wrong)
    qtbot.keyClick(dialog.file.edit, Qt.Key.Key_Return)
    assert "不是 Excel 工作簿" in dialog.message_bar.text
    assert dialog.steps.currentWidget() is dialog.file
    dialog.file.set_path(tmp_path / "没有.xlsx")
    assert not dialog.next_button.isEnabled()


def test_accounts_of_the_old_regulation_lead_to_the_conversion(dialog: BringInDialog, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["科目编码", "科目名称", "借方余额", "贷方余额"],
        ["131", "牲畜（禽）资产", "300", ""],
        ["301", "资本", "", "300"],
    ]
    to_accounts(dialog, sheet(tmp_path, "旧", rows))
    assert "从 2004 年旧科目转入" in dialog.message_bar.text
