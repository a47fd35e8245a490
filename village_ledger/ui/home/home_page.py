"""The first page: the month's four steps, the money there is, what to attend to, the last twelve months."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.services import vouchers
from village_ledger.services.periods import PeriodStatus
from village_ledger.ui import dialogs, theme
from village_ledger.ui.operations import (
    ACCOUNTS,
    BACKUPS,
    CONTRACTS,
    DISCLOSURES,
    OPENINGS,
    PERIODS,
    REQUESTS,
    REVIEWS,
    SETTINGS,
    VOUCHERS,
    Operations,
)
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.bar_chart import BarChart, Bars, Legend
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card

from .step_card import StepCard
from .summary import FundRow, HomeSummary, Notice, read_summary

_WEEKDAYS = "一二三四五六日"


class HomePage(Page):
    """What a village accountant needs to see in the morning."""

    title = "首页"
    touched_by = (
        VOUCHERS | PERIODS | SETTINGS | ACCOUNTS | OPENINGS | BACKUPS | CONTRACTS | REQUESTS | DISCLOSURES | REVIEWS
    )

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self.add_action_button(
            make_button("导出本月账表", icon="export", on_click=lambda: self.export_requested.emit(None))
        )
        self.steps = (
            StepCard("1", "填制凭证", "pen", "新增凭证"),
            StepCard("2", "审核", "check", "去审核"),
            StepCard("3", "记账", "stamp", "全部记账"),
            StepCard("4", "月末结账", "calendar", "去结账"),
        )
        fill, review, post, close = self.steps
        fill.wanted.connect(lambda: self.open_draft_requested.emit(0))
        review.wanted.connect(lambda: self.open_page_requested.emit("voucher-list"))
        post.wanted.connect(self.post)
        close.wanted.connect(lambda: self.open_page_requested.emit("month-end"))
        steps = QHBoxLayout()
        steps.setSpacing(look.px("gap_large"))
        for step in self.steps:
            steps.addWidget(step, 1)
        self._funds = Card("货币资金")
        self._funds_total = theme.mark(QLabel(), "figure")
        self._funds.corner.addWidget(self._funds_total)
        self._funds_rows = QGridLayout()
        self._funds_rows.setVerticalSpacing(0)
        self._funds.body.addLayout(self._funds_rows)
        self._funds.body.addStretch(1)
        self._notices = Card("提醒")
        self._notice_rows = QVBoxLayout()
        self._notices.body.addLayout(self._notice_rows)
        self._notices.body.addStretch(1)
        self._backup = theme.mark(QLabel(), "hint")
        self._notices.body.addWidget(self._backup)
        self._months = Card("最近十二个月的收入与支出")
        self._months.corner.addWidget(Legend((("收入", "income"), ("支出", "expense"))))
        self._chart = BarChart(("income", "expense"))
        self._months.body.addWidget(self._chart, 1)
        self._month_row = QHBoxLayout()
        self._month_row.setSpacing(look.px("gap"))
        self._months.body.addLayout(self._month_row)
        middle = QHBoxLayout()
        middle.setSpacing(look.px("gap_large"))
        middle.addWidget(self._funds, 1)
        middle.addWidget(self._notices, 1)
        inner = QWidget()
        inner.setObjectName("ScrollBody")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, look.px("gap"))
        column.setSpacing(look.px("gap_large"))
        column.addLayout(steps)
        column.addLayout(middle)
        column.addWidget(self._months, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self.body.addWidget(area, 1)

    def refresh(self) -> None:
        """Read the summary anew."""
        self.operations.read(read_summary, self._show, topic="home")

    def take_focus(self) -> None:
        """The button for a new voucher."""
        self.steps[0].button.setFocus()

    def post(self) -> None:
        """Post every reviewed voucher after asking."""
        count = self.steps[2].count
        question = dialogs.question(
            self,
            "记账",
            f"把 {count} 张已审核的凭证记账？\n记账后不能再修改，只能用红字冲销更正。",
            accept="记账",
        )
        question.accepted.connect(self._post_now)
        question.open()

    def _post_now(self) -> None:
        self.operations.long(
            lambda book, progress: vouchers.post(book, None, progress),
            self._posted,
            title="正在记账",
            touches=VOUCHERS,
            initiator=self,
        )

    def _posted(self, posted: tuple[object, ...]) -> None:
        self.message(f"已记账 {len(posted)} 张凭证。", "success")
        self.refresh()

    def _show(self, summary: HomeSummary) -> None:
        today = summary.today
        self.set_title(
            f"{summary.month.label}的账",
            f"今天 {today.year}年{today.month}月{today.day}日 星期{_WEEKDAYS[today.weekday()]}",
        )
        writable = not self.facts.read_only
        fill, review, post, close = self.steps
        fill.show_count(summary.posted, f"本月已记账 {summary.posted} 张", enabled=writable)
        waits = "没有等待审核的草稿" if not summary.drafts else f"{summary.drafts} 张草稿等待审核"
        review.show_count(summary.drafts, waits, urgent=bool(summary.drafts), enabled=bool(summary.drafts))
        waits = "没有等待记账的凭证" if not summary.reviewed else f"{summary.reviewed} 张已审核，等待记账"
        ready = bool(summary.reviewed)
        post.show_count(summary.reviewed, waits, urgent=ready, enabled=ready and writable)
        rest = summary.drafts + summary.reviewed
        waits = (
            "先把草稿审核、记账" if rest else f"{summary.month.label}可以结账" if summary.posted else "本月还没有凭证"
        )
        close.show_count(0, waits, urgent=not rest and bool(summary.posted), enabled=writable)
        self._show_funds(summary)
        self._show_notices(summary)
        self._show_months(summary)

    def _show_funds(self, summary: HomeSummary) -> None:
        _empty(self._funds_rows)
        self._funds_total.setText(f"{format_fen(summary.funds_fen)} 元")
        for number, fund in enumerate(summary.funds):
            self._funds_rows.addWidget(self._fund_button(fund), number, 0)
            amount = theme.mark(QLabel(format_fen(fund.closing_fen)), "danger" if fund.closing_fen < 0 else "amount")
            amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._funds_rows.addWidget(amount, number, 1)
        self._funds_rows.setColumnStretch(0, 1)

    def _fund_button(self, fund: FundRow) -> QPushButton:
        button = make_button(fund.name, kind="row", tip="打开日记账")
        button.setIcon(theme.icon("cash" if fund.journal == "cash-journal" else "bank", "accent"))
        button.clicked.connect(lambda: self.open_page_requested.emit(fund.journal))
        return button

    def _show_notices(self, summary: HomeSummary) -> None:
        _empty(self._notice_rows)
        for notice in summary.notices:
            self._notice_rows.addWidget(self._notice_row(notice))
        if not summary.notices:
            row = theme.mark(QLabel("没有需要处理的事项。"), "success")
            self._notice_rows.addWidget(row)
        self._backup.setText(f"最近备份：{summary.last_backup}")
        self._backup.setVisible(bool(summary.last_backup))

    def _notice_row(self, notice: Notice) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        mark = QLabel()
        side = theme.current().px("icon")
        mark.setPixmap(theme.icon("warning", notice.kind).pixmap(side, side))
        words = theme.mark(QLabel(notice.text), "danger" if notice.kind == "danger" else "body")
        words.setWordWrap(True)
        line.addWidget(mark)
        line.addWidget(words, 1)
        if notice.page:
            action = make_button(notice.action, kind="quiet")
            action.clicked.connect(lambda: self.open_page_requested.emit(notice.page))
            line.addWidget(action)
        return row

    def _show_months(self, summary: HomeSummary) -> None:
        _empty(self._month_row)
        bars = []
        for status, (income, expense) in zip(summary.months, summary.results, strict=True):
            self._month_row.addWidget(_month_chip(status), 1)
            tip = f"{status.period.label}\n收入 {format_fen(income)} 元\n支出 {format_fen(expense)} 元"
            bars.append(Bars((income, expense), tip))
        self._chart.show_bars(tuple(bars))


def _month_chip(status: PeriodStatus) -> QLabel:
    state = "已结账" if status.closed else "未结账"
    note = " · 已上报" if status.handed_over else ""
    chip = QLabel(f"<b>{status.period.month}月</b><br>{state}")
    chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
    chip.setToolTip(f"{status.period.label}：{state}{note}，已记账 {status.posted} 张")
    return theme.mark(chip, "month-closed" if status.closed else "month-open")


def _empty(layout: QGridLayout | QHBoxLayout | QVBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.deleteLater()
