"""A form: label on the left, field on the right, a hint or an error below the field."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from village_ledger.ui import theme


class FormGrid(QWidget):
    """Add rows with `add`; show or clear what is wrong with a field with `set_error`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.scaled(12))
        self._grid.setVerticalSpacing(look.px("gap_small"))
        self._grid.setColumnStretch(1, 1)
        self._hints: dict[QWidget, tuple[QLabel, str]] = {}
        self._captions: dict[QWidget, QLabel] = {}

    def add(self, label: str, field: QWidget, hint: str = "") -> QWidget:
        """Add a row and return the field."""
        row = self._grid.rowCount()
        caption = QLabel(label)
        caption.setBuddy(_typed_into(field))
        caption.setMinimumHeight(theme.current().px("control"))
        note = theme.mark(QLabel(hint), "hint")
        note.setWordWrap(True)
        note.setVisible(bool(hint))
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(caption, row, 0, top | Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(field, row, 1, top)
        self._grid.addWidget(note, row + 1, 1)
        self._hints[field] = (note, hint)
        self._captions[field] = caption
        return field

    def add_wide(self, widget: QWidget) -> QWidget:
        """Add something across both columns and return it."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)
        return widget

    def set_shown(self, field: QWidget, shown: bool) -> None:
        """Show or hide a row."""
        note, hint = self._hints[field]
        self._captions[field].setVisible(shown)
        field.setVisible(shown)
        note.setVisible(shown and bool(hint))

    def set_error(self, field: QWidget, text: str) -> None:
        """Say below a field what is wrong with it; an empty text brings the hint back."""
        note, hint = self._hints[field]
        note.setText(text or hint)
        note.setVisible(bool(text or hint))
        theme.mark(note, "error" if text else "hint")
        theme.set_state(field, "wrong", bool(text))

    def set_hint(self, field: QWidget, hint: str) -> None:
        """Change the hint below a field, clearing its error."""
        self._hints[field] = (self._hints[field][0], hint)
        self.set_error(field, "")

    def clear_errors(self) -> None:
        """Bring all hints back."""
        for field in self._hints:
            self.set_error(field, "")


def _typed_into(field: QWidget) -> QWidget:
    """What a label's key leads to: Qt passes over a wrapper that takes no focus itself, whatever its proxy."""
    while (inner := field.focusProxy()) is not None:
        field = inner
    return field
