"""The book's settings: who it belongs to, who works with it, and by which rules."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from village_ledger.ui import dialogs, theme
from village_ledger.ui.operations import ACCOUNTS, PEOPLE, SETTINGS, Operations
from village_ledger.ui.page import Page

from .control_card import ControlCard
from .disclosure_card import DisclosureCard
from .identity_card import IdentityCard
from .log_in_card import LogInCard
from .people_card import PeopleCard
from .rules_card import RulesCard

WIDE = 1000
"""From this width on (pixels at 100 %) the cards stand in two columns."""


class SettingsPage(Page):
    """Six cards; each saves by itself."""

    title = "账套设置"
    touched_by = SETTINGS | PEOPLE | ACCOUNTS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self.identity = IdentityCard(operations)
        self.people = PeopleCard(operations)
        self.rules = RulesCard(operations)
        self.log_in = LogInCard(operations)
        self.disclosure = DisclosureCard(operations)
        self.control = ControlCard(operations)
        inside = QWidget()
        inside.setObjectName("ScrollBody")
        self._columns = columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        columns.setContentsMargins(0, 0, look.px("gap_small"), 0)
        columns.setSpacing(look.px("gap_large"))
        left = QVBoxLayout()
        left.setSpacing(look.px("gap_large"))
        left.addWidget(self.identity)
        left.addWidget(self.people, 1)
        columns.addLayout(left, 1)
        right = QVBoxLayout()
        right.setSpacing(look.px("gap_large"))
        right.addWidget(self.rules)
        right.addWidget(self.control)
        right.addWidget(self.disclosure)
        right.addWidget(self.log_in)
        right.addStretch(1)
        columns.addLayout(right, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        self.body.addWidget(area, 1)
        self.setFocusProxy(self.identity.name)
        signals = (
            self.identity.saved,
            self.rules.saved,
            self.people.changed,
            self.log_in.changed,
            self.disclosure.saved,
            self.control.changed,
        )
        for signal in signals:
            signal.connect(self._saved)
        self.control.page_requested.connect(self.open_page_requested)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room for them, one otherwise."""
        super().resizeEvent(event)
        wide = self.width() >= theme.current().scaled(WIDE)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def refresh(self) -> None:
        """Show the facts; what is typed and not saved stays."""
        writable = not self.facts.read_only
        self.identity.show_entity(self.facts.entity, writable=writable)
        self.people.show_people(self.facts.people, self.facts.access, writable=writable)
        self.log_in.show_settings(self.facts.settings, writable=writable)
        self.disclosure.show_settings(self.facts.settings, writable=writable)
        self.rules.show_settings(self.facts.settings, self.facts.chart, writable=writable)
        self.control.show_settings(self.facts.settings, self.facts.open_period, writable=writable)

    def _saved(self, text: str) -> None:
        self.refresh()
        self.message(text, "success")

    def may_leave(self) -> bool:
        """Ask about changes that have not been saved."""
        cards = (self.identity, self.rules, self.disclosure, self.control)
        if not any(card.is_changed for card in cards):
            return True
        return dialogs.ask(
            self, "设置还没有保存", "刚才改的设置还没有保存。", accept="不保存，离开", reject="返回", danger=True
        )
