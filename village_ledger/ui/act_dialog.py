"""A small form that does one act: fields, a button that writes, and what is said afterwards."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from village_ledger.domain.money import MoneyError
from village_ledger.services.book import Book
from village_ledger.services.cells import CellError
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import CONTRACTS, VOUCHERS, Flags, Operations
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.form import FormGrid


class ActDialog(Dialog):
    """A form whose `act` is written when the primary button is pressed; `done(text)` says what was done."""

    done_text = Signal(str)
    touches: Flags = CONTRACTS | VOUCHERS

    def __init__(self, operations: Operations, title: str, button: str, parent: QWidget) -> None:
        super().__init__(title, parent, operations=operations, width=520)
        self._operations = operations
        self.form = FormGrid()
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button(button, self._save, kind="primary")

    def act(self) -> Callable[[Book], Any]:
        """What to write; raises CellError or MoneyError for what cannot be read."""
        raise NotImplementedError

    def told(self, result: Any) -> str:
        """What to say when it has been written."""
        raise NotImplementedError

    def _save(self) -> None:
        try:
            act = self.act()
        except (CellError, MoneyError) as wrong:
            self.message(str(wrong), "danger")
            return
        self._operations.write(
            act,
            self._saved,
            touches=self.touches,
            initiator=self,
            on_failed=lambda refusal: self.message(str(refusal), "danger"),
            disable=(self.save_button,),
        )

    def _saved(self, result: Any) -> None:
        self.accept()
        self.done_text.emit(self.told(result))


class ReasonDialog(ActDialog):
    """Asks for a reason and does `act(book, reason)`; `title` begins with the verb, `done` is said afterwards."""

    def __init__(
        self,
        operations: Operations,
        title: str,
        act: Callable[[Book, str], Any],
        done: str,
        parent: QWidget,
        *,
        touches: Flags,
        hint: str = "",
    ) -> None:
        super().__init__(operations, title, title.partition("　")[0], parent)
        self.touches = touches
        self._act, self._done = act, done
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.form.add("原因(&R)", self.reason, hint)
        self.reason.setFocus()

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        reason = self.reason.text()
        return lambda book: self._act(book, reason)

    def told(self, result: Any) -> str:
        """See `ActDialog`."""
        return self._done


def required_day(field: DayField, what: str) -> date:
    """The date of a field that must not be empty."""
    day = field.value()
    if day is None:
        raise CellError(f"请填{what}")
    return day
