"""Registering an asset or correcting its card."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from village_ledger.domain.assets.card import Card
from village_ledger.domain.errors import Refusal
from village_ledger.services import asset_cards
from village_ledger.services.asset_cards import Addition
from village_ledger.services.asset_files import with_accounts
from village_ledger.services.asset_rules import asset_rules
from village_ledger.services.book import Book
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import ASSETS, Facts, Operations

from .card_form import CardForm


class CardDialog(Dialog):
    """`card` None registers a new one, begun from `addition` if given; `saved(id)` fires after saving."""

    saved = Signal(int)

    def __init__(
        self,
        operations: Operations,
        card: Card | None,
        parent: QWidget,
        *,
        code: str = "",
        addition: Addition | None = None,
        fixed: bool = False,
    ) -> None:
        title = f"资产卡片　{card.label}" if card else "登记资产"
        super().__init__(title, parent, operations=operations, width=760)
        facts = operations.facts
        if facts is None:
            raise RuntimeError("this dialog needs a book")
        self._operations = operations
        self.form = CardForm(facts, card or _blank(facts, code, addition), fixed=fixed)
        self.body.addWidget(self.form)
        if addition:
            self.message(f"依据 {addition.period} {addition.label}：{addition.summary}", "info")
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("保存(&S)", self.save, kind="primary")
        self.save_button.setEnabled(not facts.read_only)
        if card is None:
            self.form.propose()
        self.form.name.setFocus()

    def save(self) -> None:
        """Check and save."""
        card = self.form.card()
        if card is None:
            return

        def act(book: Book) -> Card:
            return asset_cards.change_card(book, card) if card.id else asset_cards.add_card(book, card)

        self._operations.write(
            act, self._saved, touches=ASSETS, initiator=self, on_failed=self._failed, disable=(self.save_button,)
        )

    def _saved(self, card: Card) -> None:
        self.saved.emit(card.id)
        self.accept()

    def _failed(self, refusal: Refusal) -> None:
        rest = self.form.show_problems(refusal.problems)
        if rest or not refusal.problems:
            self.message("\n".join(rest) or str(refusal), "danger")


def _blank(facts: Facts, code: str, addition: Addition | None) -> Card:
    """Where a new card starts: empty, or from the posted purchase it is for."""
    if addition is None:
        day = facts.open_period.first_day
        return Card(code, "", "", 0, day, facts.open_period, in_use=day, unit="")
    day = addition.period.last_day
    rules = asset_rules(facts.entity.chart)
    kind = next(rule.name for rule in rules.kinds if addition.account.startswith(rule.original))
    known = facts.chart[addition.account].name
    rule = next((one for one in rules.classes if one.name == known), None)
    card = Card(
        code,
        addition.summary,
        known,
        addition.fen,
        day,
        addition.period,
        kind,
        addition.account,
        life_months=rule.life_months if rule else 0,
        in_use=day,
        voucher=addition.uid,
    )
    return with_accounts(card, rules, facts.chart, addition.account)
