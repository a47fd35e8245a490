"""Registering a project, and its contract once there is one."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.budget import PROJECT
from village_ledger.domain.contract import OUTGOING, Contract
from village_ledger.domain.contract_schedule import total_fen
from village_ledger.domain.errors import Refusal
from village_ledger.domain.money import MoneyError
from village_ledger.domain.project import KINDS, Project
from village_ledger.domain.project_account import ProjectAccount
from village_ledger.domain.works_rules import WorksRules, percent
from village_ledger.services import contracts, projects, works_rules
from village_ledger.services.book import Book
from village_ledger.services.cells import CellError
from village_ledger.ui import theme
from village_ledger.ui.act_dialog import required_day
from village_ledger.ui.decision_field import DecisionField
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import PROJECTS, Operations
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.money_edit import MoneyEdit

_NONE = "（没有登记在合同台账里）"


class ProjectDialog(Dialog):
    """`account` None registers a new project; `saved(id)` tells which one was written."""

    saved = Signal(int)

    def __init__(self, operations: Operations, account: ProjectAccount | None, day: date, parent: QWidget) -> None:
        title = f"工程项目　{account.project.code}" if account else "登记工程项目"
        super().__init__(title, parent, operations=operations, width=980, height=520)
        self._operations = operations
        self._account = account
        self._project = account.project if account else None
        self._contracts: dict[str, Contract] = {}
        self._build_left(day)
        self._build_right()
        row = QHBoxLayout()
        row.setSpacing(theme.current().scaled(24))
        for heading, form in (("立项", self.left), ("合同（定标以后填）", self.right)):
            column = QVBoxLayout()
            column.addWidget(theme.mark(QLabel(heading), "heading"))
            column.addWidget(form)
            column.addStretch(1)
            row.addLayout(column, 1)
        self.body.addLayout(row, 1)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("保存(&S)", self._save, kind="primary")
        facts = operations.facts
        self.save_button.setEnabled(facts is not None and not facts.read_only)
        if self._project:
            self._show(self._project)
        operations.read(lambda book: (works_rules.works_rules(book, day), _outgoing(book)), self._offer, initiator=self)
        (self.name if self._project else self.code).setFocus()

    def _build_left(self, day: date) -> None:
        form = self.left = FormGrid()
        self.code, self.name, self.site = _text(40), _text(60), _text(100)
        self.kind, self.award, self.member = QComboBox(), QComboBox(), QComboBox()
        self.kind.addItems(KINDS)
        self.member.addItem("", None)
        facts = self._operations.facts
        for record in facts.items if facts else ():
            if record.item.category == PROJECT and not record.disabled:
                self.member.addItem(record.item.name, record.item)
        self.decision = DecisionField(self._operations)
        self.budget, self.approved, self.note = MoneyEdit(), DayField(day), _text(500)
        form.add("项目编号(&N)", self.code, "例如 GC2025-01，登记后不能改")
        form.add("项目名称(&T)", self.name)
        form.add("类别(&K)", self.kind)
        form.add("决策文号(&D)", self.decision)
        form.add("批准金额(&A)", self.budget, "会议批准的总投资，工程款和设计、监理等费用都在内")
        form.add("批准日期", self.approved)
        form.add("发包方式(&W)", self.award)
        form.add("辅助核算项目(&P)", self.member, "凭证按它归集；没有就先在“往来户与项目”里登记")
        form.add("地点", self.site)
        form.add("备注", self.note)

    def _build_right(self) -> None:
        form = self.right = FormGrid()
        self.contract, self.contractor = QComboBox(), _text(100)
        self.contract.addItem(_NONE, "")
        self.sum, self.signed, self.advance = MoneyEdit(), DayField(), MoneyEdit()
        self.retention, self.due = _text(8), DayField()
        self.retention.setPlaceholderText("例如 3%")
        form.add("合同编号(&C)", self.contract)
        form.add("承包人（供应商）", self.contractor, "写全称，和往来户、用款申请的收款人一致")
        form.add("合同价", self.sum)
        form.add("签订日期", self.signed)
        form.add("预付款", self.advance, "验收以前可以先付的金额，没有就空着")
        form.add("质保金比例", self.retention)
        form.add("质保期满日", self.due)
        self.contract.activated.connect(lambda _place: self._take_contract())
        if self._account and self._account.has_entries:
            for field in (self.contractor, self.sum, self.advance, self.retention):
                field.setReadOnly(True)
            form.set_hint(self.sum, "已有变更、验收或付款，合同价要用“变更”来改")

    def _offer(self, answer: tuple[WorksRules, tuple[Contract, ...]]) -> None:
        rules, found = answer
        chosen = self._project.award if self._project else ""
        self.award.clear()
        self.award.addItems([way.name for way in rules.ways])
        self.award.setCurrentIndex(max(self.award.findText(chosen), 0))
        self._contracts = {one.code: one for one in found}
        for one in found:
            self.contract.addItem(f"{one.code} {one.subject}（{one.party.name}）", one.code)
        if self._project and self._project.contract:
            self.contract.setCurrentIndex(max(self.contract.findData(self._project.contract), 0))

    def _take_contract(self) -> None:
        """Fill in what the contract register knows."""
        one = self._contracts.get(self.contract.currentData())
        if one is None or self.sum.isReadOnly():
            return
        self.contractor.setText(one.party.name)
        self.sum.set_value_fen(total_fen(one))
        self.signed.set_value(one.signed)

    def _show(self, one: Project) -> None:
        self.code.setText(one.code)
        self.code.setReadOnly(True)
        for field, text in (
            (self.name, one.name),
            (self.site, one.site),
            (self.note, one.note),
            (self.contractor, one.contractor),
        ):
            field.setText(text)
        self.kind.setCurrentText(one.kind)
        self.decision.setText(one.decision)
        self.budget.set_value_fen(one.budget_fen)
        self.approved.set_value(one.approved)
        if one.member:
            self.member.setCurrentIndex(max(self.member.findText(one.member.name), 0))
        self.sum.set_value_fen(one.contract_fen or None)
        self.signed.set_value(one.signed)
        self.advance.set_value_fen(one.advance_fen or None)
        self.retention.setText(percent(one.retention_bp) if one.retention_bp else "")
        self.due.set_value(one.retention_due)

    def project(self) -> Project:
        """The project as typed; raises CellError or MoneyError for what cannot be read."""
        before = self._project
        typed = Project(
            self.code.text().strip(),
            self.name.text().strip(),
            self.kind.currentText(),
            self.award.currentText(),
            self.decision.number(),
            self.budget.value_fen() or 0,
            required_day(self.approved, "批准日期"),
            self.member.currentData(),
            self.contract.currentData() or "",
            self.contractor.text().strip(),
            self.sum.value_fen() or 0,
            self.signed.value(),
            self.advance.value_fen() or 0,
            _rate(self.retention.text()),
            self.due.value(),
            self.site.text().strip(),
            self.note.text().strip(),
        )
        return typed._replace(id=before.id, version=before.version, uid=before.uid) if before else typed

    def _save(self) -> None:
        try:
            wanted = self.project()
        except (CellError, MoneyError) as wrong:
            self.message(str(wrong), "danger")
            return
        self._operations.write(
            lambda book: projects.save_project(book, wanted),
            self._saved,
            touches=PROJECTS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, saved: Project) -> None:
        self.accept()
        self.saved.emit(saved.id)

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


def _outgoing(book: Book) -> tuple[Contract, ...]:
    found: Sequence[Contract] = [one.contract for one in contracts.register(book).accounts]
    return tuple(one for one in found if one.direction == OUTGOING)


def _text(length: int) -> QLineEdit:
    field = QLineEdit()
    field.setMaxLength(length)
    return field


def _rate(text: str) -> int:
    """A percentage with at most two decimals as basis points; empty is 0."""
    plain = text.strip().replace("％", "%").rstrip("%").strip()
    if not plain:
        return 0
    whole, _dot, part = plain.partition(".")
    if not (whole + part).isdigit() or not (whole + part).isascii() or len(part) > 2 or len(whole) > 2:
        raise CellError(f"质保金比例“{text}”不对，请写成 3% 这样的形式")
    return int(whole or "0") * 100 + int((part + "00")[:2])
