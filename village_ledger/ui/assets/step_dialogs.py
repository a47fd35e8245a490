"""The later steps of a change: approving it, filing it with the township, settling a disposal or a count."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from village_ledger.domain.assets.change import IMPROVEMENT, Change, Paper
from village_ledger.domain.errors import Refusal
from village_ledger.services import asset_changes
from village_ledger.services.asset_changes import ChangeStatus
from village_ledger.services.book import Book
from village_ledger.ui.decision_field import DecisionField
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import ASSETS, VOUCHERS, Facts, Operations
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.money_edit import MoneyEdit

from .fields import PaperFields, account_field


class StepDialog(Dialog):
    """The common part; `saved(text)` tells what was done."""

    saved = Signal(str)

    def __init__(self, operations: Operations, title: str, status: ChangeStatus, accept: str, parent: QWidget) -> None:
        super().__init__(title, parent, operations=operations, width=600)
        facts = operations.facts
        if facts is None:
            raise RuntimeError("this dialog needs a book")
        self._operations = operations
        self._facts: Facts = facts
        self._status = status
        self.form = FormGrid()
        self.body.addWidget(self.form)
        words = QLabel(f"{status.card.label}　{status.change.kind}　{status.change.day}　{status.change.reason}")
        words.setWordWrap(True)
        self.form.add_wide(words)
        self.names = tuple(person.name for person in facts.people if person.active)
        self.add_button("取消", self.reject)
        self.accept_button = self.add_button(accept, self.save, kind="primary")

    def problems(self) -> list[tuple[QWidget, str]]:
        """Fields and what is wrong with them."""
        raise NotImplementedError

    def act(self) -> Callable[[Book], Change]:
        """What to do with the book."""
        raise NotImplementedError

    def said(self, change: Change) -> str:
        """What to say afterwards."""
        raise NotImplementedError

    def save(self) -> None:
        """Check and carry out."""
        self.form.clear_errors()
        wrong = [(field, text) for field, text in self.problems() if text]
        for field, text in reversed(wrong):
            self.form.set_error(field, text)
            field.setFocus()
        if not wrong:
            self._operations.write(
                self.act(),
                self._saved,
                touches=ASSETS | VOUCHERS,
                initiator=self,
                on_failed=self._failed,
                disable=(self.accept_button,),
            )

    def _saved(self, change: Change) -> None:
        self.accept()
        self.saved.emit(self.said(change))

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


class ApproveDialog(StepDialog):
    """Approve an application."""

    def __init__(self, operations: Operations, status: ChangeStatus, parent: QWidget) -> None:
        super().__init__(operations, f"批准{status.change.kind}", status, "批准(&S)", parent)
        head = next((person.name for person in self._facts.people if person.role == "负责人"), "")
        self.approval = PaperFields(Paper(head, status.change.day), "批准人", self.names)
        self.decision = DecisionField(operations, status.change.decision)
        self.counter = account_field(
            lambda: self._facts, "", lambda account: account.category != "成本", "例如 银行存款、在建工程"
        )
        self.form.add("批准(&P)", self.approval)
        self.form.add("决议(&J)", self.decision)
        if status.change.kind == IMPROVEMENT:
            self.form.add("对方科目(&K)", self.counter, "付款或转出的科目")
        self.approval.setFocus()

    def problems(self) -> list[tuple[QWidget, str]]:
        """The approval must name who and when."""
        return [(self.approval, self.approval.error())]

    def act(self) -> Callable[[Book], Change]:
        """Approve."""
        change, approval = self._status.change.id, self.approval.value()
        decision, counter = self.decision.text().strip(), self.counter.value() or ""
        return lambda book: asset_changes.approve(book, change, approval, decision=decision, counter=counter)

    def said(self, change: Change) -> str:
        """Whether a voucher waits."""
        return f"{self._status.card.label} {change.kind}已批准" + (
            "，凭证草稿已生成，等待审核" if change.source else ""
        )


class FileDialog(StepDialog):
    """Note that a change was filed."""

    def __init__(self, operations: Operations, status: ChangeStatus, parent: QWidget) -> None:
        super().__init__(operations, f"{status.change.kind}备案", status, "登记备案(&S)", parent)
        known = status.change.filing
        self.filing = PaperFields(known if known.who else Paper("", status.change.approval.day), "备案单位")
        self.form.add("备案(&P)", self.filing)
        self.filing.setFocus()

    def problems(self) -> list[tuple[QWidget, str]]:
        """The filing must name who and when."""
        return [(self.filing, self.filing.error())]

    def act(self) -> Callable[[Book], Change]:
        """File."""
        change, filing = self._status.change.id, self.filing.value()
        return lambda book: asset_changes.file(book, change, filing)

    def said(self, change: Change) -> str:
        """Under which number."""
        return f"{self._status.card.label} {change.kind}已备案 {change.filing.number}".rstrip()


class SettleDialog(StepDialog):
    """Proceeds and costs, then gain or loss."""

    def __init__(self, operations: Operations, status: ChangeStatus, parent: QWidget) -> None:
        super().__init__(operations, f"{status.change.kind}结转", status, "结转(&S)", parent)
        counted = status.change.kind == "盘亏"
        self.day = DayField(max(status.change.day, self._facts.open_period.first_day))
        self.proceeds, self.cost = MoneyEdit(), MoneyEdit()
        self.money = account_field(
            lambda: self._facts, "", lambda account: account.category in ("资产", "负债"), "例如 库存现金、银行存款"
        )
        self.form.add("结转日期(&D)", self.day)
        self.form.add("赔偿收入(&A)" if counted else "处置收入(&A)", self.proceeds, "没有就空着")
        self.form.add("处置费用(&F)", self.cost, "没有就空着")
        self.form.add("收付款科目(&K)", self.money, "有收入或费用时选择；要填往来户的，在凭证草稿里补上")
        words = QLabel("净损失转入其他支出，净收益转入其他收入；生成的凭证草稿审核前可以改。")
        words.setWordWrap(True)
        self.form.add_wide(words)
        self.proceeds.setFocus()

    def problems(self) -> list[tuple[QWidget, str]]:
        """Amounts must be readable."""
        return [
            (self.day, self.day.error() or ("" if self.day.value() else "请填写结转日期")),
            (self.proceeds, self.proceeds.error()),
            (self.cost, self.cost.error()),
        ]

    def act(self) -> Callable[[Book], Change]:
        """Settle."""
        change, day = self._status.change.id, self.day.value() or self._status.change.day
        proceeds, cost, money = self.proceeds.value_fen() or 0, self.cost.value_fen() or 0, self.money.value() or ""
        return lambda book: asset_changes.settle(book, change, day, proceeds_fen=proceeds, cost_fen=cost, money=money)

    def said(self, change: Change) -> str:
        """Whether a voucher waits."""
        text = f"{self._status.card.label} {change.kind}已结转"
        return text + ("，凭证草稿已生成，等待审核" if change.settle_source else "，没有需要记账的金额")
