"""The months of a book with their state."""

from typing import Any

from PySide6.QtCore import QObject, Qt

from village_ledger.domain.period import Period
from village_ledger.services.periods import PeriodStatus
from village_ledger.ui import theme
from village_ledger.ui.tables.rows_model import RowsModel

HEADERS = ("月份", "状态", "凭证")
REVIEW_COLOURS = {"审核中": "accent", "退回": "danger", "移交": "danger", "待重新报送": "warning"}


def state_text(status: PeriodStatus, open_period: Period) -> str:
    """A month's state in a few words."""
    if status.review:
        return status.review
    if status.changed_after_hand_over:
        return "报送后改过" if status.closed else "报送后反结账"
    if status.handed_over and status.closed:
        return "已报送"
    if status.closed:
        return "已结账"
    if status.period == open_period:
        return "待重新结账" if status.reopened else "待结账"
    return "未到"


class MonthsModel(RowsModel[PeriodStatus]):
    """Newest month first."""

    headers = HEADERS
    sides = "lcr"

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = Period(2000, 1)

    def show_months(self, months: tuple[PeriodStatus, ...], open_period: Period) -> None:
        """Show these."""
        self._open = open_period
        self.show_rows(tuple(reversed(months)))

    def row_of(self, period: Period) -> int:
        """The row of a month; -1 when it is not there."""
        return self.find(lambda status: status.period == period)

    def cell(self, value: PeriodStatus, column: int) -> str:
        """Month, state, vouchers posted and waiting."""
        waiting = value.drafts + value.reviewed
        count = f"{value.posted}" + (f"＋{waiting}" if waiting else "")
        return (value.period.label, state_text(value, self._open), count)[column]

    def look(self, value: PeriodStatus, column: int, role: int) -> Any:
        """The open month is bold, the state coloured, the counts explained."""
        match role:
            case Qt.ItemDataRole.ForegroundRole:
                return theme.current().colour(self._colour(value, column))
            case Qt.ItemDataRole.FontRole if value.period == self._open:
                return theme.current().font(bold=True)
            case Qt.ItemDataRole.ToolTipRole if column == len(HEADERS) - 1:
                return f"已记账 {value.posted} 张，草稿 {value.drafts} 张，已审核未记账 {value.reviewed} 张"
        return None

    def _colour(self, status: PeriodStatus, column: int) -> str:
        if column != 1:
            return "text"
        if status.review in REVIEW_COLOURS:
            return REVIEW_COLOURS[status.review]
        if status.changed_after_hand_over:
            return "danger"
        return "success" if status.closed else "accent" if status.period == self._open else "muted"
