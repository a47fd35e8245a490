"""A village's book with a voucher page on it, and fingers that press real keys on whatever has the focus."""

import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from village_ledger import clock
from village_ledger.domain.account import Account
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Draft, DraftLine, Voucher
from village_ledger.services import accounts, people, vouchers
from village_ledger.services.book import Book
from village_ledger.services.creation import NewBook, create_book
from village_ledger.services.people import Person
from village_ledger.ui import theme
from village_ledger.ui.operations import Operations
from village_ledger.ui.page import Page
from village_ledger.ui.vouchers.entry_page import VoucherEntryPage
from village_ledger.ui.vouchers.list_page import VoucherListPage

STAFF = (Person("王会计", "会计"), Person("李审核", "审核"), Person("赵出纳", "出纳"))
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Desk(NamedTuple):
    """The book and what is shown of it."""

    book: Book
    operations: Operations
    path: Path


def a_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """石桥村 from March 2025 with details, three households, a project and 种子 counted in 公斤; 王会计 sits there."""
    theme.apply(QApplication.instance())
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(clock, "today", lambda: date(2025, 3, 12))
    template = tmp_path.parent / "voucher-desk.vlb"
    if not template.exists():
        _make_book(template)
    book = Book.open(shutil.copy(template, tmp_path / "石桥村.vlb"))
    people.log_in(book, "王会计")
    return Desk(book, Operations(book, synchronous=True), book.path)


def _make_book(path: Path) -> None:
    new = NewBook("石桥村股份经济合作社", Period(2025, 3), people=STAFF, suggested_details=True)
    book = create_book(path, new)
    for name in ("张三", "李四", "刘家湾合作社"):
        accounts.add_item(book, "往来户", name)
    accounts.add_item(book, "项目", "村道硬化")
    accounts.add_account(book, Account("12103", "种子", "资产", "debit", unit="公斤"))
    book.close()


def show(qtbot: QtBot, page: Page) -> None:
    """Show a page in an active window with the cursor where work starts."""
    qtbot.addWidget(page)
    page.resize(1182, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is page)
    page.take_focus()


def entry_page(qtbot: QtBot, desk: Desk) -> VoucherEntryPage:
    """The entry page, shown."""
    page = VoucherEntryPage(desk.operations)
    show(qtbot, page)
    return page


def list_page(qtbot: QtBot, desk: Desk) -> VoucherListPage:
    """The list, shown."""
    page = VoucherListPage(desk.operations)
    show(qtbot, page)
    return page


def focused() -> QWidget:
    """What gets the keys."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(*keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys on whatever has the focus."""
    for key in keys:
        QTest.keyClick(focused(), key, modifiers)


def enter(times: int = 1) -> None:
    """Press Enter."""
    press(*[Qt.Key.Key_Return] * times)


def write(text: str) -> None:
    """Type text; letters an input method makes arrive as the text of a key."""
    for letter in text:
        if letter.isascii():
            QTest.keyClick(focused(), letter)
        else:
            key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(focused(), key)


def a_draft(
    day: int = 5, fen: int = 100_00, summary: str = "付办公室电费", debit: str = "51304", credit: str = "101"
) -> Draft:
    """A clean two-line draft in March 2025."""
    lines = (DraftLine(summary, debit, debit_fen=fen), DraftLine(summary, credit, credit_fen=fen))
    return Draft(date(2025, 3, day), "记", lines)


def posted(book: Book, *drafts: Draft) -> tuple[Voucher, ...]:
    """The drafts posted, made by 王会计 and reviewed by 李审核."""
    ids = [vouchers.save_draft(book, draft).id for draft in drafts]
    people.log_in(book, "李审核")
    vouchers.review(book, ids)
    made = vouchers.post(book, ids)
    people.log_in(book, "王会计")
    return made
