"""Dialogs a person understands at first sight: one question, plain buttons that say what they do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from . import theme
from .widgets.button import make_button
from .widgets.message_bar import MessageBar
from .worker import Worker

BOOK_FILTER = "账套文件 (*.vlb);;所有文件 (*)"


class Dialog(QDialog):
    """Heading, message bar, body and a row of buttons at the right. The base of every form."""

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        operations: Worker[Any, Any] | None = None,
        width: int = 480,
        height: int = 0,
    ) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setWindowTitle(title)
        room = self.screen().availableGeometry().size()
        self.setMinimumWidth(min(look.scaled(width), room.width() - look.scaled(24)))
        self.setMinimumHeight(min(look.scaled(height), room.height() - look.scaled(48)))
        self.operations = operations
        self.message_bar = MessageBar(self)
        self.body = QVBoxLayout()
        self.body.setSpacing(look.px("gap"))
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(look.px("gap"))
        self.buttons.addStretch(1)
        column = QVBoxLayout(self)
        margin = look.scaled(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(look.px("gap_large"))
        column.addWidget(theme.mark(QLabel(title), "heading"))
        column.addWidget(self.message_bar)
        column.addLayout(self.body, 1)
        column.addLayout(self.buttons)
        if operations is not None:
            operations.refused.connect(self._show_refusal)

    def add_button(self, text: str, on_click: Callable[[], object], *, kind: str = "secondary") -> QPushButton:
        """Add a button at the right end; the primary one answers to Enter."""
        button = make_button(text, kind=kind, on_click=on_click)
        button.setMinimumWidth(theme.current().scaled(88))
        button.setAutoDefault(kind == "primary")
        button.setDefault(kind == "primary")
        self.buttons.addWidget(button)
        return button

    def event(self, event: QEvent) -> bool:
        """Grow when a message or an error needs more room: Qt does not do it for wrapped text."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._grow()
        return handled

    def showEvent(self, event: QShowEvent) -> None:
        """Begin large enough for wrapped text."""
        super().showEvent(event)
        self._grow()

    def _grow(self) -> None:
        layout = self.layout()
        self.setMinimumWidth(max(self.minimumWidth(), layout.totalMinimumSize().width()))
        room = self.screen().availableGeometry().height() - theme.current().scaled(40)
        needed = min(layout.totalHeightForWidth(self.width()), room)
        if layout.hasHeightForWidth() and self.height() < needed:
            self.resize(self.width(), needed)

    def message(self, text: str, kind: str = "info") -> None:
        """Show a line in the dialog's message bar."""
        self.message_bar.show_message(text, kind)

    def _show_refusal(self, text: str, receiver: object) -> None:
        if receiver is self or (isinstance(receiver, QWidget) and self.isAncestorOf(receiver)):
            self.message(text, "danger")


def question(
    parent: QWidget | None, title: str, text: str, *, accept: str = "确定", reject: str = "取消", danger: bool = False
) -> Dialog:
    """The dialog `ask` shows; tests and callers that must not block `open()` it themselves."""
    dialog = Dialog(title, parent, width=420)
    words = QLabel(text)
    words.setWordWrap(True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    dialog.body.addWidget(words)
    buttons = [dialog.add_button(reject, dialog.reject)] if reject else []
    buttons.append(dialog.add_button(accept, dialog.accept, kind="danger" if danger else "primary"))
    for button in buttons:
        button.setAutoDefault(True)  # Enter presses the button that has the focus, whichever it is
    buttons[0 if danger else -1].setFocus()  # where something would be lost, a hasty Enter keeps it
    return dialog


def ask(
    parent: QWidget | None, title: str, text: str, *, accept: str = "确定", reject: str = "取消", danger: bool = False
) -> bool:
    """Ask a yes-or-no question; the buttons say what will happen."""
    dialog = question(parent, title, text, accept=accept, reject=reject, danger=danger)
    return dialog.exec() == QDialog.DialogCode.Accepted


def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Say something that must not be overlooked."""
    question(parent, title, text, accept="知道了", reject="").exec()


def ask_text(
    parent: QWidget | None, title: str, label: str, *, value: str = "", accept: str = "确定", required: bool = True
) -> str | None:
    """Ask for one line of text; None if cancelled."""
    dialog = Dialog(title, parent, width=420)
    dialog.body.addWidget(QLabel(label))
    field = QLineEdit(value)
    field.selectAll()
    dialog.body.addWidget(field)
    dialog.add_button("取消", dialog.reject)
    button = dialog.add_button(accept, dialog.accept, kind="primary")
    if required:
        button.setEnabled(bool(value.strip()))
        field.textChanged.connect(lambda text: button.setEnabled(bool(text.strip())))
    field.setFocus()
    return field.text().strip() if dialog.exec() == QDialog.DialogCode.Accepted else None


def pick_file(parent: QWidget | None, title: str, filters: str = BOOK_FILTER, folder: str = "") -> Path | None:
    """Let the user choose an existing file."""
    name, _ = QFileDialog.getOpenFileName(parent, title, folder, filters)
    return Path(name) if name else None


def pick_files(parent: QWidget | None, title: str, filters: str, folder: str = "") -> tuple[Path, ...]:
    """Let the user choose existing files; none when cancelled."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, folder, filters)
    return tuple(map(Path, names))


def save_file(parent: QWidget | None, title: str, proposal: str, filters: str) -> Path | None:
    """Let the user name a file to write; the system's dialog asks before replacing one."""
    name, _ = QFileDialog.getSaveFileName(parent, title, proposal, filters)
    return Path(name) if name else None


def pick_folder(parent: QWidget | None, title: str, folder: str = "") -> Path | None:
    """Let the user choose a folder."""
    name = QFileDialog.getExistingDirectory(parent, title, folder)
    return Path(name) if name else None
