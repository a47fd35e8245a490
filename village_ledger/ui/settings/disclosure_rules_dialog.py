"""The village's own way of disclosing: rhythm, days, signatures, and which sheets and columns stand on the wall."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHeaderView, QLineEdit, QSpinBox, QTreeWidget, QTreeWidgetItem, QWidget

from village_ledger.services import disclosure_profiles, notice_sheets
from village_ledger.services.book import Book
from village_ledger.services.disclosure_profiles import Profile, SheetRule
from village_ledger.services.governance import version_on
from village_ledger.ui import theme
from village_ledger.ui.act_dialog import ActDialog, required_day
from village_ledger.ui.operations import DISCLOSURES, SETTINGS, Operations
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.money_edit import MoneyEdit

_KEY = Qt.ItemDataRole.UserRole
_REGULAR = ("month", "quarter", "year")


class RulesInForce(NamedTuple):
    """How the book discloses now, and whether that is a version of its own."""

    rules: Profile
    own: bool


def rules_in_force(book: Book) -> RulesInForce:
    """Read it."""
    own = version_on(book, disclosure_profiles.TOPIC, date.max)
    return RulesInForce(disclosure_profiles.profile_of(book), own is not None and own.content != "{}")


class DisclosureRulesDialog(ActDialog):
    """What is changed is kept as a new version, in force from a day on."""

    touches = SETTINGS | DISCLOSURES

    def __init__(self, operations: Operations, found: RulesInForce, day: date, parent: QWidget) -> None:
        super().__init__(operations, "本村公开办法", "保存为新版本(&S)", parent)
        self.setMinimumWidth(theme.current().scaled(760))
        self._rules = rules = found.rules
        self._dropping = False
        self.rhythm = QComboBox()
        for key, title in disclosure_profiles.RHYTHMS.items():
            self.rhythm.addItem(title, key)
        self.rhythm.setCurrentIndex(self.rhythm.findData(rules.rhythm))
        self.due, self.posting = _spin(1, 28, " 日", rules.due_day), _spin(1, 366, " 天", rules.posting_days)
        self.answer, self.days = _spin(1, 366, " 天", rules.answer_days), _spin(0, 366, " 天", rules.major_days)
        self.major = MoneyEdit()
        self.major.set_value_fen(rules.major_fen)
        self.signers, self.seals = QLineEdit("、".join(rules.signers)), QLineEdit("、".join(rules.seals))
        self.day = DayField(day)
        self.form.add("公开周期(&R)", self.rhythm)
        self.form.add("次月（季后首月）几日前张榜(&D)", self.due)
        self.form.add("公开多少天(&P)", self.posting)
        self.form.add("质询几天内答复(&A)", self.answer)
        more = FormGrid()
        more.add("多少元以上是重大收支(&M)", self.major)
        more.add("重大收支几天内公开", self.days)
        more.add("签字栏(&G)", self.signers)
        more.add("盖章处", self.seals)
        more.add("从哪天起(&F)", self.day)
        self.form.add_wide(more)
        self.tree = self._sheets()
        self.form.add_wide(self.tree)
        self.reset_button = self.add_button("恢复原来的规定", self._reset)
        self.reset_button.setEnabled(found.own)

    def _sheets(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderLabels(("公开表和栏目（不勾的不上榜，双击改栏名）", ""))
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().resizeSection(1, theme.current().scaled(120))
        tree.setFixedHeight(theme.current().scaled(210))
        for rule in self._rules.sheets:
            if not set(rule.editions) & {*_REGULAR, "special"}:
                continue
            top = QTreeWidgetItem(tree, (notice_sheets.TITLES[rule.key], ""))
            top.setData(0, _KEY, rule.key)
            if rule.key == "large":
                top.setText(1, "只用于专项公开")
            else:
                _tick(top, ticked=bool(set(rule.editions) & set(_REGULAR)))
            titles = dict(rule.titles)
            for column in notice_sheets.columns_of(rule.key):
                row = QTreeWidgetItem(top, (titles.get(column.key, column.title), "必须公开" if column.kept else ""))
                row.setData(0, _KEY, column.key)
                _tick(row, ticked=column.key not in rule.without)
                row.setFlags(row.flags() | Qt.ItemFlag.ItemIsEditable)
        return tree

    def chosen(self) -> Profile:
        """The rules as shown. Raises MoneyError for an amount that cannot be read."""
        tops = [self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount())]
        shown = {str(top.data(0, _KEY)): top for top in tops if top is not None}
        return self._rules._replace(
            rhythm=str(self.rhythm.currentData()),
            due_day=self.due.value(),
            posting_days=self.posting.value(),
            answer_days=self.answer.value(),
            major_fen=self.major.value_fen() or 0,
            major_days=self.days.value(),
            signers=_names(self.signers.text()),
            seals=_names(self.seals.text()),
            sheets=tuple(_rule(rule, shown[rule.key]) if rule.key in shown else rule for rule in self._rules.sheets),
        )

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        day = required_day(self.day, "生效日期")
        if self._dropping:
            return lambda book: disclosure_profiles.drop_own(book, day)
        wanted = notice_sheets.checked(self.chosen())
        return lambda book: disclosure_profiles.save_own(book, wanted, day)

    def told(self, _result: object) -> str:
        """See `ActDialog`."""
        return "公开办法已恢复原来的规定" if self._dropping else "本村公开办法已保存，日志里有记录"

    def _reset(self) -> None:
        self._dropping = True
        self._save()
        self._dropping = self.result() == self.DialogCode.Accepted


def _spin(least: int, most: int, unit: str, value: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(least, most)
    field.setSuffix(unit)
    field.setValue(value)
    return field


def _tick(item: QTreeWidgetItem, *, ticked: bool) -> None:
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.replace("，", "、").split("、") if name.strip())


def _rule(before: SheetRule, top: QTreeWidgetItem) -> SheetRule:
    """The rule of a sheet as the tree shows it; a sheet ticked anew stands in every regular notice."""
    usual = {column.key: column.title for column in notice_sheets.columns_of(before.key)}
    rows = [top.child(place) for place in range(top.childCount())]
    texts = {str(row.data(0, _KEY)): row.text(0).strip() for row in rows}
    without = tuple(str(row.data(0, _KEY)) for row in rows if row.checkState(0) != Qt.CheckState.Checked)
    titles = tuple(sorted((key, text) for key, text in texts.items() if text and text != usual[key]))
    editions = before.editions
    if before.key != "large":
        special = tuple(one for one in editions if one == "special")
        regular = tuple(one for one in editions if one in _REGULAR) or _REGULAR
        editions = (regular if top.checkState(0) == Qt.CheckState.Checked else ()) + special
    return before._replace(editions=editions, without=without, titles=titles)
