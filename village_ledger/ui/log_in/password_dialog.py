"""Setting one's own password: the first one, another one, or in place of a temporary one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.services import log_in
from village_ledger.services.book import Book
from village_ledger.ui import dialogs
from village_ledger.ui.operations import PEOPLE, Operations
from village_ledger.ui.widgets.form import FormGrid

from .password_fields import PasswordFields, password_field


class PasswordDialog(dialogs.Dialog):
    """`done_with(name)` fires when the password is set; its owner is logged in then.

    `state` is the owner's `log_in.Access` state; `old` the temporary password just typed, which is not asked again.
    """

    done_with = Signal(str)

    def __init__(self, operations: Operations, name: str, state: str, parent: QWidget, *, old: str = "") -> None:
        first = state not in log_in.WITH_PASSWORD
        super().__init__("设置密码" if first or old else "修改密码", parent, operations=operations, width=440)
        self._operations = operations
        self._name = name
        self._first = first
        self._old = old
        if first:
            text = f"{name} 还没有密码。请设置自己的密码，以后登录、签字都用它，不要告诉别人。"
        elif old:
            text = f"{name} 现在用的是临时密码，请改成自己的密码后再办理业务。"
        else:
            text = f"修改 {name} 的密码。"
        words = QLabel(text)
        words.setWordWrap(True)
        self.body.addWidget(words)
        self.form = FormGrid()
        self.old = password_field()
        if not first and not old:
            self.form.add("旧密码(&O)", self.old)
            self.old.textChanged.connect(lambda _text: self.form.set_error(self.old, ""))
        self.fields = PasswordFields(self.form)
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("确定(&S)", self.save, kind="primary")
        (self.fields.new if first or old else self.old).setFocus()

    def save(self) -> None:
        """Set the password."""
        name, old, new, first = self._name, self._old or self.old.text(), self.fields.new.text(), self._first
        if not self.fields.check(name, old):
            return

        def act(book: Book) -> None:
            if first:
                log_in.set_first_password(book, name, new)
            else:
                log_in.change_password(book, name, old, new)

        self._operations.write(
            act,
            lambda _done: self._saved(),
            touches=PEOPLE,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self) -> None:
        self.accept()
        self.done_with.emit(self._name)

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")
        (self.fields.new if self._first or self._old else self.old).setFocus()
