"""A read-only table of values, one a row: what the small lists of the window share."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
RowT = TypeVar("RowT")
_ROOT = QModelIndex()
_SIDES = {
    "l": Qt.AlignmentFlag.AlignLeft,
    "c": Qt.AlignmentFlag.AlignHCenter,
    "r": Qt.AlignmentFlag.AlignRight,
}


class RowsModel(QAbstractTableModel, Generic[RowT]):
    """Shows values in fixed columns.

    A kind of list gives `headers`, `sides` (a letter a column: l, c or r), `cell` for the text and, where it has
    colours, fonts or tips, `look`.
    """

    headers: tuple[str, ...] = ()
    sides: str = ""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[RowT] = ()

    @property
    def rows(self) -> Sequence[RowT]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[RowT]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def value(self, row: int) -> RowT | None:
        """The value of a row; None beside the table."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def find(self, wanted: Callable[[RowT], bool]) -> int:
        """The first row whose value is wanted; -1 when none is."""
        return next((row for row, value in enumerate(self._rows) if wanted(value)), -1)

    def cell(self, value: RowT, column: int) -> str:
        """The text of a cell."""
        raise NotImplementedError

    def look(self, value: RowT, column: int, role: int) -> Any:
        """Anything else Qt asks of a cell: colour, font, tip."""
        return None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: number of values."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt: fixed columns."""
        return 0 if parent.isValid() else len(self.headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: column headings, aligned like their cells."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.headers):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.headers[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: a look-up in the row's value."""
        value = self.value(index.row()) if index.isValid() else None
        if value is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(value, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return self.look(value, index.column(), role)

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        return _SIDES[self.sides[column]] | Qt.AlignmentFlag.AlignVCenter
