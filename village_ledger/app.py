"""The composition root: logging, crash notes, fonts, and the windows of the books that are open."""

import logging
import signal
import sys
from importlib import import_module
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from . import __version__
from .domain.errors import Refusal
from .paths import user_data
from .services import backups, journal, log_in, people
from .services.book import Book, is_writable
from .services.sample import is_sample
from .ui import dialogs, machine, sample_village, theme, tour
from .ui.beginnings import TOUR, Beginning, begin
from .ui.crash_reporter import CrashReporter
from .ui.main_window import MainWindow
from .ui.operations import ELSEWHERE, Flags, Operations
from .ui.start_window import StartWindow

log = logging.getLogger("village_ledger")
DESK_SUFFIX, PACKAGE_SUFFIX, REVIEW_SUFFIX, DATABASE = ".vld", ".vlp", ".vlr", "://"


def main(argv: list[str] | None = None, official: str = "") -> int:
    """Run the window: `main.py [BOOK.vlb|DESK.vld|PACKAGE.vlp|postgresql://…]`. Without one, the start page. A desk
    asks who works at it unless that is told.
    """
    arguments = sys.argv[1:] if argv is None else argv
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # Python would only hear it between two events
    set_up_logging()
    application = make_application()
    reporter = CrashReporter()
    reporter.install()
    desk = Desk()
    wanted = [argument for argument in arguments if not argument.startswith("-")]
    if not wanted or not desk.open_place(wanted[0], official):
        desk.show_start()
    QTimer.singleShot(0, reporter, reporter.tell_of_last_run)
    code = application.exec()
    reporter.uninstall()
    return code


def make_application() -> QApplication:
    """The Qt application in Chinese, dressed at this machine's zoom."""
    application = QApplication.instance() or QApplication(["village-ledger"])
    assert isinstance(application, QApplication)
    application.setApplicationName("村级三资账本")
    application.setApplicationVersion(__version__)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(application)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    application.setWindowIcon(theme.application_icon())
    zoom = machine.number("zoom", 100)
    theme.apply(application, zoom if zoom in theme.ZOOMS else 100)
    return application


def log_file() -> Path:
    """Where warnings and crash notes go."""
    return user_data() / "logs" / "village-ledger.log"


def set_up_logging() -> None:
    """Keep warnings and crash notes on this machine; they hold no figures, names or file names of books."""
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(log_file(), maxBytes=500_000, backupCount=3, encoding="utf-8")
    except OSError:  # a read-only stick, a full disk: the books can still be looked at
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)


def _township() -> Any:
    """The township's windows: most people keep one village's book and need not wait for them."""
    return import_module("village_ledger.ui.township.opening")


