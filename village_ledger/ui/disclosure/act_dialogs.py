"""Signing, posting and taking down a notice: a few fields each, checked by the service."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from village_ledger.domain.disclosure import SUPERVISION, Disclosure
from village_ledger.domain.errors import Refusal
from village_ledger.services import disclosures
from village_ledger.services.book import Book
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import DISCLOSURES, Operations
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.form import FormGrid

Act = Callable[[Book, date], Disclosure]


class ActDialog(Dialog):
    """A day and what else the act needs; `saved` fires afterwards."""

    saved = Signal()

    def __init__(self, title: str, accept: str, operations: Operations, today: date, parent: QWidget) -> None:
        super().__init__(title, parent, operations=operations, width=520)
        self._operations = operations
        self.form = FormGrid()
        self.day = DayField(today)
        self.form.add("日期(&D)", self.day)
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.accept_button = self.add_button(accept, self.save, kind="primary")

    def act(self) -> Act:
        """What is to be done with the book on the day."""
        raise NotImplementedError

    def save(self) -> None:
        """Do it, or say what is wrong."""
        self.form.clear_errors()
        text = self.day.error() or ("" if self.day.value() else "请填写日期")
        day = self.day.value() if not text else None
        if day is None:
            self.form.set_error(self.day, text)
            return
        act = self.act()
        self._operations.write(
            lambda book: act(book, day),
            lambda _made: self._done(),
            touches=DISCLOSURES,
            initiator=self,
            on_failed=self._failed,
            disable=(self.accept_button,),
        )

    def _done(self) -> None:
        self.accept()
        self.saved.emit()

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


class SignDialog(ActDialog):
    """Who signs: the one at the keyboard, or somebody on the printed sheet."""

    def __init__(self, operations: Operations, made: Disclosure, today: date, parent: QWidget) -> None:
        super().__init__("公开榜签字", "登记签字", operations, today, parent)
        self._made = made
        facts = operations.facts
        people = [person for person in facts.people if person.active] if facts else []
        self._actor = facts.actor if facts else ""
        self.who = QComboBox()
        for person in sorted(people, key=lambda one: one.role != SUPERVISION):
            self.who.addItem(f"{person.name}（{person.role}）", (person.name, person.role))
        words = QLabel(
            "村监会（民主理财小组）先审核签字，才能张榜。\n别人已在纸上签字的，由你代为登记，会注明“纸面签字”。"
        )
        words.setWordWrap(True)
        self.form.add("签字人(&W)", self.who)
        self.form.add_wide(words)
        self.who.setFocus()

    def act(self) -> Act:
        """Sign as oneself or on paper."""
        name, role = self.who.currentData()
        who = "" if name == self._actor else name
        uid = self._made.uid
        return lambda book, day: disclosures.sign(book, uid, day, who, role)


class PostDialog(ActDialog):
    """Where the notice was put up."""

    def __init__(self, operations: Operations, made: Disclosure, today: date, board: str, parent: QWidget) -> None:
        super().__init__("张榜公布", "登记张榜", operations, today, parent)
        self._made = made
        self.place = QLineEdit(board)
        self.place.setMaxLength(60)
        self.place.setPlaceholderText("例如：村委会公告栏")
        self.form.add("张榜地点(&P)", self.place, f"要公开 {made.days} 天；张贴以后请拍照，用“更多→现场照片”存进来")
        self.place.setFocus()

    def act(self) -> Act:
        """Post it."""
        uid, place = self._made.uid, self.place.text()
        return lambda book, day: disclosures.post(book, uid, day, place)


class EndDialog(ActDialog):
    """Taking down, filing or withdrawing, with a reason where one is needed."""

    def __init__(self, kind: str, operations: Operations, made: Disclosure, today: date, parent: QWidget) -> None:
        titles = {"撤榜": "撤下公开榜", "归档": "公开榜归档", "作废": "作废公开榜"}
        super().__init__(titles[kind], kind, operations, today, parent)
        self._kind, self._made = kind, made
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        hints = {"撤榜": f"不满 {made.days} 天要写明原因", "归档": "", "作废": "必须写明原因；作废后可以重新制作"}
        if kind != "归档":
            self.form.add("原因(&R)", self.reason, hints[kind])

    def act(self) -> Act:
        """Do the act of the dialog."""
        uid, reason = self._made.uid, self.reason.text()
        if self._kind == "归档":
            return lambda book, day: disclosures.file(book, uid, day)
        end = disclosures.take_down if self._kind == "撤榜" else disclosures.void
        return lambda book, day: end(book, uid, day, reason)
