"""折旧与摊销: what a month must charge, card by card; run it, undo it, and the months done."""

from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QMenu, QSplitter, QTableView, QWidget

from village_ledger.domain.assets.standing import months_left
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Period
from village_ledger.reports.query import Query
from village_ledger.services import asset_runs
from village_ledger.services.asset_runs import Plan, PlanLine, RunResult, RunStatus
from village_ledger.services.book import Book
from village_ledger.services.origins import Origin
from village_ledger.ui import dialogs, theme
from village_ledger.ui.operations import ACCOUNTS, ASSETS, PERIODS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.amount_text import quantity_text
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.period_picker import PeriodPicker
from village_ledger.ui.widgets.table import dress_table

from .usage_dialog import UsageDialog


class PlanModel(RowsModel[PlanLine]):
    """What each card is charged."""

    headers = ("资产编号", "资产名称", "原值", "累计折旧", "本月折旧", "剩余月数", "工作量", "费用科目")
    sides = "llrrrrrl"
    widths = (84, 150, 108, 108, 100, 78, 78, 78)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.period = Period(2000, 1)

    def cell(self, value: PlanLine, column: int) -> str:
        """The text of a cell."""
        now, card = value.before, value.before.card
        left = months_left(now, self.period.previous)
        return (
            card.code,
            card.name,
            format_fen(now.original_fen),
            format_fen(now.accumulated_fen),
            format_fen(value.fen),
            str(left) if left else "",
            f"{quantity_text(value.units)} {card.units_name}".strip() if value.units else "",
            card.expense_account,
        )[column]


class RunsModel(RowsModel[RunStatus]):
    """The months done, newest first."""

    headers = ("月份", "资产", "金额", "凭证", "状态")
    sides = "lrrll"
    widths = (106, 46, 96, 90, 72)

    def cell(self, value: RunStatus, column: int) -> str:
        """The text of a cell."""
        run, booking = value.run, value.booking
        return (
            run.period.label,
            str(len(run.lines)),
            format_fen(run.total_fen),
            booking.label.rpartition(" ")[2] or (f"草稿 {booking.draft}" if booking.draft else ""),
            booking.state,
        )[column]

    def look(self, value: RunStatus, column: int, role: int) -> Any:
        """A voucher that is gone is marked."""
        if role == Qt.ItemDataRole.ForegroundRole and column == 4:
            tone = {"已记账": "success", "待记账": "warning"}.get(value.booking.state, "danger")
            return theme.current().colour(tone)
        return None


_UNITS = 6


class _Shown(NamedTuple):
    plan: Plan
    runs: tuple[RunStatus, ...]
    by_units: bool


