"""Adding one member of a dimension, changing it, or adding a whole list of names at once."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from village_ledger.domain.account import Item
from village_ledger.domain.errors import Refusal
from village_ledger.domain.search import ItemRecord
from village_ledger.services import accounts
from village_ledger.services.book import Book
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import ITEMS, Operations
from village_ledger.ui.widgets.form import FormGrid

_FORBIDDEN = ";；:："
_EXAMPLES = {
    "往来户": "户主姓名或单位名称；同名的加组别区别，例如 张伟（二组）",
    "项目": "例如 村道硬化工程、一事一议路灯",
    "部门": "例如 村委会、合作社、第三村民小组",
    "人员": "领工资或补贴的人",
    "银行账户": "例如 农商行基本户 尾号 3456",
}


def name_problem(category: str, name: str, known: Iterable[str]) -> str:
    """What is wrong with a member's name, in Chinese; empty when it can be used."""
    name = name.strip()
    if not name:
        return f"请填写{category}名称"
    if any(sign in name for sign in _FORBIDDEN):
        return "名称里不能有分号和冒号"
    if name in known:
        return f"“{name}”已经登记过；同名的请加组别区别，例如 {name}（二组）"
    return ""


class ItemDialog(Dialog):
    """`record` None adds to the category; `saved(code)` tells the member's number."""

    saved = Signal(str)

    def __init__(
        self,
        operations: Operations,
        category: str,
        known: Iterable[str],
        record: ItemRecord | None,
        parent: QWidget,
    ) -> None:
        super().__init__(f"{'修改' if record else '增加'}{category}", parent, operations=operations, width=480)
        self._operations = operations
        self._category = category
        self._record = record
        self._known = set(known) - ({record.item.name} if record else set())
        self.name = QLineEdit(record.item.name if record else "")
        self.name.setMaxLength(60)
        self.note = QLineEdit(record.note if record else "")
        self.note.setMaxLength(100)
        self.note.setPlaceholderText("可以不填")
        self.form = FormGrid()
        self.form.add("名称(&N)", self.name, _EXAMPLES.get(category, ""))
        self.form.add("备注(&B)", self.note, "组别、电话、合同号等，只是备忘，不影响账")
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("保存(&S)", self._save, kind="primary")
        self.name.textChanged.connect(lambda _text: self.form.set_error(self.name, ""))
        self.name.selectAll()
        self.name.setFocus()

    def _save(self) -> None:
        name, note, category, record = self.name.text().strip(), self.note.text().strip(), self._category, self._record
        problem = name_problem(category, name, self._known)
        self.form.set_error(self.name, problem)
        if problem:
            self.name.setFocus()
            return

        def act(book: Book) -> Item:
            if record is None:
                return accounts.add_item(book, category, name, note)
            return accounts.change_item(book, record.item, name=name, note=note)

        self._operations.write(
            act, self._saved, touches=ITEMS, initiator=self, on_failed=self._failed, disable=(self.save_button,)
        )

    def _saved(self, item: Item) -> None:
        self.accept()
        self.saved.emit(item.code)

    def _failed(self, refusal: Refusal) -> None:
        self.form.set_error(self.name, str(refusal))
        self.name.setFocus()


class ItemList(NamedTuple):
    """A pasted list, sorted out: names with their notes to add, names known already, and lines that cannot be used."""

    new: tuple[tuple[str, str], ...]
    known: tuple[str, ...]
    wrong: tuple[str, ...]


def read_list(category: str, text: str, known: Iterable[str]) -> ItemList:
    """Sort out a pasted list: one member a line, a note after a tab; repeated names count once."""
    seen = set(known)
    new: list[tuple[str, str]] = []
    already: list[str] = []
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        name, _tab, note = (part.strip() for part in line.partition("\t"))
        if not name:
            continue
        if name in seen:
            already.append(name)
        elif problem := name_problem(category, name, ()):
            wrong.append(f"第 {number} 行“{name}”：{problem}")
        else:
            seen.add(name)
            new.append((name, " ".join(note.split())))
    return ItemList(tuple(new), tuple(already), tuple(wrong))


class ItemListDialog(Dialog):
    """Paste a column of names from Excel; what will be added is counted while typing."""

    saved = Signal(str)

    def __init__(self, operations: Operations, category: str, known: Iterable[str], parent: QWidget) -> None:
        super().__init__(f"成批增加{category}", parent, operations=operations, width=560)
        self._operations = operations
        self._category = category
        self._known = frozenset(known)
        look = theme.current()
        intro = QLabel("每行一个名称；也可以从 Excel 里复制一列（或“名称、备注”两列）粘贴到这里。")
        intro.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText("张三\n李四\n王五（二组）")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(look.scaled(260))
        self.summary = theme.mark(QLabel("还没有内容"), "muted")
        self.summary.setWordWrap(True)
        for widget in (intro, self.text, self.summary):
            self.body.addWidget(widget)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("增加(&S)", self._save, kind="primary")
        self.save_button.setEnabled(False)
        self.text.textChanged.connect(self._sort_out)
        self.text.setFocus()

    def _sort_out(self) -> None:
        found = read_list(self._category, self.text.toPlainText(), self._known)
        parts = [f"将增加 {len(found.new)} 个{self._category}"]
        if found.known:
            parts.append(f"{len(found.known)} 个已登记或重复，跳过")
        self.summary.setText("\n".join(["，".join(parts), *found.wrong[:5]]))
        theme.mark(self.summary, "danger" if found.wrong else "muted")
        self.save_button.setEnabled(bool(found.new) and not found.wrong)

    def _save(self) -> None:
        category = self._category
        new = read_list(category, self.text.toPlainText(), self._known).new
        self._operations.write(
            lambda book: accounts.add_items(book, category, new),
            self._added,
            touches=ITEMS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _added(self, added: tuple[Item, ...]) -> None:
        self.accept()
        self.saved.emit(added[-1].code)

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")
