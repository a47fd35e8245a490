"""决策台账: the list of decisions with how each stands, the chosen one below, and what can be done with it."""

from collections.abc import Callable
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
    QWidget,
)

from village_ledger import clock
from village_ledger.domain.decision import DRAFT, FINAL, VOID
from village_ledger.domain.decision_register import Standing
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Period
from village_ledger.reports.query import Query
from village_ledger.services import decisions, evidence, review_answers
from village_ledger.services.book import Book
from village_ledger.services.decision_vouchers import moved_by
from village_ledger.services.origins import Origin, drawn_by
from village_ledger.ui import theme
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.operations import (
    BUDGETS,
    CONTRACTS,
    DECISIONS,
    PROJECTS,
    REVIEWS,
    SETTINGS,
    VOUCHERS,
    Operations,
)
from village_ledger.ui.page import Page
from village_ledger.ui.tables.text_rows import TextRows
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .acts import DecisionActs
from .panel import Chosen, DecisionPanel
from .rows import FILTERS, RECORD_HEADERS, RECORD_WIDTHS, matches, record_row

_EMPTY = (
    "还没有登记决策。\n四议两公开、成员（代表）大会、理事会等作出的决策登记进来，程序合不合规矩马上看得见，"
    "每一笔钱、每一份合同是凭哪次会议办的，一查便知。\n手头有 Excel 台账的，用“更多 → 导入决策台账”一次导入。"
)


class DecisionsPage(Page):
    """Enter opens the chosen decision, Insert enters a new one."""

    title = "决策台账"
    touched_by = DECISIONS | CONTRACTS | PROJECTS | BUDGETS | VOUCHERS | SETTINGS | REVIEWS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self._standings: tuple[Standing, ...] = ()
        self._wanted = ""
        self.acts = DecisionActs(self, self._done, self.show_decision)
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
        self.files_action = more.addAction(
            "佐证材料…", lambda: self._with(lambda one: self.acts.open_files(one.decision))
        )
        self.strike_action = more.addAction(
            "划去选中的公示…", lambda: self._with(lambda one: self.acts.strike(one.decision, self.panel.notice()))
        )
        self.replace_action = more.addAction(
            "新增代替它的决策…", lambda: self._with(lambda one: self.acts.replace(one.decision))
        )
        self.void_action = more.addAction("作废…", lambda: self._with(lambda one: self.acts.void(one.decision)))
        more.addSeparator()
        self.import_action = more.addAction("导入决策台账…", self.bring_in)
        self.report_action = more.addAction("决策台账表", self.open_report)
        self.rules_action = more.addAction("决策规则…", lambda: self.open_page_requested.emit("decision-rules"))
        self.more_button.setMenu(more)
        self.print_button = self.add_action_button(make_button("打印(&P)", icon="printer"))
        papers = QMenu(self.print_button)
        self.minutes_action = papers.addAction(
            "会议记录…", lambda: self._with(lambda one: self.acts.print_minutes(one.decision))
        )
        self.resolution_action = papers.addAction(
            "决议…", lambda: self._with(lambda one: self.acts.print_resolution(one.decision))
        )
        self.print_button.setMenu(papers)
        self.notice_button = self.add_action_button(
            make_button(
                "公示(&G)",
                icon="flag",
                tip="登记决议公开、结果公开、会前公告",
                on_click=lambda: self._with(self.acts.add_notice),
            )
        )
        self.final_button = self.add_action_button(
            make_button(
                "定稿(&O)", icon="lock", tip="定稿以后内容不能再改", on_click=lambda: self._with(self.acts.finalise)
            )
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
        self.model = TextRows(RECORD_HEADERS, right=(6, 8, 9), parent=self)
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
        self.panel.moved.activated.connect(lambda _index: self.open_voucher())
        self.panel.draws.activated.connect(lambda _index: self.open_draw())

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

    def show_origin(self, origin: Origin) -> None:
        """Choose the decision a voucher's trail leads to; the label ends with its number."""
        self.show_decision(origin.label.rpartition(" ")[2])

    def open_voucher(self) -> None:
        """Show the voucher chosen among those that rest on the decision."""
        moved = self.panel.voucher()
        if moved is not None:
            self.open_voucher_requested.emit(moved.voucher)

    def open_draw(self) -> None:
        """Show the request, contract or project that draws on the decision."""
        draw = self.panel.draw()
        if draw is not None:
            self.operations.read(lambda book: drawn_by(book, draw), self._open_origin)

    def _open_origin(self, origin: Origin | None) -> None:
        if origin is not None:
            self.open_origin_requested.emit(origin)

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
        self.files_action.setEnabled(found is not None)
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
            self.acts.enter(None)

    def open_decision(self) -> None:
        """Open the chosen decision."""
        self._with(lambda one: self.acts.enter(one.decision))

    def _with(self, act: Callable[[Standing], object]) -> None:
        found = self.selected()
        if found is not None:
            act(found)

    def bring_in(self) -> None:
        """Import a register."""
        dialog = ImportDialog(self.operations, "decisions", self)
        dialog.imported.connect(self._done)
        self.acts.open(dialog)

    def open_report(self) -> None:
        """Show the register as a report."""
        year = clock.today().year
        self.open_report_requested.emit("decision-register", Query(Period(year, 1), Period(year, 12)))

    def _done(self, text: str) -> None:
        self.refresh()
        self.message(text, "success")


def _read_chosen(found: Standing, book: Book) -> Chosen:
    one = found.decision
    files = list(evidence.evidence(book, evidence.DECISION, one.uid))
    for notice in found.notices:
        files += evidence.evidence(book, evidence.NOTICE, notice.uid)
    return Chosen(
        found,
        decisions.draws(book, one.number),
        tuple((row, evidence.state(book, row.file)) for row in files),
        moved_by(book, one.number),
        review_answers.standings_on(book, "决策", one.number),
    )
