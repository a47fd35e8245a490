"""Opening balances typed with the keyboard, the trial balance under them, import and conversion."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.ime import commit
from tests.ui.new_books import a_new_book, posted
from village_ledger.domain.account import Account, Item
from village_ledger.domain.openings import tie_of
from village_ledger.domain.view import Opening
from village_ledger.services import accounts, openings
from village_ledger.services.book import Book
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.openings.conversion_dialog import ConversionDialog
from village_ledger.ui.openings.conversion_result import StepsModel
from village_ledger.ui.openings.opening_item_dialog import OpeningItemDialog
from village_ledger.ui.openings.openings_model import PROBLEM_ROLE, Column, OpeningsModel
from village_ledger.ui.openings.openings_page import OpeningsPage
from village_ledger.ui.openings.openings_rows import grid_rows
from village_ledger.ui.operations import ACCOUNTS, Operations

Answers = Callable[[str, object], None]


@pytest.fixture
def new_book(tmp_path: Path) -> Iterator[Book]:
    book = a_new_book(tmp_path)
    yield book
    book.close()


def shown(book: Book, qtbot: QtBot) -> OpeningsPage:
    page = OpeningsPage(Operations(book, synchronous=True))
    qtbot.addWidget(page)
    page.resize(1182, 650)
    page.show()
    page.grid.setFocus()
    return page


@pytest.fixture
def page(new_book: Book, qtbot: QtBot) -> OpeningsPage:
    return shown(new_book, qtbot)


def dialog_of(page: QWidget, kind: type) -> object:
    found = [widget for widget in page.findChildren(kind) if widget.isVisible()]
    assert found, f"no {kind.__name__} is open"
    return found[-1]


def type_amount(page: OpeningsPage, qtbot: QtBot, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type into the current cell and leave it with a key."""
    qtbot.keyClick(page.grid, text[0])
    editor = next(field for field in page.grid.viewport().findChildren(QLineEdit) if field.isVisible())
    qtbot.keyClicks(editor, text[1:])
    qtbot.keyClick(editor, key)


def current(page: OpeningsPage) -> tuple[str, int]:
    index = page.grid.currentIndex()
    row = page.model.row(index.row())
    assert row is not None
    return row.account.code, index.column()


def text_at(page: OpeningsPage, code: str, column: Column) -> str:
    return str(page.model.index(page.model.row_of(code), column).data())


def test_the_model_keeps_qts_rules(new_book: Book, qtmodeltester: ModelTester) -> None:
    model = OpeningsModel()
    model.load(new_book.chart, (Opening("101", (), 100), Opening("113", (Item("往来户", "0001", "张三"),), -100)))
    qtmodeltester.check(model)
    qtmodeltester.check(StepsModel())


def test_rows_are_accounts_totals_and_the_items_under_them(new_book: Book) -> None:
    zhang = (Item("往来户", "0001", "张三"),)
    rows = grid_rows(new_book.chart, {("113", zhang): Opening("113", zhang, 5)})
    kinds = {(row.account.code, row.items): row.kind for row in rows}
    assert kinds["101", ()] == "leaf"
    assert kinds["113", ()] == "group"
    assert kinds["113", zhang] == "item"
    assert kinds["322", ()] == "parent"
    assert kinds["112", ()] == "group"
    filled = grid_rows(new_book.chart, {("113", zhang): Opening("113", zhang, 5)}, only_filled=True)
    assert [row.account.code for row in filled] == ["113", "113"]


def test_totals_add_debits_and_credits_apart() -> None:
    sums = tie_of([Opening("101", (), 500, 10, 20), Opening("301", (), -300)])
    assert sums == (500, 300, 10, 20)
    assert not sums.tied


