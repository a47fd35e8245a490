import sqlite3

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from village_ledger.domain.errors import ExportFailed
from village_ledger.services import backups, people, vouchers
from village_ledger.services.book import Book
from village_ledger.ui import dialogs, machine, navigation, shortcuts, theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.operations import EVERYTHING, VOUCHERS, Operations
from village_ledger.ui.page import Page

from .conftest import ACCOUNTANT, HEAD, VILLAGE

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def active(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_it_starts_at_the_home_page_and_makes_no_other(window):
    assert list(window.pages) == ["home"]
    assert window.windowTitle().startswith(VILLAGE)
    assert window.top.month.text() == "2025年3月 · 未结账"
    assert window.top.person.text() == "石小梅（会计）"


@pytest.mark.parametrize("entry", [*navigation.PAGES, *navigation.HIDDEN_PAGES], ids=lambda entry: entry.key)
def test_every_page_of_the_side_bar_opens_and_survives_a_change_elsewhere(window, entry):
    window.show_page(entry.key)
    page = window.pages[entry.key]
    assert isinstance(page, Page)
    assert page.isVisible()
    assert page.touched_by <= EVERYTHING
    window.operations.announce(EVERYTHING)
    window.show_page("home")
    window.show_page(entry.key)
    assert not window.grab().isNull()


@pytest.mark.parametrize("zoom", [100, 150])
@pytest.mark.parametrize("entry", navigation.PAGES, ids=lambda entry: entry.key)
def test_every_page_fits_a_small_screen(window, entry, zoom, qapp):
    theme.set_zoom(zoom)
    window.resize(1366, 728)
    window.show_page(entry.key)
    qapp.processEvents()
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 728


@pytest.mark.parametrize("zoom", theme.ZOOMS)
def test_every_menu_can_be_reached_on_a_small_screen(active, zoom, qapp):
    active.resize(1366, 728)
    theme.set_zoom(zoom)
    qapp.processEvents()
    qapp.processEvents()
    menus = active.top.menus
    last = menus.actionGeometry(menus.actions()[-1])
    assert not last.isEmpty()
    assert last.right() <= menus.width()
    assert active.top.month.text().startswith("2025年3月")


def test_a_long_village_name_gives_way_to_the_menus(active, book_file, qapp):
    active.resize(1366, 728)
    name = "云南省某某彝族自治县某某镇某某社区某某村民小组股份经济合作联合社"
    active.top.show_facts(active.facts._replace(entity=active.facts.entity._replace(name=name)))
    qapp.processEvents()
    assert active.top.village.text().endswith("…")
    assert active.top.village.toolTip() == name
    menus = active.top.menus
    assert menus.actionGeometry(menus.actions()[-1]).right() <= menus.width()


def test_the_side_bar_opens_pages_with_the_keyboard(active, qtbot):
    qtbot.keyClick(active, Qt.Key.Key_F10)
    assert active.side.hasFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(active.side, key)
    assert active.current_key == "voucher-list"


def test_the_keys_of_the_window_work(active, qtbot):
    active.show_page("trial-balance")
    qtbot.keyClick(active, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert active.current_key == "home"
    qtbot.keyClick(active, Qt.Key.Key_F1)
    dialog = active.findChild(Dialog)
    assert any("借贷换边" in label.text() for label in dialog.findChildren(QLabel))
    dialog.accept()
    qtbot.keyClick(active, Qt.Key.Key_F5)
    assert active.current_key == "voucher-entry"


def test_text_grows_and_shrinks_and_is_remembered(active, qtbot):
    active.show_page("trial-balance")
    table = active.page("trial-balance").view.tables[0]
    before = table.rowHeight(0)
    qtbot.keyClick(active, Qt.Key.Key_Plus, CTRL)
    assert theme.current().zoom == 110
    assert machine.number("zoom", 0) == 110
    assert table.verticalHeader().defaultSectionSize() > before
    for _ in range(9):
        active.zoom(1)
    assert theme.current().zoom == 150
    qtbot.keyClick(active, Qt.Key.Key_0, CTRL)
    assert theme.current().zoom == 100
    assert table.verticalHeader().defaultSectionSize() == before


def test_another_person_takes_over(window, book):
    window.top.person_requested.emit(HEAD.name)
    assert book.actor == HEAD.name
    assert window.top.person.text() == "石大山（负责人）"
    assert machine.text(f"operator/{VILLAGE}") == HEAD.name


def test_pages_not_shown_wait_with_their_refresh(window, book):
    window.show_page("vouchers")
    hidden = window.page("vouchers")
    window.show_page("home")
    window.operations.write(vouchers.post, touches=VOUCHERS)
    assert hidden.stale
    assert not window.page("home").stale
    window.show_page("vouchers")
    assert not hidden.stale


def test_a_refusal_appears_in_the_page_that_asked(window):
    page = window.page("home")
    window.operations.write(lambda book: vouchers.delete_drafts(book, [999]), touches=VOUCHERS, initiator=page)
    assert page.message_bar.kind == "danger"
    assert page.message_bar.text


def test_what_another_program_wrote_is_noticed_on_coming_back(active, book_file):
    active.show_page("home")
    with Book.open(book_file) as other:
        people.log_in(other, ACCOUNTANT.name)
        vouchers.post(other)
    active.operations.read(lambda book: "", lambda _answer: None)
    active._compare_head("another head")
    assert "本月已记账 2 张" in "".join(label.text() for label in active.page("home").findChildren(QLabel))


def test_a_read_only_book_says_so(book_file, qtbot):
    made = MainWindow(Operations(Book.open(book_file, read_only=True), synchronous=True))
    qtbot.addWidget(made)
    made.show()
    assert made.banner.isVisible()
    assert "只读" in made.windowTitle()
    assert not made.page("home").steps[0].button.isEnabled()
    made.close()
    assert backups.backups.__module__


def test_leaving_backs_the_book_up_and_checks_it(window, book_file, qtbot, answers):
    window.operations.write(vouchers.post, touches=VOUCHERS)
    with qtbot.waitSignal(window.left):
        window.close()
    folder = book_file.parent / f"{book_file.stem}-备份"
    copies = list(folder.glob("*退出*.vlb"))
    assert len(copies) == 1
    assert backups.check_backup(copies[0])


def test_leaving_without_a_change_makes_no_backup(window, book_file, qtbot):
    with qtbot.waitSignal(window.left):
        window.close()
    assert not list(book_file.parent.glob("*备份/*退出*"))


def test_a_page_with_unsaved_work_can_keep_the_window_open(window, monkeypatch):
    monkeypatch.setattr(window.page("home"), "may_leave", lambda: False)
    window.close()
    assert window.isVisible()


def test_a_failed_backup_asks_before_leaving(window, monkeypatch, qtbot):
    def fail(*_args):
        raise ExportFailed("磁盘已满")

    window.operations.write(vouchers.post, touches=VOUCHERS)
    monkeypatch.setattr(backups, "back_up", fail)
    window.close()
    question = window.findChild(Dialog)
    assert question.isVisible()
    assert window.isVisible()
    with qtbot.waitSignal(window.left):
        question.accept()


def test_a_backup_can_be_made_at_any_time(window, book_file):
    window.back_up()
    assert "已备份并核对无误" in window.status.text
    assert list((book_file.parent / f"{book_file.stem}-备份").glob("*手工备份*.vlb"))


def test_menus_name_their_keys(window):
    actions = {a.text(): a for menu in window.top.menus.actions() for a in menu.menu().actions()}
    assert actions["新增凭证"].shortcuts() == list(shortcuts.sequences("voucher.new"))
    assert actions["退出"].shortcuts() == list(shortcuts.sequences("window.close"))


def test_the_sample_book_of_these_tests_is_a_real_one(book_file):
    with sqlite3.connect(book_file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_hasty_enter_loses_nothing_and_every_button_answers_to_it(qtbot):
    for danger, focused in ((True, "返回"), (False, "好")):
        dialog = dialogs.question(None, "问题", "确定吗？", accept="好", reject="返回", danger=danger)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.open()
        assert dialog.focusWidget().text() == focused
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        assert dialog.result() == (0 if danger else 1)
    dialog = dialogs.question(None, "问题", "确定吗？", accept="好", reject="返回", danger=True)
    qtbot.addWidget(dialog)
    dialog.open()
    accept = next(button for button in dialog.findChildren(QPushButton) if button.text() == "好")
    accept.setFocus()
    qtbot.keyClick(accept, Qt.Key.Key_Return)
    assert dialog.result() == 1
