"""用款审批: the list of requests with whose turn it is, the chosen one below, and what can be done with it."""

from collections.abc import Callable
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
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Period
from village_ledger.domain.request import EDITABLE, STANDING, Request
from village_ledger.domain.request_register import RequestRecord
from village_ledger.reports.query import Query
from village_ledger.services import evidence, request_form, request_signing, requests
from village_ledger.services.book import Book
from village_ledger.services.origins import Origin
from village_ledger.services.people import Person
from village_ledger.ui import dialogs, machine, theme
from village_ledger.ui.act_dialog import ActDialog, ReasonDialog
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.evidence_dialog import EvidenceDialog, Owner
from village_ledger.ui.operations import (
    BUDGETS,
    CONTRACTS,
    DECISIONS,
    LOG,
    PEOPLE,
    PROJECTS,
    REQUESTS,
    SETTINGS,
    VOUCHERS,
    Operations,
)
from village_ledger.ui.page import Page
from village_ledger.ui.tables.text_rows import TextRows
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .act_dialogs import DocumentsDialog, PaperDialog, SignDialog, VoucherDialog
from .panel import RequestPanel
from .reads import Chosen, read_chosen
from .request_dialog import RequestDialog
from .rows import FILTERS, MINE, RECORD_HEADERS, RECORD_WIDTHS, matches, record_row, waits_for

_EMPTY = (
    "还没有用款申请。\n先申请、后签批、再付款：写明付给谁、付多少、凭什么，程序按金额列出要谁签字、要哪次会议的决议，"
    "签齐以后一键生成凭证。"
)


