"""A month of a village: statements and books, vouchers, registers, comments, doubts, and the package it rests on."""

from PySide6.QtWidgets import QLabel, QTabWidget, QWidget

from village_ledger.domain.period import Period
from village_ledger.domain.review import Comment
from village_ledger.services.township import months
from village_ledger.services.township.months import Month
from village_ledger.ui import shortcuts, theme
from village_ledger.ui.widgets.button import make_button

from .comment_dialog import CommentDialog
from .comments_panel import CommentsPanel
from .doubts_view import DoubtsView
from .operations import COMMENTS, DOUBTS, RECEIVED, DeskOperations
from .package_panel import PackagePanel
from .page import DeskPage
from .reports_panel import ReportsPanel
from .send_dialog import SendDialog
from .vouchers_panel import VouchersPanel
from .words import STATE_COLOURS, short_name

_TABS = ("凭证(&1)", "账表(&2)", "登记簿(&3)", "意见(&4)", "疑点(&5)", "报送包(&6)")
_VOUCHERS, _REPORTS, _REGISTERS, _COMMENTS, _DOUBTS, _PACKAGE = range(6)


class MonthPage(DeskPage):
    """`show_month(code, period)` fills it."""

    title = "这个月的账"
    touched_by = RECEIVED | COMMENTS | DOUBTS

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.month: Month | None = None
        self._code, self._period = "", Period(2025, 1)
        self.heading.setMinimumWidth(1)
        self.badge = theme.mark(QLabel(), "badge")
        self.add_action(self.badge)
        self.before_button = self.add_action_button(
            make_button(
                "", kind="quiet", icon="chevron-left", tip="上个月（Ctrl+PageUp）", on_click=lambda: self._step(-1)
            )
        )
        self.after_button = self.add_action_button(
            make_button(
                "", kind="quiet", icon="chevron-right", tip="下个月（Ctrl+PageDown）", on_click=lambda: self._step(1)
            )
        )
        self.comment_button = self.add_action_button(make_button("加意见(&M)…", icon="pen", on_click=self.comment))
        self.send_button = self.add_action_button(
            make_button("出意见(&R)…", kind="primary", icon="stamp", on_click=self.send)
        )
        self.vouchers = VouchersPanel(operations)
        self.reports = ReportsPanel(operations, registers=False)
        self.registers = ReportsPanel(operations, registers=True)
        self.comments = CommentsPanel(operations)
        self.doubts = DoubtsView(operations, one_village=True)
        self.package = PackagePanel(operations)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        panels = (self.vouchers, self.reports, self.registers, self.comments, self.doubts, self.package)
        for title, panel in zip(_TABS, panels, strict=True):
            self.tabs.addTab(panel, title)
        self.body.addWidget(self.tabs, 1)
        self.vouchers.opened.connect(lambda label: self.voucher_requested.emit(self._code, label))
        self.reports.voucher_requested.connect(lambda label: self.voucher_requested.emit(self._code, label))
        self.comments.voucher_requested.connect(lambda label: self.voucher_requested.emit(self._code, label))
        self.doubts.voucher_requested.connect(self.voucher_requested)
        self.doubts.said.connect(lambda text: self.message(text, "success"))
        self.comments.said.connect(lambda text: self.message(text, "success"))
        self.reports.comment_wanted.connect(self._comment_on)
        self.registers.comment_wanted.connect(self._comment_on)
        shortcuts.bind(self, "voucher.previous", lambda: self._step(-1))
        shortcuts.bind(self, "voucher.next", lambda: self._step(1))
        self.setFocusProxy(self.tabs)

    def show_month(self, code: str, period: Period) -> None:
        """Show a month, beginning with its vouchers."""
        if (code, period) != (self._code, self._period):
            self._code, self._period = code, period
            self.tabs.setCurrentIndex(_VOUCHERS)
            self.clear_message()
        self.stale = False
        self.refresh()

    def refresh(self) -> None:
        """Read the month again; every panel stays where it is."""
        if not self._code:
            return
        village, period = self.village(self._code), self._period
        self.operations.read(lambda desk: months.month(desk, village, period), self._show, topic="month")

    def take_focus(self) -> None:
        """What is on the tab."""
        self.tabs.currentWidget().setFocus()

    def state(self) -> object:
        """The month and the tab."""
        return self._code, self._period, self.tabs.currentIndex()

    def restore(self, state: object) -> None:
        """Back to a month and the tab in it."""
        if isinstance(state, tuple):
            self._code, self._period, tab = state
            self.tabs.setCurrentIndex(tab)
            self.stale = True

    def comment(self) -> None:
        """Write a comment on what is chosen, or on the month as a whole."""
        current = self.tabs.currentWidget()
        draft = current.subject() if isinstance(current, VouchersPanel | ReportsPanel) else None
        self._comment_on(draft or Comment("", self._period, "其他", "", ""))

    def send(self) -> None:
        """Write the review file."""
        if self.month is None:
            return
        dialog = SendDialog(self.operations, self.month, self)
        dialog.done.connect(lambda sent: self.message(f"审核意见已写好：{sent.path}", "success"))
        dialog.open()

    def _comment_on(self, draft: Comment) -> None:
        if self.month is None or self.facts.read_only:
            return
        dialog = CommentDialog(self.operations, self.month.village, draft, self)
        dialog.done.connect(lambda _kept: self.message("意见已保存，出审核意见时一起发给村里", "success"))
        dialog.open()

    def _step(self, months_on: int) -> None:
        if self.month is not None:
            self._period = self._period.plus(months_on)
            self.refresh_or_stay(months_on)

    def refresh_or_stay(self, months_on: int) -> None:
        """Show the month; where nothing was handed over for it, say so and stay."""
        village, period = self.village(self._code), self._period

        def stay(_refusal: object) -> None:
            self._period = period.plus(-months_on)
            self.message(f"{village.name}没有报送{period.label}的账", "warning")

        def show(found: Month) -> None:
            self.clear_message()
            self._show(found)

        self.operations.read(
            lambda desk: months.month(desk, village, period), show, on_failed=stay, topic="month", initiator=self
        )

    def _show(self, found: Month) -> None:
        self.month = found
        stands = found.stands
        self.set_title(
            f"{short_name(found.village.name)} {found.period.label}", "" if stands.signed else "未签名的 Excel 文件"
        )
        self.heading.setToolTip(found.village.name)
        self.badge.setText(stands.state)
        theme.mark(self.badge, "badge-warning" if STATE_COLOURS[stands.state][1] != "success" else "badge")
        self.badge.setVisible(not self.facts.audit)
        writable = not self.facts.read_only
        for button in (self.comment_button, self.send_button):
            button.setVisible(writable)
        self.comment_button.setEnabled(stands.state != "通过")
        self.send_button.setEnabled(stands.state != "通过" and stands.signed)
        self.send_button.setToolTip("" if stands.signed else "未签名的文件不能出审核意见")
        for button in (self.before_button, self.after_button):
            button.setVisible(not self.facts.audit)
        self.tabs.setTabVisible(_COMMENTS, not self.facts.audit)
        self.tabs.setTabVisible(_REGISTERS, bool(found.registers))
        waiting = sum(1 for one in found.comments if one.open)
        doubts = sum(1 for one in found.doubts if one.doubt.status == "待核")
        self.tabs.setTabText(_COMMENTS, f"意见{f' {waiting} 条' if waiting else ''}(&4)")
        self.tabs.setTabText(_DOUBTS, f"疑点{f' {doubts} 条' if doubts else ''}(&5)")
        self.vouchers.show_month(found)
        self.reports.show_month(found)
        self.registers.show_month(found)
        self.comments.show_month(found)
        self.doubts.show_doubts(found.doubts, "这个月没有发现疑点。")
        self.package.show_month(found)
