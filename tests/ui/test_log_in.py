"""Logging in at the window: locked at opening, by key and after idle minutes; passwords and the recovery code."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.services.conftest import STAFF
from tests.services.log_in_desk import CODE, PASSWORDS, Hands, a_guarded_book, quicken
from village_ledger import app
from village_ledger.services import integrity, log_in, people
from village_ledger.services.book import Book
from village_ledger.ui import machine
from village_ledger.ui.log_in.attendance import Cover
from village_ledger.ui.log_in.log_in_dialog import LogInDialog
from village_ledger.ui.log_in.password_dialog import PasswordDialog
from village_ledger.ui.log_in.recovery_dialog import RecoveryDialog
from village_ledger.ui.log_in.secrets_dialog import SecretsDialog
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.operations import Operations
from village_ledger.ui.vouchers.operator_dialog import OperatorDialog

ACCOUNTANT, HEAD, CASHIER = "王会计", "陈主任", "赵出纳"
Answers = Callable[[str, object], None]


@pytest.fixture
def guarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    quicken(monkeypatch)
    book = a_guarded_book(tmp_path)
    yield book
    book.close()


@pytest.fixture
def window(guarded: Book, qtbot: QtBot) -> MainWindow:
    """A window on a book everybody logs in to, the accountant at work."""
    log_in.log_in(guarded, ACCOUNTANT, PASSWORDS[ACCOUNTANT])
    return a_window(guarded, qtbot)


def a_window(book: Book, qtbot: QtBot) -> MainWindow:
    made = MainWindow(Operations(book, synchronous=True))
    qtbot.addWidget(made, before_close_func=lambda one: one.leave_at_once())
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(window: QWidget, kind: type) -> QWidget:
    found = [one for one in window.findChildren(kind) if one.isVisible()]
    assert found, f"no {kind.__name__} is open"
    return found[-1]


def covered(window: MainWindow) -> bool:
    return any(one.isVisible() for one in window.findChildren(Cover))


def type_password(qtbot: QtBot, dialog: LogInDialog, password: str) -> None:
    dialog.password.clear()
    qtbot.keyClicks(dialog.password, password)
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)


def test_a_locked_window_shows_nothing_until_somebody_logs_in(window: MainWindow, guarded: Book, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.attendance.locked
    assert covered(window)
    dialog = shown(window, LogInDialog)
    assert dialog.name == ACCOUNTANT
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    type_password(qtbot, dialog, "not this one")
    assert covered(window)
    dialog.person.setCurrentIndex(dialog.person.findData(HEAD))
    assert dialog.focusWidget() is dialog.password
    type_password(qtbot, dialog, PASSWORDS[HEAD])
    assert not covered(window)
    assert not window.attendance.locked
    assert guarded.actor == window.facts.actor == HEAD
    assert machine.text("operator/石桥村") == HEAD


def test_idle_minutes_lock_and_a_key_begins_them_anew(window: MainWindow) -> None:
    attendance = window.attendance
    assert attendance.idle.interval() == 15 * 60_000
    attendance.idle.stop()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window.windowHandle(), key)
    attendance.eventFilter(window, key)
    assert attendance.idle.isActive()
    attendance.idle.timeout.emit()
    assert attendance.locked
    attendance.idle.timeout.emit()
    assert len([one for one in window.findChildren(LogInDialog) if one.isVisible()]) == 1


def test_who_has_no_password_is_not_locked_out_by_idling(book: Book, qtbot: QtBot) -> None:
    window = a_window(book, qtbot)
    window.attendance.idle.timeout.emit()
    assert not window.attendance.locked
    window.attendance.leave_keyboard()
    assert not covered(window)
    shown(window, LogInDialog).reject()


def test_five_wrong_passwords_say_how_long_to_wait(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = Hands(monkeypatch)
    window.attendance.lock()
    dialog = shown(window, LogInDialog)
    for _ in range(5):
        type_password(qtbot, dialog, "not this one")
    note, _hint = dialog.form._hints[dialog.password]
    assert "锁定 10 分钟" in note.text()
    dialog.person.setCurrentIndex(dialog.person.findData(HEAD))
    dialog.person.setCurrentIndex(dialog.person.findData(ACCOUNTANT))
    assert "约 10 分钟后" in note.text()
    hands.later(10)
    type_password(qtbot, dialog, PASSWORDS[ACCOUNTANT])
    assert not window.attendance.locked


def test_an_initial_password_leads_to_setting_one_s_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    quicken(monkeypatch)
    book = a_guarded_book(tmp_path, own=False)
    book.enter("")
    window = a_window(book, qtbot)
    window.attendance.lock()
    dialog = shown(window, LogInDialog)
    type_password(qtbot, dialog, f"{PASSWORDS[dialog.name]}0")
    own = shown(dialog, PasswordDialog)
    qtbot.keyClicks(own.fields.new, "123456")
    qtbot.keyClick(own.fields.new, Qt.Key.Key_Return)
    assert own.fields.new.property("wrong") is True
    own.fields.new.clear()
    qtbot.keyClicks(own.fields.new, "spring-rain-9")
    qtbot.keyClicks(own.fields.again, "spring-rain-8")
    qtbot.keyClick(own.fields.again, Qt.Key.Key_Return)
    assert own.fields.again.property("wrong") is True
    assert window.attendance.locked
    own.fields.again.clear()
    qtbot.keyClicks(own.fields.again, "spring-rain-9")
    qtbot.keyClick(own.fields.again, Qt.Key.Key_Return)
    assert not window.attendance.locked
    assert window.facts.access[window.facts.actor].state == "密码"


def test_the_recovery_code_lets_somebody_in_and_shows_the_next(
    window: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    window.attendance.lock()
    dialog = shown(window, LogInDialog)
    dialog.forgot_button.click()
    recovery = shown(dialog, RecoveryDialog)
    qtbot.keyClicks(recovery.code, "XXXX")
    recovery.save()
    assert recovery.code.property("wrong") is True
    recovery.code.setText(CODE.lower())
    for field in (recovery.fields.new, recovery.fields.again):
        qtbot.keyClicks(field, "spring-rain-9")
    qtbot.keyClick(recovery.fields.again, Qt.Key.Key_Return)
    following = shown(recovery, SecretsDialog)
    answers("save_file", tmp_path / "封存单.pdf")
    following.save_sheet()
    assert (tmp_path / "封存单.pdf").stat().st_size > 1000
    assert window.attendance.locked
    following.close_button.click()
    assert not window.attendance.locked
    assert window.facts.actor == ACCOUNTANT


def test_switching_to_somebody_with_a_password_asks_for_it(window: MainWindow, guarded: Book, qtbot: QtBot) -> None:
    window.top.person_requested.emit(CASHIER)
    assert guarded.actor == ACCOUNTANT
    dialog = shown(window, LogInDialog)
    assert dialog.name == CASHIER
    type_password(qtbot, dialog, PASSWORDS[CASHIER])
    assert guarded.actor == CASHIER
    other = OperatorDialog(window.operations, window)
    switched = []
    other.switched.connect(switched.append)
    other.open()
    next(button for button in other.choices if HEAD in button.text()).click()
    type_password(qtbot, shown(other, LogInDialog), PASSWORDS[HEAD])
    assert switched == [HEAD]


def test_one_changes_one_s_own_password(window: MainWindow, guarded: Book, qtbot: QtBot) -> None:
    window.top.password_requested.emit()
    dialog = shown(window, PasswordDialog)
    qtbot.keyClicks(dialog.old, "not this one")
    for field in (dialog.fields.new, dialog.fields.again):
        qtbot.keyClicks(field, "spring-rain-9")
    dialog.save()
    assert "密码不对" in dialog.message_bar.text
    dialog.old.setText(PASSWORDS[ACCOUNTANT])
    dialog.save()
    assert not dialog.isVisible()
    log_in.log_in(guarded, ACCOUNTANT, "spring-rain-9")


def test_somebody_sets_a_password_where_none_is_asked(
    book: Book, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    quicken(monkeypatch)
    window = a_window(book, qtbot)
    window.attendance.change_password()
    dialog = shown(window, PasswordDialog)
    for field in (dialog.fields.new, dialog.fields.again):
        qtbot.keyClicks(field, "spring-rain-9")
    dialog.save()
    assert window.facts.access[window.facts.actor].state == "密码"
    assert integrity.verify(book).ok


def test_the_head_resets_a_password_and_switches_log_in(
    window: MainWindow, guarded: Book, answers: Answers, qtbot: QtBot
) -> None:
    answers("ask", True)
    page = window.page("settings")
    window.show_page("settings")
    names = [page.people.table.item(row, 0).text() for row in range(len(STAFF))]
    page.people.table.setCurrentCell(names.index(CASHIER), 0)
    page.people.reset_password()
    assert "不能重设他人密码" in page.message_bar.text
    log_in.log_in(guarded, HEAD, PASSWORDS[HEAD])
    page.people.reset_password()
    given = shown(window, SecretsDialog)
    password = given._secrets.passwords[0][1]
    given.close_button.click()
    assert page.people.table.item(names.index(CASHIER), 3).text() == "临时"
    page.log_in.renew_code()
    shown(window, SecretsDialog).close_button.click()
    page.log_in.minutes.setValue(0)
    assert guarded.settings.lock_minutes == 0
    assert not window.attendance.idle.isActive()
    page.log_in.switch()
    assert not guarded.settings.log_in
    assert not page.log_in.code_button.isVisible()
    page.log_in.switch()
    shown(window, SecretsDialog).close_button.click()
    assert guarded.settings.log_in
    log_in.log_in(guarded, CASHIER, password)


def test_saving_the_rules_leaves_log_in_and_control_alone(window: MainWindow, guarded: Book) -> None:
    page = window.page("settings")
    window.show_page("settings")
    page.rules.keep.setValue(7)
    page.rules.save()
    assert (guarded.settings.keep_backups, guarded.settings.log_in) == (7, True)


def test_a_guarded_book_opens_locked_and_an_open_one_at_once(
    guarded: Book, book_file: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    desk = app.Desk()
    window = desk.open_book(guarded.path)
    qtbot.waitUntil(lambda: window.operations.idle)
    assert window.attendance.locked
    assert covered(window)
    dialog = shown(window, LogInDialog)
    type_password(qtbot, dialog, PASSWORDS[dialog.name])
    qtbot.waitUntil(lambda: not window.attendance.locked)
    other = desk.open_book(book_file)
    qtbot.waitUntil(lambda: other.operations.idle)
    assert not other.attendance.locked
    for one in list(desk.windows):
        one.leave_at_once()
    qapp.processEvents()


def test_leaving_at_the_log_in_closes_the_window(guarded: Book, qapp: QApplication, qtbot: QtBot) -> None:
    desk = app.Desk()
    window = desk.open_book(guarded.path)
    qtbot.waitUntil(lambda: window.operations.idle)
    with qtbot.waitSignal(window.left):
        shown(window, LogInDialog).leave_button.click()
    assert desk.windows == []
    qapp.processEvents()


def test_nobody_else_is_offered_who_is_off_duty(window: MainWindow, guarded: Book) -> None:
    people.save_person(guarded, people.Person(CASHIER, "出纳", active=False))
    window.operations.announce(frozenset({"people"}))
    window.attendance.lock()
    assert shown(window, LogInDialog).person.findData(CASHIER) == -1
