"""The grid of opening balances. Typed text that is no amount stays in its cell, marked, until it is put right."""

from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from village_ledger.domain.account import SIDE_LABELS, Chart, Item
from village_ledger.domain.money import MoneyError, format_fen
from village_ledger.domain.openings import OpeningTie, tie_of
from village_ledger.domain.view import Opening
from village_ledger.ui import theme
from village_ledger.ui.tables.amount_text import parse_amount, parse_quantity, quantity_text

from .openings_rows import Key, OpeningRow, grid_rows, row_totals

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 1
"""Why a cell's text cannot be read; empty when it can."""


class Column(IntEnum):
    """The grid's columns; the last four may be hidden."""

    CODE = 0
    NAME = 1
    SIDE = 2
    DEBIT = 3
    CREDIT = 4
    YEAR_DEBIT = 5
    YEAR_CREDIT = 6
    QUANTITY = 7
    UNIT = 8


HEADERS = (
    "科目编码",
    "科目名称 / 户、项目",
    "方向",
    "借方余额",
    "贷方余额",
    "本年累计借方",
    "本年累计贷方",
    "数量",
    "单位",
)
TYPED = (Column.DEBIT, Column.CREDIT, Column.YEAR_DEBIT, Column.YEAR_CREDIT, Column.QUANTITY)


