"""The village's own rule for reception: none, or allowed by a local rule."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_ledger.domain.reception import ReceptionRules
from village_ledger.services import works_rules
from village_ledger.services.book import Book
from village_ledger.services.cells import CellError
from village_ledger.ui.act_dialog import ActDialog, required_day
from village_ledger.ui.operations import BUDGETS, SETTINGS, Operations
from village_ledger.ui.widgets.day_field import DayField


class ReceptionDialog(ActDialog):
    """Switches zero reception on or off from a day on."""

    touches = BUDGETS | SETTINGS

    def __init__(self, operations: Operations, now: ReceptionRules, day: date, parent: QWidget) -> None:
        super().__init__(operations, "招待支出规则", "保存(&S)", parent)
        self.rule, self.basis, self.day = QComboBox(), QLineEdit(now.basis), DayField(day)
        self.rule.addItem("零招待：招待支出不能记账", True)
        self.rule.addItem("当地允许列支，但只减不增", False)
        self.rule.setCurrentIndex(0 if now.zero else 1)
        self.basis.setMaxLength(100)
        self.form.add("规则(&R)", self.rule, "实行控制的账套，按这里的规则在记账时检查；紧急例外仍可由负责人批准")
        self.form.add("依据(&B)", self.basis, "当地的文件或会议决定，例如 某市村务卡管理办法")
        self.form.add("从哪天起(&D)", self.day, "由负责人或乡镇修改，旧规则保留备查")

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        day, zero, basis = required_day(self.day, "生效日期"), bool(self.rule.currentData()), self.basis.text().strip()
        if not basis:
            raise CellError("请写明依据")
        return lambda book: works_rules.save_reception(book, zero=zero, basis=basis, valid_from=day)

    def told(self, result: ReceptionRules) -> str:
        """See `ActDialog`."""
        return f"招待支出规则已保存：{result.title}"
