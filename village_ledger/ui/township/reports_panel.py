"""The books and statements of a village's month, or its registers as handed over: a list of names and the report."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.period import Period
from village_ledger.domain.review import Comment
from village_ledger.reports.model import Report, Row
from village_ledger.reports.query import Query
from village_ledger.reports.registry import KINDS
from village_ledger.services.township import ledgers, months
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.months import Month
from village_ledger.services.township.subjects import SUBJECTS
from village_ledger.ui import theme
from village_ledger.ui.tables.report_view import ReportView
from village_ledger.ui.widgets.button import make_button

from .operations import DeskOperations

_ORDER = ("报表", "账簿", "往来", "凭证")
_LEDGER = "subsidiary-ledger"
_YEARLY = frozenset({"income-distribution"})


class _Shown(NamedTuple):
    """What is on the screen: which report, over which months, of which account."""

    key: str
    start: Period
    account: str = ""


class ReportsPanel(QWidget):
    """Books and statements (`registers=False`) or registers; `comment_wanted(draft)`, `voucher_requested(label)`."""

    comment_wanted = Signal(object)
    voucher_requested = Signal(str)

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None, *, registers: bool) -> None:
        super().__init__(parent)
        look = theme.current()
        self._operations = operations
        self._registers = registers
        self._month: Month | None = None
        self._report: Report | None = None
        self._shown: _Shown | None = None
        self._trail: list[_Shown] = []
        self.names = QListWidget()
        self.names.setAccessibleName("账表")
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view = ReportView()
        self.head = theme.mark(QLabel(), "strong")
        self.head.setMinimumWidth(1)
        self.proof = theme.mark(QLabel(), "hint")
        self.proof.setMinimumWidth(1)
        self.back_button = make_button("回到上一张", kind="quiet", icon="back", on_click=self.step_back)
        self.back_button.hide()
        self.yearly = QCheckBox("从 1 月起(&Y)")
        self.yearly.setVisible(not registers)
        self.comment_button = make_button("对这一行加意见(&L)…", kind="quiet", icon="pen", on_click=self._comment)
        top = QHBoxLayout()
        top.setContentsMargins(0, look.px("gap_small"), 0, 0)
        for widget in (self.back_button, self.head):
            top.addWidget(widget)
        top.addStretch(1)
        for widget in (self.yearly, self.comment_button):
            top.addWidget(widget)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(look.px("gap"), 0, 0, 0)
        column.setSpacing(look.px("gap_small"))
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self.proof)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.names)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([look.scaled(190), look.scaled(900)])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, look.px("gap"), 0, 0)
        box.addWidget(split, 1)
        self.setFocusProxy(self.names)
        self.names.currentItemChanged.connect(lambda _now, _before: self._choose())
        self.names.itemActivated.connect(lambda _item: self.view.setFocus())
        self.yearly.toggled.connect(lambda _on: self._choose())
        self.view.opened.connect(self._open_row)

    def show_month(self, month: Month) -> None:
        """Offer the reports of a month and show the one that was chosen before."""
        chosen = self._chosen()
        self._month = month
        if self._registers:
            named = [(one.key, one.title) for one in month.registers]
        else:
            kinds = sorted((one for one in KINDS if not one.needs_account), key=lambda one: _ORDER.index(one.group))
            named = [(one.key, one.title) for one in kinds]
        self.names.blockSignals(True)
        self.names.clear()
        for key, title in named:
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.names.addItem(item)
        keys = [key for key, _title in named]
        if keys:
            self.names.setCurrentRow(keys.index(chosen) if chosen in keys else 0)
        self.names.blockSignals(False)
        self._choose()

    def subject(self) -> Comment | None:
        """The chosen row, or the report, as what a comment is about."""
        month, report, shown = self._month, self._report, self._shown
        if month is None or report is None or shown is None:
            return None
        kind, name = SUBJECTS.get(shown.key, ("账表", ""))
        row = self.view.current()
        if name and row is not None and row.kind == "line":
            place = next((number for number, one in enumerate(report.columns) if one.key == name), -1)
            told = str(row.cells[place] or "") if 0 <= place < len(row.cells) else ""
            if told:
                return Comment("", month.period, kind, told, told, "")
        return Comment("", month.period, "账表", shown.key, report.title, "")

    def step_back(self) -> None:
        """Back to the report this one was opened from."""
        if self._trail:
            self._ask(self._trail.pop())

    def _chosen(self) -> str:
        item = self.names.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def _choose(self) -> None:
        month, key = self._month, self._chosen()
        if month is not None and key:
            self._trail.clear()
            yearly = key in _YEARLY or self.yearly.isChecked()
            self._ask(_Shown(key, month.period.january if yearly else month.period))

    def _ask(self, wanted: _Shown) -> None:
        month = self._month
        if month is None:
            return
        self._shown = wanted
        self.back_button.setVisible(bool(self._trail))
        village, end = month.village, month.period
        query = Query(wanted.start, end, account=wanted.account)
        self._operations.read(
            lambda desk: ledgers.village_report(desk, village, wanted.key, query), self._show, topic="report"
        )

    def _show(self, report: Report) -> None:
        self._report = report
        self.head.setText(f"{report.title}　{report.as_of}　单位：{report.unit}")
        self.proof.setText("　".join((*report.notes, report.footer)))
        self.proof.setToolTip(report.footer)
        self.view.show_report(report)
        facts = self._operations.facts
        self.comment_button.setVisible(facts is not None and not facts.read_only)
        self.comment_button.setText("对这一行加意见(&L)…" if self._registers else "对这张表加意见(&L)…")

    def _comment(self) -> None:
        draft = self.subject()
        if draft is not None:
            self.comment_wanted.emit(draft)

    def _open_row(self, row: Row) -> None:
        """Statement line to ledger, ledger line to voucher, register row to its voucher."""
        shown, month, report = self._shown, self._month, self._report
        if shown is None or month is None or report is None:
            return
        target = row.target
        if target is None:
            label = self._label_in(row, report)
            if label:
                self.voucher_requested.emit(label)
            return
        if target.kind == "voucher":
            village, number = month.village, target.voucher

            def read(desk: Desk) -> str:
                return months.label_of(desk, village, number)

            self._operations.read(read, self.voucher_requested.emit, topic="voucher", initiator=self)
        elif target.codes:
            self._trail.append(shown)
            self._ask(_Shown(_LEDGER, shown.start, target.codes[0]))

    @staticmethod
    def _label_in(row: Row, report: Report) -> str:
        place = next((number for number, one in enumerate(report.columns) if one.key == "voucher"), -1)
        return str(row.cells[place] or "") if 0 <= place < len(row.cells) else ""
