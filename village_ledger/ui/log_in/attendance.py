"""Who is at a window's keyboard: switching people, locking by key or after idle minutes, one's own password."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

from village_ledger.services import log_in
from village_ledger.services.log_in import Access
from village_ledger.ui import machine, theme
from village_ledger.ui.operations import PEOPLE, Facts, Operations

from .log_in_dialog import LogInDialog
from .password_dialog import PasswordDialog

_SIGNS_OF_LIFE = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)
_MINUTE_MS = 60_000


class Cover(QFrame):
    """Hides a window's content while it is locked."""

    def __init__(self, window: QWidget, village: str) -> None:
        super().__init__(window)
        self.setObjectName("LockCover")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.addStretch(1)
        for text, role in ((village, "title"), ("已锁定，登录后继续", "muted")):
            label = theme.mark(QLabel(text), role)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(7)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False


class Attendance(QObject):
    """`entered(name)` fires when somebody has taken the keyboard; `left` when a locked window is to be closed."""

    entered = Signal(str)
    left = Signal()

    def __init__(self, window: QWidget, operations: Operations) -> None:
        super().__init__(window)
        self._window = window
        self._operations = operations
        self._cover: Cover | None = None
        self.dialog: LogInDialog | None = None
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.timeout.connect(self._idle_too_long)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)

    @property
    def locked(self) -> bool:
        """Whether the window is locked."""
        return self._cover is not None

    def follow(self, facts: Facts) -> None:
        """Take over the book's idle minutes."""
        minutes = facts.settings.lock_minutes
        if not minutes:
            self.idle.stop()
        elif self.idle.interval() != minutes * _MINUTE_MS or not self.idle.isActive():
            self.idle.start(minutes * _MINUTE_MS)

    def switch(self, name: str) -> None:
        """Let somebody take the keyboard: at once, or by their password."""
        if self._access(name).state == "免密":
            self._operations.write(
                lambda book: log_in.log_in(book, name),
                lambda _person: self._entered(name),
                touches=PEOPLE,
                initiator=self._window,
            )
        else:
            self._ask(name, locked=False)

    def leave_keyboard(self) -> None:
        """Ctrl+L: lock the window of somebody who has a password; otherwise just ask who goes on."""
        facts = self._facts()
        if self._access(facts.actor).state in log_in.WITH_PASSWORD or facts.settings.log_in:
            self.lock()
        else:
            self._ask(facts.actor, locked=False)

    def lock(self) -> None:
        """Cover the window until somebody logs in."""
        if self._cover is not None:
            return
        facts = self._facts()
        self._cover = Cover(self._window, facts.entity.name)
        self._ask(facts.actor or machine.text(f"operator/{facts.entity.name}"), locked=True)

    def change_password(self) -> None:
        """Let who is at the keyboard change their password, or set one."""
        name = self._facts().actor
        dialog = PasswordDialog(self._operations, name, self._access(name).state, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.done_with.connect(self._entered)
        dialog.open()

    def _facts(self) -> Facts:
        facts = self._operations.facts
        if facts is None:
            raise RuntimeError("nobody logs in without a book")
        return facts

    def _access(self, name: str) -> Access:
        return self._facts().access.get(name, Access("免密"))

    def _ask(self, name: str, *, locked: bool) -> None:
        """Open the dialog, over another one that is open in this window, too."""
        if self.dialog is not None:
            return
        top = QApplication.activeModalWidget()
        parent = top if top is not None and self._window.isAncestorOf(top) else self._window
        self.dialog = LogInDialog(self._operations, name, parent, locked=locked)
        self.dialog.logged_in.connect(self._entered)
        self.dialog.leave_requested.connect(self.left)
        self.dialog.finished.connect(self._asked)
        self.dialog.open()

    def _asked(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _entered(self, name: str) -> None:
        machine.remember(f"operator/{self._facts().entity.name}", name)
        if self._cover is not None:
            self._cover.hide()
            self._cover.deleteLater()
            self._cover = None
        self.follow(self._facts())
        self.entered.emit(name)

    def _idle_too_long(self) -> None:
        facts = self._operations.facts
        if facts is not None and not facts.read_only and self._access(facts.actor).state in log_in.WITH_PASSWORD:
            self.lock()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A key or a move of the mouse begins the idle minutes anew."""
        if event.type() in _SIGNS_OF_LIFE and self.idle.interval():
            self.idle.start()
        return False
