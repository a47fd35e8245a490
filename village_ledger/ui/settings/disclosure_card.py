"""How the village discloses: the township's profile, where notices hang, whom villagers may call."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from village_ledger import clock
from village_ledger.domain.errors import Refusal
from village_ledger.services import disclosure_profiles
from village_ledger.services import settings as service
from village_ledger.services.book import Settings
from village_ledger.ui import theme
from village_ledger.ui.operations import SETTINGS, Operations
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card
from village_ledger.ui.widgets.form import FormGrid

from .disclosure_rules_dialog import DisclosureRulesDialog, RulesInForce, rules_in_force


class DisclosureCard(Card):
    """`saved` fires after saving; what is chosen and not saved survives a refresh."""

    saved = Signal(str)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__("财务公开", parent)
        self._operations = operations
        self._settings: Settings | None = None
        self.profile = QComboBox()
        self._profiles = disclosure_profiles.profiles()
        for one in self._profiles:
            self.profile.addItem(one.title, "" if one.key == disclosure_profiles.DEFAULT else one.key)
        self.words = theme.mark(QLabel(), "hint")
        self.words.setWordWrap(True)
        self.board, self.phones = QLineEdit(), QLineEdit()
        self.board.setMaxLength(60)
        self.board.setPlaceholderText("例如：村委会公告栏")
        self.phones.setMaxLength(120)
        self.phones.setPlaceholderText("例如：村监会 0555-1234567、镇农经站 0555-7654321")
        self.form = FormGrid()
        self.form.add("公开办法(&O)", self.profile)
        self.form.add("", self.words)
        self.form.add("张榜地点", self.board)
        self.form.add("监督电话", self.phones, "印在公开榜上，几个用顿号隔开，名称和号码之间留空格")
        self.body.addWidget(self.form)
        self.own_button = make_button("本村公开办法(&W)…", icon="pen", on_click=self.open_own)
        self.form.add("", self.own_button, "周期、天数、重大收支的金额、签字栏、公开哪些表和栏目；由负责人或乡镇修改")
        self.save_button = make_button("保存公开设置", icon="save", on_click=self.save)
        self.corner.addWidget(self.save_button)
        self.profile.currentIndexChanged.connect(self._check)
        for field in (self.board, self.phones):
            field.textChanged.connect(self._check)

    def show_settings(self, settings: Settings, *, writable: bool) -> None:
        """Show what the book holds, unless something has been changed."""
        if not self.is_changed:
            self._settings = None
            self.profile.setCurrentIndex(max(self.profile.findData(settings.disclosure), 0))
            self.board.setText(settings.board)
            self.phones.setText(settings.phones)
            self._settings = settings
        elif self._settings is not None:
            shown = self._settings
            self._settings = settings._replace(disclosure=shown.disclosure, board=shown.board, phones=shown.phones)
        self.form.setEnabled(writable)
        self._check()

    def settings(self) -> Settings:
        """The settings as chosen."""
        return (self._settings or Settings())._replace(
            disclosure=self.profile.currentData(), board=self.board.text().strip(), phones=self.phones.text().strip()
        )

    @property
    def is_changed(self) -> bool:
        """Whether something has not been saved."""
        return self._settings is not None and self.settings() != self._settings

    def _check(self) -> None:
        chosen = self._profiles[max(self.profile.currentIndex(), 0)]
        after = "次月" if chosen.rhythm == "month" else "季后首月"
        rhythm = disclosure_profiles.RHYTHMS[chosen.rhythm]
        self.words.setText(
            f"{rhythm}公开，{after} {chosen.due_day} 日前张榜，公开 {chosen.posting_days} 天，"
            f"质询 {chosen.answer_days} 天内答复"
        )
        self.save_button.setEnabled(self.is_changed)

    def open_own(self) -> None:
        """Change how the village discloses beyond the choice of a profile."""
        self._operations.read(rules_in_force, self._open_own)

    def _open_own(self, found: RulesInForce) -> None:
        dialog = DisclosureRulesDialog(self._operations, found, clock.today(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.done_text.connect(self.saved)
        dialog.open()

    def save(self) -> None:
        """Save what is chosen."""
        wanted = self.settings()
        self._operations.write(
            lambda book: service.save_settings(book, wanted),
            lambda _done: self._done(wanted),
            touches=SETTINGS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _done(self, wanted: Settings) -> None:
        self._settings = wanted
        self.saved.emit("公开设置已保存")

    def _failed(self, refusal: Refusal) -> None:
        self.form.set_error(self.profile, str(refusal))
