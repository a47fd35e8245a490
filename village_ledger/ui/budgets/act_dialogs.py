"""Small forms on a budget: the decision that approves it, and adjustments."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_ledger.domain.budget import Adjustment, Budget
from village_ledger.domain.money import format_fen
from village_ledger.services import budgets
from village_ledger.services.book import Book
from village_ledger.services.cells import CellError
from village_ledger.ui.act_dialog import ActDialog, required_day
from village_ledger.ui.decision_field import DecisionField
from village_ledger.ui.operations import BUDGETS, Operations
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.money_edit import MoneyEdit


class ApproveDialog(ActDialog):
    """The decision of the members' meeting that approves a budget."""

    touches = BUDGETS

    def __init__(self, operations: Operations, budget: Budget, day: date, parent: QWidget) -> None:
        super().__init__(operations, f"批准{budget.year}年预算", "批准(&S)", parent)
        self._year = budget.year
        self.decision, self.day = DecisionField(operations), DayField(day)
        self.form.add("决策文号(&N)", self.decision, "年度预算由成员大会审议决定（农村集体经济组织法第二十六条）")
        self.form.add("批准日期(&D)", self.day, "批准以后项目和金额不能再改，只能凭决策“调整”")
        self.decision.setFocus()

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        day, number = required_day(self.day, "批准日期"), self.decision.number()
        return lambda book: budgets.approve(book, self._year, number, day)

    def told(self, result: Budget) -> str:
        """See `ActDialog`."""
        return f"{result.year}年预算已由 {result.decision} 批准"


class AdjustDialog(ActDialog):
    """More or less for an item, or money moved from one item to another, by a decision."""

    touches = BUDGETS

    def __init__(self, operations: Operations, budget: Budget, code: str, day: date, parent: QWidget) -> None:
        super().__init__(operations, f"调整{budget.year}年预算", "调整(&S)", parent)
        self._budget = budget
        self.item, self.source = QComboBox(), QComboBox()
        self.source.addItem("不是调剂（预算总额变动）", "")
        for one in budget.items:
            fen = one.amount_fen + budget.adjustment_fen(one.code)
            text = f"{one.code} {one.name}（{one.side}，现为 {format_fen(fen)}）"
            self.item.addItem(text, one.code)
            self.source.addItem(text, one.code)
        self.item.setCurrentIndex(max(self.item.findData(code), 0))
        self.amount, self.day = MoneyEdit(), DayField(day)
        self.decision, self.reason = DecisionField(operations), QLineEdit()
        self.reason.setMaxLength(100)
        self.form.add("预算项目(&T)", self.item)
        self.form.add("追加金额(&A)", self.amount, "追减填负数，例如 -500")
        self.form.add("从哪一项调剂(&F)", self.source, "选了以后，追加的金额从那一项里追减")
        self.form.add("日期(&D)", self.day)
        self.form.add("决策文号(&N)", self.decision)
        self.form.add("原因(&R)", self.reason)
        self.amount.setFocus()

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        day, fen = required_day(self.day, "日期"), self.amount.value_fen() or 0
        if not fen:
            raise CellError("请填调整的金额")
        number, reason = self.decision.number(), self.reason.text().strip()
        wanted = [Adjustment(self.item.currentData(), day, fen, number, reason)]
        if self.source.currentData():
            if self.source.currentData() == self.item.currentData():
                raise CellError("不能从同一项里调剂")
            wanted.append(Adjustment(self.source.currentData(), day, -fen, number, reason))
        return lambda book: budgets.adjust_all(book, self._budget.year, wanted)

    def told(self, result: Budget) -> str:
        """See `ActDialog`."""
        last = result.adjustments[-1]
        return f"预算已调整（{last.decision}）"
