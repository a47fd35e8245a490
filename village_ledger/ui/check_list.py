"""The check list before a month is closed or handed over: a line each, with a way to what is not in order yet."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.closing import CloseCheck
from village_ledger.ui import theme
from village_ledger.ui.widgets.button import make_button

PLACES = {
    "all-posted": ("voucher-list", "去处理凭证"),
    "numbers": ("voucher-list", "去看凭证"),
    "trial-balance": ("trial-balance", "看科目余额表"),
    "cash": ("cash-journal", "看现金日记账"),
    "bank": ("bank-journal", "看银行日记账"),
    "pending-loss": ("subsidiary-ledger", "看 181 明细账"),
    "exceptions": ("exceptions-list", "去补办"),
    "notice": ("disclosure", "去办理公开榜"),
    "comments": ("township-reviews", "去答复"),
    "closed": ("month-end", "去结账"),
}
"""Where a failed check is put right: the page's key and the button's words."""


class CheckList(QWidget):
    """`place_wanted(code)` fires when the user wants to go to what a check found; `act` is what the list precedes."""

    place_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, act: str = "结账") -> None:
        super().__init__(parent)
        self._act = act
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._column.addWidget(self._list)

    def show_checks(self, checks: tuple[CloseCheck, ...]) -> None:
        """Show the list anew."""
        look = theme.current()
        before = self._list
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px("gap"))
        self._grid.setVerticalSpacing(look.px("gap_small"))
        self._grid.setColumnStretch(1, 1)
        for row, check in enumerate(checks):
            self._add(row * 2, check)
        self._column.replaceWidget(before, self._list)
        before.hide()
        before.deleteLater()

    def _add(self, row: int, check: CloseCheck) -> None:
        look = theme.current()
        kind = "success" if check.passed else "danger" if check.blocking else "warning"
        sign = QLabel()
        side = look.px("icon")
        sign.setPixmap(theme.icon("check" if check.passed else "warning", kind).pixmap(QSize(side, side)))
        sign.setAccessibleName("通过" if check.passed else "没有通过")
        title = QLabel(check.title if check.passed or check.blocking else f"{check.title}（提醒，不影响{self._act}）")
        title.setMinimumHeight(look.scaled(28))
        theme.mark(title, "" if check.passed else "strong")
        self._grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(title, row, 1)
        if check.passed:
            return
        detail = theme.mark(QLabel(check.detail), kind)
        detail.setWordWrap(True)
        self._grid.addWidget(detail, row + 1, 1, 1, 2)
        if check.code in PLACES:
            button = make_button(PLACES[check.code][1], kind="quiet", icon="forward")
            button.clicked.connect(lambda _checked=False, code=check.code: self.place_wanted.emit(code))
            self._grid.addWidget(button, row, 2)
