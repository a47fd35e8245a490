"""决策台账: the list of decisions with how each stands, the chosen one below, and what can be done with it."""

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
from village_ledger.domain.decision import DRAFT, FINAL, VOID, Decision, Step
from village_ledger.domain.decision_register import Standing
from village_ledger.domain.governance import DONE, RESOLVED
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Period
from village_ledger.reports.query import Query
from village_ledger.services import decision_papers, decisions, evidence
from village_ledger.services.book import Book
from village_ledger.ui import dialogs, machine, theme
from village_ledger.ui.contracts.fields import RowsModel
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.operations import BUDGETS, CONTRACTS, DECISIONS, LOG, PROJECTS, SETTINGS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .act_dialogs import NoticeDialog, ReasonDialog
from .decision_dialog import DecisionDialog
from .evidence_dialog import EvidenceDialog, Owner
from .panel import Chosen, DecisionPanel
from .rows import FILTERS, RECORD_HEADERS, RECORD_WIDTHS, matches, record_row

_EMPTY = (
    "还没有登记决策。\n四议两公开、成员（代表）大会、理事会等作出的决策登记进来，程序合不合规矩马上看得见，"
    "每一笔钱、每一份合同是凭哪次会议办的，一查便知。\n手头有 Excel 台账的，用“更多 → 导入决策台账”一次导入。"
)


