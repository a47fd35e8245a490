"""Entering what happens to an asset: the application of one kind of change, with its particulars."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QSpinBox, QWidget

from village_ledger.domain.account import Account
from village_ledger.domain.assets.card import STATUSES
from village_ledger.domain.assets.change import (
    IMPAIRMENT,
    IMPROVEMENT,
    TAKEN_INTO_USE,
    TRANSFER,
    USE,
    WRITE_OFFS,
    Change,
    Paper,
)
from village_ledger.domain.assets.standing import Standing
from village_ledger.domain.errors import Refusal
from village_ledger.domain.money import format_fen
from village_ledger.services import asset_changes
from village_ledger.services.book import Book
from village_ledger.ui import theme
from village_ledger.ui.decision_field import DecisionField
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import ASSETS, VOUCHERS, Facts, Operations
from village_ledger.ui.tables.amount_text import quantity_text
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.money_edit import MoneyEdit

from .fields import TEXT_LENGTH, PaperFields, QuantityEdit, account_field

_NOTES = {
    IMPROVEMENT: "增加的支出计入原值，从下个月起按新的价值和剩余年限计提折旧。",
    IMPAIRMENT: "会计制度没有规定减值准备，这里直接减记账面价值；应按规定程序批准后使用。",
    TRANSFER: "调整存放地点或保管使用人，不生成凭证。",
    USE: "改变使用状态或经营性质，不生成凭证。",
    TAKEN_INTO_USE: "从启用的下个月起计提折旧，不生成凭证。",
}
_WRITE_OFF = "批准后生成转入清理的凭证草稿（当月照提折旧，要先计提当月折旧）；收入、费用和损益另作“结转”。"
_EXAMPLES = {
    IMPROVEMENT: "例如 屋面翻修、道路加宽",
    "报废": "例如 达到使用年限，无法修复",
    "出售": "例如 闲置设备公开竞价出售",
    "毁损": "例如 洪水冲毁",
    TRANSFER: "例如 管护责任人调整",
}


class ChangeDialog(Dialog):
    """Applies for a change; with 同时批准 ticked it is approved at once. `saved(text)` tells what was done."""

    saved = Signal(str)

    def __init__(self, operations: Operations, kind: str, now: Standing, parent: QWidget) -> None:
        super().__init__(f"资产{kind}", parent, operations=operations, width=640)
        facts = operations.facts
        if facts is None:
            raise RuntimeError("this dialog needs a book")
        self._operations = operations
        self._facts: Facts = facts
        self._kind = kind
        self._now = now
        self.form = FormGrid()
        self.body.addWidget(self.form)
        card = now.card
        words = QLabel(
            f"{card.label}　原值 {format_fen(now.original_fen)}，累计折旧 {format_fen(now.accumulated_fen)}，"
            f"净值 {format_fen(now.net_fen)}"
        )
        words.setWordWrap(True)
        self.form.add_wide(words)
        self.form.add_wide(_note(_NOTES.get(kind, _WRITE_OFF)))
        names = tuple(person.name for person in facts.people if person.active)
        today = facts.open_period.last_day
        self.day = DayField(today)
        self.form.add("变动日期(&D)", self.day)
        self._build_particulars()
        self.reason = QLineEdit()
        self.reason.setMaxLength(TEXT_LENGTH)
        self.reason.setPlaceholderText(_EXAMPLES.get(kind, ""))
        self.form.add("原因(&R)", self.reason)
        self.application = PaperFields(Paper(facts.actor, today), "申请人", names)
        self.form.add("申请(&P)", self.application)
        self.at_once = QCheckBox("同时批准(&B)")
        self.form.add("", self.at_once)
        head = next((person.name for person in facts.people if person.role == "负责人"), "")
        self.approval = PaperFields(Paper(head, today), "批准人", names)
        self.decision = DecisionField(operations)
        self.form.add("批准(&C)", self.approval)
        self.form.add("决议(&J)", self.decision)
        self.at_once.toggled.connect(self._follow_approval)
        self._follow_approval()
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("提交(&S)", self.save, kind="primary")
        self.save_button.setEnabled(not facts.read_only)
        self.reason.setFocus()

    def _build_particulars(self) -> None:
        form, kind, now = self.form, self._kind, self._now
        self.amount = MoneyEdit()
        self.counter = account_field(lambda: self._facts, "", _payable, "付款或转出的科目，例如 银行存款、在建工程")
        self.months = QSpinBox()
        self.months.setRange(0, 1200)
        self.months.setSpecialValueText("不变")
        self.months.setSuffix(" 个月")
        self.location, self.custodian = QLineEdit(), QLineEdit()
        self.status, self.operating = QComboBox(), QComboBox()
        self.quantity = QuantityEdit()
        if kind == IMPROVEMENT:
            form.add("增加原值(&A)", self.amount)
            form.add("剩余年限(&M)", self.months, "从下个月起还能用多久；不变就按原来剩下的年限")
            form.add("对方科目(&K)", self.counter, "批准时用来生成凭证草稿")
        elif kind == IMPAIRMENT:
            form.add("减值金额(&A)", self.amount)
        elif kind == TRANSFER:
            self.location.setPlaceholderText(now.location or "不变就空着")
            self.custodian.setPlaceholderText(now.custodian or "不变就空着")
            form.add("新的存放地点(&A)", self.location)
            form.add("新的保管使用人(&K)", self.custodian)
        elif kind == USE:
            self.status.addItems(["不变", *(status for status in STATUSES if status != now.status)])
            self.operating.addItems(["不变", "非经营性" if now.operating else "经营性"])
            form.add(f"使用状态（现为{now.status}）(&A)", self.status)
            form.add("经营性质(&K)", self.operating)
        elif kind in WRITE_OFFS:
            whole = f"{quantity_text(now.quantity)} {now.card.unit}".strip()
            self.quantity.setPlaceholderText(f"全部（{whole}）")
            form.add("处置数量(&A)", self.quantity, "只处置一部分时填写，价值按数量比例核销")

    def _follow_approval(self) -> None:
        self.approval.setEnabled(self.at_once.isChecked())
        self.decision.setEnabled(self.at_once.isChecked())

    def change(self) -> Change | None:
        """The application as typed; None (and the errors shown) when a field cannot be read."""
        self.form.clear_errors()
        checks = [(self.day, self.day.error() or ("" if self.day.value() else "请填写变动日期"))]
        if self._kind in (IMPROVEMENT, IMPAIRMENT):
            checks.append((self.amount, self.amount.error()))
        if self._kind in WRITE_OFFS:
            checks.append((self.quantity, self.quantity.error()))
        checks.append((self.application, self.application.error()))
        if self.at_once.isChecked():
            checks.append((self.approval, self.approval.error()))
        wrong = [(field, text) for field, text in checks if text]
        for field, text in reversed(wrong):
            self.form.set_error(field, text)
            field.setFocus()
        day = self.day.value() if not wrong else None
        if day is None:
            return None
        amount = self.amount.value_fen() or 0
        made = Change(
            self._now.card.id,
            self._kind,
            day,
            self.reason.text().strip(),
            location=self.location.text().strip(),
            custodian=self.custodian.text().strip(),
            application=self.application.value(),
        )
        if self._kind == IMPROVEMENT:
            return made._replace(original_fen=amount, months=self.months.value())
        if self._kind == IMPAIRMENT:
            return made._replace(accumulated_fen=amount)
        if self._kind == TAKEN_INTO_USE:
            return made._replace(in_use=day)
        if self._kind == USE:
            return made._replace(
                status=self.status.currentText() if self.status.currentIndex() else "",
                operating=self.operating.currentText() if self.operating.currentIndex() else "",
            )
        return made._replace(quantity=-self.quantity.value()) if self._kind in WRITE_OFFS else made

    def save(self) -> None:
        """Apply, and approve if that is ticked."""
        change = self.change()
        if change is None:
            return
        at_once = self.at_once.isChecked()
        approval = self.approval.value() if at_once else Paper()
        decision, counter = self.decision.text().strip(), self.counter.value() or ""

        def act(book: Book) -> Change:
            if at_once:
                return asset_changes.apply_and_approve(book, change, approval, decision=decision, counter=counter)
            return asset_changes.apply(book, change)

        self._operations.write(
            act,
            self._saved,
            touches=ASSETS | VOUCHERS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, change: Change) -> None:
        done = "已批准" if change.in_effect else "已提交申请，批准后生效"
        drafted = "，凭证草稿已生成，等待审核" if change.source else ""
        self.accept()
        self.saved.emit(f"{self._now.card.label} {change.kind}{done}{drafted}")

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


def _payable(account: Account) -> bool:
    return account.category in ("资产", "负债", "所有者权益", "损益")


def _note(text: str) -> QLabel:
    label = theme.mark(QLabel(text), "hint")
    label.setWordWrap(True)
    return label
