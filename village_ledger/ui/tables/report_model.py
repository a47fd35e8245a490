"""Any report as a read-only Qt model. Each cell is a lookup in the report; nothing is computed or asked here."""

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from village_ledger.domain.money import format_fen
from village_ledger.domain.quantity import format_quantity
from village_ledger.reports.model import Column, ColumnKind, Report, Row, Value

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
VALUE_ROLE = Qt.ItemDataRole.UserRole + 1
RIGHT_KINDS: frozenset[ColumnKind] = frozenset({"money", "quantity", "integer"})
MEASURED_ROWS = 300
LONG_TEXT = 9
_NOWHERE = QModelIndex()


def shown_text(value: Value, kind: ColumnKind, *, blank_zero: bool = True) -> str:
    """A value as the screen shows it: amounts with separators and two decimals, an empty cell for none."""
    if value is None:
        return ""
    if kind == "money" and isinstance(value, int):
        return "" if blank_zero and not value else format_fen(value)
    if kind == "quantity" and isinstance(value, int):
        return "" if blank_zero and not value else format_quantity(value)
    if kind == "flag":
        return "是" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


class ReportModel(QAbstractTableModel):
    """The shown columns of a report's rows, or of one half of a two-sided statement."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: tuple[tuple[int, Column], ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._blank_zero = True

    def set_report(self, report: Report, rows: tuple[Row, ...] | None = None) -> None:
        """Show a report; `rows` are those of one half or those a filter left."""
        self.beginResetModel()
        self._columns = tuple((place, column) for place, column in enumerate(report.columns) if column.shown)
        self._rows = report.rows if rows is None else rows
        self._blank_zero = report.blank_zero
        self.endResetModel()

    def column(self, section: int) -> Column:
        """The column shown at that place."""
        return self._columns[section][1]

    def row(self, number: int) -> Row:
        """The report's row shown at that place."""
        return self._rows[number]

    def widest(self, section: int) -> tuple[str, ...]:
        """Texts of a column to measure: the longest number of all rows, or the texts of the first rows."""
        place, column = self._columns[section]
        cells = [row.cells[place] for row in self._rows if place < len(row.cells)]
        if column.kind in RIGHT_KINDS:
            numbers = [cell for cell in cells if isinstance(cell, int)]
            ends = (max(numbers), min(numbers)) if numbers else ()
            return tuple(shown_text(number, column.kind) for number in ends)
        return tuple(shown_text(cell, column.kind) for cell in cells[:MEASURED_ROWS])

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Qt: number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Qt: number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: one cell."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        place, column = self._columns[index.column()]
        value = row.cells[place] if place < len(row.cells) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_text(value, column.kind, blank_zero=self._blank_zero)
        if role == VALUE_ROLE:
            return value
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.kind in RIGHT_KINDS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.explanation or (value if isinstance(value, str) and len(value) > LONG_TEXT else None)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: a column's title."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section][1].title
        return None

    def find(self, text: str, start: int) -> int:
        """The first row at or after `start` (then from the top) that shows the text; -1 if none does."""
        wanted = text.strip().lower()
        count = len(self._rows)
        if not wanted or not count:
            return -1
        for step in range(count):
            number = (start + step) % count
            row = self._rows[number]
            if any(wanted in cell.lower() for cell in self._texts(row)):
                return number
        return -1

    def _texts(self, row: Row) -> list[str]:
        texts = []
        for place, column in self._columns:
            value = row.cells[place] if place < len(row.cells) else None
            text = shown_text(value, column.kind)
            texts.append(text)
            if column.kind == "money" and text:
                texts.append(text.replace(",", ""))
        return texts
