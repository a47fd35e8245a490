"""Registering what a count found and no card knows: its card, who found and who approved it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from village_ledger.domain.assets.card import Card
from village_ledger.domain.assets.change import Change, Paper
from village_ledger.domain.assets.count import Count
from village_ledger.domain.errors import Refusal
from village_ledger.services import asset_cards, asset_counts
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import ASSETS, VOUCHERS, Operations
from village_ledger.ui.widgets.form import FormGrid

from .card_form import CardForm
from .fields import PaperFields


class SurplusDialog(Dialog):
    """A card valued at what it is worth now; `saved(text)` fires afterwards."""

    saved = Signal(str)

    def __init__(self, operations: Operations, count: Count, parent: QWidget) -> None:
        super().__init__("盘盈资产", parent, operations=operations, width=780)
        self._operations = operations
        facts = operations.facts
        if facts is None:
            raise RuntimeError("this dialog needs a book")
        start = Card("", "", "", 0, count.day, count.period, in_use=count.day, source="盘盈")
        self.form = CardForm(facts, start, fixed=False)
        self.body.addWidget(self.form)
        names = tuple(person.name for person in facts.people if person.active)
        head = next((person.name for person in facts.people if person.role == "负责人"), "")
        self.papers = FormGrid()
        self.application = PaperFields(Paper(count.people, count.day), "盘点人", names)
        self.approval = PaperFields(Paper(head, count.day), "批准人", names)
        self.papers.add("盘点(&P)", self.application)
        self.papers.add("批准(&J)", self.approval)
        self.body.addWidget(self.papers)
        self.message("原值按市场价格或评估价值填写；批准后生成转入待处理财产损溢的凭证草稿", "info")
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("登记盘盈(&S)", self.save, kind="primary")
        self.form.propose()
        operations.read(lambda book: asset_cards.next_code(book, "固定资产"), self.form.code.setText, initiator=self)
        self.form.name.setFocus()

    def save(self) -> None:
        """Register card and change."""
        self.papers.clear_errors()
        card = self.form.card()
        wrong = [(field, field.error()) for field in (self.application, self.approval) if field.error()]
        for field, text in reversed(wrong):
            self.papers.set_error(field, text)
            field.setFocus()
        if card is None or wrong:
            return
        found, approval = self.application.value(), self.approval.value()
        self._operations.write(
            lambda book: asset_counts.add_surplus(book, card, found, approval),
            self._saved,
            touches=ASSETS | VOUCHERS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, _change: Change) -> None:
        self.accept()
        self.saved.emit("盘盈资产已登记，凭证草稿等待审核；记账以后计入资产卡片")

    def _failed(self, refusal: Refusal) -> None:
        rest = self.form.show_problems(refusal.problems)
        if rest or not refusal.problems:
            self.message("\n".join(rest) or str(refusal), "danger")
