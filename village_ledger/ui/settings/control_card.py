"""Spending control: whether payments need requests and decisions, from which month, and the way to the rules."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.domain.period import Period
from village_ledger.services import governance, tiers
from village_ledger.services import settings as service
from village_ledger.services.book import Book, Settings
from village_ledger.ui import dialogs
from village_ledger.ui.operations import SETTINGS, Operations
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.period_picker import PeriodPicker

_ON = "已启用：付款和资产处置没有规定的申请、签字、决议，不能记账；紧急的由负责人或乡镇批准例外。"
_OFF = "没有启用：付款不检查用款申请和决议。启用以后，从所选月份起的付款都要手续齐全才能记账。"
_LOOSER = "停用或推迟以后，付款不再检查申请、签字和决议。这项改动会记入日志。"


class ControlCard(Card):
    """`changed(text)` fires after saving, `page_requested(key)` asks for the tables of tiers or rules."""

    changed = Signal(str)
    page_requested = Signal(str)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__("支出管控", parent)
        self._operations = operations
        self._settings = Settings()
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.profile = QComboBox()
        self.profile.addItem("不管控", "")
        for key, title in governance.profiles():
            self.profile.addItem(title, key)
        self.since = PeriodPicker()
        self.table = QLabel()
        self.table.setWordWrap(True)
        self.form = FormGrid()
        self.form.add_wide(self.state)
        self.form.add("决策规则(&K)", self.profile)
        self.form.add("从哪个月起", self.since)
        self.form.add("审批权限", self.table)
        self.body.addWidget(self.form)
        self.tiers_button = make_button("审批权限…", on_click=lambda: self.page_requested.emit("tiers"))
        self.rules_button = make_button("决策规则…", on_click=lambda: self.page_requested.emit("decision-rules"))
        self.save_button = make_button("保存管控(&V)", icon="save", on_click=self.save)
        for button in (self.tiers_button, self.rules_button, self.save_button):
            self.corner.addWidget(button)
        self.profile.currentIndexChanged.connect(self._check)
        self.since.changed.connect(lambda *_values: self._check())

    def show_settings(self, settings: Settings, open_period: Period, *, writable: bool) -> None:
        """Show what the book holds, unless something has been changed."""
        if not self.is_changed:
            self._settings = settings
            first = Period.parse(settings.control_from) if settings.control_from else open_period
            self.since.set_years(min(first.year, open_period.year - 1), max(first.year, open_period.year + 1))
            self.since.set_period(first)
            self.profile.setCurrentIndex(max(self.profile.findData(settings.control), 0))
        else:
            self._settings = settings._replace(control=self._settings.control, control_from=self._settings.control_from)
        self.state.setText(_ON if settings.control else _OFF)
        self.form.setEnabled(writable)
        self._check()
        self._operations.read(_table_title, self.table.setText, topic="tiers", initiator=self)

    def settings(self) -> Settings:
        """The settings as chosen."""
        control = self.profile.currentData() or ""
        since = str(self.since.period()) if control else self._settings.control_from
        return self._settings._replace(control=control, control_from=since)

    @property
    def is_changed(self) -> bool:
        """Whether something has not been saved."""
        wanted = self.settings()
        if not wanted.control and not self._settings.control:
            return False
        return wanted != self._settings

    def _check(self) -> None:
        self.since.setEnabled(bool(self.profile.currentData()))
        self.save_button.setEnabled(self.is_changed and self.form.isEnabled())

    def save(self) -> None:
        """Save what is chosen, after a question when it loosens the control."""
        wanted, before = self.settings(), self._settings
        looser = before.control and (not wanted.control or wanted.control_from > before.control_from)
        if looser and not dialogs.ask(self, "放松支出管控", _LOOSER, accept="放松管控", danger=True):
            return
        self._operations.write(
            lambda book: service.save_settings(
                book, book.settings._replace(control=wanted.control, control_from=wanted.control_from)
            ),
            lambda _done: self._saved(wanted),
            touches=SETTINGS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, settings: Settings) -> None:
        self._settings = settings
        self.form.set_error(self.profile, "")
        self._check()
        self.changed.emit("支出管控已保存")

    def _failed(self, refusal: Refusal) -> None:
        self.form.set_error(self.profile, str(refusal))
        self.save_button.setEnabled(True)


def _table_title(book: Book) -> str:
    table = tiers.table_on(book, book.open_period.last_day)
    return f"{table.title}（{table.valid_from} 起）"
