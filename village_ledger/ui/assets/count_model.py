"""A count's sheet as an editable table: what was found, its state, its place, a remark."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from village_ledger.domain.assets.card import STATUSES, Card
from village_ledger.domain.assets.count import CountLine
from village_ledger.services.cells import CellError, read_quantity
from village_ledger.ui import theme
from village_ledger.ui.tables.amount_text import quantity_text
from village_ledger.ui.tables.rows_model import RowsModel

COUNTED, STATUS, LOCATION, NOTE = 5, 6, 7, 8
WIDTHS = (92, 190, 120, 70, 84, 84, 90, 160, 190)
Index = QModelIndex | QPersistentModelIndex


class CountModel(RowsModel[CountLine]):
    """Typing a number, a state, a place or a remark changes the line; `changed` lists the lines touched."""

    headers = ("资产编号", "资产名称", "类别", "单位", "账面数", "实盘数", "实际状态", "实际地点", "说明")
    sides = "llllrrlll"

    def __init__(self, parent: Any) -> None:
        super().__init__(parent)
        self.cards: dict[int, Card] = {}
        self.changed: dict[int, CountLine] = {}
        self.editable = False

    def show_count(self, lines: tuple[CountLine, ...], cards: dict[int, Card], *, editable: bool) -> None:
        """Show a sheet in the order of the cards' codes."""
        self.cards = cards
        self.editable = editable
        self.changed = {}
        self.show_rows(sorted(lines, key=lambda line: cards[line.card].code))

    def cell(self, value: CountLine, column: int) -> str:
        """The text of a cell."""
        card = self.cards[value.card]
        return (
            card.code,
            card.name,
            card.category,
            card.unit,
            quantity_text(value.book_quantity),
            quantity_text(value.counted_quantity) or "0",
            value.status,
            value.location,
            value.note,
        )[column]

    def look(self, value: CountLine, column: int, role: int) -> Any:
        """What is missing is red."""
        if role == Qt.ItemDataRole.EditRole:
            return self.cell(value, column)
        if role != Qt.ItemDataRole.ForegroundRole:
            return None
        if column == COUNTED and value.missing:
            return theme.current().colour("danger")
        return theme.current().colour("muted") if column < 5 and column != 1 else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: the columns of what was found can be edited."""
        base = super().flags(index)
        return base | Qt.ItemFlag.ItemIsEditable if self.editable and index.column() >= COUNTED else base

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt: take over what was typed; what cannot be read is refused."""
        line = self.value(index.row())
        if role != Qt.ItemDataRole.EditRole or line is None:
            return False
        text = str(value).strip()
        changed = line
        if index.column() == COUNTED:
            try:
                quantity = read_quantity(text)
            except CellError:
                return False
            if quantity < 0 or quantity > line.book_quantity:
                return False
            changed = line._replace(counted_quantity=quantity)
        elif index.column() == STATUS:
            if text and text not in STATUSES:
                return False
            changed = line._replace(status=text)
        elif index.column() == LOCATION:
            changed = line._replace(location=text)
        elif index.column() == NOTE:
            changed = line._replace(note=text)
        if changed != line:
            rows = list(self.rows)
            rows[index.row()] = changed
            self._rows = rows
            self.changed[line.card] = changed
            self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), len(self.headers) - 1))
        return True
