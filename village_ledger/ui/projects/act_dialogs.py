"""Small forms on one project: changes, acceptances, retention set free, the final account, payments found."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.domain.project import (
    ACCEPTANCES,
    COMPLETION,
    CONTRACT_PAYMENT,
    OTHER_COST,
    Acceptance,
    ContractChange,
    FinalAccount,
    Release,
)
from village_ledger.domain.project_account import ProjectAccount
from village_ledger.services import project_entries
from village_ledger.services.book import Book
from village_ledger.services.cells import CellError
from village_ledger.services.projects import PaidVoucher
from village_ledger.ui.act_dialog import ActDialog, required_day
from village_ledger.ui.decision_field import DecisionField
from village_ledger.ui.operations import PROJECTS, Operations
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.money_edit import MoneyEdit


def read_names(text: str) -> tuple[str, ...]:
    """Names typed with 、 , ; or blanks between them."""
    plain = text
    for sign in "，,；; \u3000":
        plain = plain.replace(sign, "、")
    return tuple(name for name in plain.split("、") if name)


class ChangeDialog(ActDialog):
    """The contract's sum raised or lowered by a decision."""

    touches = PROJECTS

    def __init__(self, operations: Operations, account: ProjectAccount, day: date, parent: QWidget) -> None:
        super().__init__(operations, f"工程变更　{account.project.name}", "登记变更(&S)", parent)
        self._code = account.project.code
        self.amount, self.day = MoneyEdit(), DayField(day)
        self.decision, self.reason = DecisionField(operations), QLineEdit()
        self.reason.setMaxLength(200)
        now = f"现在合同价加变更 {format_fen(account.ceiling_fen())} 元；减少填负数"
        self.form.add("变更金额(&A)", self.amount, now)
        self.form.add("日期(&D)", self.day)
        self.form.add("决策文号(&N)", self.decision)
        self.form.add("原因(&R)", self.reason)
        self.amount.setFocus()

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        day = required_day(self.day, "变更日期")
        change = ContractChange(day, self.amount.value_fen() or 0, self.decision.number(), self.reason.text().strip())
        return lambda book: project_entries.add_change(book, self._code, change)

    def told(self, result: ContractChange) -> str:
        """See `ActDialog`."""
        return f"已登记变更 {format_fen(result.fen)} 元（{result.decision}）"


class AcceptanceDialog(ActDialog):
    """Work looked at and found good."""

    touches = PROJECTS

    def __init__(self, operations: Operations, account: ProjectAccount, day: date, parent: QWidget) -> None:
        super().__init__(operations, f"工程验收　{account.project.name}", "登记验收(&S)", parent)
        self._code = account.project.code
        self.kind, self.day, self.total = QComboBox(), DayField(day), MoneyEdit()
        self.kind.addItems(ACCEPTANCES)
        self.people, self.opinion = QLineEdit(), QLineEdit()
        self.opinion.setMaxLength(200)
        ceiling = account.ceiling_fen()
        before = f"上次累计 {format_fen(account.accepted_fen())}，合同价加变更 {format_fen(ceiling)}"
        self.form.add("验收类别(&T)", self.kind)
        self.form.add("验收日期(&D)", self.day)
        self.form.add("累计验收金额(&A)", self.total, before)
        self.form.add("验收人(&P)", self.people, "几个人用顿号隔开；达到规定金额的工程要 5 人以上")
        self.form.add("验收意见(&R)", self.opinion)
        self.kind.currentTextChanged.connect(lambda text: self._propose(text, ceiling))
        self.total.setFocus()

    def _propose(self, kind: str, ceiling: int) -> None:
        """A completed work is the whole contract, unless something was typed."""
        if kind == COMPLETION and not self.total.text().strip():
            self.total.set_value_fen(ceiling)

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        day = required_day(self.day, "验收日期")
        made = Acceptance(
            day,
            self.kind.currentText(),
            self.total.value_fen() or 0,
            read_names(self.people.text()),
            self.opinion.text().strip(),
        )
        return lambda book: project_entries.add_acceptance(book, self._code, made)

    def told(self, result: Acceptance) -> str:
        """See `ActDialog`."""
        return f"已登记{result.kind}，累计 {format_fen(result.total_fen)} 元；验收单请添加到“佐证材料”"


