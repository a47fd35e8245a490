"""The operation log as a table that grows while it is scrolled."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from village_ledger.services.journal import LogEntry
from village_ledger.ui import theme
from village_ledger.ui.instants import local_time

from .log_text import action_name, entry_summary

Index = QModelIndex | QPersistentModelIndex
HEADERS = ("序号", "时间", "操作员", "操作", "对象", "内容", "校验码")
PAGE = 200
_ROOT = QModelIndex()


class LogModel(QAbstractTableModel):
    """`more_wanted(offset)` asks for the next page; `add_page` brings it. A short page is the last one."""

    more_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[LogEntry] = []
        self._complete = True
        self._asked = False

    def start(self, entries: tuple[LogEntry, ...]) -> None:
        """Show the first page of an answer."""
        self.beginResetModel()
        self._entries = list(entries)
        self._complete = len(entries) < PAGE
        self._asked = False
        self.endResetModel()

    def add_page(self, entries: tuple[LogEntry, ...]) -> None:
        """Add the next page."""
        self._asked = False
        self._complete = len(entries) < PAGE
        if entries:
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self._entries.extend(entries)
            self.endInsertRows()

    @property
    def is_complete(self) -> bool:
        """Whether everything that matches has been read."""
        return self._complete

    def entry(self, row: int) -> LogEntry | None:
        """The entry of a row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def canFetchMore(self, parent: Index) -> bool:
        """Qt: whether there may be more rows."""
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        """Qt: the view came near the end."""
        if not parent.isValid() and not self._asked and not self._complete:
            self._asked = True
            self.more_wanted.emit(len(self._entries))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: entries read so far."""
        return 0 if parent.isValid() else len(self._entries)

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
        one = self.entry(index.row()) if index.isValid() else None
        if one is None:
            return None
        column = index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(one, column)
            case Qt.ItemDataRole.ToolTipRole if column == len(HEADERS) - 1:
                return one.hash
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.ForegroundRole if column in (0, 1, 5, 6):
                return theme.current().colour("muted")
        return None


def _text(one: LogEntry, column: int) -> str:
    match column:
        case 0:
            return str(one.seq)
        case 1:
            return local_time(one.at)
        case 2:
            return one.actor
        case 3:
            return action_name(one.action)
        case 4:
            return one.subject
        case 5:
            return entry_summary(one)
    return one.hash[:12]


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == 0 else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