def test_a_trial_balance_is_typed_with_enter_alone_and_saved(page: OpeningsPage, new_book: Book, qtbot: QtBot) -> None:
    assert current(page) == ("101", Column.DEBIT)
    type_amount(page, qtbot, "1000")
    assert current(page) == ("102", Column.DEBIT)
    type_amount(page, qtbot, "(20+30)*10")
    assert current(page) == ("111", Column.DEBIT)
    assert page.balance.balance.difference.text() == "✗ 借方多 1,500.00"
    page.search.setText("301")
    assert current(page) == ("301", Column.CREDIT)
    type_amount(page, qtbot, "1500")
    assert page.balance.balance.difference.text() == "✓ 借贷平衡"
    qtbot.keyClick(page.grid, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert page.message_bar.kind == "success"
    assert not page.model.is_changed
    assert {one.account: one.balance_fen for one in openings.openings(new_book)} == {
        "101": 100_000,
        "102": 50_000,
        "301": -150_000,
    }


def test_text_that_is_no_amount_stays_marked_and_cannot_be_saved(
    page: OpeningsPage, new_book: Book, qtbot: QtBot
) -> None:
    type_amount(page, qtbot, "12a")
    index = page.model.index(page.model.row_of("101"), Column.DEBIT)
    assert index.data() == "12a"
    assert "不能识别" in index.data(PROBLEM_ROLE)
    page.save()
    assert page.message_bar.kind == "danger"
    assert openings.openings(new_book) == ()
    page.grid.setCurrentIndex(index)
    type_amount(page, qtbot, "12")
    assert page.model.problems == ()
    assert index.data() == "12.00"


def test_a_typed_side_replaces_the_other_and_a_negative_balance_changes_sides(page: OpeningsPage) -> None:
    row = page.model.row_of("101")
    page.model.setData(page.model.index(row, Column.CREDIT), "8")
    assert (text_at(page, "101", Column.DEBIT), text_at(page, "101", Column.CREDIT)) == ("", "8.00")
    page.model.setData(page.model.index(row, Column.DEBIT), "5")
    assert (text_at(page, "101", Column.DEBIT), text_at(page, "101", Column.CREDIT)) == ("5.00", "")
    page.model.setData(page.model.index(row, Column.CREDIT), "")
    assert text_at(page, "101", Column.DEBIT) == "5.00"
    page.model.setData(page.model.index(row, Column.DEBIT), "-3")
    assert text_at(page, "101", Column.CREDIT) == "3.00"
    assert "另一方" in page.message_bar.text


def test_enter_on_a_household_account_asks_for_the_household_and_registers_a_new_one(
    page: OpeningsPage, new_book: Book, qtbot: QtBot
) -> None:
    page.search.setText("113")
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    dialog = dialog_of(page, OpeningItemDialog)
    field = dialog.fields["往来户"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    commit(field, "张三")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert [record.item.name for record in accounts.items(new_book)] == ["张三"]
    assert current(page) == ("113", Column.DEBIT)
    type_amount(page, qtbot, "80")
    assert text_at(page, "113", Column.DEBIT) == "80.00"
    page.grid.show_cell(page.model.row_of("113") + 1, Column.DEBIT)
    page.remove_item()
    assert text_at(page, "113", Column.DEBIT) == ""


def test_reading_the_book_anew_takes_nothing_from_under_the_cursor(page: OpeningsPage, qtbot: QtBot) -> None:
    household = (Item("往来户", "0001", "张三"),)
    page._item_chosen("113", household)
    page.refresh()
    assert page.grid.currentIndex().row() == page.model.row_of("113", household)
    qtbot.keyClick(page.grid, "8")
    editor = next(field for field in page.grid.viewport().findChildren(QLineEdit) if field.isVisible())
    qtbot.keyClicks(editor, "0")
    page.refresh()
    assert editor.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert page.model.openings() == (Opening("113", household, 8000),)


def test_a_row_keeps_the_cursor_when_rows_come_in_above_it(page: OpeningsPage, new_book: Book) -> None:
    page.grid.show_cell(page.model.row_of("111"), Column.DEBIT)
    accounts.add_account(new_book, Account("10109", "备用金", "", "debit"))
    page.operations.announce(ACCOUNTS)
    page.refresh()
    assert page.model.row_of("10109") > 0
    assert current(page) == ("111", Column.DEBIT)


def test_a_book_that_starts_mid_year_shows_the_year_to_date(tmp_path: Path, qtbot: QtBot) -> None:
    with a_new_book(tmp_path, "2025-04") as book:
        page = shown(book, qtbot)
        assert not page.grid.isColumnHidden(Column.YEAR_DEBIT)
        assert page.balance.year.isVisible()
        type_amount(page, qtbot, "10", Qt.Key.Key_Tab)
        assert current(page) == ("101", Column.CREDIT)
        page.grid.show_cell(page.model.row_of("501"), Column.YEAR_CREDIT)
        type_amount(page, qtbot, "7")
        assert current(page) == ("502", Column.YEAR_CREDIT)
        assert page.balance.year.difference.text() == "✗ 贷方多 7.00"


def test_quantities_show_only_where_an_account_has_a_unit(page: OpeningsPage, new_book: Book) -> None:
    assert page.grid.isColumnHidden(Column.QUANTITY)
    accounts.change_account(new_book, "121", unit="吨")
    page.operations.announce(frozenset({"accounts"}))
    page.refresh()
    assert not page.grid.isColumnHidden(Column.QUANTITY)
    page.model.setData(page.model.index(page.model.row_of("121"), Column.QUANTITY), "3.5")
    assert text_at(page, "121", Column.QUANTITY) == "3.5"
    assert not page.model.flags(page.model.index(page.model.row_of("101"), Column.QUANTITY)) & (
        Qt.ItemFlag.ItemIsEditable
    )


def test_what_is_typed_survives_a_change_of_the_chart(page: OpeningsPage, new_book: Book, qtbot: QtBot) -> None:
    type_amount(page, qtbot, "1000")
    accounts.add_account(new_book, Account("10201", "农商行", "", "debit"))
    page.operations.announce(frozenset({"accounts"}))
    page.refresh()
    assert text_at(page, "101", Column.DEBIT) == "1,000.00"
    assert page.model.row_of("10201") > 0


def test_leaving_with_unsaved_figures_asks(page: OpeningsPage, qtbot: QtBot, answers: Answers) -> None:
    assert page.may_leave()
    type_amount(page, qtbot, "1")
    answers("ask", False)
    assert not page.may_leave()
    answers("ask", True)
    assert page.may_leave()


def test_after_the_first_posting_nothing_can_be_typed(new_book: Book, qtbot: QtBot) -> None:
    posted(new_book, "2025-01-05", ("101", 100), ("501", -100))
    page = shown(new_book, qtbot)
    assert page.model.read_only
    assert not page.save_button.isEnabled()
    assert "不能再改" in page.message_bar.text


def test_openings_are_imported_from_a_file(
    page: OpeningsPage, new_book: Book, tmp_path: Path, qtbot: QtBot, answers: Answers
) -> None:
    file = tmp_path / "期初.csv"
    file.write_text("科目编码,辅助,借方余额,贷方余额\n101,,100,\n113,往来户:张三,50,\n301,,,150\n", encoding="gb18030")
    page.import_file()
    dialog = dialog_of(page, ImportDialog)
    dialog.set_path(file)
    qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    assert openings.tie(new_book).tied
    assert text_at(page, "113", Column.DEBIT) == "50.00"
    answers("ask", False)
    page.import_file()
    assert not [one for one in page.findChildren(ImportDialog) if one.isVisible()]


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    with a_new_book(tmp_path, "2024-12", chart="rural-2004", name="旧账") as old:
        zhang, li = (accounts.add_item(old, "往来户", name) for name in ("张三", "李四"))
        rows = (
            Opening("101", (), 100_000),
            Opening("202", (zhang,), -40_000),
            Opening("202", (li,), -10_000),
            Opening("301", (), -50_000),
        )
        openings.save_openings(old, rows)
        return old.path


def test_an_old_book_is_converted_only_after_every_split_has_been_answered(
    page: OpeningsPage, new_book: Book, old_file: Path, qtbot: QtBot
) -> None:
    page.convert()
    dialog = dialog_of(page, ConversionDialog)
    assert not dialog.next_button.isEnabled()
    dialog.source.set_path(old_file)
    qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)
    assert dialog.list.count() == 2
    assert not dialog.next_button.isEnabled()
    first = dialog.panels[0]
    assert first.rows[0].target.currentData() == ""
    first.rows[0].target.setCurrentIndex(first.rows[0].target.findData("211"))
    first.rows[0].amount.setText("300")
    assert first.rest.text() == "还差 100.00"
    qtbot.mouseClick(first.add_row_button, Qt.MouseButton.LeftButton)
    assert first.rows[1].amount.text() == "100.00"
    first.rows[1].target.setCurrentIndex(first.rows[1].target.findData("214"))
    assert first.shares() is not None
    dialog.list.setCurrentRow(1)
    second = dialog.panels[1]
    second.rows[0].target.setCurrentIndex(second.rows[0].target.findData("113"))
    qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)
    assert dialog.result.bar.balance.debit.text() == dialog.result.bar.year.debit.text() == "1,000.00"
    assert dialog.result.model.rowCount() == 5
    qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)
    written = {
        (one.account, *(item.name for item in one.items)): one.balance_fen for one in openings.openings(new_book)
    }
    assert written == {
        ("101",): 100_000,
        ("113", "李四"): -10_000,
        ("211", "张三"): -30_000,
        ("214",): -10_000,
        ("301",): -50_000,
    }
    assert text_at(page, "211", Column.CREDIT) == "300.00"


