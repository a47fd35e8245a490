"""The operation log as a table that grows while it is scrolled."""

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from village_ledger.services.journal import LogEntry
from village_ledger.ui import theme
from village_ledger.ui.instants import local_time
from village_ledger.ui.tables.rows_model import Index, RowsModel

from .log_text import action_name, entry_summary

HEADERS = ("序号", "时间", "操作员", "操作", "对象", "内容", "校验码")
PAGE = 200


class LogModel(RowsModel[LogEntry]):
    """`more_wanted(offset)` asks for the next page; `add_page` brings it. A short page is the last one."""

    headers = HEADERS
    sides = "rllllll"
    more_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[LogEntry] = []
        self._complete = True
        self._asked = False

    def start(self, entries: tuple[LogEntry, ...]) -> None:
        """Show the first page of an answer."""
        self._complete = len(entries) < PAGE
        self._asked = False
        self.show_rows(list(entries))

    def add_page(self, entries: tuple[LogEntry, ...]) -> None:
        """Add the next page."""
        self._asked = False
        self._complete = len(entries) < PAGE
        if entries:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self._rows.extend(entries)
            self.endInsertRows()

    @property
    def is_complete(self) -> bool:
        """Whether everything that matches has been read."""
        return self._complete

    def canFetchMore(self, parent: Index) -> bool:
        """Qt: whether there may be more rows."""
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        """Qt: the view came near the end."""
        if not parent.isValid() and not self._asked and not self._complete:
            self._asked = True
            self.more_wanted.emit(len(self._rows))

    def cell(self, value: LogEntry, column: int) -> str:
        """Number, time, person, act, object, particulars, hash."""
        return _text(value, column)

    def look(self, value: LogEntry, column: int, role: int) -> Any:
        """The whole hash as a tip; who did what stands out."""
        if role == Qt.ItemDataRole.ToolTipRole and column == len(HEADERS) - 1:
            return value.hash
        if role == Qt.ItemDataRole.ForegroundRole and column in (0, 1, 5, 6):
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
