"""Fields the contract forms share: a date that may be empty, a list of plain rows as a model, and where money goes."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_ledger.services.cells import CellError, read_day
from village_ledger.ui import theme
from village_ledger.ui.operations import Operations

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class DayField(QLineEdit):
    """A date; `value()` is None when empty and raises CellError for nonsense."""

    def __init__(self, day: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(14)
        self.setPlaceholderText("例如 2025-01-05")
        self.set_value(day)
        self.editingFinished.connect(self._tidy)

    def value(self) -> date | None:
        """The date, or None for an empty field."""
        text = self.text().strip()
        return read_day(text) if text else None

    def set_value(self, day: date | None) -> None:
        """Show a date; None empties the field."""
        self.setText(day.isoformat() if day else "")

    def error(self) -> str:
        """What is wrong with the text, in Chinese; empty if nothing."""
        try:
            self.value()
        except CellError as wrong:
            return str(wrong)
        return ""

    def _tidy(self) -> None:
        if not self.error():
            self.set_value(self.value())


class Cells(NamedTuple):
    """One row of a `RowsModel`: a text per column, what it stands for, a colour for the row or some columns."""

    texts: tuple[str, ...]
    colour: str = ""
    value: Any = None
    coloured: tuple[int, ...] = ()


class RowsModel(QAbstractTableModel):
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


class MoneyAccounts(QComboBox):
    """Chooses where money goes in or out: the details of cash and bank, one entry a bank account kept as an item.

    The data of an entry are the account's code and the (category, name) pairs of its items.
    """

    def __init__(self, operations: Operations) -> None:
        super().__init__()
        facts = operations.facts
        if facts is None:
            return
        settings = facts.settings
        banks = [record.item for record in facts.items if record.item.category == "银行账户" and not record.disabled]
        for account in facts.chart:
            if account.disabled or not facts.chart.is_leaf(account.code):
                continue
            title = f"{account.code} {account.name}"
            if account.code.startswith(settings.cash_accounts):
                self.addItem(title, (account.code, ()))
            elif account.code.startswith(settings.bank_accounts):
                split = any(auxiliary.category == "银行账户" for auxiliary in account.auxiliaries)
                for bank in banks if split and banks else ():
                    self.addItem(f"{title}（{bank.name}）", (account.code, (("银行账户", bank.name),)))
                if not (split and banks):
                    self.addItem(title, (account.code, ()))
        self.setCurrentIndex(min(1, self.count() - 1))
