"""A small form that does one act at the desk: fields, a button that writes, and what is said afterwards."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.services.cells import CellError
from village_ledger.services.township.desk import Desk
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.worker import Flags

from .operations import DeskOperations

_TEXT_HEIGHT = 84


class DeskForm(Dialog):
    """A form whose `act` is written when the primary button is pressed; `done(result)` fires afterwards."""

    done = Signal(object)
    touches: Flags = frozenset()

    def __init__(self, operations: DeskOperations, title: str, button: str, parent: QWidget, width: int = 560) -> None:
        super().__init__(title, parent, operations=operations, width=width)
        self._operations = operations
        self.form = FormGrid()
        self.body.addWidget(self.form)
        self.cancel_button = self.add_button("取消", self.reject)
        self.save_button = self.add_button(button, self.save, kind="primary")

    def act(self) -> Callable[[Desk], Any]:
        """What to write; raises CellError for what cannot be read."""
        raise NotImplementedError

    def save(self) -> None:
        """Write it; a refusal is shown in the form."""
        try:
            act = self.act()
        except CellError as wrong:
            self.message(str(wrong), "danger")
            return
        self._operations.write(
            act,
            self._saved,
            touches=self.touches,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, result: Any) -> None:
        self.accept()
        self.done.emit(result)

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


def text_field(height: int = _TEXT_HEIGHT) -> QPlainTextEdit:
    """A field for a longer text; Tab leads on."""
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setFixedHeight(theme.current().scaled(height))
    return field
