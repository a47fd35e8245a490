"""The items of a budget being drawn up, as an editable table: typed, pasted from Excel, moved, removed."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from village_ledger.domain.account import Item
from village_ledger.domain.budget import EXPENSE, INCOME, SIDES, BudgetItem
from village_ledger.domain.money import MoneyError, format_fen, parse_fen
from village_ledger.domain.problems import Problem
from village_ledger.ui import theme

HEADERS = ("编号", "预算项目", "收支", "包括的科目", "工程项目", "金额（元）", "备注")
CODE, NAME, SIDE, ACCOUNTS, PROJECT, AMOUNT, NOTE = range(len(HEADERS))
_FIELDS = {
    "code": CODE,
    "name": NAME,
    "side": SIDE,
    "accounts": ACCOUNTS,
    "project": PROJECT,
    "amount_fen": AMOUNT,
}
_MARKS = str.maketrans("；;，,/ ", "、、、、、、")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ItemsModel(QAbstractTableModel):
    """Holds the items; `changed` fires after every edit, `complaint` says why a text was not taken."""

    changed = Signal()
    complaint = Signal(str)

    def __init__(self, projects: Callable[[], dict[str, Item]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._projects = projects
        self._items: list[BudgetItem] = []
        self._problems: dict[tuple[int, int], str] = {}

    @property
    def items(self) -> tuple[BudgetItem, ...]:
        """The items as they stand."""
        return tuple(self._items)

    def set_items(self, items: tuple[BudgetItem, ...]) -> None:
        """Show these items."""
        self.beginResetModel()
        self._items = list(items)
        self._problems = {}
        self.endResetModel()
        self.changed.emit()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark the cells that are wrong."""
        self._problems = {
            (one.line, _FIELDS.get(one.field, NAME)): one.message for one in problems if one.line is not None
        }
        if self._items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._items) - 1, len(HEADERS) - 1))

    def add(self, row: int, side: str = EXPENSE) -> int:
        """Add an empty item behind a row and return its place."""
        place = min(max(row + 1, 0), len(self._items))
        self.beginInsertRows(_ROOT, place, place)
        self._items.insert(place, BudgetItem(self._next_code(), "", side))
        self.endInsertRows()
        self.changed.emit()
        return place

    def _next_code(self) -> str:
        known = {one.code for one in self._items}
        return next(str(number) for number in range(1, len(known) + 2) if str(number) not in known)

    def remove(self, row: int) -> None:
        """Remove an item."""
        if 0 <= row < len(self._items):
            self.beginRemoveRows(_ROOT, row, row)
            del self._items[row]
            self.endRemoveRows()
            self.changed.emit()

    def move(self, row: int, offset: int) -> int:
        """Move an item up (negative) or down; returns its new place."""
        place = row + offset
        if 0 <= row < len(self._items) and 0 <= place < len(self._items):
            self.beginResetModel()
            self._items.insert(place, self._items.pop(row))
            self.endResetModel()
            self.changed.emit()
            return place
        return row

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: number of items."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt: fixed columns."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: column headings."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return HEADERS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: every cell can be edited."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: the text of a cell; what is wrong with it as its tip."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(self._items[row], column, edited=role == Qt.ItemDataRole.EditRole)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        problem = self._problems.get((row, column))
        if role == Qt.ItemDataRole.ToolTipRole and problem:
            return problem
        if role == Qt.ItemDataRole.BackgroundRole and problem:
            return theme.current().colour("danger_soft")
        return None

    @staticmethod
    def _text(item: BudgetItem, column: int, *, edited: bool) -> str:
        amount = format_fen(item.amount_fen, grouped=not edited)
        texts = (item.code, item.name, item.side, "、".join(item.accounts), item.project_name, amount, item.note)
        return texts[column]

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt: take over what was typed; refused with a complaint when it cannot be read."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        row = index.row()
        try:
            self._items[row] = self._with(self._items[row], index.column(), str(value).strip())
        except ValueError as wrong:
            self.complaint.emit(str(wrong))
            return False
        self._problems.pop((row, index.column()), None)
        self.dataChanged.emit(index, index)
        self.complaint.emit("")
        self.changed.emit()
        return True

    def _with(self, item: BudgetItem, column: int, text: str) -> BudgetItem:
        match column:
            case 0:
                return item._replace(code=text)
            case 1:
                return item._replace(name=text)
            case 2:
                if text not in SIDES:
                    raise ValueError(f"收支只能是“{INCOME}”或“{EXPENSE}”")
                return item._replace(side=text)
            case 3:
                return item._replace(accounts=tuple(part for part in text.translate(_MARKS).split("、") if part))
            case 4:
                if text and text not in self._projects():
                    raise ValueError(f"没有名为“{text}”的项目，请先在“往来户与项目”里登记")
                return item._replace(project=self._projects().get(text))
            case 5:
                return item._replace(amount_fen=_amount(text))
        return item._replace(note=text)

    def paste(self, text: str, row: int, column: int) -> int:
        """Put tab separated text in from a cell on, adding rows; returns how many rows it had. Stops at a bad cell."""
        lines = [line.split("\t") for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
        for offset, cells in enumerate(lines):
            place = row + offset
            while place >= len(self._items):
                self.add(len(self._items) - 1)
            for shift, cell in enumerate(cells[: len(HEADERS) - column]):
                if not self.setData(self.index(place, column + shift), cell):
                    return offset
        return len(lines)

    def sums(self) -> tuple[int, int]:
        """Income and expenses in fen."""
        income = sum(one.amount_fen for one in self._items if one.side == INCOME)
        return income, sum(one.amount_fen for one in self._items) - income


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == AMOUNT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _amount(text: str) -> int:
    try:
        return parse_fen(text) if text else 0
    except MoneyError as wrong:
        raise ValueError(str(wrong)) from None
