"""Step 2 of a new book: the regulation, the first month, voucher words, carry-forward, customary details."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from village_ledger import clock
from village_ledger.domain.period import Period
from village_ledger.services.catalog import charts
from village_ledger.services.creation import NewBook
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.period_picker import PeriodPicker

_WORDS = (("记", "“记”字：不分收付转，只有一种凭证（多数村这样用）"), ("收付转", "“收、付、转”字：三种凭证分别编号"))
_CARRY = (("year", "年末结转：每年 12 月结账时一次结转损益"), ("month", "每月结转：每月结账时都结转损益"))
_CHART_HINTS = {
    "rural-2023": "2024 年 1 月 1 日起执行的现行制度，新建账套请选这个",
    "rural-2004": "已经废止的老制度，只用来补录 2023 年以前的旧账",
}


class RulesStep(QWidget):
    """Everything has a sensible answer beforehand."""

    changed = Signal()
    title = "制度"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart, self.words, self.carry = QComboBox(), QComboBox(), QComboBox()
        for key, title in charts():
            self.chart.addItem(title, key)
        for combo, choices in ((self.words, _WORDS), (self.carry, _CARRY)):
            for key, text in choices:
                combo.addItem(text, key)
        today = clock.today()
        self.start = PeriodPicker()
        self.start.set_years(today.year - 10, today.year + 1)
        self.start.set_period(Period(today.year, 1))
        start_row = QWidget()
        row = QHBoxLayout(start_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.start)
        row.addStretch(1)
        start_row.setFocusProxy(self.start)
        self._start_row = start_row
        self.details = QCheckBox("加上常用的明细科目")
        self.details.setChecked(True)
        self.form = FormGrid()
        self.form.add("会计制度(&K)", self.chart, _CHART_HINTS["rural-2023"])
        self.form.add("启用月份(&Q)", start_row, "从这个月开始用本程序记账")
        self.form.add("凭证字(&Z)", self.words)
        self.form.add("损益结转(&J)", self.carry)
        self.form.add("明细科目", self.details, "例如管理费用下的办公费、差旅费；以后可以自己增加、停用")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        self.setFocusProxy(self.chart)
        self.chart.currentIndexChanged.connect(self._show_hints)
        self.start.changed.connect(lambda _period: self._show_hints())
        self._show_hints()

    def _show_hints(self) -> None:
        self.form.set_hint(self.chart, _CHART_HINTS[self.chart.currentData()])
        start = self.start.period()
        hint = "从年初开始，只填年初余额"
        if start.month > 1:
            hint = f"从年中开始：除了{start.label}初的余额，还要填 1 月到 {start.previous.month} 月的累计发生额"
        self.form.set_hint(self._start_row, hint)
        if start.year < 2024 and self.chart.currentData() == "rural-2023":
            self.form.set_error(self._start_row, "现行制度从 2024 年 1 月起执行；补录以前的账请选 2004 年的制度")
        self.changed.emit()

    def settle_on_current(self) -> None:
        """The book is to be kept by the regulation in force; nothing else is offered."""
        self.chart.setCurrentIndex(self.chart.findData("rural-2023"))
        self.chart.setEnabled(False)

    def prefill(self, new: NewBook) -> None:
        """Fill in what is known."""
        self.start.set_years(min(new.start.year, clock.today().year - 10), max(new.start.year, clock.today().year) + 1)
        self.start.set_period(new.start)
        self.words.setCurrentIndex(self.words.findData(new.words))
        self.carry.setCurrentIndex(self.carry.findData(new.carry_forward))
        self._show_hints()

    def apply(self, new: NewBook) -> NewBook:
        """The new book with this step's answers."""
        return new._replace(
            chart=self.chart.currentData(),
            start=self.start.period(),
            words=self.words.currentData(),
            carry_forward=self.carry.currentData(),
            suggested_details=self.details.isChecked(),
        )

    def summary(self) -> tuple[tuple[str, str], ...]:
        """What was answered, for the last step."""
        words = "记" if self.words.currentData() == "记" else "收、付、转"
        carry = "年末结转" if self.carry.currentData() == "year" else "每月结转"
        details = "加常用明细科目" if self.details.isChecked() else "只要制度规定的科目"
        return (
            ("会计制度", self.chart.currentText()),
            ("启用月份", self.start.period().label),
            ("规则", f"凭证字：{words}；损益{carry}；{details}"),
        )

    def check(self) -> bool:
        """Whether the step can be left: every answer offered is possible."""
        return True
