"""Two fields for a new password, checked while it is typed."""

from PySide6.QtWidgets import QCheckBox, QLineEdit

from village_ledger.domain.passwords import SHORTEST, password_problem
from village_ledger.ui.widgets.form import FormGrid

HINT = f"至少 {SHORTEST} 位，不能有姓名，不要用 123456、生日、电话"


def password_field() -> QLineEdit:
    """A field that shows dots."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(64)
    return field


class PasswordFields:
    """Rows of a form: the new password, the same again, and whether to show them."""

    def __init__(self, form: FormGrid) -> None:
        self._form = form
        self.new, self.again = password_field(), password_field()
        self.shown = QCheckBox("显示密码(&V)")
        form.add("新密码(&N)", self.new, HINT)
        form.add("再输一次(&A)", self.again)
        form.add("", self.shown)
        self.shown.toggled.connect(self._show)
        for field in (self.new, self.again):
            field.textChanged.connect(lambda _text, typed=field: form.set_error(typed, ""))

    def check(self, name: str, old: str = "") -> bool:
        """Whether the new password may be used; says what is wrong and goes there."""
        problem = password_problem(name, self.new.text(), old)
        differs = "" if problem or self.new.text() == self.again.text() else "两次输入的不一样"
        self._form.set_error(self.new, problem)
        self._form.set_error(self.again, differs)
        if problem or differs:
            (self.new if problem else self.again).setFocus()
        return not (problem or differs)

    def _show(self, shown: bool) -> None:
        for field in (self.new, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
