"""The fields of an asset's card on three pages."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QTabWidget, QVBoxLayout, QWidget

from village_ledger.domain.account import Account
from village_ledger.domain.assets.card import MAX_LIFE_MONTHS, METHODS, SOURCES, STATUSES, Card
from village_ledger.domain.assets.rules import AssetRules, KindRule
from village_ledger.domain.period import Period
from village_ledger.domain.problems import Problem
from village_ledger.services.asset_files import with_accounts
from village_ledger.services.asset_rules import asset_rules
from village_ledger.ui import theme
from village_ledger.ui.choices import account_choice
from village_ledger.ui.operations import Facts
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.finder import FinderEdit
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.money_edit import MoneyEdit

from .fields import TEXT_LENGTH, QuantityEdit, account_field


class CardForm(QTabWidget):
    """Shows a card and reads it back; `fixed` locks what decides its depreciation."""

    def __init__(self, facts: Facts, start: Card, *, fixed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = facts
        self._start = start
        self._acquired = start.acquired
        self.rules: AssetRules = asset_rules(facts.entity.chart)
        self.forms: dict[QWidget, FormGrid] = {}
        self._build_what(start)
        self._build_value(start, fixed=fixed)
        self._build_use(start)
        self.method.currentTextChanged.connect(lambda _text: self._follow_method())
        self._follow_method()

    def propose(self) -> None:
        """From now on class and use propose life and accounts (a new card)."""
        self.category.currentTextChanged.connect(self._follow_category)
        self.operating.currentTextChanged.connect(lambda _text: self._propose_accounts())
        self.acquired.editingFinished.connect(self._follow_acquired)
        self._propose_accounts()

    def _follow_acquired(self) -> None:
        """The day of use and the month of entry go with the day of acquisition, until typed otherwise."""
        day = self.acquired.value() if not self.acquired.error() else None
        if day is None or day == self._acquired:
            return
        first = self._facts.entity.first_period
        if not self.in_use.error() and self.in_use.value() == self._acquired:
            self.in_use.set_value(day)
        if self.entered.text() == str(max(Period.of(self._acquired), first.previous)):
            self.entered.setText(str(max(Period.of(day), first.previous)))
        self._acquired = day

    def _page(self, title: str) -> tuple[FormGrid, FormGrid]:
        page = QWidget()
        row = QHBoxLayout()
        left, right = FormGrid(), FormGrid()
        for form in (left, right):
            row.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
        row.insertSpacing(1, theme.current().px("gap_large"))
        column = QVBoxLayout(page)
        column.addLayout(row)
        column.addStretch(1)
        self.addTab(page, title)
        return left, right

    def _add(self, form: FormGrid, label: str, field: QWidget, hint: str = "") -> None:
        form.add(label, field, hint)
        self.forms[field] = form

    def _text(self, form: FormGrid, label: str, value: str, placeholder: str = "") -> QLineEdit:
        field = QLineEdit(value)
        field.setMaxLength(TEXT_LENGTH)
        field.setPlaceholderText(placeholder)
        self._add(form, label, field)
        return field

    def _choice(self, form: FormGrid, label: str, values: tuple[str, ...], chosen: str) -> QComboBox:
        field = QComboBox()
        field.addItems(values)
        field.setCurrentText(chosen)
        self._add(form, label, field)
        return field

    def _build_what(self, card: Card) -> None:
        left, right = self._page("基本情况(&1)")
        self.name = self._text(left, "资产名称(&N)", card.name)
        self.code = self._text(left, "资产编号(&C)", card.code)
        self.kind = self._choice(left, "资产种类", tuple(rule.name for rule in self.rules.kinds), card.kind)
        self.category = QComboBox()
        self.category.setEditable(True)
        self.category.addItems([rule.name for rule in self.rules.classes])
        self.category.setCurrentText(card.category)
        self.category.lineEdit().setPlaceholderText("选择，或自己填写")
        self._add(left, "类别(&T)", self.category)
        self.model = self._text(left, "规格型号", card.model)
        self.quantity = QuantityEdit(card.quantity)
        self._add(right, "数量(&Q)", self.quantity)
        self.unit = self._text(right, "计量单位(&U)", card.unit, "台、平方米、亩")
        self.source = self._choice(right, "取得方式", SOURCES, card.source)
        self.acquired = DayField(card.acquired)
        self._add(right, "取得日期(&D)", self.acquired)
        self.in_use = DayField(card.in_use)
        self._add(right, "启用日期(&B)", self.in_use, "从下个月起计提折旧；还没有启用就空着")

    def _build_value(self, card: Card, *, fixed: bool) -> None:
        left, right = self._page("价值和折旧(&2)")
        self.original, self.residual, self.charged = MoneyEdit(), MoneyEdit(), MoneyEdit()
        for field, fen in (
            (self.original, card.original_fen),
            (self.residual, card.residual_fen),
            (self.charged, card.opening_accumulated_fen),
        ):
            field.set_value_fen(fen or None)
        self._add(left, "原值(&O)", self.original)
        self._add(left, "预计净残值(&R)", self.residual)
        self.entered = QLineEdit(str(card.entered))
        self._add(left, "入账月份(&M)", self.entered, "价值从哪个月底起在账上；期初资产写建账前一个月")
        self._add(left, "已提折旧(&A)", self.charged, "到入账月份为止")
        self.method = self._choice(left, "折旧方法", METHODS, card.method)
        self.years, self.months = QSpinBox(), QSpinBox()
        self.years.setRange(0, MAX_LIFE_MONTHS // 12)
        self.years.setSuffix(" 年")
        self.months.setRange(0, 11)
        self.months.setSuffix(" 个月")
        self.life = QWidget()
        row = QHBoxLayout(self.life)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.years)
        row.addWidget(self.months)
        self.life.setFocusProxy(self.years)
        self._show_life(card.life_months)
        self._add(left, "使用年限(&L)", self.life)
        self.total_units, self.done_units = QuantityEdit(card.total_units), QuantityEdit(card.opening_units)
        self.units_name = QLineEdit(card.units_name)
        self.units_name.setPlaceholderText("小时、公里、亩次")
        self._add(right, "预计总工作量", self.total_units, "按工作量法计提时填")
        self._add(right, "已完成工作量", self.done_units)
        self._add(right, "工作量单位", self.units_name)
        rule_of = self._rule
        self.asset_account = self._account("资产科目", right, card.asset_account, lambda: rule_of().original)
        self.depreciation_account = self._account(
            "累计折旧科目", right, card.depreciation_account, lambda: rule_of().accumulated or "-"
        )
        self.expense_account = self._account("折旧费用科目", right, card.expense_account, lambda: "")
        if fixed:
            note = theme.mark(QLabel("已经计提折旧或发生变动，价值和折旧资料不能再改"), "hint")
            left.add_wide(note)
            for field in (self.original, self.residual, self.charged, self.entered, self.method, self.life):
                field.setEnabled(False)
            for field in (self.total_units, self.done_units, self.asset_account, self.depreciation_account):
                field.setEnabled(False)
            for field in (self.kind, self.quantity, self.in_use):
                field.setEnabled(False)

    def _account(self, label: str, form: FormGrid, code: str, prefix: Callable[[], str]) -> FinderEdit:
        def wanted(account: Account) -> bool:
            return account.code.startswith(prefix()) and (bool(prefix()) or account.category in ("成本", "损益"))

        field = account_field(lambda: self._facts, code, wanted, "编码、拼音或名称，F7 列出")
        self._add(form, label, field)
        return field

    def _build_use(self, card: Card) -> None:
        left, right = self._page("使用和来源(&3)")
        self.status = self._choice(left, "使用状态", STATUSES, card.status)
        self.operating = self._choice(
            left, "经营性质", ("经营性", "非经营性"), "经营性" if card.operating else "非经营性"
        )
        self.location = self._text(left, "坐落（存放地点）", card.location)
        self.custodian = self._text(left, "保管使用人", card.custodian)
        self.licence = self._text(right, "权证号", card.licence)
        self.project = self._text(right, "资金项目", card.project, "一事一议、衔接资金项目等")
        self.note = self._text(right, "备注", card.note)

    def _rule(self) -> KindRule:
        name = self.kind.currentText()
        return self.rules.kind(name if self.rules.has(name) else self.rules.kinds[0].name)

    def _show_life(self, months: int) -> None:
        self.years.setValue(months // 12)
        self.months.setValue(months % 12)

    def _follow_category(self, name: str) -> None:
        rule = next((one for one in self.rules.classes if one.name == name), None)
        if rule is None:
            return
        self.kind.setCurrentText(rule.kind)
        self._show_life(rule.life_months)
        self.method.setCurrentText("直线法" if rule.life_months else "不提")
        self._propose_accounts()

    def _propose_accounts(self) -> None:
        """Accounts by kind and class, until the user chooses others."""
        start = Card(
            "",
            "",
            self.category.currentText(),
            1,
            self._facts.open_period.first_day,
            Period(2000, 1),
            self.kind.currentText(),
        )
        start = start._replace(operating=self.operating.currentText() == "经营性", method=self.method.currentText())
        chart = self._facts.chart
        given = self.asset_account.value() or ""
        if given and not given.startswith(self._rule().original):
            given = ""
        proposed = with_accounts(start, self.rules, chart, given)
        for field, code in (
            (self.asset_account, proposed.asset_account),
            (self.depreciation_account, proposed.depreciation_account),
            (self.expense_account, proposed.expense_account),
        ):
            field.set_choice(account_choice(chart, code) if code else None)

    def _follow_method(self) -> None:
        fixed = not self.method.isEnabled()
        by_units, by_life = self.method.currentText() == "工作量法", self.method.currentText() == "直线法"
        for field in (self.total_units, self.done_units, self.units_name):
            field.setEnabled(by_units and not fixed)
        self.life.setEnabled(by_life and not fixed)

    def card(self) -> Card | None:
        """The card as typed; None (and the errors shown) when a field cannot be read."""
        for form in set(self.forms.values()):
            form.clear_errors()
        wrong = {
            field: text
            for field in (self.acquired, self.in_use, self.quantity, self.total_units, self.done_units)
            if (text := field.error())
        }
        wrong |= {field: text for field in (self.original, self.residual, self.charged) if (text := field.error())}
        if not self.acquired.text().strip():
            wrong[self.acquired] = "请填写取得日期"
        try:
            entered = Period.parse(self.entered.text())
        except ValueError as error:
            wrong[self.entered] = str(error)
        if wrong:
            for field, text in wrong.items():
                self._show_error(field, text)
            return None
        return Card(
            self.code.text(),
            self.name.text(),
            self.category.currentText(),
            self.original.value_fen() or 0,
            self.acquired.value() or date.min,
            entered,
            self.kind.currentText(),
            self.asset_account.value() or "",
            self.depreciation_account.value() or "",
            self.expense_account.value() or "",
            self.residual.value_fen() or 0,
            self.charged.value_fen() or 0,
            self.method.currentText(),
            self.years.value() * 12 + self.months.value(),
            self.total_units.value(),
            self.done_units.value(),
            self.units_name.text(),
            self.in_use.value(),
            self.model.text(),
            self.quantity.value(),
            self.unit.text(),
            self.source.currentText(),
            self.status.currentText(),
            self.operating.currentText() == "经营性",
            self.location.text(),
            self.custodian.text(),
            self.licence.text(),
            self.project.text(),
            self._start.voucher,
            self.note.text(),
            self._start.id,
        )

    def show_problems(self, problems: tuple[Problem, ...]) -> list[str]:
        """Show each problem at its field; those without one are given back."""
        fields: dict[str, QWidget] = {
            "code": self.code,
            "name": self.name,
            "category": self.category,
            "kind": self.kind,
            "original_fen": self.original,
            "residual_fen": self.residual,
            "opening_accumulated_fen": self.charged,
            "quantity": self.quantity,
            "in_use": self.in_use,
            "life_months": self.life,
            "total_units": self.total_units,
            "opening_units": self.done_units,
            "asset_account": self.asset_account,
            "depreciation_account": self.depreciation_account,
            "expense_account": self.expense_account,
            "method": self.method,
        }
        for problem in reversed(problems):
            if problem.field in fields:
                self._show_error(fields[problem.field], problem.message)
        return [problem.message for problem in problems if problem.field not in fields]

    def _show_error(self, field: QWidget, text: str) -> None:
        form = self.forms[field]
        form.set_error(field, text)
        self.setCurrentWidget(form.parentWidget())
        field.setFocus()
