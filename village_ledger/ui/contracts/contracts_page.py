"""The register of contracts: a list with filters, the chosen contract's payments beside it, and what can be done."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QTableView,
    QWidget,
)

from village_ledger import clock
from village_ledger.domain.contract import SHARE, Attachment, Contract
from village_ledger.domain.contract_account import ContractAccount
from village_ledger.domain.contract_register import accounts_of
from village_ledger.domain.money import format_fen
from village_ledger.domain.review_standing import CommentStanding
from village_ledger.reports.query import Query
from village_ledger.services import contract_attachments, contracts, publishing, review_answers
from village_ledger.services.book import Book
from village_ledger.services.contract_deposits import Deposit, deposit
from village_ledger.services.contracts import ContractRecord
from village_ledger.services.origins import Origin
from village_ledger.ui import dialogs, machine, theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.operations import CONTRACTS, ITEMS, LOG, REVIEWS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.text_rows import TextRows
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .act_dialogs import (
    AccrueDialog,
    ActDialog,
    BreakOffDialog,
    DepositDialog,
    ShareDialog,
    TakeBackDialog,
    WaiverDialog,
)
from .contract_dialog import ContractDialog
from .contract_panel import ContractPanel
from .files_dialog import FilesDialog
from .receipt_dialog import ReceiptDialog
from .schedule_rows import FILTERS, RECORD_HEADERS, RECORD_WIDTHS, matches, record_row

_EMPTY = (
    "还没有登记合同。\n承包、租赁、工程等合同登记进来，到期的租金自动提醒、自动生成应收凭证，谁欠多少一目了然。\n"
    "手头有 Excel 台账的，用“更多 → 导入合同登记簿”一次导入。"
)
Chosen = tuple[ContractAccount, tuple[Attachment, ...], Deposit, tuple[CommentStanding, ...]]


class ContractsPage(Page):
    """Enter opens the chosen contract, Insert registers one."""

    title = "合同管理"
    touched_by = CONTRACTS | VOUCHERS | ITEMS | REVIEWS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self._records: tuple[ContractRecord, ...] = ()
        self._wanted = 0
        self._build_actions()
        self._build_bar()
        self._build_views()
        self.setFocusProxy(self.search)
        for keys, slot in (("Insert", self.add), ("Ctrl+F", self._find)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self._show_possible()

    def _build_actions(self) -> None:
        self.more_button = self.add_action_button(make_button("更多(&M)", icon="list"))
        more = QMenu(self.more_button)
        self.waive_action = more.addAction("减免租金…", self.waive)
        self.share_action = more.addAction("核定分成…", self.settle)
        self.deposit_action = more.addAction("收退押金…", self.move_deposit)
        self.end_action = more.addAction("终止合同…", self.break_off)
        self.back_action = more.addAction("收回标的…", self.take_back)
        self.files_action = more.addAction("附件…", self.open_files)
        more.addSeparator()
        self.remind_action = more.addAction("打印这份的催缴单…", lambda: self.remind(all_of_them=False))
        self.remind_all_action = more.addAction("打印全部催缴单…", lambda: self.remind(all_of_them=True))
        more.addSeparator()
        self.import_action = more.addAction("导入合同登记簿…", self.bring_in)
        more.addAction("合同对方表", self.open_parties)
        self.more_button.setMenu(more)
        self.accrue_button = self.add_action_button(
            make_button("计提租金(&R)", icon="calendar", tip="把到期的租金生成应收凭证草稿", on_click=self.accrue)
        )
        self.receive_button = self.add_action_button(make_button("收款(&P)", icon="cash", on_click=self.receive))
        self.open_button = self.add_action_button(
            make_button("合同(&E)", icon="pen", tip="回车", on_click=self.open_contract)
        )
        self.add_button = self.add_action_button(
            make_button("登记合同(&A)", kind="primary", icon="plus", tip="Insert", on_click=self.add)
        )

    def _build_bar(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for name in FILTERS:
            self.tabs.addTab(name)
        self.search = QLineEdit()
        self.search.setPlaceholderText("按编号、标的、对方、文号查找（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        bar = QHBoxLayout()
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        self.search.setMinimumWidth(theme.current().scaled(280))
        bar.addWidget(self.search)
        self.body.addLayout(bar)
        self.tabs.currentChanged.connect(lambda _place: self._narrow())
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._enter_table)

    def _build_views(self) -> None:
        look = theme.current()
        self.model = TextRows(RECORD_HEADERS, right=(6, 7), parent=self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(RECORD_WIDTHS):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.panel = ContractPanel()
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.panel)
        split.setSizes([look.scaled(300), look.scaled(300)])
        split.setChildrenCollapsible(False)
        self.empty = EmptyState(_EMPTY)
        self.stack = QStackedWidget()
        self.stack.addWidget(split)
        self.stack.addWidget(self.empty)
        self.count = theme.mark(QLabel(), "muted")
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.count)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._chosen())
        self.table.activated.connect(lambda _index: self.open_contract())
        self.panel.table.activated.connect(lambda _index: self.open_voucher())

    def selected(self) -> Contract | None:
        """The contract of the current row."""
        record: ContractRecord | None = self.model.value(self.table.currentIndex().row())
        return record.contract if record else None

    def refresh(self) -> None:
        """Read the register anew, keeping the choice."""
        today = clock.today()
        self.operations.read(lambda book: contracts.records(book, today), self._take, topic="contracts")

    def show_contract(self, contract_id: int) -> None:
        """Choose a contract, also right after it was registered."""
        self._wanted = contract_id
        self.refresh()

    def show_origin(self, origin: Origin) -> None:
        """Choose the contract a voucher comes from."""
        self.show_contract(origin.id)

    def _take(self, records: tuple[ContractRecord, ...]) -> None:
        self._records = records
        for place, name in enumerate(FILTERS):
            self.tabs.setTabText(place, f"{name}  {sum(matches(one, '', name) for one in records)}")
        self.stack.setCurrentIndex(0 if records else 1)
        self._narrow()

    def _narrow(self) -> None:
        before = self.selected()
        wanted = self._wanted or (before.id if before else 0)
        text, name = self.search.text(), FILTERS[self.tabs.currentIndex()]
        shown = [one for one in self._records if matches(one, text, name)]
        if self._wanted and all(one.contract.id != self._wanted for one in shown):
            shown = list(self._records)
            self.tabs.setCurrentIndex(0)
            self.search.clear()
        self._wanted = 0
        self.model.show_rows([record_row(one) for one in shown])
        late = sum(one.arrears.arrears_fen for one in shown if one.arrears.days and one.contract.direction == "收")
        owed = f"，欠款合计 {format_fen(late)} 元" if late else ""
        self.count.setText(f"共 {len(shown)} 份合同{owed}")
        place = next((row for row, one in enumerate(shown) if one.contract.id == wanted), 0)
        select_row(self.table, place)
        self._chosen()

    def _chosen(self) -> None:
        contract = self.selected()
        self._show_possible()
        if contract is None:
            self.panel.show_account(None)
            return
        number = contract.id
        self.operations.read(partial(_read_chosen, number), self._show_chosen, topic="contract")

    def _show_chosen(self, chosen: Chosen) -> None:
        self.panel.show_account(*chosen)
        self._show_possible()

    def _show_possible(self) -> None:
        contract = self.selected()
        facts = self.operations.facts
        writable = facts is not None and not facts.read_only
        own = writable and contract is not None
        for widget in (self.receive_button, self.waive_action, self.end_action, self.files_action):
            widget.setEnabled(own)
        self.open_button.setEnabled(contract is not None)
        self.remind_action.setEnabled(contract is not None)
        self.share_action.setEnabled(own and contract is not None and contract.price.form == SHARE)
        self.deposit_action.setEnabled(own and contract is not None and contract.deposit_fen > 0)
        self.back_action.setEnabled(own and contract is not None and contract.is_tenancy)
        for action in (self.add_button, self.accrue_button, self.import_action):
            action.setEnabled(writable)
        outgoing = contract is not None and contract.direction == "付"
        self.receive_button.setText("付款(&P)" if outgoing else "收款(&P)")

    def _enter_table(self) -> None:
        self.table.setFocus()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def add(self) -> None:
        """Register a contract."""
        if self.add_button.isEnabled():
            self._open_contract(None)

    def open_contract(self) -> None:
        """Open the chosen contract."""
        contract = self.selected()
        if contract is not None:
            self._open_contract(contract)

    def _open_contract(self, contract: Contract | None) -> None:
        dialog = ContractDialog(self.operations, contract, self)
        dialog.saved.connect(self.show_contract)
        _open(dialog)

    def open_voucher(self) -> None:
        """Show the voucher or draft that charged the chosen payment, or let it off."""
        booked = self.panel.voucher()
        if booked is None:
            self.message("这一期还没有计提，没有凭证可看；直接记收入的收款请在“收款与认领”里查看")
        elif booked.booking == "posted":
            self.open_voucher_requested.emit(booked.id)
        else:
            self.open_draft_requested.emit(booked.id)

    def accrue(self) -> None:
        """Charge a month's rents."""
        self._act(AccrueDialog(self.operations, self.facts.open_period, self))

    def receive(self) -> None:
        """Register money of the chosen contract's party."""
        contract = self.selected()
        if contract is None:
            return
        party, account = contract.party, contract.account
        self.operations.read(
            lambda book: accounts_of(contracts.register(book), party, account), self._receive, topic="receive"
        )

    def _receive(self, accounts: tuple[ContractAccount, ...]) -> None:
        dialog = ReceiptDialog(self.operations, accounts, max(clock.today(), self.facts.open_period.first_day), self)
        dialog.registered.connect(self._done)
        _open(dialog)

    def waive(self) -> None:
        """Let off rent of the chosen contract."""
        if self.panel.account is not None:
            day = max(clock.today(), self.facts.open_period.first_day)
            self._act(WaiverDialog(self.operations, self.panel.account, day, self.panel.seq(), self))

    def settle(self) -> None:
        """Reckon a share."""
        if self.panel.account is not None:
            self._act(ShareDialog(self.operations, self.panel.account, self))

    def move_deposit(self) -> None:
        """Take the deposit of the chosen contract, or give it back."""
        contract = self.selected()
        if contract is not None and self.deposit_action.isEnabled():
            day = max(clock.today(), self.facts.open_period.first_day)
            self.operations.read(
                lambda book: deposit(book, contract),
                lambda now: self._act(DepositDialog(self.operations, contract, now, day, self)),
                initiator=self,
            )

    def break_off(self) -> None:
        """End the chosen contract before its time."""
        contract = self.selected()
        if contract is not None:
            self._act(BreakOffDialog(self.operations, contract, clock.today(), self))

    def take_back(self) -> None:
        """Note that the thing came back."""
        contract = self.selected()
        if contract is not None:
            self._act(TakeBackDialog(self.operations, contract, clock.today(), self))

    def _act(self, dialog: ActDialog) -> None:
        dialog.done_text.connect(self._done)
        _open(dialog)

    def open_files(self) -> None:
        """Show the chosen contract's attachments."""
        contract = self.selected()
        if contract is not None:
            dialog = FilesDialog(self.operations, contract, self)
            dialog.finished.connect(lambda _code: self.refresh())
            _open(dialog)

    def open_parties(self) -> None:
        """With whom the contracts are and what a mu costs, as a report."""
        month = self.facts.open_period
        self.open_report_requested.emit("contract-parties", Query(month.january, month))

    def bring_in(self) -> None:
        """Import a register."""
        dialog = ImportDialog(self.operations, "contracts", self)
        dialog.imported.connect(self._done)
        _open(dialog)

    def _done(self, text: str) -> None:
        self.refresh()
        self.message(text, "success")

    def remind(self, *, all_of_them: bool) -> None:
        """Print the reminder slips to a PDF."""
        contract = self.selected()
        ids = () if all_of_them or contract is None else (contract.id,)
        today = clock.today()
        name = f"催缴通知单 {today}.pdf" if all_of_them or contract is None else f"催缴通知单 {contract.code}.pdf"
        path = dialogs.save_file(self, "打印催缴单", str(Path(machine.text("export_folder")) / name), "PDF (*.pdf)")
        if path is not None:
            self.print_reminders(ids, path)

    def print_reminders(self, ids: tuple[int, ...], path: Path) -> None:
        """Write the slips of the named contracts, or of all."""
        today = clock.today()

        def write(book: Book) -> Path:
            publishing.print_reminders(book, contracts.reminders(book, today, ids), path)
            return path

        self.operations.write(
            write, lambda made: self.message(f"已写出催缴单：{made}", "success"), touches=LOG, initiator=self
        )


def _read_chosen(contract_id: int, book: Book) -> Chosen:
    account = contracts.contract_account(book, contract_id)
    contract = account.contract
    comments = review_answers.standings_on(book, "合同", contract.code)
    return account, contract_attachments.attachments(book, contract_id), deposit(book, contract), comments


def _open(dialog: Dialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