class DepreciationPage(Page):
    """A month above, its plan at the left, the months done at the right."""

    title = "折旧与摊销"
    touched_by = ASSETS | VOUCHERS | ACCOUNTS | PERIODS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self._plan: Plan | None = None
        self.more_button = self.add_action_button(make_button("更多(&M)", icon="list"))
        menu = QMenu(self.more_button)
        self.usage_action = menu.addAction("登记工作量…", self.record_usage)
        menu.addAction("折旧（摊销）计算表", self._open_schedule)
        self.more_button.setMenu(menu)
        self.undo_button = self.add_action_button(make_button("撤销计提(&U)", icon="undo", on_click=self.undo))
        self.run_button = self.add_action_button(
            make_button("计提折旧(&J)", kind="primary", icon="check", on_click=self.run)
        )
        self.picker = PeriodPicker()
        facts = self.facts
        self.picker.set_years(facts.entity.first_period.year, facts.open_period.year + 1)
        self.picker.set_period(facts.open_period)
        self.picker.changed.connect(lambda _period: self.refresh())
        self.sum = theme.mark(QLabel(), "strong")
        self.words = theme.mark(QLabel(), "muted")
        self.words.setWordWrap(True)
        bar = QHBoxLayout()
        bar.setSpacing(look.px("gap"))
        bar.addWidget(self.picker)
        bar.addWidget(self.sum)
        bar.addWidget(self.words, 1)
        self.model, self.done = PlanModel(self), RunsModel(self)
        self.table, self.runs = QTableView(), QTableView()
        for view, model, stretched in ((self.table, self.model, 1), (self.runs, self.done, 3)):
            dress_table(view)
            view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
            view.setModel(model)
            for column, width in enumerate(model.widths):
                view.horizontalHeader().resizeSection(column, look.scaled(width))
            view.horizontalHeader().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(self.runs)
        split.setStretchFactor(0, 1)
        split.setSizes([look.scaled(740), look.scaled(410)])
        self.body.addLayout(bar)
        self.body.addWidget(split, 1)
        self.setFocusProxy(self.picker)
        self.runs.activated.connect(lambda index: self._open_voucher(self.done.value(index.row())))

    @property
    def month(self) -> Period:
        """The month chosen."""
        return self.picker.period()

    def refresh(self) -> None:
        """Work the month out anew."""
        month = self.month

        def ask(book: Book) -> _Shown:
            return _Shown(asset_runs.plan(book, month), asset_runs.runs(book), asset_runs.has_units(book))

        self.operations.read(ask, self._show, topic="plan")

    def show_origin(self, origin: Origin) -> None:
        """Show the month a voucher comes from."""
        if origin.period:
            self.picker.set_period(origin.period)
            self.refresh()

    def _show(self, shown: _Shown) -> None:
        plan = self._plan = shown.plan
        self.model.period = plan.period
        self.model.show_rows(plan.lines)
        self.done.show_rows(shown.runs)
        self.table.setColumnHidden(_UNITS, not shown.by_units)
        done = next((one for one in shown.runs if one.run.period == plan.period), None)
        if done:
            self.sum.setText(f"{plan.period.label}已计提 {format_fen(done.run.total_fen)}")
        else:
            self.sum.setText(f"应提 {format_fen(plan.total_fen)}" if plan.lines else "")
        self.words.setText(_words(plan))
        writable = not self.facts.read_only
        self.run_button.setEnabled(writable and bool(plan.lines) and not plan.obstacle)
        self.undo_button.setEnabled(writable and done is not None)
        self.usage_action.setEnabled(writable and shown.by_units and done is None)

    def run(self) -> None:
        """Charge the month."""
        month = self.month
        self.operations.long(
            lambda book, progress: asset_runs.depreciate(book, month, progress),
            self._ran,
            title=f"正在计提{month.label}折旧",
            touches=ASSETS | VOUCHERS,
            initiator=self,
        )

    def _ran(self, result: RunResult) -> None:
        self.refresh()
        made = result.run
        text = f"{made.period.label}折旧和摊销 {len(made.lines)} 项，合计 {format_fen(made.total_fen)}，"
        if result.adopted:
            text += f"已关联手工记账的凭证 {'、'.join(result.adopted)}"
        else:
            text += "凭证草稿已生成，等待审核记账"
        self.message("\n".join([text, *result.notes]), "success")

    def undo(self) -> None:
        """Undo the month's run."""
        month = self.month
        if not dialogs.ask(self, "撤销计提", f"撤销 {month.label} 的折旧和摊销，凭证草稿一并删除。", accept="撤销"):
            return
        self.operations.write(
            lambda book: asset_runs.undo(book, month),
            lambda _done: self._undone(month),
            touches=ASSETS | VOUCHERS,
            initiator=self,
            disable=(self.undo_button,),
        )

    def _undone(self, month: Period) -> None:
        self.refresh()
        self.message(f"已撤销 {month.label} 的计提", "success")

    def record_usage(self) -> None:
        """Enter the units produced in the month."""
        dialog = UsageDialog(self.operations, self.month, self)
        dialog.saved.connect(self.refresh)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _open_schedule(self) -> None:
        self.open_report_requested.emit("depreciation-schedule", Query(self.month, self.month))

    def _open_voucher(self, status: RunStatus | None) -> None:
        if status is None:
            return
        if status.booking.voucher:
            self.open_voucher_requested.emit(status.booking.voucher)
        elif status.booking.draft:
            self.open_draft_requested.emit(status.booking.draft)


def _words(plan: Plan) -> str:
    if plan.obstacle:
        return plan.obstacle
    parts = []
    if not plan.lines:
        parts.append("这个月没有需要计提折旧或摊销的资产")
    if plan.caught_up:
        parts.append(f"{'、'.join(month.label for month in plan.caught_up[:3])}还没有计提")
    if plan.without_units:
        parts.append(f"还没有登记工作量：{'、'.join(plan.without_units[:3])}")
    return "；".join(parts)
