"""A large button with an icon, a title and a line that says what it does."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from village_ledger.ui import theme


class ActionCard(QPushButton):
    """The title may carry a mnemonic (`新建账套(&N)`); Enter and Space press it like any button."""

    def __init__(
        self,
        title: str,
        text: str,
        *,
        icon: str,
        kind: str = "secondary",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)
        self.setAccessibleName(title.replace("&", ""))
        self.setAccessibleDescription(text)
        picture = QLabel()
        side = look.scaled(28 if kind == "secondary" else 18)
        picture.setPixmap(theme.icon(icon, "accent").pixmap(QSize(side, side)))
        picture.setFixedWidth(look.scaled(44 if kind == "secondary" else 28))
        self.title = theme.mark(QLabel(title), "heading" if kind == "secondary" else "strong")
        self.title.setBuddy(self)
        self.text = theme.mark(QLabel(text), "muted")
        words = QVBoxLayout()
        words.setSpacing(look.px("gap_small") if kind == "secondary" else 0)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.text)
        words.addStretch(1)
        row = QHBoxLayout(self)
        margin = look.px("gap_large") if kind == "secondary" else look.px("gap")
        row.setContentsMargins(margin, look.px("gap_small"), margin, look.px("gap_small"))
        row.addWidget(picture)
        row.addLayout(words, 1)
        self._height = look.scaled(78 if kind == "secondary" else 54)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for label in (picture, self.title, self.text):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    def sizeHint(self) -> QSize:
        """Qt: as wide as the words, and high enough for both lines."""
        layout = self.layout()
        return QSize(layout.sizeHint().width() if layout else 0, self._height)
