"""The base of every page: heading with actions, message bar, body, and the wishes a page may utter."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from . import shortcuts, theme
from .operations import Facts, Operations
from .widgets.button import make_button
from .widgets.message_bar import MessageBar


class WorkPage(QWidget):
    """One page of a window, whatever the window works on. Subclasses fill `self.body` and override `refresh`, `shown`,
    `may_leave`.
    """

    open_page_requested = Signal(str)
    message_requested = Signal(str, str)
    back_requested = Signal()

    title = ""
    subtitle = ""
    touched_by: frozenset[str] = frozenset()

    def __init__(self, operations: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations = operations
        self.stale = True
        look = theme.current()
        self.heading = theme.mark(QLabel(self.title), "title")
        self.sub_heading = theme.mark(QLabel(self.subtitle), "muted")
        self.sub_heading.setVisible(bool(self.subtitle))
        self.sub_heading.setMinimumWidth(1)
        self.message_bar = MessageBar(self)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(look.px("gap"))
        self._back = make_button("返回", kind="quiet", icon="back", on_click=self.back_requested.emit)
        self._back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._back.hide()
        top = QHBoxLayout()
        top.setSpacing(look.px("gap"))
        top.addWidget(self._back)
        top.addWidget(self.heading)
        top.addWidget(self.sub_heading)
        top.addStretch(1)
        top.addLayout(self._actions)
        self.body = QVBoxLayout()
        self.body.setSpacing(look.px("gap"))
        column = QVBoxLayout(self)
        margin = look.px("gap_large")
        column.setContentsMargins(margin, look.px("gap"), margin, look.px("gap"))
        column.setSpacing(look.px("gap"))
        column.addLayout(top)
        column.addWidget(self.message_bar)
        column.addLayout(self.body, 1)
        operations.refused.connect(self._show_refusal)
        shortcuts.bind(self, "window.back", self._step_back)

    def add_action(self, widget: QWidget) -> None:
        """Put a widget at the right end of the heading."""
        self._actions.addWidget(widget)

    def add_action_button(self, button: QPushButton) -> QPushButton:
        """Put a button at the right end of the heading and return it."""
        self.add_action(button)
        return button

    def refresh(self) -> None:
        """Reload what is shown; keep the selection and what the user is typing."""

    def shown(self) -> None:
        """The page became visible: reload if something changed meanwhile."""
        if self.stale:
            self.stale = False
            self.refresh()

    def take_focus(self) -> None:
        """The page was opened by the user: put the focus where work starts. The default keeps Qt's choice."""
        self.setFocus()

    def state(self) -> object:
        """What `restore` needs to show the page as it is now; asked when another page is opened from this one."""
        return None

    def restore(self, state: object) -> None:
        """Show the page as it was when `state` gave this; called on the way back."""

    def may_leave(self) -> bool:
        """Whether the page can be left or closed now; ask the user here if there is unsaved work."""
        return True

    def message(self, text: str, kind: str = "info") -> None:
        """Show a line in the page's message bar; kind is info, success, warning or danger."""
        self.message_bar.show_message(text, kind)

    def clear_message(self) -> None:
        """Hide the message bar."""
        self.message_bar.clear()

    def show_way_back(self, title: str) -> None:
        """Offer the way back to the page this one was opened from; an empty title hides it."""
        self._back.setVisible(bool(title))
        self._back.setText(f"返回{title}")
        self._back.setToolTip(f"返回{title}（{shortcuts.label('window.back')}）")

    @property
    def escape_leads_back(self) -> bool:
        """Whether Escape returns to the page this one was opened from: not where it could interrupt typing."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, if nothing on the page has a use for it, is the way back."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers() and self.escape_leads_back:
            self._step_back()
        else:
            super().keyPressEvent(event)

    def _step_back(self) -> None:
        if not self._back.isHidden():
            self.back_requested.emit()

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Change the heading of this page."""
        self.heading.setText(title)
        self.sub_heading.setText(subtitle)
        self.sub_heading.setToolTip(subtitle)
        self.sub_heading.setVisible(bool(subtitle))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's notice of becoming visible, passed on as `shown`."""
        super().showEvent(event)
        self.shown()

    def _show_refusal(self, text: str, receiver: object) -> None:
        if receiver is self or (isinstance(receiver, QWidget) and self.isAncestorOf(receiver)):
            self.message(text, "danger")


class Page(WorkPage):
    """One page of a book's window."""

    open_voucher_requested = Signal(int)
    open_draft_requested = Signal(int)
    copy_requested = Signal(object)
    open_report_requested = Signal(str, object)
    open_origin_requested = Signal(object)
    export_requested = Signal(object)
    open_book_requested = Signal(object)
    begin_requested = Signal(object, object)
    restore_requested = Signal(object)

    operations: Operations

    @property
    def facts(self) -> Facts:
        """The snapshot of the book; only pages of a window with a book may ask."""
        facts = self.operations.facts
        if facts is None:
            raise RuntimeError("this page needs a book")
        return facts
