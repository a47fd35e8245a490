"""The register of projects: a list with filters, the chosen project's course below it, and what can be done."""

from functools import partial

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
    QVBoxLayout,
    QWidget,
)

from village_ledger import clock
from village_ledger.domain.decision import Decision
from village_ledger.domain.money import format_fen
from village_ledger.domain.project_account import ProjectAccount
from village_ledger.domain.request import Request
from village_ledger.services import decisions, evidence, projects, requests
from village_ledger.services.origins import Origin
from village_ledger.services.projects import PaidVoucher, ProjectRecord
from village_ledger.services.works_rules import works_content
from village_ledger.ui import theme
from village_ledger.ui.act_dialog import ActDialog
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.evidence_dialog import EvidenceDialog, Owner
from village_ledger.ui.operations import CONTRACTS, ITEMS, PROJECTS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.text_rows import TextRows
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .act_dialogs import AcceptanceDialog, ChangeDialog, FinalDialog, PaymentDialog, ReleaseDialog
from .project_dialog import ProjectDialog
from .rows import (
    EVENT_HEADERS,
    EVENT_WIDTHS,
    FILTERS,
    HEADERS,
    RIGHT,
    WIDTHS,
    Event,
    event_row,
    events,
    matches,
    record_row,
)
from .rules_dialog import WorksRulesDialog
from .tender_dialog import TenderDialog

_EMPTY = (
    "还没有登记工程项目。\n一事一议、工程和采购，从决策、招标、合同、验收到付款、质保金、决算，一个项目一本账；"
    "付款超过合同加变更、超过已验收扣质保金的，程序会拦住。"
)