def test_an_answer_is_applied_to_the_like_only_when_asked(page: OpeningsPage, old_file: Path, qtbot: QtBot) -> None:
    page.convert()
    dialog = dialog_of(page, ConversionDialog)
    dialog.source.set_path(old_file)
    dialog.next_button.click()
    first, second = dialog.panels
    first.set_target("211")
    assert second.shares() is None
    qtbot.mouseClick(first.same_button, Qt.MouseButton.LeftButton)
    assert second.shares() is not None
    assert dialog.progress.text() == "已确定 2 / 2 项"


def test_a_book_of_the_present_regulation_is_not_converted(page: OpeningsPage, tmp_path: Path, qtbot: QtBot) -> None:
    with a_new_book(tmp_path, "2024-12", name="别的村") as other:
        path = other.path
    page.convert()
    dialog = dialog_of(page, ConversionDialog)
    dialog.source.set_path(path)
    dialog.next_button.click()
    assert "不需要转换" in dialog.message_bar.text
    assert dialog.steps.currentIndex() == 0


def test_a_table_of_old_balances_is_converted_without_a_question(
    page: OpeningsPage, new_book: Book, tmp_path: Path
) -> None:
    table = tmp_path / "旧账.csv"
    table.write_text("科目编码,辅助,借方余额,贷方余额\n154,,200,\n301,,,200\n", encoding="utf-8")
    page.convert()
    dialog = dialog_of(page, ConversionDialog)
    dialog.source.set_path(table)
    dialog.next_button.click()
    assert dialog.steps.currentIndex() == 2
    dialog.next_button.click()
    assert {one.account for one in openings.openings(new_book)} == {"153", "301"}
