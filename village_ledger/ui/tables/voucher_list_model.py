"""The voucher list, fetched a page at a time while it is scrolled. It asks for pages by signal; it never queries."""

from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from village_ledger.domain.money import format_fen
from village_ledger.domain.review_standing import WAITING
from village_ledger.services.vouchers import VoucherSummary

from .. import theme

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
PAGE = 200

HEADERS = ("状态", "日期", "凭证号", "摘要", "金额", "附件", "制单", "审核", "记账", "关联")
STATE_TEXTS = {"draft": "草稿", "reviewed": "已审核", "posted": "已记账"}
STATE, DAY, NUMBER, SUMMARY, AMOUNT, ATTACHMENTS, MAKER, REVIEWER, POSTER, LINKS = range(len(HEADERS))
_NUMBERS = (AMOUNT, ATTACHMENTS)
_CENTRED = (DAY, NUMBER)
_COLOURS = {"draft": "warning", "reviewed": "info", "posted": "muted"}
_ICONS = {"draft": "pen", "reviewed": "stamp", "posted": "lock"}


class ListRow(NamedTuple):
    """One voucher, with the labels of the vouchers it is linked with (empty for none); `lacks` its basis or not.

    `remark` is how the township's comments on it stand (待答复 …), empty without any.
    """

    voucher: VoucherSummary
    reverses: str = ""
    reversed_by: str = ""
    lacks: bool = False
    remark: str = ""

    @property
    def urgent(self) -> bool:
        """Whether something is to be made good: its basis, or an answer to the township."""
        return self.lacks or self.remark in WAITING

    @property
    def links(self) -> str:
        """审核意见待答复, 缺依据, 冲销 记-12, 被 记-30 冲销."""
        parts = [
            f"审核意见{self.remark}" if self.remark else "",
            "缺依据" if self.lacks else "",
            f"冲销 {self.reverses}" if self.reverses else "",
            f"被 {self.reversed_by} 冲销" if self.reversed_by else "",
        ]
        return "，".join(part for part in parts if part)


class VoucherListModel(QAbstractTableModel):
    """Knows how many rows there are and holds those fetched so far."""

    page_wanted = Signal(int)
    """Fetch PAGE rows from this offset and hand them to `add_page`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[ListRow, ...] = ()
        self.total = 0
        self._serial = 0
        self._asked = 0

    @property
    def serial(self) -> int:
        """Changes with each `restart`; pages of an earlier query are dropped by it."""
        return self._serial

    def restart(self, total: int, rows: tuple[ListRow, ...]) -> None:
        """Another query: its count and first page."""
        self.beginResetModel()
        self._serial += 1
        self.total, self.rows, self._asked = total, rows, len(rows)
        self.endResetModel()

    def add_page(self, serial: int, rows: tuple[ListRow, ...]) -> None:
        """The page asked for; ignored when the query has changed meanwhile."""
        if serial == self._serial and rows:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows += rows
            self._asked = len(self.rows)
            self.endInsertRows()

    def canFetchMore(self, parent: Index) -> bool:
        """Qt: whether more can be had and none is on its way."""
        return not parent.isValid() and self._asked == len(self.rows) < self.total

    def fetchMore(self, parent: Index) -> None:
        """Qt: ask for the next page."""
        if self.canFetchMore(parent):
            self._asked += PAGE
            self.page_wanted.emit(len(self.rows))

    def rowCount(self, parent: Index = ROOT) -> int:
        """Qt: rows fetched so far."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Qt: number of columns."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: column titles."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADERS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: texts, the state's icon and colour, red amounts."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        voucher = row.voucher
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole and column in (SUMMARY, LINKS):
            return _text(row, column) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            side = Qt.AlignmentFlag.AlignHCenter if column in _CENTRED else side
            return side | Qt.AlignmentFlag.AlignVCenter
        look = theme.current()
        if role == Qt.ItemDataRole.DecorationRole and column == STATE:
            return theme.icon(_ICONS[voucher.state], _COLOURS[voucher.state])
        if role == Qt.ItemDataRole.ForegroundRole:
            if column == STATE:
                return look.colour(_COLOURS[voucher.state])
            if column == LINKS and row.urgent:
                return look.colour("danger")
            if column == AMOUNT and voucher.total_fen < 0:
                return look.colour("danger")
            return look.colour("muted") if column >= ATTACHMENTS else None
        return None


def _text(row: ListRow, column: int) -> str:
    voucher = row.voucher
    if column == NUMBER:
        return f"{voucher.word}-{voucher.number}" if voucher.posted else f"（{voucher.word}-{voucher.number}）"
    if column == AMOUNT:
        return format_fen(voucher.total_fen)
    if column == ATTACHMENTS:
        return str(voucher.attachments or "")
    if column == LINKS:
        return row.links
    texts = {STATE: STATE_TEXTS[voucher.state], DAY: date.fromisoformat(voucher.day).isoformat()}
    texts |= {SUMMARY: voucher.summary, MAKER: voucher.maker, REVIEWER: voucher.reviewer, POSTER: voucher.poster}
    return texts[column]
