"""Plain rows of texts as a model: for lists that need no more than words, a colour and what a row stands for."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from village_ledger.ui import theme

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Cells(NamedTuple):
    """One row of a `TextRows`: a text per column, what it stands for, a colour for the row or some columns."""

    texts: tuple[str, ...]
    colour: str = ""
    value: Any = None
    coloured: tuple[int, ...] = ()


class TextRows(QAbstractTableModel):
    """Read-only rows of texts; columns named in `right` are right-aligned."""

    def __init__(self, headers: Sequence[str], right: Sequence[int] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headers = tuple(headers)
        self._right = frozenset(right)
        self._rows: tuple[Cells, ...] = ()

    def show_rows(self, rows: Sequence[Cells], headers: Sequence[str] = ()) -> None:
        """Replace the rows, perhaps under other headings (as many as before)."""
        self.beginResetModel()
        self._headers = tuple(headers) or self._headers
        self._rows = tuple(rows)
        self.endResetModel()

    def value(self, row: int) -> Any:
        """What a row stands for; None outside."""
        return self._rows[row].value if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt: number of columns."""
        return 0 if parent.isValid() else len(self._headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: column headings."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._headers):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: a look-up in the row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return row.texts[index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(index.column())
            case Qt.ItemDataRole.ForegroundRole if row.colour and (not row.coloured or index.column() in row.coloured):
                return theme.current().colour(row.colour)
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
