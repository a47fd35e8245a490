"""The backups of a book as a table."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from village_ledger.services.backups import BackupFile
from village_ledger.ui import theme
from village_ledger.ui.instants import stamped_time

Index = QModelIndex | QPersistentModelIndex
HEADERS = ("备份时间", "原因", "大小", "检查")
_ROOT = QModelIndex()


def size_text(size: int) -> str:
    """Bytes as people read them."""
    if size < 1024 * 1024:
        return f"{max(size // 1024, 1)} KB"
    return f"{size * 10 // (1024 * 1024) / 10:.1f} MB"


class BackupsModel(QAbstractTableModel):
    """Newest first; remembers which files were checked while the program runs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[BackupFile, ...] = ()
        self._checked: dict[Path, bool] = {}

    def show_files(self, files: tuple[BackupFile, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._files = files
        self.endResetModel()

    def set_checked(self, path: Path, *, sound: bool) -> None:
        """Note that a file was checked."""
        self._checked[path] = sound
        row = self.row_of(path)
        if row >= 0:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADERS) - 1))

    def file(self, row: int) -> BackupFile | None:
        """The backup of a row."""
        return self._files[row] if 0 <= row < len(self._files) else None

    def row_of(self, path: Path) -> int:
        """The row of a file; -1 when it is not there."""
        return next((row for row, one in enumerate(self._files) if one.path == path), -1)

    def time_of(self, file: BackupFile) -> str:
        """When it was made, and why, in one text."""
        return f"{stamped_time(file.made_at)} {file.reason}"

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: number of files."""
        return 0 if parent.isValid() else len(self._files)

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
        one = self.file(index.row()) if index.isValid() else None
        if one is None:
            return None
        state = self._checked.get(one.path)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                checked = {True: "✓ 完好", False: "✗ 损坏", None: "备份时已核对"}[state]
                return (stamped_time(one.made_at), one.reason, size_text(one.size), checked)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return str(one.path)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(index.column())
            case Qt.ItemDataRole.ForegroundRole if index.column() == len(HEADERS) - 1:
                return theme.current().colour({True: "success", False: "danger", None: "muted"}[state])
        return None


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = (
        Qt.AlignmentFlag.AlignLeft,
        Qt.AlignmentFlag.AlignLeft,
        Qt.AlignmentFlag.AlignRight,
        Qt.AlignmentFlag.AlignHCenter,
    )[column]
    return side | Qt.AlignmentFlag.AlignVCenter
