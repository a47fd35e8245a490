"""The vouchers of a village's month as a list: searched by text and amount, opened with Enter."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QLineEdit, QTableView, QVBoxLayout, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.domain.review import Comment
from village_ledger.services.township import months
from village_ledger.services.township.months import Month, VoucherHead
from village_ledger.ui import shortcuts, theme
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.table import dress_table, select_row

from .operations import DeskOperations

SEARCH_DELAY_MS = 250


class HeadsModel(RowsModel[VoucherHead]):
    """One row a voucher, marked where something was said of it."""

    headers = ("凭证号", "日期", "摘要", "金额", "意见", "疑点")
    sides = "lllrll"

    def __init__(self) -> None:
        super().__init__()
        self.comments: dict[str, int] = {}
        self.doubts: dict[str, int] = {}

    def cell(self, value: VoucherHead, column: int) -> str:
        """Qt text."""
        match column:
            case 0:
                return f"{value.word}-{value.number}"
            case 1:
                return value.day
            case 2:
                return value.summary
            case 3:
                return format_fen(value.total_fen)
            case 4:
                count = self.comments.get(value.uid, 0)
            case _:
                count = self.doubts.get(value.label, 0)
        return f"{count} 条" if count else ""

    def look(self, value: VoucherHead, column: int, role: int) -> Any:
        """Comments and doubts stand out; red-letter sums are red."""
        if role == Qt.ItemDataRole.ForegroundRole:
            if column >= 4:
                return theme.current().colour("warning")
            if column == 3 and value.total_fen < 0:
                return theme.current().colour("danger")
        return value.summary if role == Qt.ItemDataRole.ToolTipRole and column == 2 else None


class VouchersPanel(QWidget):
    """`opened(label)` asks for a voucher."""

    opened = Signal(str)

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._operations = operations
        self._month: Month | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText("找摘要、科目、往来户、金额")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(look.scaled(260))
        self.least = MoneyEdit()
        self.least.setMaximumWidth(look.scaled(130))
        self.count = theme.mark(QLabel(), "muted")
        caption = QLabel("金额不小于(&J)")
        caption.setBuddy(self.least)
        bar = QHBoxLayout()
        bar.setSpacing(look.px("gap"))
        bar.setContentsMargins(0, look.px("gap"), 0, 0)
        for widget in (self.search, caption, self.least):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.count)
        self.model = HeadsModel()
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate((90, 104, 400, 140, 80, 80)):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.setSpacing(look.px("gap"))
        column_box.addLayout(bar)
        column_box.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_DELAY_MS)
        self._pause.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(self.table.setFocus)
        self.least.amount_changed.connect(self._pause.start)
        self.table.activated.connect(lambda _index: self._open())
        shortcuts.bind(self, "voucher.search", self._find)

    def show_month(self, month: Month) -> None:
        """Show the vouchers of a month."""
        self._month = month
        counts: dict[str, int] = {}
        for thread in month.comments:
            if not thread.withdrawn:
                counts[thread.comment.subject] = counts.get(thread.comment.subject, 0) + 1
        self.model.comments = counts
        doubts: dict[str, int] = {}
        for one in month.doubts:
            for label in one.doubt.vouchers:
                doubts[label] = doubts.get(label, 0) + 1
        self.model.doubts = doubts
        self._ask()

    def subject(self) -> Comment | None:
        """The chosen voucher, as what a comment is about."""
        head = self.model.value(self.table.currentIndex().row())
        return Comment("", head.period, "凭证", head.uid, head.label, "") if head else None

    def _ask(self) -> None:
        self._pause.stop()
        month = self._month
        if month is None:
            return
        least = 0 if self.least.error() else self.least.value_fen() or 0
        text = self.search.text()
        village, period = month.village, month.period
        self._operations.read(
            lambda desk: months.vouchers(desk, village, period, text, least), self._show, topic="vouchers"
        )

    def _show(self, heads: tuple[VoucherHead, ...]) -> None:
        before = self.model.value(self.table.currentIndex().row())
        self.model.show_rows(heads)
        kept = self.model.find(lambda one: before is not None and one.uid == before.uid)
        select_row(self.table, max(kept, 0))
        total = format_fen(sum(one.total_fen for one in heads))
        signed = self._month is None or self._month.stands.signed
        none = "没有符合条件的凭证" if signed else "未签名的 Excel 文件里没有凭证，只有余额和报表"
        self.count.setText(f"{len(heads)} 张，合计 {total} 元" if heads else none)

    def _open(self) -> None:
        head = self.model.value(self.table.currentIndex().row())
        if head is not None:
            self.opened.emit(head.label)

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()
