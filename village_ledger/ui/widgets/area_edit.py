"""A field for an area in mu: right-aligned, two decimals, takes full-width digits too."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from village_ledger.domain.area import AreaError, format_mu, parse_mu


class AreaEdit(QLineEdit):
    """An area in hundredths of a mu; `value_x100()` is None when empty and raises AreaError for nonsense."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setPlaceholderText("0.00")
        self.editingFinished.connect(self._tidy)

    def value_x100(self) -> int | None:
        """The area, or None for an empty field."""
        text = self.text().strip()
        return parse_mu(text) if text else None

    def set_value_x100(self, area_x100: int | None) -> None:
        """Show an area; None empties the field."""
        self.setText("" if area_x100 is None else format_mu(area_x100))

    def error(self) -> str:
        """What is wrong with the text, in Chinese; empty if nothing."""
        try:
            self.value_x100()
        except AreaError as wrong:
            return str(wrong)
        return ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all, so that typing replaces."""
        super().focusInEvent(event)
        self.selectAll()

    def _tidy(self) -> None:
        if not self.error():
            self.set_value_x100(self.value_x100())
