"""Entering what was produced in a month, for assets charged by units of production."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from village_ledger.domain.assets.card import Card
from village_ledger.domain.errors import Refusal
from village_ledger.domain.period import Period
from village_ledger.services import asset_runs
from village_ledger.services.book import Book
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import ASSETS, Operations
from village_ledger.ui.widgets.form import FormGrid

from .fields import QuantityEdit


class UsageDialog(Dialog):
    """A quantity for each asset; `saved` fires afterwards."""

    saved = Signal()

    def __init__(self, operations: Operations, month: Period, parent: QWidget) -> None:
        super().__init__(f"{month.label}工作量", parent, operations=operations, width=520)
        self._operations = operations
        self._month = month
        self.fields: dict[int, QuantityEdit] = {}
        self.form = FormGrid()
        self.body.addWidget(QLabel("按工作量法计提的资产，填本月完成的工作量；折旧按它占总工作量的比例计算。"))
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("保存(&S)", self.save, kind="primary")

        def ask(book: Book) -> tuple[tuple[Card, int], ...]:
            return asset_runs.cards_by_units(book, month)

        operations.read(ask, self._show, initiator=self)

    def _show(self, rows: tuple[tuple[Card, int], ...]) -> None:
        for card, units in rows:
            field = QuantityEdit(units)
            self.form.add(f"{card.label}（{card.units_name or '工作量'}）", field)
            self.fields[card.id] = field
        if self.fields:
            next(iter(self.fields.values())).setFocus()

    def save(self) -> None:
        """Write the quantities."""
        self.form.clear_errors()
        wrong = [(field, field.error()) for field in self.fields.values() if field.error()]
        for field, text in reversed(wrong):
            self.form.set_error(field, text)
            field.setFocus()
        if wrong:
            return
        usage, month = {card: field.value() for card, field in self.fields.items()}, self._month
        self._operations.write(
            lambda book: asset_runs.record_usage(book, month, usage),
            lambda _done: self._saved(),
            touches=ASSETS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self) -> None:
        self.accept()
        self.saved.emit()

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")
