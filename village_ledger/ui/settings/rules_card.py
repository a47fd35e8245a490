"""How the book is kept: voucher words, carry-forward, one-person office, cash and bank accounts, backups."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from village_ledger.domain.account import Chart
from village_ledger.domain.errors import Refusal
from village_ledger.services import settings as service
from village_ledger.services.book import Settings
from village_ledger.ui import dialogs
from village_ledger.ui.operations import SETTINGS, Operations
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card
from village_ledger.ui.widgets.form import FormGrid

WORDS = (("记", "只用“记”字，一种凭证（多数村用这种）"), ("收付转", "分“收、付、转”三种凭证"))
CARRIES = (("year", "年末一次结转"), ("month", "每月结转"))
SINGLE_PERSON = "一人岗：制单和审核可以是同一人"
_SHOWN = ("words", "carry_forward", "single_person", "cash_accounts", "bank_accounts", "backup_folder", "keep_backups")


def read_codes(text: str) -> tuple[str, ...]:
    """Codes separated by commas or spaces of either width."""
    return tuple(part for part in text.replace("，", " ").replace("、", " ").replace(",", " ").split() if part)


class RulesCard(Card):
    """`saved` fires after saving; what is chosen and not saved survives a refresh."""

    saved = Signal(str)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__("记账规则", parent)
        self._operations = operations
        self._settings: Settings | None = None
        self._chart = Chart(())
        self.words, self.carry = QComboBox(), QComboBox()
        for combo, choices in ((self.words, WORDS), (self.carry, CARRIES)):
            for key, text in choices:
                combo.addItem(text, key)
        self.single = QCheckBox(SINGLE_PERSON)
        self.cash, self.bank, self.folder = QLineEdit(), QLineEdit(), QLineEdit()
        self.folder.setPlaceholderText("放在账套旁边的“备份”文件夹")
        self.keep = QSpinBox()
        self.keep.setRange(3, 999)
        self.keep.setSuffix(" 份")
        self.keep.lineEdit().setTextMargins(6, 0, 0, 0)
        self.pick_button = make_button("选择…", on_click=self._pick)
        folder_row = QWidget()
        row = QHBoxLayout(folder_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.folder, 1)
        row.addWidget(self.pick_button)
        self.form = FormGrid()
        self.form.add("凭证字(&W)", self.words)
        self.form.add("损益结转(&L)", self.carry)
        self.form.add("", self.single, "村里只有一名会计时才勾选；出纳仍要由另一人担任，日志里会留下记录")
        self.form.add("现金科目", self.cash, "出现金日记账的科目编码，几个用逗号隔开")
        self.form.add("银行科目", self.bank, "出银行存款日记账的科目编码，几个用逗号隔开")
        self.form.add("备份文件夹", folder_row, "最好选 U 盘或另一块硬盘")
        self.form.add("退出备份保留", self.keep, "结账时的备份一直保留，不会删除")
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.save_button = make_button("保存规则(&G)", icon="save", on_click=self.save)
        self.corner.addWidget(self.save_button)
        for combo in (self.words, self.carry):
            combo.currentIndexChanged.connect(self._check)
        self.single.toggled.connect(self._check)
        self.keep.valueChanged.connect(self._check)
        for field in (self.cash, self.bank, self.folder):
            field.textChanged.connect(self._check)

    def show_settings(self, settings: Settings, chart: Chart, *, writable: bool) -> None:
        """Show what the book holds, unless something has been changed."""
        self._chart = chart
        if self.is_changed and self._settings is not None:  # only what stands on this card may differ from the book
            kept = {name: getattr(self._settings, name) for name in _SHOWN}
            self._settings = settings._replace(**kept)
        else:
            self._settings = None
            self.words.setCurrentIndex(self.words.findData(settings.words))
            self.carry.setCurrentIndex(self.carry.findData(settings.carry_forward))
            self.single.setChecked(settings.single_person)
            self.cash.setText("，".join(settings.cash_accounts))
            self.bank.setText("，".join(settings.bank_accounts))
            self.folder.setText(settings.backup_folder)
            self.keep.setValue(settings.keep_backups)
            self._settings = settings
        self.form.setEnabled(writable)
        self._check()

    def settings(self) -> Settings:
        """The settings as chosen."""
        return (self._settings or Settings())._replace(
            words=self.words.currentData(),
            carry_forward=self.carry.currentData(),
            single_person=self.single.isChecked(),
            cash_accounts=read_codes(self.cash.text()),
            bank_accounts=read_codes(self.bank.text()),
            backup_folder=self.folder.text().strip(),
            keep_backups=self.keep.value(),
        )

    @property
    def is_changed(self) -> bool:
        """Whether something has not been saved."""
        return self._settings is not None and self.settings() != self._settings

    def problems(self) -> dict[QLineEdit, str]:
        """What is wrong, by field."""
        found = {}
        for field in (self.cash, self.bank):
            codes = read_codes(field.text())
            unknown = [code for code in codes if code not in self._chart]
            found[field] = f"没有科目 {unknown[0]}" if unknown else "" if codes else "至少填一个科目编码"
        return found

    def _check(self) -> None:
        problems = self.problems()
        for field, text in problems.items():
            self.form.set_error(field, text)
        self.save_button.setEnabled(self.is_changed and not any(problems.values()))

    def _pick(self) -> None:
        folder = dialogs.pick_folder(self, "选择备份文件夹", self.folder.text())
        if folder is not None:
            self.folder.setText(str(folder))

    def save(self) -> None:
        """Save what is chosen."""
        wanted = self.settings()
        self._operations.write(
            lambda book: service.save_settings(book, wanted),
            lambda _done: self._saved(wanted),
            touches=SETTINGS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, settings: Settings) -> None:
        self._settings = settings
        self._check()
        self.saved.emit("记账规则已保存")

    def _failed(self, refusal: Refusal) -> None:
        self.form.set_error(self.cash, str(refusal))
        self.save_button.setEnabled(True)
