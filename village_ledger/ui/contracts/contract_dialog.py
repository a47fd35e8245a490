"""Registering a contract or correcting one, with its payments shown as they are typed."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.area import AreaError
from village_ledger.domain.contract import Contract, check_contract
from village_ledger.domain.contract_schedule import schedule, total_fen
from village_ledger.domain.errors import Refusal
from village_ledger.domain.money import MoneyError, format_fen
from village_ledger.services import contracts
from village_ledger.services.cells import CellError
from village_ledger.services.contract_subjects import subjects
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import CONTRACTS, Facts, Operations
from village_ledger.ui.tables.text_rows import TextRows
from village_ledger.ui.widgets.table import dress_table

from .contract_form import ContractForm
from .schedule_rows import PREVIEW_HEADERS, preview_row

_PAUSE_MS = 250


class ContractDialog(Dialog):
    """`contract` None registers a new one; `saved(id)` tells which contract was written."""

    saved = Signal(int)

    def __init__(self, operations: Operations, contract: Contract | None, parent: QWidget) -> None:
        title = f"合同　{contract.code}" if contract else "登记合同"
        super().__init__(title, parent, operations=operations, width=1060, height=600)
        self._operations = operations
        self._contract = contract
        self.form = ContractForm(self._facts, operations)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._terms(), "合同与租金")
        self.tabs.addTab(self._rest(), "签订、登记与备注")
        self.body.addWidget(self.tabs, 1)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("保存(&S)", self._save, kind="primary")
        self.save_button.setEnabled(not self._facts().read_only)
        if contract:
            self.form.show_contract(contract)
            self.form.code.setReadOnly(True)
        else:
            self.form.fill_accounts()
            self.form.propose_counter()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.preview)
        self._listen()
        self.preview()
        operations.read(subjects, self.form.offer_subjects, initiator=self)
        (self.form.subject if contract else self.form.code).setFocus()

    def _facts(self) -> Facts:
        facts = self._operations.facts
        if facts is None:
            raise RuntimeError("a contract needs a book")
        return facts

    def _terms(self) -> QWidget:
        look = theme.current()
        self.model = TextRows(PREVIEW_HEADERS, right=(2,), parent=self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate((40, 96, 100)):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.total = theme.mark(QLabel(), "muted")
        page = QWidget()
        row = QHBoxLayout(page)
        row.setSpacing(look.scaled(24))
        for form in (self.form.left, self.form.right):
            block = QWidget()
            stacked = _column(block)
            stacked.addWidget(form)
            stacked.addStretch(1)
            row.addWidget(block, 6)
        side = QWidget()
        column = _column(side)
        column.addWidget(self.table, 1)
        column.addWidget(self.total)
        row.addWidget(side, 4)
        return page

    def _rest(self) -> QWidget:
        page = QWidget()
        column = _column(page)
        column.addWidget(self.form.more)
        column.addStretch(1)
        return page

    def _listen(self) -> None:
        for edit in self.findChildren(QLineEdit):
            edit.textChanged.connect(self._timer.start)
        for combo in self.findChildren(QComboBox):
            combo.currentIndexChanged.connect(self._timer.start)
        self.form.direction.currentIndexChanged.connect(self.form.fill_accounts)
        self.form.kind.currentIndexChanged.connect(self.form.propose_counter)

    def preview(self) -> None:
        """Show the payments of what has been typed so far, and what the law says of the term."""
        self._timer.stop()
        try:
            contract = self.form.contract(self._contract)
        except (CellError, MoneyError, AreaError) as wrong:
            self.model.show_rows(())
            self.total.setText(str(wrong))
            self.message_bar.clear()
            return
        problems = check_contract(contract)
        serious = [
            problem for problem in problems if problem.field in {"steps", "payments", "share_bp", "offset", "end"}
        ]
        if serious:
            self.model.show_rows(())
            self.total.setText(serious[0].message)
            return
        payments = schedule(contract)
        self.model.show_rows([preview_row(one) for one in payments])
        self.total.setText(f"共 {len(payments)} 期，合同总额 {format_fen(total_fen(contract))} 元")
        if warned := contracts.warnings(contract):
            self.message(warned[0].message, "warning")
        else:
            self.message_bar.clear()

    def _save(self) -> None:
        try:
            contract = self.form.contract(self._contract)
        except (CellError, MoneyError, AreaError) as wrong:
            self.message(str(wrong), "danger")
            return
        self._operations.write(
            lambda book: contracts.save(book, contract),
            self._saved,
            touches=CONTRACTS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, contract: Contract) -> None:
        self.accept()
        self.saved.emit(contract.id)

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.current().px("gap"))
    return column
