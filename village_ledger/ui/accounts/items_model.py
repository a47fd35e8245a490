"""Members of one dimension as a table."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from village_ledger.domain.search import ItemRecord
from village_ledger.ui import theme

Index = QModelIndex | QPersistentModelIndex
HEADERS = ("编号", "名称", "备注", "状态", "账上用过")
NAME_COLUMN, NOTE_COLUMN = 1, 2
_CENTRED = {0, 3, 4}
_ROOT = QModelIndex()


def filtered(records: tuple[ItemRecord, ...], text: str, *, with_disabled: bool = True) -> tuple[ItemRecord, ...]:
    """Records whose number, name, note or pinyin initials match the text."""
    typed = text.strip().lower()
    return tuple(
        record
        for record in records
        if (with_disabled or not record.disabled)
        and (
            not typed
            or typed in record.item.name.lower()
            or record.item.code.lower().startswith(typed)
            or typed in record.note.lower()
            or (typed.isascii() and typed in record.pinyin)
        )
    )


class ItemsModel(QAbstractTableModel):
    """Read-only rows; `show_records` replaces them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records: tuple[ItemRecord, ...] = ()

    def show_records(self, records: tuple[ItemRecord, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._records = records
        self.endResetModel()

    def record(self, row: int) -> ItemRecord | None:
        """The record of a row."""
        return self._records[row] if 0 <= row < len(self._records) else None

    def row_of(self, code: str) -> int:
        """The row of an item's code, -1 when it is not shown."""
        return next((row for row, record in enumerate(self._records) if record.item.code == code), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: number of members."""
        return 0 if parent.isValid() else len(self._records)

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
        """Qt: a look-up in the row's record."""
        record = self.record(index.row()) if index.isValid() else None
        if record is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                state = "停用" if record.disabled else "在用"
                used = "是" if record.used else "—"
                return (record.item.code, record.item.name, record.note, state, used)[index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(index.column())
            case Qt.ItemDataRole.ForegroundRole if record.disabled:
                return theme.current().colour("faint")
            case Qt.ItemDataRole.ForegroundRole if index.column() != NAME_COLUMN:
                return theme.current().colour("muted")
        return None


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignHCenter if column in _CENTRED else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
