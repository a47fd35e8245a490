"""Taking the keyboard: choose who you are, type the password."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.services import log_in
from village_ledger.services.log_in import Access
from village_ledger.ui import dialogs
from village_ledger.ui.operations import PEOPLE, Operations
from village_ledger.ui.widgets.form import FormGrid

from .password_dialog import PasswordDialog
from .password_fields import password_field
from .recovery_dialog import RecoveryDialog

_HINTS = {
    "免密": "没有设置密码，直接登录",
    "未设密码": "第一次登录：点“登录”后设置自己的密码",
    "密码": "",
    "临时密码": "第一次用临时（初始）密码登录，接着要改成自己的密码",
}


class LogInDialog(dialogs.Dialog):
    """`logged_in(name)` fires when the person is at the keyboard, with a password of their own where one is needed.

    Over a locked window the second button leaves the window (`leave_requested`) instead of closing the dialog.
    """

    logged_in = Signal(str)
    leave_requested = Signal()

    def __init__(self, operations: Operations, name: str, parent: QWidget, *, locked: bool = False) -> None:
        super().__init__("登录", parent, operations=operations, width=440)
        self._operations = operations
        self._locked = locked
        facts = operations.facts
        self.person = QComboBox()
        for one in facts.people if facts else ():
            if one.active:
                self.person.addItem(f"{one.name}（{one.role}）", one.name)
        self.person.setCurrentIndex(max(self.person.findData(name), 0))
        self.password = password_field()
        self.form = FormGrid()
        self.form.add("操作员(&U)", self.person)
        self.form.add("密码(&P)", self.password)
        self.body.addWidget(self.form)
        self.forgot_button = self.add_button("忘记密码(&F)…", self.recover, kind="quiet")
        if locked:
            self.leave_button = self.add_button("退出(&X)", self.leave_requested.emit)
        else:
            self.add_button("取消", self.reject)
        self.log_in_button = self.add_button("登录(&L)", self.log_in, kind="primary")
        self.person.currentIndexChanged.connect(lambda _index: self._show_state())
        self.password.textChanged.connect(lambda _text: self._show_hint())
        self._show_state()

    @property
    def name(self) -> str:
        """Who is chosen."""
        return str(self.person.currentData() or "")

    @property
    def state(self) -> str:
        """How the chosen person logs in."""
        return self._standing().state

    def _standing(self) -> Access:
        facts = self._operations.facts
        return facts.access.get(self.name, Access("免密")) if facts else Access("免密")

    def _show_state(self) -> None:
        asked = self.state in log_in.WITH_PASSWORD
        self.password.clear()
        self.password.setEnabled(asked)
        self.forgot_button.setVisible(asked)
        self._show_hint()
        (self.password if asked else self.log_in_button).setFocus()

    def _show_hint(self) -> None:
        minutes = self._standing().minutes
        locked = f"{self.name} 输错密码次数太多，约 {minutes} 分钟后才能再试" if minutes else ""
        self.form.set_hint(self.password, _HINTS.get(self.state, ""))
        if locked:
            self.form.set_error(self.password, locked)

    def log_in(self) -> None:
        """Try to take the keyboard."""
        if self.state == "未设密码":
            self._set_password("")
            return
        name, password = self.name, self.password.text()
        self._operations.write(
            lambda book: log_in.log_in(book, name, password),
            lambda _person: self._logged_in(password),
            touches=PEOPLE,
            initiator=self,
            on_failed=self._failed,
            disable=(self.log_in_button,),
        )

    def _logged_in(self, password: str) -> None:
        if self.state == "临时密码":
            self._set_password(password)
        else:
            self._finish(self.name)

    def _set_password(self, temporary: str) -> None:
        dialog = PasswordDialog(self._operations, self.name, self.state, self, old=temporary)
        dialog.done_with.connect(self._finish)
        dialog.open()

    def recover(self) -> None:
        """Ask for the recovery code."""
        dialog = RecoveryDialog(self._operations, self.name, self)
        dialog.recovered.connect(self._finish)
        dialog.open()

    def _failed(self, refusal: Refusal) -> None:
        self._operations.announce(PEOPLE)  # the attempt was counted in the book
        self.password.selectAll()
        self.form.set_error(self.password, str(refusal))
        self.password.setFocus()

    def _finish(self, name: str) -> None:
        self.accept()
        self.logged_in.emit(name)

    def reject(self) -> None:
        """Escape keeps a locked window locked."""
        if not self._locked:
            super().reject()
