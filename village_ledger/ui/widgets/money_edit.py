"""A field for an amount: right-aligned, takes full-width digits too."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from village_ledger.domain.money import MoneyError, format_fen, parse_fen


class MoneyEdit(QLineEdit):
    """An amount in fen; `value_fen()` is None when the field is empty and raises MoneyError for nonsense."""

    amount_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setPlaceholderText("0.00")
        self.editingFinished.connect(self._tidy)
        self.textEdited.connect(lambda _text: self.amount_changed.emit())

    def value_fen(self) -> int | None:
        """The amount in fen, or None for an empty field."""
        text = self.text().strip()
        return parse_fen(text) if text else None

    def set_value_fen(self, fen: int | None) -> None:
        """Show an amount; None empties the field."""
        self.setText("" if fen is None else format_fen(fen))

    def error(self) -> str:
        """What is wrong with the text, in Chinese; empty if nothing."""
        try:
            self.value_fen()
        except MoneyError as wrong:
            return str(wrong)
        return ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all, so that typing replaces."""
        super().focusInEvent(event)
        self.selectAll()

    def _tidy(self) -> None:
        if not self.error():
            self.set_value_fen(self.value_fen())
