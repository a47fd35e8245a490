"""The village's own figures for projects: tender bound, acceptors, audit and retention."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox, QWidget

from village_ledger.domain.money import format_fen, parse_fen
from village_ledger.domain.project import WORKS
from village_ledger.domain.works_rules import WorksRules
from village_ledger.services import works_rules
from village_ledger.services.book import Book
from village_ledger.ui.act_dialog import ActDialog, required_day
from village_ledger.ui.operations import PROJECTS, SETTINGS, Operations
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.money_edit import MoneyEdit


class WorksRulesDialog(ActDialog):
    """`content` is the table in force; what is typed is kept as a new version of it."""

    touches = PROJECTS | SETTINGS

    def __init__(self, operations: Operations, content: dict[str, Any], day: date, parent: QWidget) -> None:
        super().__init__(operations, "工程项目规则", "保存为新版本(&S)", parent)
        self._content = content
        bounds = content.get("bound", [])
        self._bound = next((row for row in bounds if set(row["kinds"]) & set(WORKS)), None)
        self.bound, self.blocking = MoneyEdit(), QCheckBox("达到限额没有招标的，不能登记合同")
        self.people_from, self.people = MoneyEdit(), _spin(1, 50, " 人")
        self.audit_from, self.share = MoneyEdit(), _spin(1, 100, " %")
        self.retention = _spin(0, 100, " %")
        self.basis, self.day = QLineEdit(), DayField(day)
        self.basis.setMaxLength(100)
        self.form.add("必须招标的工程限额(&A)", self.bound, self._bound["basis"] if self._bound else "")
        self.form.add("", self.blocking)
        self.form.add("多少元以上的工程(&P)", self.people_from)
        self.form.add("至少几人验收", self.people)
        self.form.add("多少元以上要审计决算(&U)", self.audit_from)
        self.form.add("审计以前最多付到", self.share)
        self.form.add("质保金最多", self.retention)
        self.form.add("依据(&B)", self.basis, "当地的文件，例如 清河镇村级工程管理办法")
        self.form.add("从哪天起(&D)", self.day, "管这一天以后批准的项目；由负责人或乡镇修改，旧规则保留备查")
        self._show()

    def _show(self) -> None:
        content = self._content
        if self._bound:
            self.bound.set_value_fen(parse_fen(str(self._bound["from"])))
            self.blocking.setChecked(bool(self._bound.get("confirmed")))
        self.people_from.set_value_fen(parse_fen(str(content["acceptance"]["from"])))
        self.people.setValue(int(content["acceptance"]["figure"]))
        self.audit_from.set_value_fen(parse_fen(str(content["audit"]["from"])))
        self.share.setValue(int(content["audit"]["figure"]) // 100)
        self.retention.setValue(int(content["retention"]["figure"]) // 100)

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        day = required_day(self.day, "生效日期")
        basis = self.basis.text().strip() or "本村规定"
        made = dict(self._content)
        made["acceptance"] = _rule(self.people_from, self.people.value(), basis)
        made["audit"] = _rule(self.audit_from, self.share.value() * 100, basis)
        made["retention"] = {**made["retention"], "figure": self.retention.value() * 100}
        others = [row for row in made.get("bound", []) if row is not self._bound]
        fen = self.bound.value_fen() or 0
        ways = self._bound["ways"] if self._bound else ["公开招标", "邀请招标"]
        own = {"kinds": list(WORKS), "from": _yuan(fen), "ways": ways, "basis": basis}
        made["bound"] = [{**own, "confirmed": self.blocking.isChecked()}, *others] if fen else others
        return lambda book: works_rules.save_works(book, made, day)

    def told(self, result: WorksRules) -> str:
        """See `ActDialog`."""
        return f"工程项目规则已保存：{format_fen(result.acceptance.from_fen)} 元以上 {result.acceptance.figure} 人验收"


def _spin(least: int, most: int, unit: str) -> QSpinBox:
    field = QSpinBox()
    field.setRange(least, most)
    field.setSuffix(unit)
    return field


def _yuan(fen: int) -> str:
    return format_fen(fen, grouped=False)


def _rule(bound: MoneyEdit, figure: int, basis: str) -> dict[str, Any]:
    return {"from": _yuan(bound.value_fen() or 0), "figure": figure, "basis": basis, "confirmed": True}
