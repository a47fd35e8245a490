"""The wizard that hands a month over: what is checked, where it goes, what a failing disk leaves."""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.new_books import a_new_book, posted
from village_ledger.domain.errors import Cancelled
from village_ledger.domain.period import Period
from village_ledger.services import packages, periods
from village_ledger.services.book import Book
from village_ledger.services.package_check import check_package
from village_ledger.ui import hand_over_dialog
from village_ledger.ui.hand_over_dialog import HandOverDialog
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.operations import Operations
from village_ledger.ui.places import Place

OCTOBER, NOVEMBER = Period(2025, 10), Period(2025, 11)
Answers = Callable[[str, object], None]


@pytest.fixture
def village(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """October and November closed; a stick is plugged in."""
    book = a_new_book(tmp_path, "2025-10")
    posted(book, "2025-10-05", ("101", 500_00), ("501", -500_00))
    for month in (OCTOBER, NOVEMBER):
        periods.close(book, month, backup=False)
    stick = tmp_path / "U盘"
    stick.mkdir()
    monkeypatch.setattr(hand_over_dialog, "places", lambda _last: (Place("U盘", stick, usb=True),))
    yield book
    book.close()


@pytest.fixture
def dialog(village: Book, qtbot: QtBot) -> HandOverDialog:
    made = HandOverDialog(Operations(village, synchronous=True), None, None)
    qtbot.addWidget(made)
    made.show()
    return made


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_month_is_handed_over_with_three_clicks(
    dialog: HandOverDialog, village: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    assert dialog.period == NOVEMBER
    assert not dialog.attachments.isEnabled()
    said: list[str] = []
    dialog.marked.connect(said.append)
    click(qtbot, dialog.next_button)
    assert dialog.send_button.isEnabled()
    click(qtbot, dialog.send_button)
    (file,) = (tmp_path / "U盘").iterdir()
    package = check_package(file)
    assert package.manifest.period == NOVEMBER
    key = package.manifest.key
    assert dialog.key.text().replace(" ", "").replace("\n", "") == key
    assert dialog.key.text().startswith(f"{key[:4]} {key[4:8]} ")
    assert file.name in dialog.file.text()
    assert periods.periods(village)[1].handed_over
    assert said == [f"2025年11月已报送，报送包在：{file}"]
    assert dialog.done_button.isVisible()
    assert not dialog.cancel_button.isVisible()


def test_with_the_keyboard_alone(dialog: HandOverDialog, tmp_path: Path, qtbot: QtBot) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.month.setFocus()
    qtbot.keyClick(dialog.month, Qt.Key.Key_Down)
    assert dialog.period == OCTOBER
    for button in (dialog.next_button, dialog.send_button, dialog.done_button):
        assert button.isVisible()
        assert button.isDefault()
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert [one.name for one in (tmp_path / "U盘").iterdir()] == ["石桥村新账 2025-10 报送包.vlp"]


def test_reminders_lead_on_and_what_blocks_keeps_back(dialog: HandOverDialog, village: Book, qtbot: QtBot) -> None:
    click(qtbot, dialog.next_button)
    notice = next(one for one in dialog.checks.findChildren(QPushButton) if one.text() == "去办理公开榜")
    with qtbot.waitSignal(dialog.place_wanted) as led:
        click(qtbot, notice)
    assert led.args == ["disclosure"]
    assert not dialog.isVisible()
    village.connection.execute("DROP TRIGGER log_no_update")
    dialog.show()
    dialog.check()
    assert not dialog.send_button.isEnabled()
    assert "有 1 项没有通过" in dialog.message_bar.text
    click(qtbot, dialog.back_button)
    assert dialog.next_button.isVisible()


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EROFS, "只读"), (errno.ENOSPC, "磁盘空间不足"), (errno.EIO, "U盘可能被拔出")],
)
def test_a_stick_that_refuses_is_named_and_nothing_is_marked(
    dialog: HandOverDialog, village: Book, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, number, words
) -> None:
    opened = Path.open

    def refuse(self: Path, mode: str = "r", *rest: object, **named: object):
        if self.parent.name == "U盘" and "w" in mode:
            raise OSError(number, os.strerror(number))
        return opened(self, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", refuse)
    click(qtbot, dialog.next_button)
    click(qtbot, dialog.send_button)
    assert words in dialog.message_bar.text
    assert "这个月没有标记为已报送" in dialog.message_bar.text
    assert dialog.send_button.isVisible()
    assert not periods.periods(village)[1].handed_over
    assert list((tmp_path / "U盘").iterdir()) == []


def test_a_stick_pulled_before_sending_is_told(
    dialog: HandOverDialog, village: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    click(qtbot, dialog.next_button)
    (tmp_path / "U盘").rmdir()
    click(qtbot, dialog.send_button)
    assert "文件夹不存在" in dialog.message_bar.text
    assert not periods.periods(village)[1].handed_over


def test_cancelling_leaves_the_wizard_where_it_was(
    dialog: HandOverDialog, village: Book, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled(*_words: object, **_named: object) -> None:
        raise Cancelled("已取消，没有作任何改动")

    click(qtbot, dialog.next_button)
    monkeypatch.setattr(packages, "hand_over", cancelled)
    click(qtbot, dialog.send_button)
    assert "已取消" in dialog.message_bar.text
    assert dialog.send_button.isEnabled()


def test_another_folder_can_be_chosen(dialog: HandOverDialog, tmp_path: Path, answers: Answers, qtbot: QtBot) -> None:
    (tmp_path / "别处").mkdir()
    answers("pick_folder", tmp_path / "别处")
    dialog._choose()
    assert dialog.folder() == tmp_path / "别处"
    click(qtbot, dialog.next_button)
    click(qtbot, dialog.send_button)
    assert len(list((tmp_path / "别处").iterdir())) == 1


def test_a_book_without_closed_months_is_told_what_to_do_first(tmp_path: Path, qtbot: QtBot) -> None:
    book = a_new_book(tmp_path, "2025-10")
    dialog = HandOverDialog(Operations(book, synchronous=True), None, None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "还没有结过账" in dialog.message_bar.text
    assert not dialog.next_button.isEnabled()
    assert not dialog.paper_button.isEnabled()
    book.close()


def test_the_file_menu_leads_to_the_wizard(window: MainWindow, qtbot: QtBot) -> None:
    window.hand_over()
    (dialog,) = window.findChildren(HandOverDialog)
    assert dialog.isVisible()
    assert dialog.period == Period(2025, 2)
    dialog.reject()
