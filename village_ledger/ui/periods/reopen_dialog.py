"""Reopening a closed month: who may, why, and what it means."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.services import periods
from village_ledger.services.people import Person
from village_ledger.services.periods import REOPENING_ROLES, PeriodStatus
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import PERIODS, VOUCHERS, Operations
from village_ledger.ui.widgets.form import FormGrid


def may_reopen(people: Sequence[Person], actor: str) -> str:
    """Why this person may not reopen a month; empty when they may."""
    role = next((person.role for person in people if person.active and person.name == actor), "")
    if role in REOPENING_ROLES:
        return ""
    allowed = [person.name for person in people if person.active and person.role in REOPENING_ROLES]
    names = f"（{'、'.join(allowed)}）" if allowed else "（还没有登记，请在“账套设置”的人员里增加）"
    return (
        f"反结账只能由{'或'.join(REOPENING_ROLES)}办理{names}。"
        f"现在的操作员是 {actor or '未登录'}（{role or '未登记'}），请在窗口右上角切换操作员。"
    )


class ReopenDialog(Dialog):
    """`reopened` fires when it was done."""

    reopened = Signal()

    def __init__(self, operations: Operations, status: PeriodStatus, parent: QWidget) -> None:
        super().__init__(f"反结账：{status.period.label}", parent, operations=operations, width=540)
        self._operations = operations
        self._period = status.period
        facts = operations.facts
        forbidden = may_reopen(facts.people, facts.actor) if facts else "没有打开账套"
        text = (
            "反结账后，这个月可以再增加凭证，改完要重新结账。已经记账的凭证（包括自动结转的）不会删除，"
            "更正仍要用红字冲销。这次反结账会写进操作日志，长期保留。"
        )
        if status.handed_over:
            text += "\n\n这个月的账已经报送乡镇：反结账后会一直标明“报送后改过”，请事先告知乡镇。"
        words = QLabel(text)
        words.setWordWrap(True)
        self.body.addWidget(words)
        self.reason = QPlainTextEdit()
        self.reason.setPlaceholderText("例如：3 月 15 日记-12 号凭证科目用错，要红字冲销后重做")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(theme.current().scaled(84))
        self.form = FormGrid()
        self.form.add("操作员", QLabel(facts.actor if facts else ""))
        self.form.add("原因(&Y)", self.reason)
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.reopen_button = self.add_button("反结账(&R)", self._reopen, kind="danger")
        if forbidden:
            self.message(forbidden, "warning")
            self.reopen_button.setEnabled(False)
            self.reason.setEnabled(False)
        self.reason.textChanged.connect(lambda: self.form.set_error(self.reason, ""))
        self.reason.setFocus()

    def _reopen(self) -> None:
        reason, period = " ".join(self.reason.toPlainText().split()), self._period
        if not reason:
            self.form.set_error(self.reason, "请写明反结账的原因")
            self.reason.setFocus()
            return
        self._operations.write(
            lambda book: periods.reopen(book, period, reason),
            self._done,
            touches=PERIODS | VOUCHERS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.reopen_button,),
        )

    def _done(self, _nothing: None) -> None:
        self.accept()
        self.reopened.emit()

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")
