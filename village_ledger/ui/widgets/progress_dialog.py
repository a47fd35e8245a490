"""A modal dialog for work that takes seconds: what is being done, how far, and a way out."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from village_ledger.ui import theme

from .button import make_button


class ProgressDialog(QDialog):
    """Opened only when the work is still under way after a moment; `finish` closes it."""

    def __init__(self, title: str, cancel: Callable[[], object] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cancel = cancel
        self._finished = False
        look = theme.current()
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(look.scaled(420))
        self._what = theme.mark(QLabel("请稍候…"), "muted")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self.cancel_button = make_button("取消", on_click=self._ask_to_stop)
        self.cancel_button.setVisible(cancel is not None)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[look.scaled(20)] * 4)
        column.setSpacing(look.px("gap_large"))
        column.addWidget(theme.mark(QLabel(title), "heading"))
        column.addWidget(self._bar)
        column.addWidget(self._what)
        column.addLayout(buttons)

    def open_unless_done(self) -> None:
        """Show the dialog if the work is still under way."""
        if not self._finished:
            self.open()

    def advance(self, done: int, total: int, what: str) -> None:
        """Move the bar."""
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        self._what.setText(what)

    def finish(self) -> None:
        """The work has ended."""
        self._finished = True
        self.done(0)
        self.deleteLater()

    def reject(self) -> None:
        """Escape cancels the work; it does not just hide the dialog."""
        self._ask_to_stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's close button cancels too."""
        if self._finished:
            event.accept()
        else:
            event.ignore()
            self._ask_to_stop()

    def _ask_to_stop(self) -> None:
        if self._cancel is not None and not self._finished:
            self._what.setText("正在取消，请稍候…")
            self.cancel_button.setEnabled(False)
            self._cancel()
