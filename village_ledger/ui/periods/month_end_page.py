"""Month-end: the list of months, the check list of the one to close, closing, reopening, handing over."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from village_ledger.domain.closing import CloseCheck
from village_ledger.domain.errors import Refusal
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Draft
from village_ledger.reports.query import Query
from village_ledger.services import periods
from village_ledger.services.book import Book
from village_ledger.services.catalog import chart_definition
from village_ledger.services.periods import CloseResult, PeriodStatus
from village_ledger.ui import dialogs, theme
from village_ledger.ui.check_list import PLACES
from village_ledger.ui.hand_over_dialog import HandOverDialog
from village_ledger.ui.operations import BACKUPS, OPENINGS, PERIODS, REVIEWS, SETTINGS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.table import dress_table, select_row

from .carry_preview import CarryPreview
from .closing_sheet import ClosingSheet, ClosingSheetDialog, read_sheet
from .distribution_dialog import DistributionDialog, Result, read_result
from .month_panel import MonthPanel
from .months_model import MonthsModel
from .reopen_dialog import ReopenDialog

_Closed = tuple[CloseResult, ClosingSheet | None]


class MonthEndPage(Page):
    """Months on the left, the chosen one on the right."""

    title = "月末结账"
    touched_by = PERIODS | VOUCHERS | OPENINGS | SETTINGS | REVIEWS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self.model = MonthsModel(self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        self.table.setFixedWidth(look.scaled(310))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(1, look.scaled(100))
        header.resizeSection(2, look.scaled(76))
        self.panel = MonthPanel()
        row = QHBoxLayout()
        row.setSpacing(look.px("gap_large"))
        row.addWidget(self.table)
        right = QVBoxLayout()
        right.setSpacing(look.px("gap"))
        right.addWidget(self.panel, 1)
        right.addWidget(self.panel.close_row)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)
        self.setFocusProxy(self.table)
        self._carried: tuple[Draft, ...] = ()
        self._months: tuple[PeriodStatus, ...] = ()
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._show_month())
        panel = self.panel
        panel.place_wanted.connect(self._go_to)
        panel.again_button.clicked.connect(self.refresh)
        panel.close_wanted.connect(self.close_month)
        panel.preview_wanted.connect(self.preview)
        panel.distribution_wanted.connect(self.distribute)
        panel.sheet_wanted.connect(self.show_sheet)
        panel.reopen_wanted.connect(self.reopen)
        panel.hand_over_wanted.connect(self.hand_over)
        panel.export_wanted.connect(lambda: self.export_requested.emit(self.chosen))

    @property
    def status(self) -> PeriodStatus | None:
        """The chosen month's state."""
        return self.model.value(self.table.currentIndex().row())

    @property
    def chosen(self) -> Period:
        """The chosen month."""
        status = self.status
        return status.period if status else self.facts.open_period

    def refresh(self) -> None:
        """Read the months again; the chosen one stays chosen."""
        self.operations.read(periods.periods, self._show_months, topic="months")

    def _show_months(self, months: tuple[PeriodStatus, ...]) -> None:
        first_time = self.model.rowCount() == 0
        before = self.facts.open_period if first_time else self.chosen
        self._months = months
        self.model.show_months(months, self.facts.open_period)
        row = self.model.row_of(before)
        select_row(self.table, row if row >= 0 else self.model.row_of(self.facts.open_period))

    def _show_month(self) -> None:
        status = self.status
        if status is None:
            return
        closed = [one.period for one in self._months if one.closed]
        writable = not self.facts.read_only
        self.panel.show_month(status, self.facts.open_period, closed[-1] if closed else None, writable=writable)
        if status.period == self.facts.open_period:
            month = status.period
            self.panel.close_button.setEnabled(False)
            self.operations.read(
                lambda book: (periods.close_checks(book, month), periods.carry_preview(book, month)),
                self._show_checks,
                topic="checks",
            )

    def _show_checks(self, found: tuple[tuple[CloseCheck, ...], tuple[Draft, ...]]) -> None:
        checks, self._carried = found
        self.panel.show_checks(checks, self._carried, writable=not self.facts.read_only)

    def _go_to(self, code: str) -> None:
        key = PLACES[code][0]
        month = self.chosen
        if code == "pending-loss":
            account = chart_definition(self.facts.entity.chart).roles.pending_loss
            self.open_report_requested.emit(key, Query(month.january, month, account))
        elif key in {"voucher-list", "exceptions-list"}:
            self.open_page_requested.emit(key)
        else:
            self.open_report_requested.emit(key, Query(month, month))

    def preview(self) -> None:
        """Show the vouchers closing will make."""
        self._open(CarryPreview(self.chosen, self._carried, self.facts.chart, self))

    def close_month(self) -> None:
        """Close the open month."""
        month = self.facts.open_period
        extra = "\n这是 12 月：还会把本年收益转入未分配收益，并开始新的一年。" if month.is_year_end else ""
        if not dialogs.ask(
            self,
            f"结 {month.label} 的账",
            f"结账后，{month.label}就不能再增加或修改凭证了。结账前会再检查一遍，结账后自动备份账套。{extra}",
            accept="结账",
        ):
            return

        def close(book: Book, progress: periods.Progress) -> _Closed:
            result = periods.close(book, month, progress)
            return result, read_sheet(book, month, result)

        self.operations.long(
            close,
            self._closed,
            title=f"正在结 {month.label} 的账",
            touches=PERIODS | VOUCHERS | BACKUPS,
            initiator=self,
            on_failed=self._failed,
        )

    def _closed(self, closed: _Closed) -> None:
        result, sheet = closed
        if result.backup_problem:
            self.message(result.backup_problem, "warning")
        else:
            self.message(f"{result.period.label}已结账", "success")
        self.refresh()
        self._show_sheet(sheet)

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")
        self.refresh()

    def show_sheet(self) -> None:
        """Show the closing sheet of the chosen month again."""
        month = self.chosen
        self.operations.read(lambda book: read_sheet(book, month), self._show_sheet, topic="sheet")

    def _show_sheet(self, sheet: ClosingSheet | None) -> None:
        if sheet is not None:
            dialog = ClosingSheetDialog(self.facts.entity.name, sheet, self)
            dialog.notice_wanted.connect(lambda: self.open_page_requested.emit("disclosure"))
            self._open(dialog)

    def reopen(self) -> None:
        """Reopen the last closed month."""
        status = self.status
        if status is not None:
            dialog = ReopenDialog(self.operations, status, self)
            dialog.reopened.connect(self._reopened)
            self._open(dialog)

    def _reopened(self) -> None:
        self.message(f"{self.chosen.label}已反结账，改完后请重新结账", "warning")
        self.refresh()

    def hand_over(self) -> None:
        """Hand the chosen month over to the township."""
        dialog = HandOverDialog(self.operations, self.chosen, self)
        dialog.place_wanted.connect(self.open_page_requested)
        dialog.marked.connect(self._handed_over)
        self._open(dialog)

    def _handed_over(self, text: str) -> None:
        self.message(text, "success")
        self.refresh()

    def distribute(self) -> None:
        """Work out the distribution of the year's income."""
        year = self.facts.open_period.year
        self.operations.read(lambda book: read_result(book, year), self._show_distribution, topic="year")

    def _show_distribution(self, result: Result) -> None:
        dialog = DistributionDialog(self.operations, result, self)
        dialog.saved.connect(self._distributed)
        self._open(dialog)

    def _distributed(self, draft: Draft) -> None:
        missing = "" if all(line.account for line in draft.lines) else "“其他分配”那一行请补上科目，"
        self.refresh()
        self.message_bar.show_message(
            f"收益分配凭证已存为草稿，{missing}请审核、记账后再结账",
            "success",
            "打开凭证",
            lambda: self.open_draft_requested.emit(draft.id),
        )

    def _open(self, dialog: dialogs.Dialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
