"""A list of doubts with what each rests on: shared by the page of all villages, a month and a voucher."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QSplitter,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.money import format_fen
from village_ledger.services.township.months import Suspicion
from village_ledger.ui import theme
from village_ledger.ui.instants import local_time
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card, EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .comment_dialog import CommentDialog, comment_on_doubt
from .operations import DeskOperations
from .resolve_dialog import ResolveDialog
from .words import SEVERITY_COLOURS, short_name

_EMPTY = "没有疑点。"
_WIDTHS = (56, 110, 84, 176, 260, 110, 88)


class DoubtsModel(RowsModel[Suspicion]):
    """One row a doubt."""

    headers = ("轻重", "村", "月份", "规则", "发现", "金额", "情况")
    sides = "cllllrl"

    def cell(self, value: Suspicion, column: int) -> str:
        """Qt text."""
        doubt = value.doubt
        amount = format_fen(doubt.amount_fen) if doubt.amount_fen else ""
        severity = value.severity
        return (
            severity,
            short_name(value.village.name),
            str(doubt.period),
            value.title,
            doubt.text,
            amount,
            doubt.status,
        )[column]

    def look(self, value: Suspicion, column: int, role: int) -> Any:
        """The bad ones stand out until somebody has looked into them; the tip shows long texts whole."""
        if role == Qt.ItemDataRole.ForegroundRole:
            if value.doubt.status in ("已核排除", "已整改"):
                return theme.current().colour("muted")
            if column == 0:
                return theme.current().colour(SEVERITY_COLOURS.get(value.severity, "text"))
        if role == Qt.ItemDataRole.FontRole and column == 0 and value.severity == "高":
            return theme.current().font(bold=True)
        if role == Qt.ItemDataRole.ToolTipRole and column >= 1:
            return value.village.name if column == 1 else self.cell(value, column)
        return None


class DoubtsView(QWidget):
    """The list, the evidence of the current one, and what can be done about it."""

    voucher_requested = Signal(str, str)
    said = Signal(str)

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None, *, one_village: bool = False) -> None:
        super().__init__(parent)
        look = theme.current()
        self._operations = operations
        self.model = DoubtsModel(self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnHidden(1, one_village)
        self.empty = EmptyState(_EMPTY)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.table)
        self.split.addWidget(self._panel())
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split, 1)
        column.addWidget(self.empty, 1)
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_current())
        self.table.activated.connect(lambda _index: self._activate())
        self.show_doubts(())

    def show_doubts(self, found: Sequence[Suspicion], empty: str = _EMPTY) -> None:
        """Show these and stay at the one that was current."""
        before = self.current()
        self.model.show_rows(tuple(found))
        self.empty.setText(empty)
        self.empty.setVisible(not found)
        self.split.setVisible(bool(found))
        kept = self.model.find(lambda one: before is not None and _same(one, before))
        select_row(self.table, max(kept, 0))
        self._show_current()

    def current(self) -> Suspicion | None:
        """The doubt under the cursor."""
        return self.model.value(self.table.currentIndex().row())

    def open_voucher(self) -> None:
        """Go to the first voucher of the current doubt."""
        one = self.current()
        if one is not None and one.doubt.vouchers:
            self.voucher_requested.emit(one.village.code, one.doubt.vouchers[0])

    def _activate(self) -> None:
        """Enter: the voucher; of a doubt about something else, where it stands."""
        if self.voucher_button.isEnabled():
            self.open_voucher()
        elif self.resolve_button.isVisible():
            self.resolve()

    def resolve(self) -> None:
        """Say where the doubt stands."""
        one = self.current()
        if one is None:
            return
        dialog = ResolveDialog(self._operations, one, self)
        dialog.done.connect(lambda _result: self.said.emit("处理结果已登记"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def comment(self) -> None:
        """Make a comment for the village of the current doubt."""
        one = self.current()
        if one is None:
            return
        dialog = CommentDialog(self._operations, one.village, comment_on_doubt(one), self)
        dialog.done.connect(lambda _result: self.said.emit("已转为审核意见，和审核意见文件一起发给村里"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _panel(self) -> QWidget:
        look = theme.current()
        card = Card()
        self.heading = theme.mark(QLabel(), "strong")
        self.heading.setWordWrap(True)
        self.rule = theme.mark(QLabel(), "muted")
        self.rule.setWordWrap(True)
        self.decided = QLabel()
        self.decided.setWordWrap(True)
        self.evidence = QTableWidget(0, 2)
        self.evidence.setHorizontalHeaderLabels(["依据", "内容"])
        dress_table(self.evidence)
        self.evidence.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.evidence.horizontalHeader().resizeSection(0, look.scaled(220))
        self.evidence.horizontalHeader().setStretchLastSection(True)
        self.voucher_button = make_button("看凭证(&V)", icon="file", on_click=self.open_voucher)
        self.comment_button = make_button("转为审核意见(&M)…", icon="pen", on_click=self.comment)
        self.resolve_button = make_button("处理(&H)…", kind="primary", icon="check", on_click=self.resolve)
        row = QHBoxLayout()
        row.setSpacing(look.px("gap"))
        row.addWidget(self.heading, 1)
        for button in (self.voucher_button, self.comment_button, self.resolve_button):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row)
        card.body.addWidget(self.decided)
        card.body.addWidget(self.evidence, 1)
        card.body.addWidget(self.rule)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(card)
        return area

    def _show_current(self) -> None:
        one = self.current()
        facts = self._operations.facts
        writable = facts is not None and not facts.read_only
        for button in (self.comment_button, self.resolve_button):
            button.setVisible(writable)
            button.setEnabled(one is not None)
        self.voucher_button.setEnabled(one is not None and bool(one.doubt.vouchers))
        if one is None:
            return
        doubt = one.doubt
        self.heading.setText(f"{doubt.subject}　{doubt.text}" if doubt.subject not in doubt.text else doubt.text)
        rule = one.rule
        self.rule.setText(f"规则：{rule.text}（{rule.source}）" if rule else "这条规则现在的程序里没有了")
        self.decided.setVisible(doubt.status != "待核")
        self.decided.setText(f"{doubt.status}：{doubt.reason}　（{doubt.by} {local_time(doubt.at)}）")
        self.evidence.setRowCount(len(doubt.evidence))
        for row, pair in enumerate(doubt.evidence):
            for column, text in enumerate(pair):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.evidence.setItem(row, column, item)


def _same(one: Suspicion, other: Suspicion) -> bool:
    return (one.doubt.village, one.doubt.rule, one.doubt.key) == (
        other.doubt.village,
        other.doubt.rule,
        other.doubt.key,
    )
