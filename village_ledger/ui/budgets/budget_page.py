"""The yearly budget: items with what was voted, adjusted and booked, and what can be done with it."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QLabel, QMenu, QStackedWidget, QTableView, QWidget

from village_ledger import clock
from village_ledger.domain.budget import Budget
from village_ledger.domain.budget_execution import Execution
from village_ledger.domain.period import Period
from village_ledger.reports.query import Query
from village_ledger.services import budgets, reception
from village_ledger.services.book import Book
from village_ledger.services.works_rules import reception_rules
from village_ledger.ui import dialogs, theme
from village_ledger.ui.act_dialog import ActDialog
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.operations import ACCOUNTS, BUDGETS, ITEMS, PERIODS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .act_dialogs import AdjustDialog, ApproveDialog
from .budget_dialog import BudgetDialog
from .execution_model import RATE_COLUMN, WIDTHS, ExecutionModel, ExecutionRow, execution_rows, history_texts
from .rate_delegate import RateDelegate
from .reception_dialog import ReceptionDialog

_EMPTY = (
    "{year}年还没有编制预算。\n按“编制预算”列出收支项目和金额，由成员大会审议批准；以后执行到哪、哪一项超支，随时可查，"
    "填凭证时也会提醒。\n手头有 Excel 预算表的，用“更多 → 导入预算”一次导入。"
)


class Shown(NamedTuple):
    """What the page shows of a year: the years there are, the budget carried out, and what should have fallen."""

    years: tuple[int, ...]
    year: int
    execution: Execution | None = None
    rising: tuple[str, ...] = ()


class BudgetPage(Page):
    """Enter adjusts the chosen item of an approved budget, or opens the one being drawn up."""

    title = "年度预算"
    touched_by = BUDGETS | VOUCHERS | PERIODS | ACCOUNTS | ITEMS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self._shown = Shown((), self.facts.open_period.year)
        self._build_actions()
        self._build_bar()
        self._build_table()
        shortcut = QShortcut(QKeySequence("Insert"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.edit)
        self._show_possible()

    def _build_actions(self) -> None:
        self.more_button = self.add_action_button(make_button("更多(&M)", icon="list"))
        more = QMenu(self.more_button)
        self.import_action = more.addAction("导入预算…", self.bring_in)
        more.addAction("预算执行情况表（打印）", self.open_report)
        more.addSeparator()
        self.delete_action = more.addAction("删除未批准的预算…", self.delete)
        self.reception_action = more.addAction("招待支出规则…", self.set_reception)
        self.more_button.setMenu(more)
        self.adjust_button = self.add_action_button(make_button("调整(&J)", icon="swap", on_click=self.adjust))
        self.approve_button = self.add_action_button(make_button("批准(&P)", icon="stamp", on_click=self.approve))
        self.edit_button = self.add_action_button(
            make_button("编制预算(&E)", kind="primary", icon="pen", tip="Insert", on_click=self.edit)
        )

    def _build_bar(self) -> None:
        self.years = QComboBox()
        self.months = QComboBox()
        for month in range(1, 13):
            self.months.addItem(f"执行到 {month}月", month)
        self.state = theme.mark(QLabel(), "muted")
        self.state.setMinimumWidth(1)
        bar = QHBoxLayout()
        bar.setSpacing(theme.current().px("gap"))
        bar.addWidget(self.years)
        bar.addWidget(self.months)
        bar.addWidget(self.state, 1)
        self.body.addLayout(bar)
        self._offer_years(())
        month = self.facts.open_period.month
        self.months.setCurrentIndex(month - 1)
        self.years.activated.connect(lambda _place: self._year_chosen())
        self.months.activated.connect(lambda _place: self.refresh())

    def _build_table(self) -> None:
        look = theme.current()
        self.model = ExecutionModel(self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        self._rate = RateDelegate(self)
        self.table.setItemDelegateForColumn(RATE_COLUMN, self._rate)
        header = self.table.horizontalHeader()
        for column, width in enumerate(WIDTHS):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.empty = EmptyState("")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.history = theme.mark(QLabel(), "muted")
        self.history.setWordWrap(True)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.history)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._chosen())
        self.table.activated.connect(lambda _index: self._open_row())
        self.setFocusProxy(self.table)

    @property
    def year(self) -> int:
        """The year shown."""
        return int(self.years.currentData())

    @property
    def through(self) -> Period:
        """The last month counted."""
        return Period(self.year, int(self.months.currentData()))

    @property
    def budget(self) -> Budget | None:
        """The budget shown."""
        return self._shown.execution.budget if self._shown.execution else None

    def _offer_years(self, known: tuple[int, ...]) -> None:
        chosen = self.years.currentData() or self.facts.open_period.year
        now = self.facts.open_period.year
        wanted = sorted({*known, now, now + 1, self.facts.entity.first_period.year, chosen}, reverse=True)
        self.years.clear()
        for year in wanted:
            self.years.addItem(f"{year}年", year)
        self.years.setCurrentIndex(self.years.findData(chosen))

    def _year_chosen(self) -> None:
        now = self.facts.open_period
        self.months.setCurrentIndex(now.month - 1 if self.year == now.year else 11)
        self.refresh()

    def refresh(self) -> None:
        """Read the budget of the year anew, keeping the choice."""
        year, through = self.year, self.through
        self.operations.read(partial(_read, year, through), self._take, topic="budget")

    def show_year(self, year: int) -> None:
        """Show another year's budget."""
        if self.years.findData(year) < 0:
            self.years.insertItem(0, f"{year}年", year)
        self.years.setCurrentIndex(self.years.findData(year))
        self.refresh()

    def _take(self, shown: Shown) -> None:
        self._shown = shown
        self._offer_years(shown.years)
        before = self.selected()
        done = shown.execution
        rows = execution_rows(done, self.facts.chart) if done else []
        self.model.show_rows(rows)
        self.empty.setText(_EMPTY.format(year=shown.year))
        self.stack.setCurrentWidget(self.table if done else self.empty)
        wanted = before.code if before and before.code else next((row.code for row in rows if row.code), "")
        select_row(self.table, self.model.find(lambda row: bool(wanted) and row.code == wanted))
        self.state.setText(self._state_words())
        self._warn()
        self._chosen()
        self._show_possible()

    def _state_words(self) -> str:
        budget = self.budget
        if budget is None:
            return ""
        words = f"已由 {budget.decision} 批准（{budget.approved}）" if budget.is_approved else "还没有批准，可以修改"
        return f"{words}{'，' + budget.note if budget.note else ''}"

    def _warn(self) -> None:
        done = self._shown.execution
        over = [one.item.name for one in done.rows if one.is_overspent] if done else []
        texts = [f"超支：{'、'.join(over)}"] if over else []
        texts += self._shown.rising
        if texts:
            self.message("；".join(texts), "warning")
        else:
            self.clear_message()

    def selected(self) -> ExecutionRow | None:
        """The chosen row."""
        return self.model.value(self.table.currentIndex().row())

    def _chosen(self) -> None:
        row, budget = self.selected(), self.budget
        texts = history_texts(budget, row) if row is not None and budget is not None else []
        name = row.texts[1] if row else ""
        self.history.setText(f"{name}：{'；'.join(texts)}" if texts else "")
        self.history.setVisible(bool(texts))

    def _show_possible(self) -> None:
        writable, budget = not self.facts.read_only, self.budget
        approved = budget is not None and budget.is_approved
        self.edit_button.setEnabled(writable and not approved)
        self.edit_button.setText("修改预算(&E)" if budget and not approved else "编制预算(&E)")
        self.approve_button.setEnabled(writable and budget is not None and not approved)
        self.adjust_button.setEnabled(writable and approved)
        self.import_action.setEnabled(writable)
        self.reception_action.setEnabled(writable)
        self.delete_action.setEnabled(writable and budget is not None and not approved)

    def _open_row(self) -> None:
        row, budget = self.selected(), self.budget
        if row is None or budget is None:
            return
        if row.account:
            self._open_ledger(row.account)
        elif budget.is_approved and row.item and row.item.accounts:
            self._open_ledger(row.item.accounts[0])
        elif not budget.is_approved:
            self.edit()

    def _open_ledger(self, account: str) -> None:
        self.open_report_requested.emit("subsidiary-ledger", Query(Period(self.year, 1), self.through, account))

    def edit(self) -> None:
        """Draw up the year's budget, or change it before it is approved."""
        if not self.edit_button.isEnabled():
            return
        dialog = BudgetDialog(self.operations, self.budget or Budget(self.year), self)
        dialog.saved.connect(self._saved)
        _open(dialog)

    def _saved(self, year: int) -> None:
        self.show_year(year)
        self.message(f"{year}年预算已保存，成员大会通过后按“批准”登记决策文号", "success")

    def approve(self) -> None:
        """Note the decision that approves the budget."""
        if self.budget is not None:
            self._act(ApproveDialog(self.operations, self.budget, clock.today(), self))

    def adjust(self) -> None:
        """Adjust the chosen item."""
        row, budget = self.selected(), self.budget
        if budget is not None and self.adjust_button.isEnabled():
            self._act(AdjustDialog(self.operations, budget, row.code if row else "", clock.today(), self))

    def _act(self, dialog: ActDialog) -> None:
        dialog.done_text.connect(self._done)
        _open(dialog)

    def _done(self, text: str) -> None:
        self.refresh()
        self.message(text, "success")

    def bring_in(self) -> None:
        """Import budgets from a sheet."""
        dialog = ImportDialog(self.operations, "budget", self)
        dialog.imported.connect(self._done)
        _open(dialog)

    def delete(self) -> None:
        """Remove a budget that was not approved."""
        year = self.year
        if dialogs.ask(self, "删除预算", f"{year}年还没有批准的预算会被删除。", accept="删除", danger=True):
            self.operations.write(
                lambda book: budgets.delete_budget(book, year),
                lambda _done: self._done(f"已删除 {year}年预算"),
                touches=BUDGETS,
                initiator=self,
            )

    def set_reception(self) -> None:
        """Say whether the village may have reception at all."""
        today = clock.today()
        self.operations.read(
            lambda book: reception_rules(book, today),
            lambda now: self._act(ReceptionDialog(self.operations, now, today, self)),
            initiator=self,
        )

    def open_report(self) -> None:
        """Show the printed form."""
        self.open_report_requested.emit("budget-execution", Query(Period(self.year, 1), self.through))


def _read(year: int, through: Period, book: Book) -> Shown:
    known = budgets.years(book)
    if year not in known:
        return Shown(known, year)
    return Shown(known, year, budgets.execution(book, year, through), reception.only_fall(book, through))


def _open(dialog: Dialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