class ProjectsPage(Page):
    """Enter opens the chosen project, Insert registers one."""

    title = "工程项目"
    touched_by = PROJECTS | VOUCHERS | CONTRACTS | ITEMS | frozenset({"requests"})

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self._records: tuple[ProjectRecord, ...] = ()
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
        self.change_action = more.addAction("工程变更…", partial(self._act, ChangeDialog))
        self.final_action = more.addAction("决算…", partial(self._act, FinalDialog))
        self.release_action = more.addAction("退还质保金…", partial(self._act, ReleaseDialog))
        self.payment_action = more.addAction("认领付款…", self.claim)
        self.files_action = more.addAction("佐证材料…", self.open_files)
        more.addSeparator()
        self.rules_action = more.addAction("工程项目规则…", self.set_rules)
        more.addAction("工程项目台账（打印）", lambda: self.open_page_requested.emit("project-ledger"))
        more.addAction("招投标登记簿（打印）", lambda: self.open_page_requested.emit("tender-register"))
        self.more_button.setMenu(more)
        self.accept_button = self.add_action_button(
            make_button("验收(&Y)", icon="check", on_click=partial(self._act, AcceptanceDialog))
        )
        self.tender_button = self.add_action_button(make_button("招投标(&T)", icon="scale", on_click=self.open_tender))
        self.open_button = self.add_action_button(
            make_button("修改(&E)", icon="pen", tip="回车", on_click=self.open_project)
        )
        self.add_button = self.add_action_button(
            make_button("登记项目(&A)", kind="primary", icon="plus", tip="Insert", on_click=self.add)
        )

    def _build_bar(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for name in FILTERS:
            self.tabs.addTab(name)
        self.search = QLineEdit()
        self.search.setPlaceholderText("按编号、名称、承包人、文号、地点查找（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(theme.current().scaled(300))
        bar = QHBoxLayout()
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        bar.addWidget(self.search)
        self.body.addLayout(bar)
        self.tabs.currentChanged.connect(lambda _place: self._narrow())
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._enter_table)

    def _build_views(self) -> None:
        look = theme.current()
        self.model = TextRows(HEADERS, right=RIGHT, parent=self)
        self.table = _table(self.model, WIDTHS, 1)
        self.course = TextRows(EVENT_HEADERS, right=(2,), parent=self)
        self.course_table = _table(self.course, EVENT_WIDTHS, 3)
        self.note = theme.mark(QLabel(), "muted")
        self.note.setWordWrap(True)
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.note)
        column.addWidget(self.course_table, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(lower)
        split.setSizes([look.scaled(230), look.scaled(340)])
        split.setChildrenCollapsible(False)
        self.stack = QStackedWidget()
        self.stack.addWidget(split)
        self.stack.addWidget(EmptyState(_EMPTY))
        self.count = theme.mark(QLabel(), "muted")
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.count)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._chosen())
        self.table.activated.connect(lambda _index: self.open_project())
        self.course_table.activated.connect(lambda _index: self.follow())

    def selected(self) -> ProjectAccount | None:
        """The project of the current row."""
        record: ProjectRecord | None = self.model.value(self.table.currentIndex().row())
        return record.account if record else None

    def refresh(self) -> None:
        """Read the register anew, keeping the choice."""
        today = clock.today()
        self.operations.read(lambda book: projects.records(book, today), self._take, topic="projects")

    def show_project(self, project_id: int) -> None:
        """Choose a project, also right after it was registered."""
        self._wanted = project_id
        self.refresh()

    def show_origin(self, origin: Origin) -> None:
        """Choose the project a payment's trail leads to."""
        self.show_project(origin.id)

    def _take(self, records: tuple[ProjectRecord, ...]) -> None:
        self._records = records
        for place, name in enumerate(FILTERS):
            self.tabs.setTabText(place, f"{name}  {sum(matches(one, '', name) for one in records)}")
        self.stack.setCurrentIndex(0 if records else 1)
        self._narrow()

    def _narrow(self) -> None:
        before = self.selected()
        wanted = self._wanted or (before.project.id if before else 0)
        text, name = self.search.text(), FILTERS[self.tabs.currentIndex()]
        shown = [one for one in self._records if matches(one, text, name)]
        if self._wanted and all(one.account.project.id != self._wanted for one in shown):
            shown = list(self._records)
            self.tabs.setCurrentIndex(0)
            self.search.clear()
        self._wanted = 0
        self.model.show_rows([record_row(one) for one in shown])
        owed = sum(one.payable_fen for one in shown)
        paid = sum(one.account.paid_fen for one in shown)
        self.count.setText(f"共 {len(shown)} 个项目，已付 {format_fen(paid)} 元，按验收还可付 {format_fen(owed)} 元")
        place = next((row for row, one in enumerate(shown) if one.account.project.id == wanted), 0)
        select_row(self.table, place)
        self._chosen()

    def _chosen(self) -> None:
        record: ProjectRecord | None = self.model.value(self.table.currentIndex().row())
        self._show_possible()
        self.course.show_rows([event_row(one) for one in events(record.account)] if record else ())
        self.note.setText("；".join(record.remarks) if record else "")
        theme.mark(self.note, "warning")
        self.note.setVisible(bool(record and record.remarks))

    def _show_possible(self) -> None:
        account = self.selected()
        writable = not self.facts.read_only
        own = writable and account is not None
        has = own and account is not None and account.project.has_contract
        self.add_button.setEnabled(writable)
        self.rules_action.setEnabled(writable)
        self.open_button.setEnabled(account is not None)
        self.tender_button.setEnabled(own)
        self.files_action.setEnabled(own)
        self.payment_action.setEnabled(has)
        self.change_action.setEnabled(has and account is not None and account.final is None)
        self.accept_button.setEnabled(has and account is not None and not account.completed())
        self.final_action.setEnabled(has and account is not None and account.completed())
        self.release_action.setEnabled(has and account is not None and account.retained_fen() > 0)

    def _enter_table(self) -> None:
        self.table.setFocus()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def add(self) -> None:
        """Register a project."""
        if self.add_button.isEnabled():
            self._open_project(None)

    def open_project(self) -> None:
        """Open the chosen project, to correct it or to enter its contract."""
        account = self.selected()
        if account is not None:
            self._open_project(account)

    def _open_project(self, account: ProjectAccount | None) -> None:
        dialog = ProjectDialog(self.operations, account, clock.today(), self)
        dialog.saved.connect(self.show_project)
        _open(dialog)

    def open_tender(self) -> None:
        """Enter the round of tender that is open, show the one that was won, or begin another after it failed."""
        account = self.selected()
        if account is None:
            return
        newest = account.tender
        again = None if newest and newest.failed else newest
        dialog = TenderDialog(self.operations, account, again, clock.today(), self)
        dialog.done_text.connect(self._done)
        _open(dialog)

    def _act(self, make: type[ActDialog]) -> None:
        account = self.selected()
        if account is not None:
            self._show_act(make(self.operations, account, clock.today(), self))  # type: ignore[call-arg, arg-type]  # the forms of act_dialogs all take these

    def claim(self) -> None:
        """Say that a voucher booked without a request paid for the chosen project."""
        account = self.selected()
        if account is not None:
            code = account.project.code
            self.operations.read(
                lambda book: projects.candidates(book, code), partial(self._claim, account), initiator=self
            )

    def _claim(self, account: ProjectAccount, found: tuple[PaidVoucher, ...]) -> None:
        self._show_act(PaymentDialog(self.operations, account, found, self))

    def _show_act(self, dialog: ActDialog) -> None:
        dialog.done_text.connect(self._done)
        _open(dialog)

    def _done(self, text: str) -> None:
        self.refresh()
        self.message(text, "success")

    def open_files(self) -> None:
        """Show the papers and photos of the chosen project."""
        account = self.selected()
        if account is not None:
            owner = Owner(evidence.PROJECT, account.project.uid, str(account.project))
            _open(EvidenceDialog(self.operations, owner, PROJECTS, self))

    def set_rules(self) -> None:
        """Change the figures projects are held to."""
        today = clock.today()
        self.operations.read(
            lambda book: works_content(book, today),
            lambda content: self._show_act(WorksRulesDialog(self.operations, content, today, self)),
            initiator=self,
        )

    def follow(self) -> None:
        """Show what proves the chosen event: the decision, the voucher or the request of a payment."""
        event: Event | None = self.course.value(self.course_table.currentIndex().row())
        if event is None:
            return
        number, paid = event.decision, event.payment
        if number:
            self.operations.read(lambda book: decisions.decision(book, number), self._show_decision, initiator=self)
        elif paid and paid.posted:
            self.operations.read(lambda book: projects.voucher_of(book, paid), self._show_voucher, initiator=self)
        elif paid:
            self.operations.read(lambda book: requests.request(book, paid.label), self._show_request, initiator=self)

    def _show_decision(self, found: Decision | None) -> None:
        if found is None:
            self.message("决策台账里没有这个文号，纸面的决策请补登记")
        else:
            self.open_origin_requested.emit(Origin("decision", found.id, found.number))

    def _show_request(self, found: Request | None) -> None:
        if found is not None:
            self.open_origin_requested.emit(Origin("request", found.id, found.number))

    def _show_voucher(self, voucher_id: int) -> None:
        if voucher_id:
            self.open_voucher_requested.emit(voucher_id)


def _table(model: TextRows, widths: tuple[int, ...], stretched: int) -> QTableView:
    table = QTableView()
    dress_table(table)
    table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    table.setModel(model)
    header = table.horizontalHeader()
    for column, width in enumerate(widths):
        header.resizeSection(column, theme.current().scaled(width))
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    return table


def _open(dialog: Dialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
