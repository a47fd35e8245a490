"""Drawing up a budget: a table of items to type in, to paste from Excel, or to begin from what was booked."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from village_ledger.domain.account import Item
from village_ledger.domain.budget import PROJECT as PROJECT_CATEGORY
from village_ledger.domain.budget import SIDES, Budget
from village_ledger.domain.errors import Refusal
from village_ledger.domain.money import format_fen
from village_ledger.services import budgets
from village_ledger.ui import dialogs, theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import BUDGETS, Operations
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.table import dress_table

from .items_model import ACCOUNTS, AMOUNT, NAME, PROJECT, SIDE, ItemsModel

_WIDTHS = (70, 220, 60, 170, 150, 120, 160)
_HINT = (
    "科目填编码，可以填几个（51303、51307），也可以填上级科目；工程项目按“项目”辅助核算归集。"
    "可以从 Excel 复制几行，在表里按 Ctrl+V 粘贴；F2 或直接输入修改"
)
Index = QModelIndex | QPersistentModelIndex


class _Choices(QStyledItemDelegate):
    """Edits a cell by choosing from a list."""

    def __init__(self, choices: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = choices

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """Qt: the list."""
        combo = QComboBox(parent)
        combo.addItems(self._choices)
        combo.activated.connect(lambda _place: self._done(combo))
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Qt: choose what the cell holds."""
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: ItemsModel, index: Index) -> None:
        """Qt: write the choice."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())

    def _done(self, combo: QComboBox) -> None:
        self.commitData.emit(combo)
        self.closeEditor.emit(combo)


class BudgetDialog(Dialog):
    """`saved(year)` fires when the budget has been written."""

    saved = Signal(int)

    def __init__(self, operations: Operations, budget: Budget, parent: QWidget) -> None:
        super().__init__(f"编制{budget.year}年预算", parent, operations=operations, width=1040, height=560)
        self._operations = operations
        self._budget = budget
        self._members = self._projects()
        self.model = ItemsModel(lambda: self._members, self)
        self._build_tools()
        self._build_table()
        self.note = QLineEdit(budget.note)
        self.note.setPlaceholderText("说明，例如：按零增长编制")
        self.total = theme.mark(QLabel(), "muted")
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.total)
        self.body.addLayout(foot)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("保存(&S)", self._save, kind="primary")
        self.save_button.setAutoDefault(False)
        self.save_button.setDefault(False)
        self.model.changed.connect(self._show_total)
        self.model.complaint.connect(self._complain)
        self.model.set_items(budget.items)
        self.table.setFocus()

    def _projects(self) -> dict[str, Item]:
        facts = self._operations.facts
        records = facts.items if facts else ()
        return {
            one.item.name: one.item for one in records if one.item.category == PROJECT_CATEGORY and not one.disabled
        }

    def _build_tools(self) -> None:
        tools = QHBoxLayout()
        self.add_item_button = make_button("增加(&A)", icon="plus", tip="Insert", on_click=self.add_item)
        self.remove_button = make_button("删除(&D)", icon="trash", tip="Ctrl+Delete", on_click=self.remove_item)
        self.up_button = make_button("上移", kind="quiet", icon="chevron-up", on_click=lambda: self._move(-1))
        self.down_button = make_button("下移", kind="quiet", icon="chevron-down", on_click=lambda: self._move(1))
        self.propose_button = make_button(
            "按科目生成(&G)", icon="tree", tip="按收支科目列出项目，金额取上年实际发生数", on_click=self.propose
        )
        self.copy_button = make_button("复制上年预算(&L)", icon="copy", on_click=self.copy_last)
        for button in (self.add_item_button, self.remove_button, self.up_button, self.down_button):
            button.setAutoDefault(False)
            tools.addWidget(button)
        tools.addStretch(1)
        for button in (self.propose_button, self.copy_button):
            button.setAutoDefault(False)
            tools.addWidget(button)
        self.body.addLayout(tools)

    def _build_table(self) -> None:
        look = theme.current()
        self.table = QTableView()
        dress_table(self.table, whole_rows=False, editable=True)
        self.table.setModel(self.model)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(True)
        self._sides = _Choices(SIDES, self)
        self._members_choice = _Choices(("", *self._members), self)
        self.table.setItemDelegateForColumn(SIDE, self._sides)
        self.table.setItemDelegateForColumn(PROJECT, self._members_choice)
        header = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        hint = theme.mark(QLabel(_HINT), "hint")
        hint.setWordWrap(True)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(hint)
        for keys, slot in (("Insert", self.add_item), ("Ctrl+Del", self.remove_item), ("Ctrl+V", self.paste)):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def add_item(self) -> None:
        """Add an item behind the current one, on its side, and begin with its name."""
        row = self.table.currentIndex().row()
        items = self.model.items
        side = items[row].side if 0 <= row < len(items) else SIDES[1]
        place = self.model.add(row if row >= 0 else len(items) - 1, side)
        self.table.setCurrentIndex(self.model.index(place, NAME))
        self.table.setFocus()

    def remove_item(self) -> None:
        """Remove the current item."""
        self.model.remove(self.table.currentIndex().row())

    def _move(self, offset: int) -> None:
        index = self.table.currentIndex()
        place = self.model.move(index.row(), offset)
        self.table.setCurrentIndex(self.model.index(place, max(index.column(), 0)))

    def paste(self) -> None:
        """Paste rows copied from a spreadsheet at the current cell."""
        index = self.table.currentIndex()
        text = QGuiApplication.clipboard().text()
        if text.strip():
            rows = self.model.paste(text, max(index.row(), 0), max(index.column(), 0))
            if rows > 1:
                self.message(f"粘贴了 {rows} 行", "success")

    def propose(self) -> None:
        """Begin from the accounts and what was booked on them last year."""
        if self._may_replace():
            year = self._budget.year
            self._operations.read(lambda book: budgets.proposed(book, year), self._take, initiator=self)

    def copy_last(self) -> None:
        """Begin from last year's budget as adjusted."""
        if self._may_replace():
            year = self._budget.year
            self._operations.read(lambda book: budgets.copy_of(book, year), self._take, initiator=self)

    def _may_replace(self) -> bool:
        words = "表里已有的项目会被替换。"
        return not self.model.items or dialogs.ask(self, "替换预算项目", words, accept="替换", danger=True)

    def _take(self, made: Budget) -> None:
        self.model.set_items(made.items)
        self.message(f"列出了 {len(made.items)} 个项目，请逐项核对金额", "success")

    def _show_total(self) -> None:
        income, expense = self.model.sums()
        rest = format_fen(income - expense)
        self.total.setText(f"收入 {format_fen(income)}　支出 {format_fen(expense)}　收支差 {rest}")

    def _complain(self, text: str) -> None:
        if text:
            self.message(text, "danger")
        else:
            self.message_bar.clear()

    def _save(self) -> None:
        wanted = self._budget._replace(items=self.model.items, note=self.note.text().strip())
        self._operations.write(
            lambda book: budgets.save_budget(book, wanted),
            self._saved,
            touches=BUDGETS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, saved: Budget) -> None:
        self.accept()
        self.saved.emit(saved.year)

    def _failed(self, refusal: Refusal) -> None:
        self.model.show_problems(refusal.problems)
        first = refusal.problems[0] if refusal.problems else None
        if first and first.line is not None:
            columns = {"code": 0, "accounts": ACCOUNTS, "amount_fen": AMOUNT, "side": SIDE}
            self.table.setCurrentIndex(self.model.index(first.line, columns.get(first.field, NAME)))
            self.message(f"第 {first.line + 1} 行：{first.message}", "danger")
        else:
            self.message(str(refusal), "danger")
