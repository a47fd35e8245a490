"""Getting back in with the sealed recovery code."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.domain.recovery_code import read_recovery_code
from village_ledger.services import log_in
from village_ledger.services.passwords import Secrets
from village_ledger.ui import dialogs
from village_ledger.ui.operations import PEOPLE, Operations
from village_ledger.ui.widgets.form import FormGrid

from .password_fields import PasswordFields
from .secrets_dialog import SecretsDialog


class RecoveryDialog(dialogs.Dialog):
    """`recovered(name)` fires when the new password is set and the next code has been shown."""

    recovered = Signal(str)

    def __init__(self, operations: Operations, name: str, parent: QWidget) -> None:
        super().__init__("用恢复码重设密码", parent, operations=operations, width=560)
        self._operations = operations
        words = QLabel(
            "忘了密码，先请负责人或乡镇在“账套设置”里重设。他们也进不来时，启封“恢复码封存单”，"
            "在这里输入恢复码，设置新密码。用过的恢复码作废，程序会给出新的，请重新封存。"
        )
        words.setWordWrap(True)
        self.body.addWidget(words)
        facts = operations.facts
        self.person = QComboBox()
        for one in facts.people if facts else ():
            if one.active:
                self.person.addItem(f"{one.name}（{one.role}）", one.name)
        self.person.setCurrentIndex(max(self.person.findData(name), 0))
        self.code = QLineEdit()
        self.code.setMaxLength(80)
        self.code.setPlaceholderText("XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX")
        self.form = FormGrid()
        self.form.add("操作员(&U)", self.person)
        self.form.add("恢复码(&R)", self.code, "7 组，每组 5 位；大小写、空格、横线都不要紧")
        self.fields = PasswordFields(self.form)
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("重设密码(&S)", self.save, kind="primary")
        self.code.textChanged.connect(lambda _text: self.form.set_error(self.code, ""))
        self.code.setFocus()

    def save(self) -> None:
        """Set the password by the code."""
        name, code, new = str(self.person.currentData()), self.code.text(), self.fields.new.text()
        problem = read_recovery_code(code).problem
        self.form.set_error(self.code, problem)
        if problem:
            self.code.setFocus()
            return
        if self.fields.check(name):
            self._operations.write(
                lambda book: log_in.recover(book, name, code, new),
                lambda following: self._show_next(name, following),
                touches=PEOPLE,
                initiator=self,
                on_failed=self._failed,
                disable=(self.save_button,),
            )

    def _failed(self, refusal: Refusal) -> None:
        self.form.set_error(self.code, str(refusal))
        self.code.setFocus()

    def _show_next(self, name: str, code: str) -> None:
        facts = self._operations.facts
        village = facts.entity.name if facts else ""
        why = "密码已重设。旧的恢复码已作废，下面是新的，请打印封存。"
        dialog = SecretsDialog(self._operations, village, (), Secrets((), code), self, why=why)
        dialog.finished.connect(lambda _result: self._finish(name))
        dialog.open()

    def _finish(self, name: str) -> None:
        self.accept()
        self.recovered.emit(name)