class OpeningsModel(QAbstractTableModel):
    """`changed` fires after each change of a figure or of the rows."""

    changed = Signal()
    noticed = Signal(str)
    """Something the user should know about what was just typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.read_only = False
        self._chart = Chart(())
        self._values: dict[Key, Opening] = {}
        self._saved: dict[Key, Opening] = {}
        self._wrong: dict[tuple[Key, int], tuple[str, str]] = {}
        self._only_filled = False
        self._rows: tuple[OpeningRow, ...] = ()

    def load(self, chart: Chart, openings: Iterable[Opening]) -> None:
        """Show what the book holds; rows added for a household stay, though nothing has been typed on them yet."""
        added = {key: one for key, one in self._values.items() if one.items and not any(one[2:])}
        self._saved = {(one.account, one.items): one for one in openings}
        self._values = {**added, **self._saved}
        self._wrong.clear()
        self.set_chart(chart)

    def clear(self) -> None:
        """Forget everything shown and typed, added rows too."""
        self._values, self._saved = {}, {}
        self._wrong.clear()
        self._rebuild()

    def set_chart(self, chart: Chart) -> None:
        """Show the rows of a newer chart, keeping what was typed on accounts that still exist."""
        self._chart = chart
        self._rebuild()

    def set_only_filled(self, only: bool) -> None:
        """Show only rows that hold figures, or all."""
        self._only_filled = only
        self._rebuild()

    def _rebuild(self) -> None:
        rows = grid_rows(self._chart, self._values, only_filled=self._only_filled)
        if rows != self._rows:  # a reset closes the cell being typed in
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(HEADERS) - 1))
        self.changed.emit()

    @property
    def is_changed(self) -> bool:
        """Whether something has not been saved."""
        return bool(self._wrong) or self.openings() != tuple(one for one in self._saved.values() if any(one[2:]))

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with cells that cannot be read."""
        return tuple(message for _text, message in self._wrong.values())

    @property
    def has_units(self) -> bool:
        """Whether any account is counted in units."""
        return any(account.unit for account in self._chart)

    def openings(self) -> tuple[Opening, ...]:
        """The rows that hold a figure, in the order they were read or typed."""
        return tuple(value for value in self._values.values() if any(value[2:]))

    def mark_saved(self) -> None:
        """What is shown now is what the book holds."""
        self._saved = dict(self._values)
        self.changed.emit()

    def totals(self) -> OpeningTie:
        """The trial balance as typed."""
        return tie_of(self._values.values())

    def row(self, row: int) -> OpeningRow | None:
        """A row of the grid."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, code: str, items: tuple[Item, ...] = ()) -> int:
        """The grid row of an account, or of its item; -1 when it is not shown."""
        return next((n for n, row in enumerate(self._rows) if row.account.code == code and row.items == items), -1)

    def find(self, text: str) -> int:
        """The first row matching a code, pinyin initials or part of a name; -1 when there is none."""
        typed = text.strip().lower()
        for row, one in enumerate(self._rows):
            pinyin = one.account.pinyin if one.kind != "item" else ""
            if one.account.code.startswith(typed) or typed in one.name.lower() or pinyin.startswith(typed):
                return row
        return -1

    def add_item(self, code: str, items: tuple[Item, ...]) -> int:
        """Add a row for an account's items and return where it is."""
        self._values.setdefault((code, items), Opening(code, items))
        self._rebuild()
        return self.row_of(code, items)

    def remove_item(self, row: int) -> None:
        """Take an item's row away, with its figures."""
        one = self.row(row)
        if one is not None and one.kind == "item":
            self._values.pop(one.key, None)
            self._wrong = {place: why for place, why in self._wrong.items() if place[0] != one.key}
            self._rebuild()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt: fixed columns."""
        return 0 if parent.isValid() else len(HEADERS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: amounts on accounts and items can be typed."""
        flags = super().flags(index)
        row = self.row(index.row()) if index.isValid() else None
        if row is None or self.read_only or not row.editable or index.column() not in TYPED:
            return flags
        if index.column() == Column.QUANTITY and not row.account.unit:
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

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
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = index.column()
        wrong = self._wrong.get((row.key, column)) if row.editable else None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return wrong[0] if wrong else self._text(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.ToolTipRole if wrong:
                return wrong[1]
            case Qt.ItemDataRole.FontRole if not row.editable and row.account.level == 1:
                return theme.current().font(bold=True)
            case Qt.ItemDataRole.ForegroundRole if column == Column.CODE and row.kind == "item":
                return theme.current().colour("faint")
            case Qt.ItemDataRole.ForegroundRole if column in (Column.SIDE, Column.UNIT) or not row.editable:
                return theme.current().colour("muted" if column >= Column.SIDE else "text")
            case _ if role == PROBLEM_ROLE:
                return wrong[1] if wrong else ""
        return None

    def _text(self, row: OpeningRow, column: int) -> str:
        if column == Column.CODE:
            return row.account.code if row.kind != "item" else ""
        if column == Column.NAME:
            indent = "　" * (row.account.level - 1 + (row.kind == "item"))
            return indent + row.name
        if column == Column.SIDE:
            return SIDE_LABELS[row.account.side] if row.kind != "item" else ""
        if column == Column.UNIT:
            return row.account.unit
        value = self._values.get(row.key, Opening(row.account.code))
        if column == Column.QUANTITY:
            return quantity_text(value.quantity) if row.editable else ""
        sums = tie_of((value,)) if row.editable else row_totals(row, self._values)
        fen = sums[column - Column.DEBIT]
        return format_fen(fen) if fen else ""

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt: take typed text. What cannot be read is kept as typed and marked."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None or role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        column, text = index.column(), str(value).strip()
        self._wrong.pop((row.key, column), None)
        try:
            number = parse_quantity(text) if column == Column.QUANTITY else parse_amount(text)
        except MoneyError as error:
            self._wrong[row.key, column] = (text, str(error))
            self.noticed.emit(f"{row.account.code} {row.name}：{error}")
        else:
            self._take(row, column, number, typed=bool(text))
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(HEADERS) - 1))
        self.changed.emit()
        return True

    def _take(self, row: OpeningRow, column: int, number: int, *, typed: bool) -> None:
        old = self._values.get(row.key, Opening(row.account.code, row.items))
        match column:
            case Column.DEBIT | Column.CREDIT:
                other = old.balance_fen > 0 if column == Column.CREDIT else old.balance_fen < 0
                signed = number if column == Column.DEBIT else -number
                new = old if other and not typed else old._replace(balance_fen=signed)
                if number < 0:
                    self.noticed.emit("余额填了负数，已记到另一方")
            case Column.YEAR_DEBIT:
                new = old._replace(year_debit_fen=number)
            case Column.YEAR_CREDIT:
                new = old._replace(year_credit_fen=number)
            case _:
                new = old._replace(quantity=number)
        self._values[row.key] = new


def _alignment(column: int) -> Qt.AlignmentFlag:
    if column in TYPED:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    centred = column in (Column.SIDE, Column.UNIT)
    return (Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
