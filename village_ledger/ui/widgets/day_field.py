"""A date that is typed and may be left empty."""

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from village_ledger.services.cells import CellError, read_day


class DayField(QLineEdit):
    """A date; `value()` is None when empty and raises CellError for nonsense."""

    def __init__(self, day: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(14)
        self.setPlaceholderText("例如 2025-01-05")
        self.set_value(day)
        self.editingFinished.connect(self._tidy)

    def value(self) -> date | None:
        """The date, or None for an empty field."""
        text = self.text().strip()
        return read_day(text) if text else None

    def set_value(self, day: date | None) -> None:
        """Show a date; None empties the field."""
        self.setText(day.isoformat() if day else "")

    def error(self) -> str:
        """What is wrong with the text, in Chinese; empty if nothing."""
        try:
            self.value()
        except CellError as wrong:
            return str(wrong)
        return ""

    def _tidy(self) -> None:
        if not self.error():
            self.set_value(self.value())
