"""A white panel with a heading, and the line shown where there is nothing yet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.ui import theme


class Card(QFrame):
    """A panel; put content into `body`, a small button into `corner`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setObjectName("Card")
        column = QVBoxLayout(self)
        margin = look.px("gap_large")
        column.setContentsMargins(margin, look.scaled(12), margin, look.scaled(12))
        column.setSpacing(look.px("gap"))
        self.heading = theme.mark(QLabel(title), "heading")
        self.heading.setVisible(bool(title))
        self.corner = QHBoxLayout()
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addStretch(1)
        top.addLayout(self.corner)
        column.addLayout(top)
        self.body = QVBoxLayout()
        self.body.setSpacing(look.px("gap"))
        column.addLayout(self.body, 1)


class EmptyState(QLabel):
    """A quiet centred text where a table has no rows: what this place is for and what to do first."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        theme.mark(self, "empty")
