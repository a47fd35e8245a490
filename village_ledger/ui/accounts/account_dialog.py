"""Adding a detail account, or changing an account."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from village_ledger.domain.account import (
    CODE_LENGTHS,
    DIMENSION_CATEGORIES,
    SIDE_LABELS,
    Account,
    Auxiliary,
    Chart,
    parent_code,
)
from village_ledger.domain.errors import Refusal
from village_ledger.services import accounts
from village_ledger.services.book import Book
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import ACCOUNTS, Operations
from village_ledger.ui.widgets.form import FormGrid


def next_code(chart: Chart, parent: str) -> str:
    """The first free code below an account; empty when its 99 are used or it is on the lowest level."""
    level = CODE_LENGTHS.index(len(parent))
    if level + 1 >= len(CODE_LENGTHS):
        return ""
    used = {account.code for account in chart.subtree(parent) if parent_code(account.code) == parent}
    last = max((int(code[-2:]) for code in used), default=0)
    numbers = [*range(last + 1, 100), *range(1, last)]
    return next((f"{parent}{number:02d}" for number in numbers if f"{parent}{number:02d}" not in used), "")


def account_problems(chart: Chart, parent: str, code: str, name: str, known: str = "") -> dict[str, str]:
    """What is wrong with a code and a name, by field; `known` is the account's own code while it is changed."""
    wrong: dict[str, str] = {}
    length = CODE_LENGTHS[CODE_LENGTHS.index(len(parent)) + 1] if parent else CODE_LENGTHS[0]
    if not known:
        if not (code.isascii() and code.isdigit() and len(code) == length and code.startswith(parent)):
            wrong["code"] = f"编码应为 {length} 位数字，前面是上级编码 {parent}"
        elif code in chart:
            wrong["code"] = f"编码 {code} 已用于“{chart[code].name}”，请换一个"
    siblings = [account for account in chart if parent_code(account.code) == parent and account.code != known]
    if not name.strip():
        wrong["name"] = "请填写科目名称"
    elif any(account.name == name.strip() for account in siblings):
        wrong["name"] = f"同一上级下面已有“{name.strip()}”"
    return wrong


class AuxiliaryChooser(QWidget):
    """A row for each dimension: kept by it or not, and whether it must be filled in on every line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px("gap_large") * 2)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        self.kept: dict[str, QCheckBox] = {}
        self.required: dict[str, QCheckBox] = {}
        for row, category in enumerate(DIMENSION_CATEGORIES):
            kept, required = QCheckBox(f"按{category}核算"), QCheckBox("每笔必填")
            required.setChecked(True)
            required.setEnabled(False)
            kept.toggled.connect(required.setEnabled)
            grid.addWidget(kept, row, 0)
            grid.addWidget(required, row, 1)
            self.kept[category], self.required[category] = kept, required

    def set_value(self, auxiliaries: tuple[Auxiliary, ...]) -> None:
        """Show an account's dimensions."""
        given = {auxiliary.category: auxiliary.required for auxiliary in auxiliaries}
        for category, kept in self.kept.items():
            kept.setChecked(category in given)
            self.required[category].setChecked(given.get(category, True))

    def value(self) -> tuple[Auxiliary, ...]:
        """The dimensions ticked."""
        return tuple(
            Auxiliary(category, self.required[category].isChecked())
            for category, kept in self.kept.items()
            if kept.isChecked()
        )


