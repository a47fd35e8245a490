"""The backups of a book as a table."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt

from village_ledger.services.backups import BackupFile
from village_ledger.ui import theme
from village_ledger.ui.instants import stamped_time
from village_ledger.ui.tables.rows_model import RowsModel

HEADERS = ("备份时间", "原因", "大小", "检查")


def size_text(size: int) -> str:
    """Bytes as people read them."""
    if size < 1024 * 1024:
        return f"{max(size // 1024, 1)} KB"
    return f"{size * 10 // (1024 * 1024) / 10:.1f} MB"


class BackupsModel(RowsModel[BackupFile]):
    """Newest first; remembers which files were checked while the program runs."""

    headers = HEADERS
    sides = "llrc"

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._checked: dict[Path, bool] = {}

    def set_checked(self, path: Path, *, sound: bool) -> None:
        """Note that a file was checked."""
        self._checked[path] = sound
        row = self.row_of(path)
        if row >= 0:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADERS) - 1))

    def row_of(self, path: Path) -> int:
        """The row of a file; -1 when it is not there."""
        return self.find(lambda one: one.path == path)

    def time_of(self, file: BackupFile) -> str:
        """When it was made, and why, in one text."""
        return f"{stamped_time(file.made_at)} {file.reason}"

    def cell(self, value: BackupFile, column: int) -> str:
        """When, why, how large, whether it was checked."""
        checked = {True: "✓ 完好", False: "✗ 损坏", None: "备份时已核对"}[self._checked.get(value.path)]
        return (stamped_time(value.made_at), value.reason, size_text(value.size), checked)[column]

    def look(self, value: BackupFile, column: int, role: int) -> Any:
        """The whole path as a tip, the check's outcome in colour."""
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(value.path)
        if role == Qt.ItemDataRole.ForegroundRole and column == len(HEADERS) - 1:
            state = self._checked.get(value.path)
            return theme.current().colour({True: "success", False: "danger", None: "muted"}[state])
        return None
