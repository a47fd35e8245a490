"""The row above a report where one says what to see: months, account, member, level."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from village_ledger.domain.account import DIMENSION_CATEGORIES
from village_ledger.domain.period import Period
from village_ledger.reports.query import Query
from village_ledger.reports.registry import ReportKind
from village_ledger.ui import shortcuts, theme
from village_ledger.ui.choices import account_choice, dimension_items, ledger_accounts
from village_ledger.ui.operations import Facts
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.finder import Choice, FinderEdit
from village_ledger.ui.widgets.flow_layout import FlowLayout
from village_ledger.ui.widgets.period_picker import PeriodPicker, PeriodRange

FORMS = (
    {"subsidiary-ledger": "三栏式", "multi-column-ledger": "多栏式", "quantity-ledger": "数量金额式"},
    {"voucher-summary": "按科目汇总", "vouchers": "按凭证列出"},
)
"""Reports that are forms of one another: a list in the query bar switches between them."""
POINT_IN_TIME = frozenset(
    {
        "balance-sheet",
        "ageing",
        "resource-register",
        "contract-register",
        "contract-arrears",
        "contract-tie",
        "project-ledger",
        "tender-register",
    }
)
"""Reports of a day, not of a span: they ask for one month only."""
_LEVELS = 6


class QueryBar(QWidget):
    """Emits `asked(Query)` when something was chosen or the query button pressed."""

    asked = Signal(object)
    form_asked = Signal(str)

    def __init__(self, kind: ReportKind, facts: Callable[[], Facts], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._facts = facts
        self._kept: tuple[str, ...] = ()
        self._row = FlowLayout(self, gap=theme.current().px("gap"))
        self.single = PeriodPicker()
        self.span = PeriodRange()
        point = kind.key in POINT_IN_TIME
        self._add("截至" if point else "", self.single if point else self.span)
        if point:
            self.single.changed.connect(lambda _period: self.ask())
        else:
            self.span.changed.connect(lambda _first, _last: self.ask())
            for title, slot in (("本月", self._this_month), ("本年", self._this_year)):
                self._row.addWidget(make_button(title, kind="quiet", on_click=slot))
        self._add_forms()
        self.account = FinderEdit(ledger_accounts(facts), "编码、拼音或名称")
        self.dimension = QComboBox()
        self.item = FinderEdit(dimension_items(facts, self._category), "全部")
        self.level = QComboBox()
        self._add_options()
        self.button = make_button("查询", kind="primary", icon="search", on_click=self.ask)
        self.button.setToolTip(f"查询 / 刷新（{shortcuts.label('report.query')}）")
        self._row.addWidget(self.button)

    def query(self) -> Query:
        """What is asked for now."""
        if self._kind.key in POINT_IN_TIME:
            end = self.single.period()
            start = end.january
        else:
            start, end = self.span.span()
        made = Query(start, end, account=self.account.value() or "", item=self.item.value(), accounts=self._kept)
        if "dimension" in self._kind.options:
            made = made._replace(dimension=str(self.dimension.currentData()))
        if "level" in self._kind.options:
            made = made._replace(level=int(self.level.currentData()))
        return made

    def set_query(self, query: Query) -> None:
        """Show a query without asking it."""
        facts = self._facts()
        first, last = facts.entity.first_period.year, max(facts.open_period.year, query.end.year)
        self.single.set_years(first, last)
        self.span.set_years(first, last)
        self.single.set_period(query.end)
        self.span.set_span(query.start, query.end)
        self.account.set_choice(account_choice(facts.chart, query.account) if query.account else None)
        self.item.set_choice(Choice("", query.item.name, query.item.category, query.item) if query.item else None)
        self.dimension.setCurrentIndex(max(self.dimension.findData(query.dimension), 0))
        self.level.setCurrentIndex(max(self.level.findData(query.level), 0))
        self._kept = query.accounts

    def ask(self) -> None:
        """Emit what is asked for now."""
        self.asked.emit(self.query())

    def _add(self, label: str, field: QWidget) -> None:
        """Add a field with its label, which stay together when the row breaks."""
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px("gap"))
        if label:
            row.addWidget(QLabel(label))
        row.addWidget(field)
        self._row.addWidget(pair)

    def _add_forms(self) -> None:
        forms = next((forms for forms in FORMS if self._kind.key in forms), None)
        if forms is None:
            return
        self.form = QComboBox()
        for key, title in forms.items():
            self.form.addItem(title, key)
        own = self.form.findData(self._kind.key)
        self.form.setCurrentIndex(own)
        self.form.activated.connect(lambda _index: self._ask_form(own))
        self._row.addWidget(self.form)

    def _ask_form(self, own: int) -> None:
        wanted = str(self.form.currentData())
        self.form.setCurrentIndex(own)
        if wanted != self._kind.key:
            self.form_asked.emit(wanted)

    def _add_options(self) -> None:
        look = theme.current()
        if "account" in self._kind.options:
            self.account.setFixedWidth(look.scaled(164))
            self.account.chosen.connect(lambda _code: self.ask())
            self._add("科目", self.account)
        if "dimension" in self._kind.options:
            self.dimension.addItem("不分往来户", "")
            for category in DIMENSION_CATEGORIES:
                self.dimension.addItem(f"按{category}", category)
            self.dimension.setCurrentIndex(1)
            self.dimension.activated.connect(self._dimension_changed)
            self._row.addWidget(self.dimension)
        if "item" in self._kind.options:
            self.item.setFixedWidth(look.scaled(100))
            self.item.chosen.connect(lambda _item: self.ask())
            self._row.addWidget(self.item)
        if "level" in self._kind.options:
            self.level.addItem("全部级次", _LEVELS)
            for level in range(1, _LEVELS):
                self.level.addItem(f"到 {level} 级", level)
            self.level.activated.connect(lambda _index: self.ask())
            self._row.addWidget(self.level)

    def _category(self) -> str:
        return str(self.dimension.currentData() or "") if "dimension" in self._kind.options else ""

    def _dimension_changed(self, _index: int) -> None:
        chosen = self.item.value()
        if chosen is not None and chosen.category != self._category():
            self.item.set_choice(None)
        self.ask()

    def _this_month(self) -> None:
        month = self._facts().open_period
        self._set_span(month, month)

    def _this_year(self) -> None:
        month = self._facts().open_period
        self._set_span(month.january, month)

    def _set_span(self, first: Period, last: Period) -> None:
        self.span.set_span(first, last)
        self.ask()
