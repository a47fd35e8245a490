"""Forms on the rules of decisions: one figure with its source, a new step, the day a new version begins."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.domain.governance import OF_ALL, OF_PRESENT
from village_ledger.services import governance, governance_edit
from village_ledger.services.book import Book
from village_ledger.services.decision_cells import read_names
from village_ledger.services.governance import RuleVersion
from village_ledger.services.governance_edit import Change, Figure
from village_ledger.ui.act_dialog import ActDialog, required_day
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import DECISIONS, SETTINGS, Operations
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.form import FormGrid

_HINTS = {
    "share": "写成分数，例如 2/3",
    "days": "天数，按日历天数算",
    "size": "最少人数，或写成 3-7",
    "limit": "元",
    "names": "几项用顿号隔开",
}


class _Fields(NamedTuple):
    value: QLineEdit
    law: QComboBox
    article: QLineEdit
    confirmed: QCheckBox


class FigureDialog(Dialog):
    """One figure with its source."""

    def __init__(self, operations: Operations, content: dict[str, Any], figure: Figure, parent: QWidget) -> None:
        super().__init__(f"{figure.name}　{figure.what}", parent, operations=operations, width=520)
        self._content, self._figure = content, figure
        self.result_content = content
        self.form = FormGrid()
        more, of, odd = governance_edit.options(content, figure)
        self.fields = _Fields(QLineEdit(figure.value), QComboBox(), QLineEdit(figure.article), QCheckBox("逐字核对过"))
        self.form.add("数值(&V)", self.fields.value, _HINTS[figure.kind])
        self.more, self.of = QComboBox(), QComboBox()
        self.more.addItems(("以上", "超过"))
        self.more.setCurrentIndex(int(more))
        self.of.addItems((OF_ALL, OF_PRESENT))
        self.of.setCurrentText(of)
        self.odd = QCheckBox("人数应为单数")
        self.odd.setChecked(odd)
        if figure.kind == "share":
            self.form.add("达到还是超过", self.more)
            if figure.what != "到会":
                self.form.add("按谁计算", self.of)
        if figure.kind == "size":
            self.form.add("", self.odd)
        self.fields.law.setEditable(True)
        self.fields.law.addItems(governance_edit.laws(content))
        self.fields.law.setCurrentText(figure.law)
        self.fields.confirmed.setChecked(figure.confirmed)
        self.form.add("依据(&L)", self.fields.law, "法律、法规、章程或者村规")
        self.form.add("条文(&A)", self.fields.article, "例如 第二十七条")
        self.form.add("", self.fields.confirmed)
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.add_button("修改(&S)", self._take, kind="primary")
        self.fields.value.setFocus()
        self.fields.value.selectAll()

    def _take(self) -> None:
        change = Change(
            self.fields.value.text(),
            self.fields.law.currentText().strip(),
            self.fields.article.text().strip(),
            self.fields.confirmed.isChecked(),
            bool(self.more.currentIndex()),
            self.of.currentText(),
            self.odd.isChecked(),
        )
        try:
            self.result_content = governance_edit.with_change(self._content, self._figure, change)
        except Refusal as refusal:
            self.message(str(refusal), "danger")
            return
        self.accept()


class StepDialog(Dialog):
    """A new step of a procedure."""

    def __init__(
        self, operations: Operations, content: dict[str, Any], procedure: str, before: str, parent: QWidget
    ) -> None:
        super().__init__(f"增加环节　{procedure}", parent, operations=operations, width=520)
        self._content, self._procedure, self._before = content, procedure, before
        self.result_content = content
        self.form = FormGrid()
        self.name, self.bodies = QLineEdit(), QLineEdit()
        self.form.add("环节名称(&N)", self.name, f"放在“{before}”前面，例如 乡镇审核")
        self.form.add("由哪些会议办理(&B)", self.bodies, "几种会议用顿号隔开，例如 乡镇党委会议")
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.add_button("增加(&S)", self._take, kind="primary")
        self.name.setFocus()

    def _take(self) -> None:
        try:
            self.result_content = governance_edit.with_step(
                self._content, self._procedure, self._before, self.name.text(), read_names(self.bodies.text())
            )
        except Refusal as refusal:
            self.message(str(refusal), "danger")
            return
        self.accept()


class VersionDialog(ActDialog):
    """From when a new version of the rules is in force."""

    touches = DECISIONS | SETTINGS

    def __init__(self, operations: Operations, content: dict[str, Any], today: date, parent: QWidget) -> None:
        super().__init__(operations, "保存为新版本", "保存(&S)", parent)
        self._content = content
        self.day = DayField(today)
        self.form.add(
            "生效日期(&D)",
            self.day,
            "从这一天起作出的决策按新规则核对；已经定稿的决策仍按定稿时的规则，修改记入操作日志",
        )
        self.day.setFocus()

    def act(self) -> Callable[[Book], RuleVersion]:
        """See `ActDialog`."""
        day, content = required_day(self.day, "生效日期"), self._content
        return lambda book: governance.save_rules(book, governance.GOVERNANCE, content, day)

    def told(self, result: RuleVersion) -> str:
        """See `ActDialog`."""
        return f"新规则从 {result.valid_from} 起生效（第 {result.id} 版），原来的版本仍然保留"
