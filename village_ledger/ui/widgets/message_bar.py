"""A calm line at the top of a page or dialog: what happened, or what to do."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from village_ledger.ui import theme

from .button import make_button

_ICONS = {"info": "info", "success": "check", "warning": "warning", "danger": "warning"}


class MessageBar(QFrame):
    """Hidden until `show_message`; stays until closed, cleared or replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setProperty("kind", "info")
        self.setObjectName("MessageBar")
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = make_button("", kind="quiet")
        self._run: Callable[[], object] | None = None
        self._action.clicked.connect(self._clicked)
        self._close = QToolButton()
        self._close.setIcon(theme.icon("close", "muted"))
        self._close.setToolTip("关闭提示")
        self._close.setAutoRaise(True)
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px("gap"), look.px("gap_small"), look.px("gap_small"), look.px("gap_small"))
        row.setSpacing(look.px("gap"))
        for widget in (self._icon, self._text, self._action, self._close):
            row.addWidget(widget)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown; empty when hidden."""
        return "" if self.isHidden() else self._text.text()

    @property
    def kind(self) -> str:
        """info, success, warning or danger."""
        return str(self.property("kind"))

    def show_message(
        self, text: str, kind: str = "info", action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Show the text; with an action, a button beside it."""
        self.setProperty("kind", kind)
        side = theme.current().px("icon")
        self._icon.setPixmap(theme.icon(_ICONS[kind], kind).pixmap(QSize(side, side)))
        self._text.setText(text)
        self._action.setText(action_text)
        self._action.setVisible(bool(action_text))
        self._run = action
        for widget in (self, self._text):
            self.style().unpolish(widget)
            self.style().polish(widget)
        self.show()

    def clear(self) -> None:
        """Hide the bar."""
        self.hide()

    def _clicked(self) -> None:
        if self._run is not None:
            self._run()
