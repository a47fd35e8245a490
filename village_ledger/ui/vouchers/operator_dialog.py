"""Handing the keyboard to another person, offered where the maker may not review his own voucher."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from village_ledger.services import people
from village_ledger.services.log_in import Access

from ..dialogs import Dialog
from ..log_in.log_in_dialog import LogInDialog
from ..operations import PEOPLE, Operations
from ..widgets.button import make_button


class OperatorDialog(Dialog):
    """One button a person; choosing logs that person in."""

    switched = Signal(str)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__("切换操作员", parent, operations=operations, width=420)
        self._work = operations
        facts = operations.facts
        others = [person for person in facts.people if person.active and person.name != facts.actor] if facts else []
        others.sort(key=lambda person: (person.role == "出纳", person.role != "审核"))
        self.body.addWidget(QLabel("现在由谁来操作？" if others else "还没有别的操作员，请在“账套设置”里添加人员。"))
        self.choices = []
        for person in others:
            button = make_button(f"{person.name}　（{person.role}）", icon="user")
            button.clicked.connect(lambda _checked=False, name=person.name: self._switch(name))
            self.body.addWidget(button)
            self.choices.append(button)
        self.add_button("取消", self.reject)
        if self.choices:
            self.choices[0].setFocus()

    def _switch(self, name: str) -> None:
        facts = self._work.facts
        if facts and facts.access.get(name, Access("免密")).state != "免密":
            dialog = LogInDialog(self._work, name, self)
            dialog.logged_in.connect(self._done)
            dialog.open()
            return
        self._work.write(
            lambda book: people.log_in(book, name), lambda _person: self._done(name), touches=PEOPLE, initiator=self
        )

    def _done(self, name: str) -> None:
        self.accept()
        self.switched.emit(name)