class ReleaseDialog(ActDialog):
    """Retention money set free."""

    touches = PROJECTS

    def __init__(self, operations: Operations, account: ProjectAccount, day: date, parent: QWidget) -> None:
        super().__init__(operations, f"退还质保金　{account.project.name}", "同意退还(&S)", parent)
        self._code = account.project.code
        self.amount, self.day, self.reason = MoneyEdit(), DayField(day), QLineEdit()
        self.amount.set_value_fen(account.retained_fen())
        self.reason.setMaxLength(200)
        due = account.project.retention_due
        self.form.add("退还金额(&A)", self.amount, f"应留 {format_fen(account.retained_fen())} 元，质保期到 {due} 满")
        self.form.add("日期(&D)", self.day)
        self.form.add("复查情况(&R)", self.reason, "登记以后就可以办付款，付款仍要走用款申请")
        self.reason.setFocus()

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        day = required_day(self.day, "日期")
        made = Release(day, self.amount.value_fen() or 0, self.reason.text().strip())
        return lambda book: project_entries.add_release(book, self._code, made)

    def told(self, result: Release) -> str:
        """See `ActDialog`."""
        return f"已登记退还质保金 {format_fen(result.fen)} 元，可以办理付款"


class FinalDialog(ActDialog):
    """The final account as audited."""

    touches = PROJECTS

    def __init__(self, operations: Operations, account: ProjectAccount, day: date, parent: QWidget) -> None:
        super().__init__(operations, f"工程决算　{account.project.name}", "登记决算(&S)", parent)
        self._code = account.project.code
        self.amount, self.day = MoneyEdit(), DayField(day)
        self.auditor, self.number = QLineEdit(), QLineEdit()
        for field in (self.auditor, self.number):
            field.setMaxLength(100)
        now = f"合同价加变更 {format_fen(account.ceiling_fen())}，已验收 {format_fen(account.accepted_fen())}"
        self.form.add("审定金额(&A)", self.amount, now)
        self.form.add("日期(&D)", self.day)
        self.form.add("审核（审计）单位(&U)", self.auditor)
        self.form.add("报告文号(&N)", self.number)
        self.amount.setFocus()

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        day = required_day(self.day, "决算日期")
        auditor, number = self.auditor.text().strip(), self.number.text().strip()
        made = FinalAccount(day, self.amount.value_fen() or 0, auditor, number)
        return lambda book: project_entries.add_final(book, self._code, made)

    def told(self, result: FinalAccount) -> str:
        """See `ActDialog`."""
        return f"已登记决算，审定 {format_fen(result.audited_fen)} 元"


class PaymentDialog(ActDialog):
    """A voucher posted without a request that paid the contractor."""

    touches = PROJECTS

    def __init__(
        self, operations: Operations, account: ProjectAccount, found: tuple[PaidVoucher, ...], parent: QWidget
    ) -> None:
        super().__init__(operations, f"认领付款　{account.project.name}", "认领(&S)", parent)
        self._code = account.project.code
        self._found = found
        self.voucher, self.kind, self.amount = QComboBox(), QComboBox(), MoneyEdit()
        for one in found:
            self.voucher.addItem(f"{one.day} {one.label} {format_fen(one.money_fen)} {one.summary}", one.uid)
        self.kind.addItems((CONTRACT_PAYMENT, OTHER_COST))
        self.form.add("凭证(&V)", self.voucher, f"付给{account.project.contractor}、还没有算到任何项目上的凭证")
        self.form.add("款项(&K)", self.kind)
        self.form.add("其中付本项目(&A)", self.amount)
        self.voucher.currentIndexChanged.connect(lambda _place: self._propose())
        self._propose()
        self.save_button.setEnabled(bool(found))
        if not found:
            self.message("没有要认领的付款：用款申请和带“项目”核算的凭证会自动算进来", "info")

    def _propose(self) -> None:
        place = self.voucher.currentIndex()
        if 0 <= place < len(self._found):
            self.amount.set_value_fen(self._found[place].money_fen)

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        uid, kind, fen = self.voucher.currentData(), self.kind.currentText(), self.amount.value_fen() or 0
        if not uid or fen <= 0:
            raise CellError("请选凭证，填金额")
        return lambda book: project_entries.add_payment(book, self._code, uid, kind, fen)

    def told(self, result: Any) -> str:
        """See `ActDialog`."""
        return "已算作本项目的付款"
