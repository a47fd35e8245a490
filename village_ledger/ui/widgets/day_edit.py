"""The date field of a voucher: `5` is the 5th of the working month, `3.5` is 5 March, arrows go one day on or back."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．。－／年月日", "0123456789..-/---")
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_Plus: 1, Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}


def parse_day(text: str, working: date) -> date | None:
    """The date meant by `5`, `3-5`, `20250305` or `2025.3.5`, filled up from the working date; None if it is none."""
    typed = text.translate(_FULL_WIDTH).strip().strip("-")
    for separator in "./ ":
        typed = typed.replace(separator, "-")
    if typed.isdigit() and len(typed) == 8:
        typed = f"{typed[:4]}-{typed[4:6]}-{typed[6:]}"
    parts = typed.split("-")
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts) or len(parts) > 3:
        return None
    numbers = [int(part) for part in parts]
    year, month, day = ([working.year, working.month, working.day][: 3 - len(numbers)] + numbers)[:3]
    try:
        return date(year if year >= 100 else 2000 + year, month, day)
    except ValueError:
        return None


class DayEdit(QLineEdit):
    """Shows a date; tells when another one has been typed, and when Enter asks to go on."""

    day_changed = Signal(object)
    entered = Signal()
    complaint = Signal(str)

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day = day
        self.setMaxLength(12)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setToolTip("输入 5 就是本月 5 日，3.5 是 3 月 5 日；↑ ↓ 前后一天")
        self._show()

    @property
    def day(self) -> date:
        """The date."""
        return self._day

    def set_day(self, day: date) -> None:
        """Show another date, unless one is just being typed."""
        if day != self._day:
            self._day = day
            if not self.isModified():
                self._show()

    def take_over(self) -> bool:
        """Use what has been typed; False (and a complaint) when it is no date."""
        if not self.isModified():
            return True
        day = parse_day(self.text(), self._day)
        if day is None:
            self.complaint.emit(f"日期“{self.text()}”不对：输入 5 表示本月 5 日，或写成 {self._day}")
            return False
        self._use(day)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows step by a day, Enter goes on."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _STEPS and plain and not self.isReadOnly():
            if self.take_over():
                self._use(self._day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if self.take_over():
                self.entered.emit()
        elif key == Qt.Key.Key_Escape and self.isModified():
            self._show()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: everything selected, so that typing replaces."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: leaving takes over, or goes back to the last date."""
        if not self.take_over():
            self._show()
        super().focusOutEvent(event)

    def _use(self, day: date) -> None:
        changed = day != self._day
        self._day = day
        self._show()
        self.selectAll()
        self.complaint.emit("")
        if changed:
            self.day_changed.emit(day)

    def _show(self) -> None:
        self.setText(self._day.isoformat())
        self.setModified(False)
