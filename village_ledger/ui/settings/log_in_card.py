"""Whether everybody needs a password, when an idle window locks itself, and a new recovery code."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSpinBox, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.services import log_in
from village_ledger.services import settings as service
from village_ledger.services.book import Book, Settings
from village_ledger.services.passwords import Secrets
from village_ledger.ui import dialogs
from village_ledger.ui.log_in.secrets_dialog import SecretsDialog
from village_ledger.ui.operations import PEOPLE, SETTINGS, Operations
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card
from village_ledger.ui.widgets.form import FormGrid

_ON = "已启用：每个人凭自己的密码登录后才能办理业务。"
_OFF = "没有启用：选了姓名就能操作。设了密码的人仍要输入密码。"
_SEAL = "这是恢复码：大家都忘了密码时用它进入账套。请打印、签字、封存，由负责人或乡镇保管。"


class LogInCard(Card):
    """`changed(text)` fires after each change."""

    changed = Signal(str)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__("登录和锁定", parent)
        self._operations = operations
        self._settings = Settings()
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.minutes = QSpinBox()
        self.minutes.setRange(0, 240)
        self.minutes.setSuffix(" 分钟")
        self.minutes.setSpecialValueText("不自动锁定")
        self.minutes.setKeyboardTracking(False)
        self.minutes.lineEdit().setTextMargins(6, 0, 0, 0)
        self.form = FormGrid()
        self.form.add_wide(self.state)
        self.form.add("无人操作锁定(&M)", self.minutes, "设了密码的人离开这么久，窗口自动锁定；随时可以按 Ctrl+L 锁定")
        self.body.addWidget(self.form)
        self.code_button = make_button("换新恢复码(&R)…", on_click=self.renew_code)
        self.switch_button = make_button("", icon="lock", on_click=self.switch)
        for button in (self.code_button, self.switch_button):
            self.corner.addWidget(button)
        self.minutes.valueChanged.connect(self._save_minutes)

    def show_settings(self, settings: Settings, *, writable: bool) -> None:
        """Show what the book holds."""
        self._settings = settings
        self.state.setText(_ON if settings.log_in else _OFF)
        self.switch_button.setText("停用登录密码(&D)" if settings.log_in else "启用登录密码(&D)…")
        self.minutes.blockSignals(True)
        self.minutes.setValue(settings.lock_minutes)
        self.minutes.blockSignals(False)
        self.code_button.setVisible(settings.log_in)
        for widget in (self.form, self.switch_button, self.code_button):
            widget.setEnabled(writable)

    def switch(self) -> None:
        """Make everybody log in, or nobody."""
        on = not self._settings.log_in
        if on:
            text = "启用后，每个人第一次登录时设置自己的密码；现在就会给出恢复码，请准备好打印封存。"
        else:
            text = "停用后，没有密码的人不用登录就能办理业务。已有密码的人仍要输入密码。"
        title = "启用登录密码" if on else "停用登录密码"
        if dialogs.ask(self, title, text, accept="启用" if on else "停用", danger=not on):
            self._write(lambda book: service.switch_log_in(book, on=on), "已启用登录密码" if on else "已停用登录密码")

    def renew_code(self) -> None:
        """Put a new recovery code in force."""
        text = "新的恢复码马上生效，原来封存的那份作废。"
        if dialogs.ask(self, "换新恢复码", text, accept="换新"):
            self._write(log_in.issue_recovery_code, "恢复码已换新")

    def _save_minutes(self, minutes: int) -> None:
        wanted = self._settings._replace(lock_minutes=minutes)
        self._operations.write(
            lambda book: service.save_settings(book, wanted),
            lambda _done: self.changed.emit("自动锁定时间已保存"),
            touches=SETTINGS,
            initiator=self,
            on_failed=self._failed,
        )

    def _write(self, act: Callable[[Book], str], said: str) -> None:
        self._operations.write(
            act,
            lambda code: self._done(code, said),
            touches=SETTINGS | PEOPLE,
            initiator=self,
            on_failed=self._failed,
            disable=(self.switch_button, self.code_button),
        )

    def _done(self, code: str, said: str) -> None:
        facts = self._operations.facts
        if code and facts:
            dialog = SecretsDialog(self._operations, facts.entity.name, (), Secrets((), code), self.window(), why=_SEAL)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()
        self.changed.emit(said)

    def _failed(self, refusal: Refusal) -> None:
        self.form.set_error(self.minutes, str(refusal))