class Desk(QObject):
    """The open windows. Windows of one book in this program tell each other what changed."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[MainWindow] = []
        self.townships: list[Any] = []
        self.start: StartWindow | None = None

    def open_place(self, place: str, official: str = "") -> QMainWindow | None:
        """Open what was named or double-clicked: a book, a township's desk, or a package to look at."""
        if official:
            return self.open_desk(_township().a_desk(place, official))
        if DATABASE in place or place.lower().endswith(DESK_SUFFIX):
            self.show_start()
            self.ask_for_desk(place)
            return self.start
        if place.lower().endswith(PACKAGE_SUFFIX):
            return self.audit(Path(place))
        if place.lower().endswith(REVIEW_SUFFIX):
            text = "请打开村里的账套，在“期末与设置 → 乡镇审核”里按“接收审核意见”。"
            dialogs.tell(self._parent(), "这是乡镇的审核意见文件", text)
            return None
        return self.open_book(Path(place))

    def ask_for_desk(self, place: str = "", parent: QWidget | None = None) -> None:
        """Ask which desk to open, or what a new one is called, and who works at it."""
        if self.start is None and parent is None:
            self.show_start()
        owner: Any = parent or self.start
        _township().ask_for_desk(owner.operations, owner, place, self.open_desk)

    def open_desk(self, opened: Any) -> Any:
        """Show a township's desk in a window of its own."""
        return self._show_township(_township().desk_window(opened))

    def audit(self, path: Path) -> Any:
        """Look at a package in a window of its own; nothing of it is kept."""
        return self._show_township(_township().package_window(Path(path)))

    def _show_township(self, window: Any) -> Any:
        window.start_requested.connect(self.show_start)
        window.desk_requested.connect(lambda place: self.ask_for_desk(place, window))
        window.package_requested.connect(self.audit)
        window.desk_opened.connect(self.open_desk)
        window.left.connect(lambda: self._township_closed(window))
        self.townships.append(window)
        window.show()
        self._close_start()
        return window

    def _township_closed(self, window: Any) -> None:
        if window in self.townships:
            self.townships.remove(window)
        window.deleteLater()

    def _close_start(self) -> None:
        if self.start is not None:
            self.start.close()
            self.start = None

    def open_book(self, path: Path) -> MainWindow | None:
        """Open a book in a new window; a book that cannot be opened is explained and None returned."""
        path = Path(path)
        try:
            book = Book.open(path, read_only=path.exists() and not is_writable(path))
            self._log_in(book)
        except Refusal as refusal:
            dialogs.tell(self._parent(), "打不开这个账套", str(refusal))
            return None
        machine.remember_book(path)
        window = MainWindow(Operations(book))
        window.open_book_requested.connect(self.open_book)
        window.start_requested.connect(self.show_start)
        window.tour_requested.connect(lambda: self.show_tour(window))
        window.restore_requested.connect(lambda backup: self.restore(window, backup))
        window.desk_requested.connect(lambda place: self.ask_for_desk(place, window))
        window.package_requested.connect(self.audit)
        window.left.connect(lambda: self._closed(window))
        window.operations.changed.connect(lambda flags, initiator: self._tell_others(window, flags, initiator))
        self.windows.append(window)
        window.show()
        if book.upgrade_note:
            dialogs.question(window, "账簿格式已升级", book.upgrade_note, accept="知道了", reject="").open()
        if not book.actor and not book.read_only and window.facts.people:
            window.attendance.lock()
        self._close_start()
        return window

    def begin(self, path: Path, beginning: Beginning) -> None:
        """Open a book for a purpose, and go there as soon as somebody has logged in."""
        window = self.open_book(path)
        if window is not None and window.attendance.locked:
            once = Qt.ConnectionType.SingleShotConnection
            window.attendance.entered.connect(lambda _name: begin(window, beginning), once)
        elif window is not None:
            begin(window, beginning)

    def show_tour(self, window: MainWindow) -> None:
        """The five steps, on the sample village whichever book is open."""
        if is_sample(window.facts.entity):
            tour.start(window)
        else:
            sample_village.prepare(window.operations, window, lambda path: self.begin(path, Beginning(TOUR)))

    def show_start(self) -> None:
        """Show the window that makes, converts, imports or opens a book."""
        if self.start is None:
            self.start = StartWindow(Operations(None))
            self.start.open_book_requested.connect(self.open_book)
            self.start.begin_requested.connect(self.begin)
            self.start.desk_requested.connect(self.ask_for_desk)
            self.start.package_requested.connect(self.audit)
            self.start.destroyed.connect(self._start_gone)
        self.start.show()
        self.start.raise_()

    def restore(self, window: MainWindow, backup: Path) -> None:
        """Put a backup in place of the window's book (the present file is kept aside) and open it again."""
        path = window.facts.path
        for one in [one for one in self.windows if one.facts.path == path]:
            self.windows.remove(one)
            one.operations.close()
            one.hide()
            one.deleteLater()
        try:
            backups.restore(backup, path)
        except Refusal as refusal:
            dialogs.tell(None, "没有恢复", str(refusal))
        reopened = self.open_book(path)
        if reopened is None:
            self.show_start()
        else:
            reopened.say("已从备份恢复，原来的账套文件另存在同一文件夹", "success")

    def _log_in(self, book: Book) -> None:
        here = [person for person in people.people(book) if person.active]
        active = [person.name for person in sorted(here, key=lambda person: person.role != "会计")]
        remembered = machine.text(f"operator/{book.entity.name}")
        name = remembered if remembered in active else active[0] if active else ""
        if name and log_in.access(book)[name].state == "免密":
            people.log_in(book, name)
        journal.record_opening(book)

    def _tell_others(self, window: MainWindow, flags: Flags, initiator: object) -> None:
        if initiator is ELSEWHERE:
            return
        for other in self.windows:
            if other is not window and other.facts.path == window.facts.path:
                other.operations.announce(flags)

    def _closed(self, window: MainWindow) -> None:
        if window in self.windows:
            self.windows.remove(window)
        window.deleteLater()

    def _start_gone(self) -> None:
        self.start = None

    def _parent(self) -> QWidget | None:
        return QApplication.activeWindow()
