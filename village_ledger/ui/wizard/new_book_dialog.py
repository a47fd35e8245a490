"""The wizard of a new book: four steps, nothing lost by going back, the file made at the end."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.domain.period import Period
from village_ledger.services.creation import NewBook, create_book
from village_ledger.ui import dialogs, theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.log_in.secrets_dialog import SecretsDialog
from village_ledger.ui.operations import Operations

from .identity_step import IdentityStep
from .people_step import PeopleStep
from .place_step import PlaceStep
from .rules_step import RulesStep


class NewBookDialog(Dialog):
    """`created(path)` fires when the file has been made."""

    created = Signal(object)

    def __init__(self, operations: Operations, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__("新建账套", parent, operations=operations, width=720)
        look = theme.current()
        self._operations = operations
        self.identity, self.rules, self.people = IdentityStep(), RulesStep(), PeopleStep()
        self.place = PlaceStep(folder)
        self.steps = (self.identity, self.rules, self.people, self.place)
        self.stack = QStackedWidget()
        self._marks: list[QLabel] = []
        trail = QHBoxLayout()
        trail.setSpacing(look.px("gap"))
        for number, step in enumerate(self.steps, 1):
            mark = QLabel(f"{number}　{step.title}")
            self._marks.append(mark)
            trail.addWidget(mark)
            if number < len(self.steps):
                trail.addWidget(theme.mark(QLabel("›"), "muted"))
            self.stack.addWidget(step)
        trail.addStretch(1)
        self.body.addLayout(trail)
        self.body.addSpacing(look.px("gap"))
        self.body.addWidget(self.stack, 1)
        self.add_button("取消", self.reject)
        self.back_button = self.add_button("上一步(&B)", self.back)
        self.next_button = self.add_button("下一步(&N)", self.forward, kind="primary")
        self._show(0)

    def prefill_successor(self, old: NewBook | None) -> None:
        """The new book follows one by the 2004 accounts: the regulation is settled, and what is known is filled in."""
        self.rules.settle_on_current()
        if old is not None:
            self.identity.prefill(old)
            self.rules.prefill(old)
            self.people.prefill(old)

    def answers(self) -> NewBook:
        """Everything answered so far."""
        new = NewBook("", Period(2025, 1))
        for step in (self.identity, self.rules, self.people):
            new = step.apply(new)
        return new

    def _show(self, place: int) -> None:
        self.message_bar.clear()
        self.stack.setCurrentIndex(place)
        for number, mark in enumerate(self._marks):
            theme.mark(mark, "badge" if number == place else "badge-muted")
        self.back_button.setVisible(place > 0)
        last = place == len(self.steps) - 1
        self.next_button.setText("建立账套(&N)" if last else "下一步(&N)")
        if last:
            summary = (*self.identity.summary(), *self.rules.summary(), *self.people.summary())
            self.place.propose(self.answers().name, summary)
        self.steps[place].setFocus()

    def back(self) -> None:
        """To the step before; everything typed stays."""
        self._show(self.stack.currentIndex() - 1)

    def forward(self) -> None:
        """To the next step if this one is in order; at the end make the book."""
        place = self.stack.currentIndex()
        if not self.steps[place].check():
            return
        if place + 1 < len(self.steps):
            self._show(place + 1)
        else:
            self._create()

    def reject(self) -> None:
        """Leave, but never throw away a filled form for one wrong key."""
        new = self.answers()
        typed = new.name or new.county or new.township or new.region_code or new.credit_code or new.people
        if not typed or dialogs.ask(
            self, "不建账套了吗", "已经填写的内容不会保留。", accept="不建了", reject="接着填", danger=True
        ):
            super().reject()

    def _create(self) -> None:
        path, new = self.place.file(), self.people.with_secrets(self.answers())
        self._operations.write(
            lambda _book: create_book(path, new).close(),
            lambda _done: self._created(path, new),
            touches=frozenset(),
            busy_text="正在建立账套…",
            initiator=self,
            on_failed=self._failed,
            disable=(self.next_button,),
        )

    def _created(self, path: Path, new: NewBook) -> None:
        if new.secrets is None:
            self._finish(path)
            return
        why = "账套建好了。下面是每个人的初始密码和恢复码：初始密码交给本人，恢复码打印后签字封存。"
        dialog = SecretsDialog(self._operations, new.name, new.people, new.secrets, self, why=why)
        dialog.finished.connect(lambda _result: self._finish(path))
        dialog.open()

    def _finish(self, path: Path) -> None:
        self.accept()
        self.created.emit(path)

    def _failed(self, refusal: Refusal) -> None:
        self.place.show_error(str(refusal))
