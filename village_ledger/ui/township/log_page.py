"""操作日志: who did what at the desk and when, newest first, never changed."""

import json
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QLineEdit, QTableView, QWidget

from village_ledger.services.journal import LogEntry
from village_ledger.services.township.desk_log import action_name
from village_ledger.ui import shortcuts, theme
from village_ledger.ui.instants import local_time
from village_ledger.ui.log_entry_dialog import LogEntryDialog
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.table import dress_table, select_row

from .operations import EVERYTHING, DeskOperations
from .page import DeskPage

_WIDTHS = (64, 160, 100, 140, 230, 300)
_SHOWN = 500


class DeskLogModel(RowsModel[LogEntry]):
    """One row a record."""

    headers = ("序号", "时间", "经办", "操作", "对象", "内容", "校验码")
    sides = "rllllll"

    def cell(self, value: LogEntry, column: int) -> str:
        """Qt text."""
        match column:
            case 3:
                return action_name(value.action)
            case 5:
                return summary(value)
        plain = (str(value.seq), local_time(value.at), value.actor, "", value.subject, "", value.hash[:12])
        return plain[column]

    def look(self, value: LogEntry, column: int, role: int) -> Any:
        """What happened stands out."""
        if role == Qt.ItemDataRole.ForegroundRole and column in (0, 1, 5, 6):
            return theme.current().colour("muted")
        return self.cell(value, column) if role == Qt.ItemDataRole.ToolTipRole and column in (4, 5) else None


class DeskLogPage(DeskPage):
    """The newest records; a search narrows them."""

    title = "操作日志"
    subtitle = "每一步都记在这里，前后相连，不能改也不能删"
    touched_by = EVERYTHING

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self._entries: tuple[LogEntry, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText("找村、操作、经办人（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(theme.current().scaled(340))
        self.search.textChanged.connect(lambda _text: self._show_rows())
        self.count = theme.mark(QLabel(), "muted")
        bar = QHBoxLayout()
        bar.addWidget(self.search, 1)
        bar.addStretch(1)
        bar.addWidget(self.count)
        self.model = DeskLogModel(self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, theme.current().scaled(width))
        header.setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
        self.body.addLayout(bar)
        self.body.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self.table.activated.connect(lambda _index: self._open())
        shortcuts.bind(self, "report.find", self.search.setFocus)

    def refresh(self) -> None:
        """Read the newest records."""
        self.operations.read(lambda desk: desk.log(_SHOWN), self._show, topic="log")

    def _show(self, entries: tuple[LogEntry, ...]) -> None:
        self._entries = entries
        self._show_rows()

    def _show_rows(self) -> None:
        text = self.search.text().strip()
        rows = [
            one for one in self._entries if text in f"{one.actor} {action_name(one.action)} {one.subject} {one.detail}"
        ]
        self.model.show_rows(rows)
        select_row(self.table, 0)
        newest = f"最近 {_SHOWN} 条中" if len(self._entries) == _SHOWN else ""
        self.count.setText(f"{newest}共 {len(rows)} 条")

    def _open(self) -> None:
        entry = self.model.value(self.table.currentIndex().row())
        if entry is not None:
            dialog = LogEntryDialog(entry, action_name(entry.action), self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()


_NAMES = {
    "text": "内容",
    "reason": "理由",
    "status": "结果",
    "state": "结果",
    "opinion": "结论",
    "file": "文件",
    "found": "疑点",
    "vouchers": "凭证",
    "differences": "不同",
    "before": "原来",
    "after": "改为",
    "name": "名称",
}


def summary(entry: LogEntry) -> str:
    """The particulars of a record in one line; hashes are left out."""
    detail = entry.detail
    if not isinstance(detail, dict):
        return ""
    parts = []
    for key, title in _NAMES.items():
        value = detail.get(key)
        if isinstance(value, str | int) and value != "" and not isinstance(value, bool):
            parts.append(f"{title} {str(value).rstrip('。')}")
        elif isinstance(value, list) and value:
            parts.append(f"{title} {json.dumps(value, ensure_ascii=False)}")
    return "，".join(parts)
