"""What the voucher list is narrowed to: months, state, text, account, amounts."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from village_ledger.domain.money import MoneyError
from village_ledger.domain.period import Period
from village_ledger.domain.search import find_accounts
from village_ledger.services.vouchers import VoucherFilter

from .. import theme
from ..operations import Facts
from ..widgets.button import make_button
from ..widgets.finder import Choice, FinderEdit
from ..widgets.flow_layout import FlowLayout
from ..widgets.money_edit import MoneyEdit
from ..widgets.period_picker import PeriodRange
from .reads import COMMENTED, LACKING

STATES = (
    ("all", "全部状态"),
    ("draft", "草稿"),
    ("reviewed", "已审核"),
    ("posted", "已记账"),
    (LACKING, "缺依据"),
    (COMMENTED, "有审核意见"),
)
PAUSE_MS = 300


class FilterBar(QWidget):
    """Tells the filter a moment after the last change."""

    changed = Signal()

    def __init__(self, facts: Facts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._facts = facts
        self.months = PeriodRange(self)
        self.state = QComboBox(self)
        self.text = QLineEdit(self)
        self.account = FinderEdit(self._find_accounts, "科目", self)
        self.low = MoneyEdit(self)
        self.high = MoneyEdit(self)
        self.clear_button = make_button("清除条件", kind="quiet", on_click=self.clear)
        for key, title in STATES:
            self.state.addItem(title, key)
        self.text.setPlaceholderText("查找摘要、科目、往来户、金额")
        self.text.setClearButtonEnabled(True)
        self.low.setPlaceholderText("金额从")
        self.high.setPlaceholderText("到")
        for field in (self.low, self.high):
            field.setFixedWidth(look.scaled(96))
        self.account.setMinimumWidth(look.scaled(130))
        row = FlowLayout(self)
        row.add(self.months)
        row.add(self.state)
        row.add(self.text, 2)
        row.add(self.account, 1)
        for widget in (self.low, QLabel("—", self), self.high, self.clear_button):
            row.add(widget)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.show_facts(facts)
        self.months.set_span(facts.open_period, facts.open_period)
        for signal in (self.months.changed, self.state.activated, self.text.textChanged, self.account.chosen):
            signal.connect(lambda *_values: self._pause.start())
        for field in (self.low, self.high):
            field.amount_changed.connect(self._pause.start)

    def show_facts(self, facts: Facts) -> None:
        """Offer the years of the book."""
        self._facts = facts
        self.months.set_years(facts.entity.first_period.year, facts.open_period.year + 1)

    @property
    def special(self) -> str:
        """`LACKING` or `COMMENTED` where only such vouchers are wanted; else empty."""
        chosen = str(self.state.currentData())
        return chosen if chosen in (LACKING, COMMENTED) else ""

    def wanted(self) -> VoucherFilter:
        """The filter; an amount that cannot be read is left out (the field is marked)."""
        start, end = self.months.span()
        return VoucherFilter(
            start=start,
            end=end,
            state="all" if self.special else self.state.currentData(),
            text=self.text.text().strip(),
            account=self.account.value() or "",
            low_fen=_amount(self.low),
            high_fen=_amount(self.high),
        )

    def clear(self) -> None:
        """Back to everything of the open month."""
        self.months.set_span(self._facts.open_period, self._facts.open_period)
        self.state.setCurrentIndex(0)
        self.text.clear()
        self.account.set_choice(None)
        self.low.set_value_fen(None)
        self.high.set_value_fen(None)
        self.changed.emit()

    def show_months(self, start: Period, end: Period) -> None:
        """Widen or narrow the months."""
        self.months.set_span(start, end)
        self.changed.emit()

    def _find_accounts(self, text: str) -> tuple[Choice, ...]:
        chart = self._facts.chart
        parents = [
            account for account in chart if text and account.code.startswith(text) and not chart.is_leaf(account.code)
        ]
        found = [*parents, *find_accounts(chart, text, self._facts.usage)]
        return tuple(Choice(one.code, chart.full_name(one.code), "", one.code) for one in found)


def _amount(field: MoneyEdit) -> int | None:
    try:
        fen = field.value_fen()
    except MoneyError:
        fen = None
    theme.set_state(field, "wrong", fen is None and bool(field.text().strip()))
    return fen
