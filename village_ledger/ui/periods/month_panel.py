"""The chosen month: its state, the check list, what closing will do, and the buttons."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from village_ledger.domain.closing import CloseCheck
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Draft
from village_ledger.services.periods import PeriodStatus
from village_ledger.ui import theme
from village_ledger.ui.check_list import CheckList
from village_ledger.ui.instants import local_time
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card

from .months_model import state_text

_REVIEWS = {
    "审核中": "乡镇还没有发回审核意见（审核中）。",
    "已通过": "乡镇已审核通过，不能再反结账；需要更正的在以后的月份用红字冲销。",
    "补正后通过": "乡镇已审核通过（补正后通过），不能再反结账；需要更正的在以后的月份用红字冲销。",
    "退回": "乡镇退回：按“乡镇审核”里的意见整改、答复。改账可以由负责人反结账，改完重新结账、报送。",
    "移交": "乡镇已移交有关部门处理，见“乡镇审核”里的意见。",
    "待重新报送": "乡镇退回以后已经重新结账，请重新报送。",
}


class MonthPanel(QScrollArea):
    """Shows; the page acts."""

    place_wanted = Signal(str)
    close_wanted = Signal()
    preview_wanted = Signal()
    distribution_wanted = Signal()
    sheet_wanted = Signal()
    reopen_wanted = Signal()
    hand_over_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        inside = QWidget()
        inside.setObjectName("ScrollBody")
        self.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px("gap"))
        self._build_state()
        self._build_checks()
        self._build_year()
        self._build_close()
        for widget in (self.state_card, self.check_card, self.carry_card, self.year_card):
            column.addWidget(widget)
        column.addStretch(1)

    def _build_state(self) -> None:
        self.state_card = Card("")
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.state_card.body.addWidget(self.state)
        self.sheet_button = make_button("看结账单(&V)", icon="sheet", on_click=self.sheet_wanted.emit)
        self.export_button = make_button("导出本月账表(&E)…", icon="export", on_click=self.export_wanted.emit)
        self.hand_over_button = make_button("报送乡镇(&H)…", icon="usb", on_click=self.hand_over_wanted.emit)
        self.reopen_button = make_button("反结账(&R)…", kind="danger", icon="unlock", on_click=self.reopen_wanted.emit)
        self.closed_row = QWidget()
        row = _row(self.closed_row)
        for button in (self.sheet_button, self.export_button, self.hand_over_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.reopen_button)
        self.state_card.body.addWidget(self.closed_row)

    def _build_checks(self) -> None:
        self.check_card = Card("结账前检查")
        self.checks = CheckList()
        self.checks.place_wanted.connect(self.place_wanted)
        self.again_button = make_button("重新检查(&K)", kind="quiet", icon="refresh")
        self.check_card.corner.addWidget(self.again_button)
        self.check_card.body.addWidget(self.checks)
        self.carry_card = Card("结转损益")
        self.carry = QLabel()
        self.carry.setWordWrap(True)
        self.preview_button = make_button("先看看结转凭证(&P)", kind="quiet", icon="sum")
        self.preview_button.clicked.connect(lambda _checked: self.preview_wanted.emit())
        self.carry_card.body.addWidget(self.carry)
        self.carry_card.corner.addWidget(self.preview_button)

    def _build_year(self) -> None:
        self.year_card = Card("年终收益分配")
        text = QLabel(
            "年末结账前按章程提取公积公益金、向成员分配收益。先办收益分配，生成的凭证审核、记账后再结账；"
            "本年不分配的可以直接结账。"
        )
        text.setWordWrap(True)
        self.distribution_button = make_button("收益分配(&D)…", icon="people", on_click=self.distribution_wanted.emit)
        self.year_card.body.addWidget(text)
        self.year_card.corner.addWidget(self.distribution_button)

    def _build_close(self) -> None:
        self.close_button = make_button("结账(&J)", kind="primary", icon="lock", on_click=self.close_wanted.emit)
        self.close_button.setMinimumWidth(theme.current().scaled(180))
        self.why_not = theme.mark(QLabel(), "danger")
        self.close_row = QWidget()
        """The page puts it below this panel, where it is in sight however long the list of checks."""
        row = _row(self.close_row)
        row.addWidget(self.why_not, 1)
        row.addWidget(self.close_button)

    def show_month(
        self, status: PeriodStatus, open_period: Period, last_closed: Period | None, *, writable: bool
    ) -> None:
        """Show a month's state; the check list comes separately."""
        state = state_text(status, open_period)
        self.state_card.heading.setText(f"{status.period.label}　{state}")
        self.state_card.heading.setVisible(True)
        is_open = status.period == open_period
        lines = []
        if status.closed:
            lines.append(f"{local_time(status.closed_at)} 由 {status.closed_by} 结账，凭证 {status.posted} 张。")
        else:
            lines.append(f"已记账 {status.posted} 张，已审核待记账 {status.reviewed} 张，草稿 {status.drafts} 张。")
        if status.reopened:
            lines.append(f"反结账过 {status.reopened} 次。")
        if status.changed_after_hand_over:
            lines.append("注意：报送乡镇以后改过，导出的账表上会标明。")
        elif status.handed_over:
            lines.append("本月账表已报送乡镇。")
        if status.review:
            lines.append(_REVIEWS.get(status.review, ""))
        if not status.closed and not is_open:
            lines.append(f"要按月顺序结账：请先结 {open_period.label}。")
        self.state.setText("\n".join(lines))
        self.closed_row.setVisible(status.closed)
        self.hand_over_button.setEnabled(writable)
        self.reopen_button.setVisible(writable and status.period == last_closed and not status.passed)
        for card in (self.check_card, self.carry_card, self.close_row):
            card.setVisible(is_open)
        self.year_card.setVisible(is_open and status.period.is_year_end and writable)
        self.close_button.setText(f"结 {status.period.label} 的账(&J)")

    def show_checks(self, checks: tuple[CloseCheck, ...], carried: tuple[Draft, ...], *, writable: bool) -> None:
        """Show what was checked and what closing will make."""
        self.checks.show_checks(checks)
        failed = sum(check.blocking and not check.passed for check in checks)
        self.why_not.setText(f"有 {failed} 项没有通过，处理好以后才能结账" if failed else "")
        self.close_button.setEnabled(writable and not failed)
        if carried:
            self.carry.setText(f"结账时自动生成并记账 {len(carried)} 张结转凭证。")
        else:
            self.carry.setText("本月没有要结转的损益（本账套在年末结转，或本月没有收支）。")
        self.preview_button.setEnabled(bool(carried))


def _row(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.current().px("gap"))
    return row
