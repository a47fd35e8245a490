"""资产变动: every change with its procedure; approve, file, settle, withdraw, print the form."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QWidget,
)

from village_ledger.domain.assets.change import SURPLUS
from village_ledger.domain.money import format_fen
from village_ledger.reports.assets.changes import described
from village_ledger.services import asset_changes, asset_forms
from village_ledger.services.asset_changes import ChangeStatus
from village_ledger.ui import dialogs, theme
from village_ledger.ui.operations import ASSETS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .fields import show_form
from .step_dialogs import ApproveDialog, FileDialog, SettleDialog, StepDialog

_EMPTY = (
    "还没有资产变动。\n在“资产卡片”里选一项资产，用“变动”登记移交、改扩建、报废、出售等；\n"
    "申请、批准、备案的日期和文号都记在这里，可以打印申报审批表。"
)
_WIDTHS = (104, 82, 190, 108, 220, 76, 76, 92, 66, 120)
_STATE_COLUMN = 8


class ChangesModel(RowsModel[ChangeStatus]):
    """Read-only; withdrawn ones are faint."""

    headers = ("日期", "变动", "资产", "净值增减", "原因和内容", "申请", "批准", "备案", "状态", "凭证")
    sides = "lllrllllll"

    def cell(self, value: ChangeStatus, column: int) -> str:
        """The text of a cell."""
        change, card = value.change, value.card
        net = card.original_fen if change.kind == SURPLUS else change.net_fen
        labels = [one.label or one.state for one in (value.booking, value.settlement) if one.state != "无需凭证"]
        return (
            change.day.isoformat(),
            change.kind,
            card.label,
            format_fen(net) if net else "",
            "；".join(part for part in (change.reason, described(change)) if part),
            change.application.who,
            change.approval.who,
            change.filing.who,
            change.state,
            "、".join(labels) if change.in_effect else "",
        )[column]

    def look(self, value: ChangeStatus, column: int, role: int) -> Any:
        """Colours by state, and the whole text as a tip."""
        if role == Qt.ItemDataRole.ToolTipRole:
            change = value.change
            papers = {5: change.application, 6: change.approval, 7: change.filing}
            return papers[column].label if column in papers else self.cell(value, column)
        if role != Qt.ItemDataRole.ForegroundRole:
            return None
        look = theme.current()
        if value.change.state == "已撤销":
            return look.colour("faint")
        if column == _STATE_COLUMN:
            return look.colour({"申请中": "warning", "已备案": "success"}.get(value.change.state, "muted"))
        return look.colour("muted") if column in {5, 6, 7} else None


class ChangesPage(Page):
    """Newest first; Enter opens the voucher, the buttons take a change one step on."""

    title = "资产变动"
    touched_by = ASSETS | VOUCHERS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self._all: tuple[ChangeStatus, ...] = ()
        self.withdraw_button = self.add_action_button(make_button("撤销(&U)", icon="undo", on_click=self.withdraw))
        self.print_button = self.add_action_button(
            make_button("打印表单(&P)", icon="printer", tip="申报审批表", on_click=self.print_form)
        )
        self.settle_button = self.add_action_button(make_button("结转(&J)…", icon="sum", on_click=self.settle))
        self.file_button = self.add_action_button(make_button("备案(&F)…", icon="stamp", on_click=self.file))
        self.approve_button = self.add_action_button(
            make_button("批准(&A)…", kind="primary", icon="check", on_click=self.approve)
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText("按资产、原因、文号查找（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(look.scaled(280))
        self.state_box = QComboBox()
        self.state_box.addItems(["全部状态", "申请中", "已批准", "已备案", "已撤销"])
        self.state_box.setAccessibleName("状态")
        self.count = theme.mark(QLabel(), "muted")
        bar = QHBoxLayout()
        bar.setSpacing(look.px("gap"))
        bar.addWidget(self.search)
        bar.addWidget(self.state_box)
        bar.addStretch(1)
        bar.addWidget(self.count)
        bar.addWidget(
            make_button("资产变动表", kind="quiet", on_click=partial(self.open_page_requested.emit, "asset-changes"))
        )
        self.model = ChangesModel(self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        for column, width in enumerate(_WIDTHS):
            self.table.horizontalHeader().resizeSection(column, look.scaled(width))
        self.table.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(EmptyState(_EMPTY))
        self.body.addLayout(bar)
        self.body.addWidget(self.stack, 1)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(lambda _text: self._narrow())
        self.search.returnPressed.connect(self.table.setFocus)
        self.state_box.currentIndexChanged.connect(lambda _place: self._narrow())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_possible())
        self.table.activated.connect(lambda _index: self._open_voucher())
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)
        self._show_possible()

    def refresh(self) -> None:
        """Read the changes anew, keeping the choice."""
        self.operations.read(asset_changes.changes, self._take, topic="changes")

    def selected(self) -> ChangeStatus | None:
        """The chosen change."""
        return self.model.value(self.table.currentIndex().row())

    def _take(self, found: tuple[ChangeStatus, ...]) -> None:
        self._all = found
        self._narrow()

    def _narrow(self) -> None:
        before = self.selected()
        typed = self.search.text().strip().lower()
        state = self.state_box.currentText() if self.state_box.currentIndex() else ""
        shown = [
            one
            for one in self._all
            if (not state or one.change.state == state) and (not typed or typed in self._searched(one))
        ]
        self.model.show_rows(shown)
        waiting = sum(1 for one in self._all if one.change.state == "申请中")
        self.count.setText(f"{len(shown)} 项" + (f"，{waiting} 项等待批准" if waiting else ""))
        self.stack.setCurrentIndex(0 if self._all else 1)
        wanted = before.change.id if before else 0
        select_row(self.table, max(self.model.find(lambda one: one.change.id == wanted), 0))
        self._show_possible()

    def _searched(self, one: ChangeStatus) -> str:
        papers = (one.change.application, one.change.approval, one.change.filing)
        texts = [self.model.cell(one, column) for column in range(len(self.model.headers))]
        return " ".join([*texts, *(paper.label for paper in papers), one.change.decision]).lower()

    def _show_possible(self) -> None:
        one = self.selected()
        writable = not self.facts.read_only and one is not None
        change = one.change if one else None
        waits = change is not None and change.state == "申请中"
        settles = change is not None and change.in_effect and (change.is_write_off or change.kind == SURPLUS)
        self.approve_button.setEnabled(writable and waits)
        self.file_button.setEnabled(writable and change is not None and change.in_effect)
        self.settle_button.setEnabled(writable and settles)
        settled = settles and change is not None and change.settled_on is not None
        self.settle_button.setText("撤销结转(&J)" if settled else "结转(&J)…")
        self.withdraw_button.setEnabled(writable and change is not None and change.state != "已撤销")
        self.print_button.setEnabled(one is not None)

    def approve(self) -> None:
        """Approve the chosen application."""
        if one := self.selected():
            self._open(ApproveDialog(self.operations, one, self))

    def file(self) -> None:
        """Note the filing of the chosen change."""
        if one := self.selected():
            self._open(FileDialog(self.operations, one, self))

    def settle(self) -> None:
        """Settle the chosen disposal, or take its settlement back."""
        one = self.selected()
        if one is None:
            return
        if one.change.settled_on is None:
            self._open(SettleDialog(self.operations, one, self))
        elif dialogs.ask(self, "撤销结转", f"撤销 {one.card.label} 的结转，凭证草稿一并删除。", accept="撤销"):
            change = one.change.id
            self.operations.write(
                lambda book: asset_changes.unsettle(book, change),
                lambda _done: self._done(f"已撤销 {one.card.label} 的结转"),
                touches=ASSETS | VOUCHERS,
                initiator=self,
            )

    def withdraw(self) -> None:
        """Withdraw the chosen change."""
        one = self.selected()
        if one is None:
            return
        words = (
            f"撤销 {one.card.label} 的{one.change.kind}（{one.change.day}）。没有记账的凭证草稿一并删除，记录保留备查。"
        )
        if dialogs.ask(self, "撤销资产变动", words, accept="撤销", danger=True):
            change = one.change.id
            self.operations.write(
                lambda book: asset_changes.withdraw(book, change),
                lambda _done: self._done(f"已撤销 {one.card.label} 的{one.change.kind}"),
                touches=ASSETS | VOUCHERS,
                initiator=self,
            )

    def print_form(self) -> None:
        """Show the chosen change's form to print."""
        if one := self.selected():
            change = one.change.id
            show_form(self.operations, lambda book: asset_forms.change_sheet(book, change), self)

    def _open(self, dialog: StepDialog) -> None:
        dialog.saved.connect(self._done)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _done(self, text: str) -> None:
        self.refresh()
        self.message(text, "success")

    def _open_voucher(self) -> None:
        one = self.selected()
        if one is None:
            return
        if one.booking.voucher:
            self.open_voucher_requested.emit(one.booking.voucher)
        elif one.booking.draft:
            self.open_draft_requested.emit(one.booking.draft)
