"""Identity, people and rules; backups, the proof of integrity, and the log."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.ime import commit
from tests.ui.new_books import a_new_book, posted
from village_ledger.domain.identity import credit_code_check_digit
from village_ledger.services import accounts, backups, journal, people
from village_ledger.services.book import Book
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.instants import local_time, stamped_time
from village_ledger.ui.log_entry_dialog import LogEntryDialog
from village_ledger.ui.operations import Operations
from village_ledger.ui.settings.backups_model import BackupsModel, size_text
from village_ledger.ui.settings.backups_page import BackupsPage
from village_ledger.ui.settings.log_model import PAGE, LogModel
from village_ledger.ui.settings.log_page import LogPage
from village_ledger.ui.settings.log_text import entry_summary, search_text
from village_ledger.ui.settings.people_card import PersonDialog
from village_ledger.ui.settings.rules_card import read_codes
from village_ledger.ui.settings.settings_page import SettingsPage
from village_ledger.ui.settings.verify_card import clean_head, head_problem

Answers = Callable[[str, object], None]
Make = Callable[[type], object]


@pytest.fixture
def new_book(tmp_path: Path) -> Iterator[Book]:
    book = a_new_book(tmp_path)
    yield book
    book.close()


@pytest.fixture
def show(new_book: Book, qtbot: QtBot) -> Make:
    """Show a page of that class on the new book."""

    def make(kind: type) -> QWidget:
        page = kind(Operations(new_book, synchronous=True))
        qtbot.addWidget(page)
        page.resize(1182, 650)
        page.show()
        return page

    return make


def dialog_of(page: QWidget, kind: type = Dialog) -> object:
    found = [widget for widget in page.findChildren(kind) if widget.isVisible()]
    assert found, f"no {kind.__name__} is open"
    return found[-1]


def test_codes_are_checked_while_they_are_typed(show: Make, new_book: Book, qtbot: QtBot) -> None:
    page = show(SettingsPage)
    card = page.identity
    qtbot.keyClicks(card.region, "12345")
    assert card.region.property("wrong") is True
    card.save()
    assert new_book.entity.region_code == ""
    card.region.clear()
    qtbot.keyClicks(card.region, "350100200201")
    body = "N235010000000000X"
    qtbot.keyClicks(card.credit, (body + credit_code_check_digit(body)).lower())
    assert card.credit.property("wrong") is False
    qtbot.mouseClick(card.save_button, Qt.MouseButton.LeftButton)
    assert new_book.entity.region_code == "350100200201"
    assert new_book.entity.credit_code.startswith("N2350")
    assert page.message_bar.text == "单位信息已保存"
    assert not card.save_button.isEnabled()


def test_what_is_typed_survives_a_refresh_and_leaving_asks(show: Make, answers: Answers) -> None:
    page = show(SettingsPage)
    assert page.may_leave()
    commit(page.identity.county, "青山县")
    page.refresh()
    assert page.identity.county.text() == "青山县"
    answers("ask", False)
    assert not page.may_leave()


def test_rules_are_saved_and_unknown_accounts_are_told(show: Make, new_book: Book, qtbot: QtBot) -> None:
    page = show(SettingsPage)
    card = page.rules
    card.words.setCurrentIndex(1)
    card.carry.setCurrentIndex(1)
    card.cash.setText("101，999")
    assert not card.save_button.isEnabled()
    assert card.cash.property("wrong") is True
    card.cash.setText("101")
    qtbot.mouseClick(card.save_button, Qt.MouseButton.LeftButton)
    assert (new_book.settings.words, new_book.settings.carry_forward) == ("收付转", "month")
    assert read_codes("101， 102、103,104") == ("101", "102", "103", "104")


def test_a_person_is_added_with_the_keyboard_and_taken_off_duty(
    show: Make, new_book: Book, answers: Answers, qtbot: QtBot
) -> None:
    page = show(SettingsPage)
    page.people.add_button.click()
    dialog = dialog_of(page, PersonDialog)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.isVisible()
    commit(dialog.name, "王会计")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.name.clear()
    commit(dialog.name, "赵出纳")
    dialog.role.setCurrentText("出纳")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert people.role_of(new_book, "赵出纳") == "出纳"
    row = next(r for r in range(page.people.table.rowCount()) if page.people.table.item(r, 0).text() == "赵出纳")
    page.people.table.setCurrentCell(row, 0)
    answers("ask", True)
    page.people.stop_button.click()
    assert people.role_of(new_book, "赵出纳") == ""
    assert page.people.stop_button.text() == "恢复(&T)"


def test_the_models_keep_qts_rules(show: Make, new_book: Book, qtmodeltester: ModelTester) -> None:
    backups.back_up(new_book, "手工备份")
    files = BackupsModel()
    files.show_rows(backups.backups(new_book))
    qtmodeltester.check(files)
    log = LogModel()
    log.start(journal.entries(new_book))
    qtmodeltester.check(log)


def test_sizes_and_times_are_written_as_people_read_them() -> None:
    assert (size_text(10), size_text(200_000), size_text(5_400_000)) == ("1 KB", "195 KB", "5.1 MB")
    assert stamped_time("20260131-161500") == "2026-01-31 16:15:00"
    assert stamped_time("升级前") == "升级前"
    assert len(local_time("2026-01-31T08:15:00Z")) == len("2026-01-31 08:15:00")
    assert local_time("") == ""


def test_a_backup_is_made_checked_and_offered_for_restoring(show: Make, new_book: Book, qtbot: QtBot) -> None:
    page = show(BackupsPage)
    assert page.stack.currentWidget() is page.empty
    assert not page.restore_button.isEnabled()
    qtbot.mouseClick(page.back_up_button, Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == 1
    assert page.model.data(page.model.index(0, 3)) == "✓ 完好"
    page.check()
    assert page.message_bar.kind == "success"
    page.restore()
    question = dialog_of(page)
    with qtbot.waitSignal(page.restore_requested) as asked:
        question.accept()
    assert asked.args == [page.selected().path]


def test_a_damaged_backup_is_named_and_not_restored(show: Make, new_book: Book) -> None:
    page = show(BackupsPage)
    page.back_up()
    path = page.selected().path
    path.write_bytes(b"not a book at all" * 100)
    page.check()
    assert page.message_bar.kind == "danger"
    assert page.model.data(page.model.index(0, 3)) == "✗ 损坏"
    page.restore()
    assert not [one for one in page.findChildren(Dialog) if one.isVisible()]


def test_a_sound_book_proves_itself_against_a_head_typed_from_paper(show: Make, new_book: Book, qtbot: QtBot) -> None:
    posted(new_book, "2025-01-05", ("101", 100), ("501", -100))
    head = new_book.log_head
    card = show(BackupsPage).verify
    card.head.setText(" ".join(head[place : place + 8] for place in range(0, 64, 8)).upper())
    qtbot.keyClick(card.head, Qt.Key.Key_Return)
    assert card.result.text() == "✓ 校验通过"
    assert "与给定的校验码相符" in card.detail.text()
    card.copy_button.click()
    assert QApplication.clipboard().text() == head


def test_a_head_that_is_not_in_the_chain_is_found(show: Make, qtbot: QtBot) -> None:
    card = show(BackupsPage).verify
    card.head.setText("abc")
    qtbot.mouseClick(card.verify_button, Qt.MouseButton.LeftButton)
    assert card.error.text() == head_problem("abc")
    assert card.result.text() == ""
    card.head.setText("0" * 64)
    qtbot.mouseClick(card.verify_button, Qt.MouseButton.LeftButton)
    assert card.result.text() == "✗ 发现 1 处问题"
    assert card.findings.count() == 1
    assert clean_head(" AB cd ") == "abcd"


def test_the_log_is_filtered_by_person_act_and_text(show: Make, new_book: Book, qtbot: QtBot) -> None:
    accounts.add_item(new_book, "项目", "村道")
    people.log_in(new_book, "张书记")
    page = show(LogPage)
    everything = page.model.rowCount()
    assert everything == 3
    page.person.setCurrentText("张书记")
    assert page.model.rowCount() == 1
    page.person.setCurrentIndex(0)
    page.action.setCurrentText("辅助核算变动")
    assert page.model.data(page.model.index(0, 4)) == "项目:村道"
    assert not page.search.isEnabled()
    page.action.setCurrentIndex(0)
    commit(page.search, "村道")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.model.rowCount() == 1
    page.search.setText("没有这样的")
    page.search.returnPressed.emit()
    assert page.count.text() == "没有符合条件的记录"
    assert search_text("结账") == "close"
    assert search_text("记-12") == "记-12"


def test_a_long_log_is_read_page_by_page(show: Make, new_book: Book) -> None:
    accounts.add_items(new_book, "往来户", [(f"户{number}", "") for number in range(PAGE + 50)])
    page = show(LogPage)
    assert page.model.rowCount() == PAGE
    assert page.model.canFetchMore(QModelIndex())
    page.model.fetchMore(QModelIndex())
    assert page.model.rowCount() == PAGE + 51
    assert page.count.text() == f"共 {PAGE + 51} 条"
    assert not page.model.canFetchMore(QModelIndex())


def test_an_entry_is_shown_whole_and_copied(show: Make, new_book: Book, qtbot: QtBot) -> None:
    accounts.add_item(new_book, "项目", "村道")
    page = show(LogPage)
    page.table.selectRow(0)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "项目:村道" in QApplication.clipboard().text()
    page.table.activated.emit(page.model.index(0, 0))
    dialog = dialog_of(page, LogEntryDialog)
    assert "村道" in dialog.detail.toPlainText()
    dialog.copy_button.click()
    assert new_book.log_head in QApplication.clipboard().text()


def test_settings_changes_are_told_with_the_value_before_and_after(show: Make, new_book: Book) -> None:
    page = show(SettingsPage)
    commit(page.identity.county, "青山县")
    page.identity.save()
    (entry,) = journal.entries(new_book, "settings")
    assert entry_summary(entry) == "县 空 → 青山县"


def test_a_read_only_book_can_be_looked_at(new_book: Book, qtbot: QtBot) -> None:
    with Book.open(new_book.path, read_only=True) as book:
        page = SettingsPage(Operations(book, synchronous=True))
        qtbot.addWidget(page)
        page.show()
        assert page.identity.name.isReadOnly()
        assert not page.people.add_button.isEnabled()
        assert not page.rules.form.isEnabled()