class RequestsPage(Page):
    """Enter opens the chosen request, Insert draws up a new one."""

    title = "用款审批"
    touched_by = REQUESTS | VOUCHERS | DECISIONS | CONTRACTS | PROJECTS | BUDGETS | SETTINGS | PEOPLE

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self._records: tuple[RequestRecord, ...] = ()
        self._wanted = ""
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
        self.submit_action = more.addAction("提交", lambda: self._with(self.submit))
        self.paper_action = more.addAction("登记书面签字…", lambda: self._with(self.sign_on_paper))
        self.documents_action = more.addAction("材料和盖章…", lambda: self._with(self.note_documents))
        self.files_action = more.addAction("附件…", lambda: self._with(self.open_files))
        self.withdraw_action = more.addAction("撤回修改", lambda: self._with(self.withdraw))
        self.void_action = more.addAction("作废…", lambda: self._with(self.void))
        more.addSeparator()
        self.print_action = more.addAction("打印审批单（A5）…", partial(self._print_chosen, "A5"))
        self.print_large_action = more.addAction("打印审批单（A4）…", partial(self._print_chosen, "A4"))
        more.addAction("待批用款表", partial(self.open_report, "approvals-pending"))
        more.addAction("用款申请台账", partial(self.open_report, "request-register"))
        more.addAction("审批权限…", lambda: self.open_page_requested.emit("tiers"))
        self.more_button.setMenu(more)
        self.back_button = self.add_action_button(
            make_button("退回(&B)", icon="undo", on_click=lambda: self._with(self.send_back))
        )
        self.voucher_button = self.add_action_button(
            make_button("生成凭证(&G)", icon="pen", on_click=lambda: self._with(self.make_voucher))
        )
        self.sign_button = self.add_action_button(
            make_button("签批(&S)", icon="stamp", tip="可以选几份一起签", on_click=self.sign)
        )
        self.open_button = self.add_action_button(
            make_button("打开(&E)", icon="file", tip="回车", on_click=self.open_request)
        )
        self.add_button = self.add_action_button(
            make_button("新申请(&A)", kind="primary", icon="plus", tip="Insert", on_click=self.add)
        )

    def _build_bar(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for name in FILTERS:
            self.tabs.addTab(name)
        self.tabs.setCurrentIndex(1)
        self.search = QLineEdit()
        self.search.setPlaceholderText("按编号、用途、收款人查找（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(theme.current().scaled(180))
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
        self.model = TextRows(RECORD_HEADERS, right=(5,), parent=self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(RECORD_WIDTHS):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.panel = RequestPanel()
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.panel)
        split.setSizes([look.scaled(300), look.scaled(270)])
        split.setChildrenCollapsible(False)
        self.stack = QStackedWidget()
        self.stack.addWidget(split)
        self.stack.addWidget(EmptyState(_EMPTY))
        self.count = theme.mark(QLabel(), "muted")
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.count)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._chosen())
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._show_possible())
        self.table.activated.connect(lambda _index: self.open_request())

    @property
    def me(self) -> Person | None:
        """Who is at the keyboard, if the book knows them."""
        facts = self.operations.facts
        return next((one for one in facts.people if one.active and one.name == facts.actor), None) if facts else None

    def selected(self) -> RequestRecord | None:
        """The request of the current row."""
        found: RequestRecord | None = self.model.value(self.table.currentIndex().row())
        return found

    def marked(self) -> tuple[RequestRecord, ...]:
        """Every request selected, in list order."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return tuple(record for row in rows if (record := self.model.value(row)) is not None)

    def refresh(self) -> None:
        """Read the requests anew, keeping the choice."""
        self.operations.read(requests.records, self._take, topic="requests")

    def show_request(self, number: str) -> None:
        """Choose a request by its number."""
        self._wanted = number
        self.refresh()

    def show_origin(self, origin: Origin) -> None:
        """Choose the request a voucher comes from; the label ends with its number."""
        self.show_request(origin.label.rpartition(" ")[2])

    def state(self) -> object:
        """The request chosen."""
        found = self.selected()
        return found.request.number if found else ""

    def restore(self, state: object) -> None:
        """Choose it again."""
        self.show_request(str(state))

    def _take(self, records: tuple[RequestRecord, ...]) -> None:
        self._records = tuple(reversed(records))
        me = self.me
        for place, name in enumerate(FILTERS):
            count = sum(matches(one, "", name, me) for one in records)
            self.tabs.setTabText(place, f"{name}  {count}" if count or name in (MINE, "全部") else name)
        self.stack.setCurrentIndex(0 if records else 1)
        self._narrow()

    def _narrow(self) -> None:
        before = self.selected()
        wanted = self._wanted or (before.request.number if before else "")
        me, text = self.me, self.search.text()
        shown = [one for one in self._records if matches(one, text, FILTERS[self.tabs.currentIndex()], me)]
        if self._wanted and all(one.request.number != wanted for one in shown):
            shown = list(self._records)
            self.tabs.setCurrentIndex(1)
            self.search.clear()
        self._wanted = ""
        self.model.show_rows([record_row(one, me) for one in shown])
        total = format_fen(sum(one.request.amount_fen for one in shown))
        self.count.setText(f"共 {len(shown)} 份，合计 {total} 元")
        select_row(self.table, next((row for row, one in enumerate(shown) if one.request.number == wanted), 0))
        self._chosen()

    def _chosen(self) -> None:
        found = self.selected()
        self._show_possible()
        if found is None:
            self.panel.show_request(None, self.facts.chart)
            return
        number = found.request.id
        self.operations.read(lambda book: read_chosen(book, number), self._show_chosen, topic="request")

    def _show_chosen(self, chosen: Chosen) -> None:
        self.panel.show_request(chosen, self.facts.chart)

    def _show_possible(self) -> None:
        found, facts = self.selected(), self.operations.facts
        writable = facts is not None and not facts.read_only
        state = found.request.state if found else ""
        free = writable and found is not None and not found.used
        me = self.me
        self.sign_button.setEnabled(writable and any(waits_for(one, me) for one in self.marked()))
        self.back_button.setEnabled(free and state in STANDING)
        self.voucher_button.setEnabled(free and state == "已批准")
        self.submit_action.setEnabled(writable and state in EDITABLE)
        self.paper_action.setEnabled(writable and state == "签批中")
        self.documents_action.setEnabled(writable and state not in ("", "已作废"))
        self.withdraw_action.setEnabled(free and state in STANDING)
        self.void_action.setEnabled(free and state != "已作废")
        for action in (self.files_action, self.print_action, self.print_large_action):
            action.setEnabled(found is not None)
        self.open_button.setEnabled(found is not None)
        self.add_button.setEnabled(writable)

    def _enter_table(self) -> None:
        self.table.setFocus()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _with(self, act: Callable[[RequestRecord], object]) -> None:
        found = self.selected()
        if found is not None:
            act(found)

    def add(self) -> None:
        """Draw up a request."""
        if self.add_button.isEnabled():
            self._enter(None)

    def open_request(self) -> None:
        """Open the chosen request."""
        self._with(lambda one: self._enter(one.request))

    def _enter(self, request: Request | None) -> None:
        dialog = RequestDialog(self.operations, request, self)
        dialog.saved.connect(lambda kept: self.show_request(kept.number))
        self._open(dialog)

    def submit(self, record: RequestRecord) -> None:
        """Send the chosen request round."""
        number, request_id = record.request.number, record.request.id
        self.operations.write(
            lambda book: requests.submit(book, request_id),
            lambda _made: self._done(f"{number} 已提交"),
            touches=REQUESTS,
            initiator=self,
        )

    def sign(self) -> None:
        """Sign the selected requests that wait for who is at the keyboard."""
        me = self.me
        mine = tuple(one.request for one in self.marked() if waits_for(one, me))
        if mine:
            self._act(SignDialog(self.operations, mine, self))

    def sign_on_paper(self, record: RequestRecord) -> None:
        """Record the next signature from the printed form."""
        if record.next is not None:
            self._act(PaperDialog(self.operations, record.request, record.next, self))

    def send_back(self, record: RequestRecord) -> None:
        """Return the request to be changed."""
        one = record.request
        act = partial(_send_back, one.id)
        title, done = f"退回　{one.number}", f"{one.number} 已退回"
        self._act(ReasonDialog(self.operations, title, act, done, self, touches=REQUESTS | VOUCHERS))

    def void(self, record: RequestRecord) -> None:
        """Cancel the request for good."""
        one = record.request
        act = partial(_void, one.id)
        title, done = f"作废　{one.number}", f"{one.number} 已作废"
        self._act(ReasonDialog(self.operations, title, act, done, self, touches=REQUESTS | VOUCHERS))

    def withdraw(self, record: RequestRecord) -> None:
        """Take the request back to change it."""
        number, request_id = record.request.number, record.request.id
        self.operations.write(
            lambda book: requests.withdraw(book, request_id),
            lambda _made: self._done(f"{number} 已撤回，可以修改；原来的签字作废"),
            touches=REQUESTS,
            initiator=self,
        )

    def note_documents(self, record: RequestRecord) -> None:
        """Note which papers and stamps are there."""
        chosen = self.panel.chosen
        tier = chosen.standing.tier if chosen else None
        wanted = (*(f"{stamp}盖章" for stamp in tier.stamps), *tier.documents) if tier else ()
        self._act(DocumentsDialog(self.operations, record.request, wanted, self))

    def open_files(self, record: RequestRecord) -> None:
        """Show the scans of the request."""
        one = record.request
        owner = Owner(evidence.REQUEST, one.uid, one.number)
        dialog = EvidenceDialog(self.operations, owner, REQUESTS, self, fixed=one.state not in EDITABLE)
        dialog.finished.connect(lambda _code: self.refresh())
        self._open(dialog)

    def make_voucher(self, record: RequestRecord) -> None:
        """Make the voucher of an approved request and show it."""
        day = max(clock.today(), self.facts.open_period.first_day)
        if Period.of(day) != self.facts.open_period:
            day = min(day, self.facts.open_period.last_day)
        dialog = VoucherDialog(self.operations, record.request, day, self)
        dialog.done_text.connect(lambda _text: self.open_draft_requested.emit(dialog.draft))
        self._open(dialog)

    def _print_chosen(self, paper: str) -> None:
        found = self.selected()
        if found is None:
            return
        number = found.request.number
        proposal = str(Path(machine.text("export_folder")) / f"用款审批单 {number}.pdf")
        path = dialogs.save_file(self, "打印用款审批单", proposal, "PDF (*.pdf)")
        if path is not None:
            self.operations.write(
                lambda book: request_form.print_request(book, number, path, paper),
                lambda _made: self.message(f"已写出用款审批单：{path}", "success"),
                touches=LOG,
                initiator=self,
            )

    def open_report(self, key: str) -> None:
        """Show what waits for a signature, or every request of the year, as a report."""
        today = Period.of(clock.today())
        self.open_report_requested.emit(key, Query(today.january, today))

    def _act(self, dialog: ActDialog) -> None:
        dialog.done_text.connect(self._done)
        self._open(dialog)

    @staticmethod
    def _open(dialog: Dialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _done(self, text: str) -> None:
        self.refresh()
        self.message(text, "success")


def _send_back(request_id: int, book: Book, reason: str) -> Request:
    return request_signing.send_back(book, request_id, reason)


def _void(request_id: int, book: Book, reason: str) -> Request:
    return requests.void(book, request_id, reason)
