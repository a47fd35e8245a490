"""A window without a screen, over a real book: three months of the sample village, the last one open with drafts."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QtMsgType
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from village_ledger.domain.period import Period
from village_ledger.paths import HOME_VARIABLE, RESOURCES
from village_ledger.services import creation, importing, people, periods, vouchers
from village_ledger.services.book import Book
from village_ledger.services.creation import NewBook
from village_ledger.services.people import Person
from village_ledger.ui import theme
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.operations import Operations

SAMPLE = RESOURCES / "sample"
ACCOUNTANT, CASHIER, HEAD = Person("石小梅", "会计"), Person("石建国", "出纳"), Person("石大山", "负责人")
VILLAGE = "石桥村股份经济合作社"
_HARMLESS = ("This plugin does not support", "QFontDatabase: ", "Populating font family aliases")


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """This machine's settings go to an empty folder."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    return home


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The theme at 100 %; afterwards the test's windows are really gone (no event loop runs that would do it)."""
    if theme.current().zoom != 100 or qapp.property("village_theme") is None:
        theme.apply(qapp)
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if theme.current().zoom != 100:
        theme.apply(qapp)


@pytest.fixture(autouse=True)
def no_qt_warnings(qtlog: pytest.FixtureRequest) -> Iterator[None]:
    """A warning of Qt fails the test."""
    yield
    bad = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg}
    found = [str(record.message) for record in qtlog.records if record.type in bad]
    assert [text for text in found if not text.startswith(_HARMLESS)] == []


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2025-01 and 2025-02 closed, 2025-03 open: three drafts, two of them reviewed."""
    folder = tmp_path_factory.mktemp("sample")
    rows = (SAMPLE / "vouchers.csv").read_text(encoding="utf-8-sig").splitlines()
    months = {name: folder / f"{name}.csv" for name in ("closed", "open")}
    closed = [row for row in rows[1:] if row[:7] in ("2025-01", "2025-02")]
    march = [row for row in rows[1:] if row.startswith("2025-03")]
    numbers = list(dict.fromkeys(row.split(",")[2] for row in march))[:3]
    march = [row for row in march if row.split(",")[2] in numbers]
    months["closed"].write_text("\n".join([rows[0], *closed]), encoding="utf-8")
    months["open"].write_text("\n".join([rows[0], *march]), encoding="utf-8")
    path = folder / "石桥村.vlb"
    new = NewBook(VILLAGE, Period(2025, 1), people=(ACCOUNTANT, CASHIER, HEAD))
    with creation.create_book(path, new) as book:
        people.log_in(book, ACCOUNTANT.name)
        importing.import_accounts(book, SAMPLE / "accounts.csv")
        importing.import_openings(book, SAMPLE / "openings.csv")
        importing.import_vouchers(book, months["closed"], post=True)
        for month in (Period(2025, 1), Period(2025, 2)):
            periods.close(book, month)
        importing.import_vouchers(book, months["open"])
        people.log_in(book, HEAD.name)
        vouchers.review(book, [draft.id for draft in vouchers.drafts_of(book, Period(2025, 3))[:2]])
    return path


@pytest.fixture
def book_file(sample_file: Path, tmp_path: Path) -> Path:
    """A fresh copy of the sample file."""
    return Path(shutil.copy(sample_file, tmp_path / sample_file.name))


@pytest.fixture
def book(book_file: Path) -> Iterator[Book]:
    """The sample book, open, with the accountant at work."""
    opened = Book.open(book_file)
    people.log_in(opened, ACCOUNTANT.name)
    yield opened
    opened.close()


@pytest.fixture
def operations(book: Book) -> Operations:
    """The way to the sample book, everything at once."""
    return Operations(book, synchronous=True)


@pytest.fixture
def window(operations: Operations, qtbot: QtBot) -> MainWindow:
    """The main window on the sample book."""
    made = MainWindow(operations)
    qtbot.addWidget(made, before_close_func=_leave_at_once)
    made.show()
    qtbot.waitExposed(made)
    return made


def _leave_at_once(window: MainWindow) -> None:
    window.leave_at_once()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, object], None]:
    """Answer a blocking dialog: `answers("save_file", path)`."""

    def answer(name: str, value: object) -> None:
        monkeypatch.setattr(f"village_ledger.ui.dialogs.{name}", lambda *_args, **_named: value)

    return answer
