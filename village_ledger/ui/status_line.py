"""The line at the bottom of the window: what was just done, what is under way, and which file is open."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from . import theme

SHOWN_MS = 8000
_LONGEST = 60


class StatusLine(QStatusBar):
    """Messages disappear by themselves; the path stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = QLabel()
        self._busy = QLabel()
        self._where = QLabel()
        self.setSizeGripEnabled(False)
        self.addWidget(self._busy)
        self.addWidget(self._said, 1)
        self.addPermanentWidget(QLabel("F1 快捷键"))
        self.addPermanentWidget(self._where)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.timeout.connect(self._said.clear)

    @property
    def text(self) -> str:
        """The message shown now."""
        return self._said.text()

    def say(self, text: str, kind: str = "info") -> None:
        """Show a message for a while; kind is info, success, warning or danger."""
        theme.mark(self._said, "muted" if kind == "info" else kind)
        self._said.setText(text)
        self._forget.start(SHOWN_MS)

    def show_busy(self, text: str) -> None:
        """Show what is under way; empty when nothing is."""
        self._busy.setText(text)

    def show_path(self, path: Path | str) -> None:
        """Show which file or database is open."""
        name = str(path)
        self._where.setText(name if len(name) <= _LONGEST else f"…{name[-_LONGEST:]}")
        self._where.setToolTip(name)
