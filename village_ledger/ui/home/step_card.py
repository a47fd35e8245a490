"""One of the month's four steps: number, title, how many vouchers wait, and the button that does it."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.ui import theme
from village_ledger.ui.widgets.button import make_button


class StepCard(QFrame):
    """Emits `wanted` when its button is pressed; the step that waits stands out."""

    wanted = Signal()

    def __init__(self, number: str, title: str, icon: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setObjectName("StepCard")
        self.count = 0
        self._icon = icon
        self._picture = QLabel()
        self._title = theme.mark(QLabel(f"{number}　{title}"), "heading")
        self._words = theme.mark(QLabel(), "muted")
        self.button = make_button(action)
        self.button.clicked.connect(self.wanted)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._picture)
        column = QVBoxLayout(self)
        margin = look.px("gap_large")
        column.setContentsMargins(margin, look.scaled(12), margin, look.scaled(12))
        column.setSpacing(look.px("gap"))
        column.addLayout(top)
        column.addWidget(self._words)
        column.addWidget(self.button)

    def show_count(self, count: int, words: str, *, urgent: bool = False, enabled: bool = True) -> None:
        """Show how many wait and whether the step can be taken."""
        self.count = count
        side = theme.current().px("icon") + 4
        self._picture.setPixmap(theme.icon(self._icon, "accent" if urgent else "faint").pixmap(QSize(side, side)))
        self._words.setText(words)
        theme.mark(self._words, "accent" if urgent else "muted")
        self.button.setEnabled(enabled)
        theme.set_state(self, "urgent", urgent)
