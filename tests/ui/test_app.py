import shutil
import signal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from village_ledger import app
from village_ledger.services import backups, people, vouchers
from village_ledger.services.book import Book
from village_ledger.ui import machine
from village_ledger.ui.beginnings import BRING_IN, CONVERT, TOUR, Beginning
from village_ledger.ui.bring_in.bring_in_dialog import BringInDialog
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.openings.conversion_dialog import ConversionDialog
from village_ledger.ui.operations import VOUCHERS
from village_ledger.ui.tour import Tour

from .conftest import ACCOUNTANT, HEAD
from .new_books import a_new_book

VERSION_1 = Path(__file__).parent.parent / "files" / "schema-1.vlb"


@pytest.fixture
def desk(qapp):
    made = app.Desk()
    yield made
    for window in list(made.windows):
        window.leave_at_once()
    if made.start is not None:
        made.start.close()
    qapp.processEvents()


def wait_idle(qtbot, *windows):
    qtbot.waitUntil(lambda: all(window.operations.idle for window in windows))


def test_a_book_opens_with_the_last_person_and_is_remembered(desk, book_file, qtbot):
    machine.remember("operator/石桥村股份经济合作社", HEAD.name)
    window = desk.open_book(book_file)
    wait_idle(qtbot, window)
    assert window.facts.actor == HEAD.name
    assert machine.recent_books() == (book_file.resolve(),)


def test_nobody_remembered_the_accountant_is_at_work(desk, book_file, qtbot):
    with Book.open(book_file, actor=HEAD.name) as book:
        people.save_person(book, people.Person("阿乡", "审计"))
    window = desk.open_book(book_file)
    wait_idle(qtbot, window)
    assert window.facts.actor == ACCOUNTANT.name


def test_a_file_that_is_no_book_is_explained(desk, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr("village_ledger.ui.dialogs.tell", lambda *args: told.append(args))
    broken = tmp_path / "坏.vlb"
    broken.write_bytes(b"not a database" * 100)
    assert desk.open_book(broken) is None
    assert desk.open_book(tmp_path / "没有.vlb") is None
    assert len(told) == 2
    assert desk.windows == []


def test_two_windows_on_one_book_follow_each_other(desk, book_file, qtbot):
    one, other = desk.open_book(book_file), desk.open_book(book_file)
    wait_idle(qtbot, one, other)
    with qtbot.waitSignal(other.operations.changed):
        one.operations.write(vouchers.post, touches=VOUCHERS, initiator=one)
    wait_idle(qtbot, one, other)
    qtbot.waitUntil(lambda: other.page("home").steps[2].count == 0)


def test_restoring_puts_the_backup_in_place_and_opens_it(desk, book_file, qtbot):
    with Book.open(book_file) as book:
        backup = backups.back_up(book, "测试")
        people.log_in(book, ACCOUNTANT.name)
        vouchers.post(book)
    window = desk.open_book(book_file)
    wait_idle(qtbot, window)
    assert window.facts.last_posted.month == 3
    desk.restore(window, backup)
    reopened = desk.windows[0]
    wait_idle(qtbot, reopened)
    assert reopened.facts.last_posted.month == 2
    assert "已从备份恢复" in reopened.status.text


def test_a_book_of_an_older_program_is_upgraded_and_said_so(desk, tmp_path, qtbot):
    old = Path(shutil.copy(VERSION_1, tmp_path / "老账.vlb"))
    window = desk.open_book(old)
    wait_idle(qtbot, window)
    (dialog,) = window.findChildren(Dialog)
    assert dialog.windowTitle() == "账簿格式已升级"
    assert dialog.isVisible()
    dialog.accept()


def test_a_book_opened_for_a_purpose_goes_there(desk, tmp_path, qtbot):
    with a_new_book(tmp_path) as new, a_new_book(tmp_path, "2023-01", chart="rural-2004", name="旧账") as old:
        path, source = new.path, old.path
    desk.show_start()
    desk.start.begin_requested.emit(path, Beginning(CONVERT, source))
    (window,) = desk.windows
    wait_idle(qtbot, window)
    assert window.current_key == "openings"
    (dialog,) = window.findChildren(ConversionDialog)
    assert dialog.source.path() == source
    dialog.reject()
    desk.begin(path, Beginning(BRING_IN))
    other = desk.windows[-1]
    wait_idle(qtbot, other)
    (bringing,) = other.findChildren(BringInDialog)
    assert bringing.isVisible()
    bringing.reject()


def test_a_purpose_waits_for_somebody_to_log_in(desk, book_file, qtbot, monkeypatch):
    monkeypatch.setattr(desk, "_log_in", lambda _book: None)
    desk.begin(book_file, Beginning(TOUR))
    (window,) = desk.windows
    wait_idle(qtbot, window)
    assert window.attendance.locked
    assert window.findChildren(Tour) == []
    window.attendance.entered.emit(HEAD.name)
    assert len(window.findChildren(Tour)) == 1
    assert window.current_key == "voucher-entry"
    window.attendance.dialog.reject()


def test_without_a_book_the_start_page_is_shown_and_goes_when_one_opens(desk, book_file, qtbot):
    desk.show_start()
    start = desk.start
    assert start.isVisible()
    with qtbot.waitSignal(start.destroyed):
        start.open_book_requested.emit(book_file)
    assert len(desk.windows) == 1


def test_the_application_is_chinese_and_dressed(qapp):
    machine.remember("zoom", 125)
    assert app.make_application().applicationName() == "村级三资账本"
    assert qapp.font().pointSizeF() == pytest.approx(11 * 1.25)
    assert not qapp.windowIcon().isNull()


def test_the_window_ends_when_the_system_asks_it_to(qapp, monkeypatch):
    monkeypatch.setattr(app, "set_up_logging", lambda: None)
    monkeypatch.setattr(app.Desk, "show_start", lambda _: None)
    monkeypatch.setattr(QApplication, "exec", lambda *_: 7)
    signal.signal(signal.SIGTERM, lambda *_: None)  # as the command line does
    assert app.main([]) == 7
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
