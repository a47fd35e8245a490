"""Choosing a month, or a span of months, with the keyboard or the mouse."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from village_ledger.domain.period import Period
from village_ledger.ui import theme


class PeriodPicker(QWidget):
    """A year and a month; PageUp and PageDown move by one month, `changed` tells the Period."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._years = QComboBox()
        self._months = QComboBox()
        for month in range(1, 13):
            self._months.addItem(f"{month}月", month)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px("gap_small"))
        row.addWidget(self._years)
        row.addWidget(self._months)
        self.setFocusProxy(self._years)
        self._years.currentIndexChanged.connect(self._tell)
        self._months.currentIndexChanged.connect(self._tell)

    def set_years(self, first: int, last: int) -> None:
        """Offer the years from first to last."""
        chosen = self.period() if self._years.count() else None
        self._years.blockSignals(True)
        self._years.clear()
        for year in range(first, last + 1):
            self._years.addItem(f"{year}年", year)
        self._years.blockSignals(False)
        if chosen is not None:
            self.set_period(chosen)

    def period(self) -> Period:
        """The month chosen."""
        return Period(int(self._years.currentData() or 2000), int(self._months.currentData()))

    def set_period(self, period: Period) -> None:
        """Choose a month without emitting `changed`; its year is added if not offered."""
        for combo in (self._years, self._months):
            combo.blockSignals(True)
        if self._years.findData(period.year) < 0:
            years = [self._years.itemData(i) for i in range(self._years.count())]
            place = sum(year < period.year for year in years)
            self._years.insertItem(place, f"{period.year}年", period.year)
        self._years.setCurrentIndex(self._years.findData(period.year))
        self._months.setCurrentIndex(period.month - 1)
        for combo in (self._years, self._months):
            combo.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PageUp and PageDown step by a month."""
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.set_period(self.period().plus(step))
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.period())


class PeriodRange(QWidget):
    """From a month to a month; the end never lies before the start."""

    changed = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = PeriodPicker()
        self.last = PeriodPicker()
        self._dash = QLabel("至")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px("gap_small"))
        for widget in (self.first, self._dash, self.last):
            row.addWidget(widget)
        self.setFocusProxy(self.first)
        self.first.changed.connect(self._first_changed)
        self.last.changed.connect(self._last_changed)

    def set_years(self, first: int, last: int) -> None:
        """Offer the years from first to last."""
        self.first.set_years(first, last)
        self.last.set_years(first, last)

    def span(self) -> tuple[Period, Period]:
        """The months chosen."""
        return self.first.period(), self.last.period()

    def set_span(self, first: Period, last: Period) -> None:
        """Choose months without emitting `changed`."""
        self.first.set_period(first)
        self.last.set_period(last)

    def _first_changed(self, period: Period) -> None:
        if self.last.period() < period:
            self.last.set_period(period)
        self.changed.emit(*self.span())

    def _last_changed(self, period: Period) -> None:
        if period < self.first.period():
            self.first.set_period(period)
        self.changed.emit(*self.span())
