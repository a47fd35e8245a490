"""The months of a book with their state."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from village_ledger.domain.period import Period
from village_ledger.services.periods import PeriodStatus
from village_ledger.ui import theme

Index = QModelIndex | QPersistentModelIndex
HEADERS = ("月份", "状态", "凭证")
_ROOT = QModelIndex()


def state_text(status: PeriodStatus, open_period: Period) -> str:
    """A month's state in a few words."""
    if status.changed_after_hand_over:
        return "报送后改过" if status.closed else "报送后反结账"
    if status.handed_over and status.closed:
        return "已报送"
    if status.closed:
        return "已结账"
    if status.period == open_period:
        return "待重新结账" if status.reopened else "待结账"
    return "未到"


class MonthsModel(QAbstractTableModel):
    """Newest month first, read-only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._months: tuple[PeriodStatus, ...] = ()
        self._open = Period(2000, 1)

    def show_months(self, months: tuple[PeriodStatus, ...], open_period: Period) -> None:
        """Show these."""
        self.beginResetModel()
        self._months = tuple(reversed(months))
        self._open = open_period
        self.endResetModel()

    def status(self, row: int) -> PeriodStatus | None:
        """The month of a row."""
        return self._months[row] if 0 <= row < len(self._months) else None

    def row_of(self, period: Period) -> int:
        """The row of a month; -1 when it is not there."""
        return next((row for row, status in enumerate(self._months) if status.period == period), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: number of months."""
        return 0 if parent.isValid() else len(self._months)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt: fixed columns."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: column headings."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(HEADERS):
            if role == Qt.ItemDataRole.DisplayRole:
                return HEADERS[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: a look-up."""
        status = self.status(index.row()) if index.isValid() else None
        if status is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                waiting = status.drafts + status.reviewed
                count = f"{status.posted}" + (f"＋{waiting}" if waiting else "")
                return (status.period.label, state_text(status, self._open), count)[index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(index.column())
            case Qt.ItemDataRole.ForegroundRole:
                return theme.current().colour(self._colour(status, index.column()))
            case Qt.ItemDataRole.FontRole if status.period == self._open:
                return theme.current().font(bold=True)
            case Qt.ItemDataRole.ToolTipRole if index.column() == len(HEADERS) - 1:
                return f"已记账 {status.posted} 张，草稿 {status.drafts} 张，已审核未记账 {status.reviewed} 张"
        return None

    def _colour(self, status: PeriodStatus, column: int) -> str:
        if column != 1:
            return "text"
        if status.changed_after_hand_over:
            return "danger"
        return "success" if status.closed else "accent" if status.period == self._open else "muted"


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)[column]
    return side | Qt.AlignmentFlag.AlignVCenter
