"""The day of the next month by which a month should be handed over."""

from PySide6.QtWidgets import QSpinBox, QWidget

from village_ledger.services.township.desk import DeskSettings
from village_ledger.ui import theme


class DueField(QSpinBox):
    """`15 日`. Qt's style gives a spin box no room before its text, so it is given here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(1, 31)
        self.setSuffix(" 日")
        self.setValue(DeskSettings().due_days)
        self.lineEdit().setTextMargins(theme.current().scaled(7), 0, 0, 0)
