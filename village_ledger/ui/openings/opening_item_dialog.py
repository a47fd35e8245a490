"""Choosing the household, project… an opening balance belongs to; a name not known yet is registered on the way."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from village_ledger.domain.account import Account, Item
from village_ledger.domain.errors import Refusal
from village_ledger.domain.search import ItemRecord, find_items
from village_ledger.services import accounts
from village_ledger.services.book import Book
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import ITEMS, Operations
from village_ledger.ui.widgets.finder import Choice, FinderEdit
from village_ledger.ui.widgets.form import FormGrid

NewOrKnown = Item | tuple[str, str]
Taken = Iterable[tuple[Item, ...]]


class OpeningItemDialog(Dialog):
    """`chosen(items)` tells the members, all registered by then."""

    chosen = Signal(object)

    def __init__(
        self, operations: Operations, account: Account, records: Iterable[ItemRecord], taken: Taken, parent: QWidget
    ) -> None:
        super().__init__(f"{account.code} {account.name}：增加一行", parent, operations=operations, width=520)
        self._operations = operations
        self._account = account
        self._records = tuple(records)
        self._taken = set(taken)
        self.form = FormGrid()
        self.fields: dict[str, FinderEdit] = {}
        self.body.addWidget(
            QLabel("选择这笔期初余额属于谁。输入姓名、拼音首字母或编号查找；没有登记过的，输入后选“新增”。")
        )
        for auxiliary in account.auxiliaries:
            field = FinderEdit(self._finder(auxiliary.category), "输入名称查找，按 ↓ 看全部")
            self.form.add(auxiliary.category, field, "" if auxiliary.required else "可以不填")
            self.fields[auxiliary.category] = field
            field.chosen.connect(self._clear)
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.add_row_button = self.add_button("增加(&A)", self._take, kind="primary")
        for label in self.findChildren(QLabel):
            label.setWordWrap(label.wordWrap() or len(label.text()) > 30)
        next(iter(self.fields.values())).setFocus()

    def _finder(self, category: str) -> "_Find":
        return _Find(category, tuple(r for r in self._records if r.item.category == category))

    def _clear(self, _value: object) -> None:
        self.form.clear_errors()

    def _take(self) -> None:
        picked: list[NewOrKnown] = []
        for auxiliary in self._account.auxiliaries:
            field = self.fields[auxiliary.category]
            value = field.value()
            self.form.set_error(field, "")
            if value is None and auxiliary.required:
                self.form.set_error(field, f"请选择{auxiliary.category}，或输入新名称后选“新增”")
                field.setFocus()
                return
            if value is not None:
                picked.append(value)
        if not picked:
            self.message("请至少选一项", "warning")
            return
        new = [one for one in picked if not isinstance(one, Item)]
        if not new:
            self._registered(tuple(picked))
            return

        def register(book: Book) -> tuple[NewOrKnown, ...]:
            return tuple(one if isinstance(one, Item) else accounts.add_item(book, *one) for one in picked)

        self._operations.write(
            register,
            self._registered,
            touches=ITEMS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.add_row_button,),
        )

    def _registered(self, picked: tuple[Item, ...]) -> None:
        items = tuple(sorted(picked))
        if items in self._taken:
            self.message("这一行已经在表里了，请直接在表里填金额", "warning")
            return
        self.accept()
        self.chosen.emit(items)

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


class _Find:
    """Members matching a text, and a row that registers the text as a new one."""

    def __init__(self, category: str, records: tuple[ItemRecord, ...]) -> None:
        self._category = category
        self._records = records

    def __call__(self, text: str) -> Sequence[Choice]:
        found = find_items(self._records, text)
        choices = [Choice("", record.item.name, record.note, record.item) for record in found]
        name = text.strip()
        if name and all(record.item.name != name for record in self._records):
            choices.append(Choice("＋", name, f"新增{self._category}", (self._category, name)))
        return choices
