"""Writing a declared relation down: whose it is, what it is, to whom, and how that person is reached and paid."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_ledger.domain.related_person import POSTS, RELATIONS, SELF, RelatedPerson
from village_ledger.services import related
from village_ledger.services.book import Book
from village_ledger.ui.act_dialog import ActDialog, required_day
from village_ledger.ui.operations import RELATED, Operations
from village_ledger.ui.widgets.day_field import DayField


class RelatedDialog(ActDialog):
    """Registers one relation; officer and post are those of the row chosen before."""

    touches = RELATED

    def __init__(self, operations: Operations, today: date, parent: QWidget, like: RelatedPerson | None = None) -> None:
        super().__init__(operations, "登记关联人", "登记(&S)", parent)
        self.officer, self.post, self.relation = QLineEdit(), QComboBox(), QComboBox()
        self.name, self.phone, self.card = QLineEdit(), QLineEdit(), QLineEdit()
        self.address, self.note = QLineEdit(), QLineEdit()
        self.since, self.until = DayField(like.since if like else today), DayField()
        self.post.setEditable(True)
        self.post.addItems(POSTS)
        self.relation.addItems(RELATIONS)
        for field, length in ((self.phone, 20), (self.card, 30)):
            field.setMaxLength(length)
        for field in (self.officer, self.name, self.address, self.note):
            field.setMaxLength(200)
        form = self.form
        form.add("干部姓名(&W)", self.officer)
        form.add("岗位(&P)", self.post, "理事、监事、村两委、会计、出纳等；可以自己写")
        form.add("关系(&R)", self.relation)
        form.add("关联人（单位）(&N)", self.name)
        form.add("电话(&T)", self.phone, "号码完整保存，显示和打印只露后四位；可以空着")
        form.add("银行卡号(&K)", self.card)
        form.add("地址(&A)", self.address)
        form.add("起始日期(&D)", self.since)
        form.add("终止日期(&E)", self.until, "还在任、关系还在的空着")
        form.add("备注(&B)", self.note)
        if like is not None:
            self.officer.setText(like.officer)
            self.post.setCurrentText(like.post)
            self.relation.setCurrentIndex(1)
        self.officer.textEdited.connect(self._follow)
        self.relation.currentIndexChanged.connect(lambda _place: self._follow(self.officer.text()))
        (self.name if like is not None else self.officer).setFocus()

    def _follow(self, officer: str) -> None:
        """Of 本人 the name is the officer's own."""
        own = self.relation.currentText() == SELF
        self.name.setReadOnly(own)
        if own:
            self.name.setText(officer)

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        wanted = RelatedPerson(
            self.officer.text(),
            self.post.currentText(),
            self.relation.currentText(),
            self.name.text(),
            required_day(self.since, "起始日期"),
            self.phone.text(),
            self.card.text(),
            self.address.text(),
            self.note.text(),
            self.until.value(),
        )
        return lambda book: related.register(book, wanted)

    def told(self, result: RelatedPerson) -> str:
        """See `ActDialog`."""
        return f"已登记：{result}"


class EndDialog(ActDialog):
    """The last day a relation held."""

    touches = RELATED

    def __init__(self, operations: Operations, one: RelatedPerson, today: date, parent: QWidget) -> None:
        super().__init__(operations, f"终止　{one}", "终止(&S)", parent)
        self._one = one
        self.day = DayField(today)
        self.form.add("最后一天(&D)", self.day, "干部离任、转让股份、解除婚姻等；以后的付款不再算关联")
        self.day.setFocus()

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        day, uid = required_day(self.day, "最后一天"), self._one.uid
        return lambda book: related.end(book, uid, day)

    def told(self, result: RelatedPerson) -> str:
        """See `ActDialog`."""
        return f"{result} 到 {result.until} 终止"
