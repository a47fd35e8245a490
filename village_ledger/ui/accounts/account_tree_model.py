"""The chart of accounts as a tree of rows, narrowed to what was searched for."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from village_ledger.domain.account import SIDE_LABELS, Account, Chart, parent_code
from village_ledger.ui import theme

Index = QModelIndex | QPersistentModelIndex

HEADERS = ("科目编码", "科目名称", "类别", "余额方向", "辅助核算", "数量单位", "状态")
CODE_COLUMN, NAME_COLUMN, CATEGORY_COLUMN, SIDE_COLUMN, AUXILIARY_COLUMN, UNIT_COLUMN, STATE_COLUMN = range(7)
ACCOUNT_ROLE = Qt.ItemDataRole.UserRole + 1
"""The row's Account."""
_CENTRED = {CATEGORY_COLUMN, SIDE_COLUMN, UNIT_COLUMN, STATE_COLUMN}
_ROOT = QModelIndex()


def auxiliaries_shown(account: Account) -> str:
    """The dimensions in words; those that may be left out are marked."""
    return "、".join(one.category + ("" if one.required else "（选填）") for one in account.auxiliaries)


def matching_codes(chart: Chart, text: str, category: str = "", *, with_disabled: bool = True) -> frozenset[str]:
    """Codes to show: accounts matching the text by code, name or pinyin initials, what is above and what is below."""
    typed = text.strip().lower()
    found: set[str] = set()
    for account in chart:
        if (category and account.category != category) or (account.disabled and not with_disabled):
            continue
        above = parent_code(account.code)
        if above in found and _matches(chart[above], typed):
            found.add(account.code)
        elif _matches(account, typed) or any(_matches(chart[code], typed) for code in chart.ancestors(account.code)):
            found.add(account.code)
            found.update(chart.ancestors(account.code))
    return frozenset(found)


def _matches(account: Account, typed: str) -> bool:
    return (
        not typed
        or account.code.startswith(typed)
        or typed in account.name.lower()
        or (typed.isascii() and account.pinyin.startswith(typed))
    )


class _Node:
    """One row: its account, the node above, its children and its place among its siblings."""

    __slots__ = ("above", "account", "children", "row")

    def __init__(self, account: Account, above: "_Node | None", row: int) -> None:
        self.account = account
        self.above = above
        self.row = row
        self.children: list[_Node] = []


class AccountTreeModel(QAbstractItemModel):
    """Read-only; `show_accounts` replaces everything."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tops: list[_Node] = []
        self._nodes: dict[str, _Node] = {}
        self._by_id: list[_Node] = []
        self._ids: dict[str, int] = {}

    def show_accounts(self, chart: Chart, codes: Iterable[str]) -> None:
        """Show the accounts with these codes; what is above each must be among them."""
        wanted = set(codes)
        self.beginResetModel()
        self._tops, self._nodes, self._by_id, self._ids = [], {}, [], {}
        for account in chart:
            if account.code not in wanted:
                continue
            above = self._nodes.get(parent_code(account.code))
            siblings = above.children if above else self._tops
            node = _Node(account, above, len(siblings))
            siblings.append(node)
            self._ids[account.code] = len(self._by_id)
            self._nodes[account.code] = node
            self._by_id.append(node)
        self.endResetModel()

    def index_of(self, code: str) -> QModelIndex:
        """The row of an account; invalid when it is not shown."""
        node = self._nodes.get(code)
        return self.createIndex(node.row, 0, self._ids[code]) if node else QModelIndex()

    def account(self, index: Index) -> Account | None:
        """The account of a row."""
        return self._node(index).account if index.isValid() else None

    def _node(self, index: Index) -> _Node:
        return self._by_id[index.internalId()]

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """Qt: the index of a row below another."""
        siblings = self._node(parent).children if parent.isValid() else self._tops
        if not (0 <= row < len(siblings) and 0 <= column < len(HEADERS)):
            return QModelIndex()
        return self.createIndex(row, column, self._ids[siblings[row].account.code])

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override] # QObject.parent() is the other one
        """Qt: the row above."""
        above = self._node(index).above if index.isValid() else None
        return self.createIndex(above.row, 0, self._ids[above.account.code]) if above else QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: how many rows are below."""
        if parent.column() > 0:
            return 0
        return len(self._node(parent).children if parent.isValid() else self._tops)

    def columnCount(self, _parent: Index = _ROOT) -> int:
        """Qt: the same columns everywhere."""
        return len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: column headings."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(HEADERS):
            if role == Qt.ItemDataRole.DisplayRole:
                return HEADERS[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignHCenter if section in _CENTRED else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: a look-up in the row's account."""
        if not index.isValid():
            return None
        account = self._node(index).account
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(account, index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignHCenter if index.column() in _CENTRED else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ForegroundRole if account.disabled:
                return theme.current().colour("faint")
            case Qt.ItemDataRole.ForegroundRole if index.column() in (CATEGORY_COLUMN, AUXILIARY_COLUMN):
                return theme.current().colour("muted")
            case Qt.ItemDataRole.FontRole if account.level == 1 and index.column() <= NAME_COLUMN:
                return theme.current().font(bold=True)
            case _ if role == ACCOUNT_ROLE:
                return account
        return None


def _text(account: Account, column: int) -> str:
    state = "停用" if account.disabled else "制度科目" if account.official else "明细"
    return (
        account.code,
        account.name,
        account.category,
        SIDE_LABELS[account.side],
        auxiliaries_shown(account),
        account.unit,
        state,
    )[column]