class AccountDialog(Dialog):
    """`account` None adds below `parent_code`; otherwise changes it. `saved(code)` fires after each save."""

    saved = Signal(str)

    def __init__(
        self, operations: Operations, chart: Chart, parent_code: str, account: Account | None, parent: QWidget
    ) -> None:
        super().__init__("修改科目" if account else "增加明细科目", parent, operations=operations, width=560)
        self._operations = operations
        self._chart = chart
        self._above = parent_code
        self._account = account
        self._again = False
        self._touched = account is not None
        above = chart.get(parent_code)
        self.code = QLineEdit(account.code if account else next_code(chart, parent_code))
        self.code.setReadOnly(account is not None)
        self.name = QLineEdit(account.name if account else "")
        self.name.setMaxLength(60)
        fixed = account is not None and account.official and account.level == 1
        self.name.setReadOnly(fixed)
        self.side = QComboBox()
        for key, label in SIDE_LABELS.items():
            self.side.addItem({"debit": "借方", "credit": "贷方"}.get(key, f"{label}（按每户余额分借贷）"), key)
        model = account or above or Account("", "", "", "debit")
        self.side.setCurrentIndex(self.side.findData(model.side))
        self.auxiliaries = AuxiliaryChooser()
        self.auxiliaries.set_value(model.auxiliaries)
        self.unit = QLineEdit(account.unit if account else "")
        self.unit.setMaxLength(6)
        self.unit.setPlaceholderText("不核算数量就空着，例如 吨、亩、头")
        self.form = FormGrid()
        place = chart.full_name(parent_code) if above else "一级科目"
        above_label = QLabel(f"{parent_code}  {place}" if above else place)
        above_label.setMinimumHeight(theme.current().px("control"))
        self.form.add("上级科目", above_label)
        self.form.add("科目编码(&C)", self.code)
        self.form.add("科目名称(&N)", self.name, "一级科目的名称由会计制度规定，不能修改" if fixed else "")
        self.form.add("余额方向(&D)", self.side)
        self.form.add("辅助核算", self.auxiliaries, "按往来户核算：填凭证时要选是哪一户，账上就有每户的余额")
        self.form.add("数量单位(&U)", self.unit)
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        if account is None:
            self.again_button = self.add_button("保存并继续增加(&M)", self._save_and_go_on)
        self.save_button = self.add_button("保存(&S)", self._save, kind="primary")
        self.code.textChanged.connect(self._check)
        self.name.textChanged.connect(self._name_typed)
        self._check()
        (self.unit if fixed else self.name).setFocus()
        self.name.selectAll()

    def problems(self) -> dict[str, str]:
        """What is wrong now, by field."""
        known = self._account.code if self._account else ""
        if self._account and self.name.text().strip() == self._account.name:
            return {}
        return account_problems(self._chart, self._above, self.code.text().strip(), self.name.text(), known)

    def _name_typed(self) -> None:
        self._touched = True
        self._check()

    def _check(self) -> None:
        wrong = self.problems()
        self.form.set_error(self.code, wrong.get("code", ""))
        self.form.set_error(self.name, wrong.get("name", "") if self._touched else "")

    def _save_and_go_on(self) -> None:
        self._again = True
        self._submit()

    def _save(self) -> None:
        self._again = False
        self._submit()

    def _submit(self) -> None:
        self._touched = True
        self._check()
        wrong = self.problems()
        if wrong:
            (self.code if "code" in wrong else self.name).setFocus()
            return
        name, side, unit = self.name.text().strip(), self.side.currentData(), self.unit.text().strip()
        auxiliaries, before, code = self.auxiliaries.value(), self._account, self.code.text().strip()
        if before is None:
            added = Account(code, name, "", side, auxiliaries, unit)
            self._write(lambda book: accounts.add_account(book, added))
        else:
            self._write(
                lambda book: accounts.change_account(
                    book, before.code, name=name, side=side, auxiliaries=auxiliaries, unit=unit
                )
            )

    def _write(self, act: Callable[[Book], Account]) -> None:
        self._operations.write(
            act,
            self._saved,
            touches=ACCOUNTS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, account: Account) -> None:
        self.saved.emit(account.code)
        if not self._again:
            self.accept()
            return
        facts = self._operations.facts
        if facts is not None:
            self._chart = facts.chart
        self.message(f"已增加 {account.code} {account.name}", "success")
        self._touched = False
        self.name.clear()
        self._touched = False
        self.code.setText(next_code(self._chart, self._above))
        self._check()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")
