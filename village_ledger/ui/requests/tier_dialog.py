"""Changing one tier, splitting it in two, and keeping a changed table as a new version."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox, QWidget

from village_ledger.domain.approval import Tier, TierTable
from village_ledger.domain.money import MoneyError
from village_ledger.services import tiers
from village_ledger.services.book import Book
from village_ledger.ui.act_dialog import ActDialog, required_day
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import REQUESTS, SETTINGS, Operations
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.money_edit import MoneyEdit


class TierDialog(Dialog):
    """`tiers` holds the result once accepted: one tier, or two when it was split."""

    def __init__(self, operations: Operations, tier: Tier, parent: QWidget, *, split: bool = False) -> None:
        title = f"{'拆成两档' if split else '修改审批权限'}　{tier.kind}"
        super().__init__(title, parent, operations=operations, width=640)
        facts = operations.facts
        self._tier, self._split = tier, split
        self._duties = {rule.duty for rule in tiers.spending(facts.entity.chart).signers} if facts else set()
        self.tiers: tuple[Tier, ...] = (tier,)
        self.form = FormGrid()
        self.bound, self.closed = MoneyEdit(), QCheckBox("本数归下面一档")
        if split:
            self.form.add("分界金额（元）(&A)", self.bound, f"在{tier.span}之间")
            self.form.add("", self.closed, "下面填的是上面一档的要求，下面一档不变")
        else:
            self.bound.set_value_fen(tier.to_fen or None)
            self.closed.setChecked(tier.to_closed)
            self.form.add("止于（元）(&A)", self.bound, "空着就是没有上限；起点跟着下面一档走")
            self.form.add("", self.closed)
            self.closed.setText("本数在内")
        self.signers = QLineEdit("、".join(tier.signers))
        self.meetings, self.stamps = QLineEdit("、".join(tier.meetings)), QLineEdit("、".join(tier.stamps))
        self.documents = QLineEdit("、".join(tier.documents))
        self.days = QSpinBox()
        self.days.setRange(0, 90)
        self.days.setSuffix(" 天")
        self.days.setSpecialValueText("不要求")
        self.days.setValue(tier.notice_days)
        self.tender, self.exempt = (
            QCheckBox("要招标（公开竞价）"),
            QCheckBox("在预算或经决议的合同之内，会议、公示、招标免"),
        )
        self.tender.setChecked(tier.tender)
        self.exempt.setChecked(tier.in_budget_exempt)
        self.form.add("签字人，按次序(&S)", self.signers, f"用顿号隔开：{'、'.join(sorted(self._duties))}")
        self.form.add("会议决议(&M)", self.meetings, "例如 两委会、村民代表会议；要几次会议的都写上")
        self.form.add("决议公示(&D)", self.days)
        self.form.add("盖章", self.stamps, "例如 村监会")
        self.form.add("材料", self.documents, "例如 合同、验收单")
        self.form.add("", self.tender)
        self.form.add("", self.exempt)
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.add_button("确定(&O)", self.take, kind="primary")
        (self.bound if split else self.signers).setFocus()

    def take(self) -> None:
        """Make the tier as typed; says what cannot be."""
        try:
            fen = self.bound.value_fen() or 0
        except MoneyError as wrong:
            self.form.set_error(self.bound, str(wrong))
            return
        old, signers = self._tier, _names(self.signers)
        if unknown := [name for name in signers if name not in self._duties]:
            self.form.set_error(
                self.signers, f"没有“{unknown[0]}”这个签字岗位，可用：{'、'.join(sorted(self._duties))}"
            )
            return
        made = old._replace(
            signers=signers,
            meetings=_names(self.meetings),
            stamps=_names(self.stamps),
            documents=_names(self.documents),
            notice_days=self.days.value(),
            tender=self.tender.isChecked(),
            in_budget_exempt=self.exempt.isChecked(),
        )
        closed = self.closed.isChecked()
        if self._split:
            if fen <= old.from_fen or (old.to_fen and fen >= old.to_fen):
                self.form.set_error(self.bound, f"分界金额要在这一档之内：{old.span}")
                return
            lower = old._replace(to_fen=fen, to_closed=closed)
            self.tiers = (lower, made._replace(from_fen=fen, from_closed=not closed))
        else:
            if fen and fen <= old.from_fen:
                self.form.set_error(self.bound, "止点要大于起点")
                return
            self.tiers = (made._replace(to_fen=fen, to_closed=closed and bool(fen)),)
        self.accept()


class VersionDialog(ActDialog):
    """From when a changed table is in force, and what it is called."""

    touches = SETTINGS | REQUESTS

    def __init__(self, operations: Operations, table: TierTable, day: date, parent: QWidget) -> None:
        super().__init__(operations, "保存审批权限", "保存(&S)", parent)
        self._table = table
        self.name, self.source = QLineEdit(table.title), QLineEdit(table.source)
        self.day = DayField(day)
        self.form.add("名称(&N)", self.name)
        self.form.add("依据(&B)", self.source, "文件名称和文号")
        self.form.add(
            "生效日期(&D)", self.day, "从这一天起的付款按新的权限审批；由负责人或乡镇保存，日志里留下全文的摘要"
        )

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        day = required_day(self.day, "生效日期")
        table = self._table._replace(title=self.name.text().strip(), source=self.source.text().strip())
        return lambda book: tiers.save_table(book, table, day)

    def told(self, result: Any) -> str:
        """See `ActDialog`."""
        return f"审批权限已保存，{result.valid_from} 起生效"


def _names(field: QLineEdit) -> tuple[str, ...]:
    text = field.text().translate(str.maketrans("，,；; ", "、、、、、"))
    return tuple(part for part in text.split("、") if part)