class DecisionsPage(Page):
    """Enter opens the chosen decision, Insert enters a new one."""

    title = "决策台账"
    touched_by = DECISIONS | CONTRACTS | PROJECTS | BUDGETS | VOUCHERS | SETTINGS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self._standings: tuple[Standing, ...] = ()
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
        self.strike_action = more.addAction("划去选中的公示…", self.strike)
        self.replace_action = more.addAction("新增代替它的决策…", self.replace)
        self.void_action = more.addAction("作废…", self.void)
        more.addSeparator()
        self.import_action = more.addAction("导入决策台账…", self.bring_in)
        self.report_action = more.addAction("决策台账表", self.open_report)
        self.rules_action = more.addAction("决策规则…", lambda: self.open_page_requested.emit("decision-rules"))
        self.more_button.setMenu(more)
        self.print_button = self.add_action_button(make_button("打印(&P)", icon="printer"))
        papers = QMenu(self.print_button)
        self.minutes_action = papers.addAction("会议记录…", self.print_minutes)
        self.resolution_action = papers.addAction("决议…", self.print_resolution)
        self.print_button.setMenu(papers)
        self.files_button = self.add_action_button(make_button("材料(&F)", icon="file", on_click=self.open_files))
        self.notice_button = self.add_action_button(
            make_button("公示(&G)", icon="flag", tip="登记决议公开、结果公开、会前公告", on_click=self.add_notice)
        )
        self.final_button = self.add_action_button(
            make_button("定稿(&O)", icon="lock", tip="定稿以后内容不能再改", on_click=self.finalise)
        )
        self.open_button = self.add_action_button(
            make_button("打开(&E)", icon="pen", tip="回车", on_click=self.open_decision)
        )
        self.add_button = self.add_action_button(
            make_button("新增(&A)", kind="primary", icon="plus", tip="Insert", on_click=self.add)
        )

    def _build_bar(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for name in FILTERS:
            self.tabs.addTab(name)
        self.search = QLineEdit()
        self.search.setPlaceholderText("按文号、事项、会议查找（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(theme.current().scaled(280))
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
        self.model = RowsModel(RECORD_HEADERS, right=(6, 8, 9), parent=self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(RECORD_WIDTHS):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.panel = DecisionPanel()
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.panel)
        split.setSizes([look.scaled(320), look.scaled(260)])
        split.setChildrenCollapsible(False)
        self.empty = EmptyState(_EMPTY)
        self.stack = QStackedWidget()
        self.stack.addWidget(split)
        self.stack.addWidget(self.empty)
        self.count = theme.mark(QLabel(), "muted")
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.count)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._chosen())
        self.table.activated.connect(lambda _index: self.open_decision())

    def selected(self) -> Standing | None:
        """The decision of the current row, as it stands today."""
        found: Standing | None = self.model.value(self.table.currentIndex().row())
        return found

    def refresh(self) -> None:
        """Read the register anew, keeping the choice."""
        today = clock.today()
        self.operations.read(lambda book: decisions.standings(book, today), self._take, topic="decisions")

    def show_decision(self, number: str) -> None:
        """Choose a decision by its number, also right after it was entered."""
        self._wanted = number
        self.refresh()

    def state(self) -> object:
        """The decision chosen."""
        found = self.selected()
        return found.decision.number if found else ""

    def restore(self, state: object) -> None:
        """Choose it again."""
        self.show_decision(str(state))

    def _take(self, standings: tuple[Standing, ...]) -> None:
        self._standings = tuple(reversed(standings))
        for place, name in enumerate(FILTERS):
            self.tabs.setTabText(place, f"{name}  {sum(matches(one, '', name) for one in standings)}")
        self.stack.setCurrentIndex(0 if standings else 1)
        self._narrow()

    def _narrow(self) -> None:
        before = self.selected()
        wanted = self._wanted or (before.decision.number if before else "")
        shown = [one for one in self._standings if matches(one, self.search.text(), FILTERS[self.tabs.currentIndex()])]
        if self._wanted and all(one.decision.number != wanted for one in shown):
            shown = list(self._standings)
            self.tabs.setCurrentIndex(0)
            self.search.clear()
        self._wanted = ""
        self.model.show_rows([record_row(one) for one in shown])
        spent = sum(one.drawn_fen for one in shown)
        moved = f"，已动用合计 {format_fen(spent)} 元" if spent else ""
        self.count.setText(f"共 {len(shown)} 项决策{moved}")
        select_row(self.table, next((row for row, one in enumerate(shown) if one.decision.number == wanted), 0))
        self._chosen()

    def _chosen(self) -> None:
        found = self.selected()
        self._show_possible()
        if found is None:
            self.panel.show_decision(None)
            return
        self.operations.read(partial(_read_chosen, found), self._show_chosen, topic="decision")

    def _show_chosen(self, chosen: Chosen) -> None:
        self.panel.show_decision(chosen)
        self._show_possible()

    def _show_possible(self) -> None:
        found, facts = self.selected(), self.operations.facts
        state = found.decision.state if found else ""
        writable = facts is not None and not facts.read_only
        self.open_button.setEnabled(found is not None)
        self.print_button.setEnabled(found is not None)
        self.final_button.setEnabled(writable and state == DRAFT)
        self.notice_button.setEnabled(writable and state in (DRAFT, FINAL))
        self.files_button.setEnabled(found is not None)
        self.void_action.setEnabled(writable and state in (DRAFT, FINAL))
        self.replace_action.setEnabled(writable and state == FINAL)
        self.strike_action.setEnabled(writable and state not in ("", VOID))
        for widget in (self.add_button, self.import_action):
            widget.setEnabled(writable)

    def _enter_table(self) -> None:
        self.table.setFocus()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def add(self) -> None:
        """Enter a decision."""
        if self.add_button.isEnabled():
            self._open_decision(None)

    def open_decision(self) -> None:
        """Open the chosen decision."""
        found = self.selected()
        if found is not None:
            self._open_decision(found.decision)

    def replace(self) -> None:
        """Enter a decision that corrects the chosen one."""
        found = self.selected()
        if found is not None:
            old = found.decision
            blank: tuple[Step, ...] = ()
            new = old._replace(id=0, version=0, uid="", number="", state=DRAFT, rules="", steps=blank)
            self._open_decision(new._replace(replaces=old.number, day=clock.today(), opinion=""))

    def _open_decision(self, decision: Decision | None) -> None:
        dialog = DecisionDialog(self.operations, decision, self)
        dialog.saved.connect(self.show_decision)
        _open(dialog)

    def finalise(self) -> None:
        """Make the chosen decision final, after saying what it lacks."""
        found = self.selected()
        if found is None or not self.final_button.isEnabled():
            return
        lacking = [one for one in found.failures if not one.code.startswith("notice")]
        text = f"“{found.decision}”定稿以后，内容和表决结果都不能再改；要更正只能另作一项决策代替它。"
        if lacking:
            reasons = "\n".join(f"· {one}" for one in lacking[:6])
            text += f"\n\n这项决策不符合规则，定稿后记为“不成立”，不能据以动用资金：\n{reasons}"
        question = dialogs.question(self, "定稿", text, accept="定稿", danger=bool(lacking))
        question.accepted.connect(partial(self.finalise_now, found.decision))
        _open(question)

    def finalise_now(self, decision: Decision) -> None:
        """Make a decision final."""
        self._write(
            lambda book: decisions.finalise(book, decision.id, decision.version),
            f"{decision.number} 已定稿；请张贴决议并登记公示",
        )

    def void(self) -> None:
        """Withdraw the chosen decision, with a reason."""
        found = self.selected()
        if found is None:
            return
        number, version = found.decision.id, found.decision.version
        self._act(
            ReasonDialog(
                self.operations,
                f"作废　{found.decision.number}",
                "作废以后不能恢复，文号不再使用",
                lambda book, reason: decisions.void(book, number, version, reason),
                f"{found.decision.number} 已作废",
                self,
            )
        )

    def add_notice(self) -> None:
        """Note a public notice of the chosen decision."""
        found = self.selected()
        if found is None:
            return
        posted = any(one.kind == RESOLVED and not one.struck for one in found.notices)
        decision, kind, today = found.decision, DONE if posted else RESOLVED, clock.today()
        self.operations.read(
            lambda book: decisions.rules_of(book, decision),
            lambda rules: self._act(NoticeDialog(self.operations, decision, rules, kind, today, self)),
            initiator=self,
        )

    def strike(self) -> None:
        """Strike the notice chosen in the panel."""
        found, notice = self.selected(), self.panel.notice()
        if found is None or notice is None or notice.struck:
            self.message("请先在下面“公示”里选中登记错的那一条")
            return
        number, uid = found.decision.id, notice.uid
        self._act(
            ReasonDialog(
                self.operations,
                f"划去　{notice.kind} {notice.start} 至 {notice.end}",
                "划去的公示不再算数，记录仍然保留",
                lambda book, reason: decisions.strike(book, number, uid, reason),
                "已划去这条公示",
                self,
            )
        )

    def _act(self, dialog: NoticeDialog | ReasonDialog) -> None:
        dialog.done_text.connect(self._done)
        _open(dialog)

    def open_files(self) -> None:
        """Show the photos and scans of the chosen decision."""
        found = self.selected()
        if found is not None:
            one = found.decision
            owner = Owner(evidence.DECISION, one.uid, one.number)
            dialog = EvidenceDialog(self.operations, owner, DECISIONS, self, fixed=one.state != DRAFT)
            dialog.finished.connect(lambda _code: self.refresh())
            _open(dialog)

    def bring_in(self) -> None:
        """Import a register."""
        dialog = ImportDialog(self.operations, "decisions", self)
        dialog.imported.connect(self._done)
        _open(dialog)

    def open_report(self) -> None:
        """Show the register as a report."""
        year = clock.today().year
        self.open_report_requested.emit("decision-register", Query(Period(year, 1), Period(year, 12)))

    def _write(self, act: Callable[[Book], object], done: str) -> None:
        self.operations.write(act, lambda _made: self._done(done), touches=DECISIONS, initiator=self)

    def _done(self, text: str) -> None:
        self.refresh()
        self.message(text, "success")

    def print_minutes(self) -> None:
        """Print the minutes of the chosen decision's meetings to a PDF."""
        self._print("会议记录", decision_papers.print_minutes)

    def print_resolution(self) -> None:
        """Print the resolution to a PDF."""
        today = clock.today()
        self._print("决议", lambda book, number, path: decision_papers.print_resolution(book, number, path, today))

    def _print(self, what: str, write: Callable[[Book, str, Path], None]) -> None:
        found = self.selected()
        if found is None:
            return
        number = found.decision.number
        proposal = str(Path(machine.text("export_folder")) / f"{what} {number}.pdf")
        path = dialogs.save_file(self, f"打印{what}", proposal, "PDF (*.pdf)")
        if path is not None:
            self.write_paper(what, write, path)

    def write_paper(self, what: str, write: Callable[[Book, str, Path], None], path: Path) -> None:
        """Write a paper of the chosen decision."""
        found = self.selected()
        if found is None:
            return
        number = found.decision.number
        self.operations.write(
            lambda book: write(book, number, path),
            lambda _made: self.message(f"已写出{what}：{path}", "success"),
            touches=LOG,
            initiator=self,
        )


def _read_chosen(found: Standing, book: Book) -> Chosen:
    one = found.decision
    files = list(evidence.evidence(book, evidence.DECISION, one.uid))
    for notice in found.notices:
        files += evidence.evidence(book, evidence.NOTICE, notice.uid)
    return Chosen(
        found, decisions.draws(book, one.number), tuple((row, evidence.state(book, row.file)) for row in files)
    )


def _open(dialog: Dialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
