"""Who gets how much of the year's distribution: one row a household, the amount typed or shared out equally."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from village_ledger.domain.account import Item
from village_ledger.domain.money import MoneyError, format_fen, split_by_weight
from village_ledger.ui.tables.amount_text import parse_amount

Index = QModelIndex | QPersistentModelIndex
HEADERS = ("户名", "份额", "分配金额")
SHARE_COLUMN, AMOUNT_COLUMN = 1, 2
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MembersModel(QAbstractTableModel):
    """Rows of members; `changed` fires after each change."""

    changed = Signal()
    noticed = Signal(str)

    def __init__(self, members: tuple[Item, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._members = members
        self._shares = [1] * len(members)
        self._amounts = [0] * len(members)

    @property
    def total_fen(self) -> int:
        """The sum of all amounts."""
        return sum(self._amounts)

    def amounts(self) -> tuple[tuple[Item, int], ...]:
        """Members that get something."""
        return tuple((item, fen) for item, fen in zip(self._members, self._amounts, strict=True) if fen)

    def share_out(self, total_fen: int) -> None:
        """Split an amount by the shares; members without a share get nothing. Exact to the fen."""
        if not any(self._shares):
            return
        self._amounts = list(split_by_weight(total_fen, tuple(self._shares)))
        self._all_changed()

    def paste(self, text: str) -> tuple[int, tuple[str, ...]]:
        """Take shares from lines of `户名<Tab>份额`; members not named get none. Tells how many, and what was not used.

        Changes nothing when no line can be used.
        """
        rows = {item.name: row for row, item in enumerate(self._members)}
        shares: dict[int, int] = {}
        unused: list[str] = []
        for line in filter(None, (line.strip() for line in text.splitlines())):
            name, _tab, share = (part.strip() for part in line.partition("\t"))
            if name in rows and share.isascii() and share.isdigit() and len(share) < 9:
                shares[rows[name]] = int(share)
            else:
                unused.append(line.replace("\t", " "))
        if shares:
            self._shares = [shares.get(row, 0) for row in range(len(self._members))]
            self._all_changed()
        return len(shares), tuple(unused)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: number of members."""
        return 0 if parent.isValid() else len(self._members)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt: fixed columns."""
        return 0 if parent.isValid() else len(HEADERS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: shares and amounts can be typed."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() and index.column() else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: column headings."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(HEADERS):
            if role == Qt.ItemDataRole.DisplayRole:
                return HEADERS[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if section else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: a look-up."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            fen = self._amounts[row]
            return (self._members[row].name, str(self._shares[row]), format_fen(fen) if fen else "")[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return _RIGHT
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt: take a share (whole number) or an amount; anything else is refused with a notice."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or not index.column():
            return False
        text = str(value).strip()
        if index.column() == SHARE_COLUMN:
            if not (text.isascii() and text.isdigit() and len(text) < 9):
                self.noticed.emit(f"份额“{text}”不对，请填整数；不参加分配的填 0")
                return False
            self._shares[index.row()] = int(text)
        else:
            try:
                fen = parse_amount(text)
            except MoneyError as error:
                self.noticed.emit(str(error))
                return False
            if fen < 0:
                self.noticed.emit("分配金额不能是负数")
                return False
            self._amounts[index.row()] = fen
        self._all_changed()
        return True

    def _all_changed(self) -> None:
        if self._members:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._members) - 1, len(HEADERS) - 1))
        self.changed.emit()
