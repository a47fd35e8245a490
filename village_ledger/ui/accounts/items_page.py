"""Members of the dimensions: households and units, projects, departments, people, bank accounts."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QTabBar,
    QTableView,
    QWidget,
)

from village_ledger.domain.account import DIMENSION_CATEGORIES, Item
from village_ledger.domain.search import ItemRecord
from village_ledger.services import accounts
from village_ledger.ui import dialogs, theme
from village_ledger.ui.operations import ITEMS, OPENINGS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .item_dialog import ItemDialog, ItemListDialog
from .items_model import NAME_COLUMN, NOTE_COLUMN, ItemsModel, filtered

_EMPTY = {
    "往来户": "还没有往来户。\n把本村各户和有来往的单位登记进来，内部往来、应收应付就能按户记账、按户查账。",
    "项目": "还没有项目。\n一事一议、专项工程等要单独核算的，在这里登记。",
    "部门": "还没有部门。\n管理费用要按部门分开时才需要。",
    "人员": "还没有人员。\n应付工资、劳务费要按人核算时才需要。",
    "银行账户": "还没有银行账户。\n村里有几个银行账户的，在这里登记，银行存款就能按账户对账。",
}


class ItemsPage(Page):
    """A tab for each dimension, a table of its members; Insert adds, Enter changes."""

    title = "往来户与项目"
    touched_by = ITEMS | VOUCHERS | OPENINGS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self.disable_button = self.add_action_button(make_button("停用(&T)", icon="lock", on_click=self.switch))
        self.change_button = self.add_action_button(make_button("修改(&E)", icon="pen", on_click=self.change))
        self.list_button = self.add_action_button(
            make_button("成批增加(&L)…", icon="list", tip="把一列姓名从 Excel 粘贴进来", on_click=self.add_list)
        )
        self.add_button = self.add_action_button(
            make_button("增加(&A)", kind="primary", icon="plus", tip="Insert", on_click=self.add)
        )
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for category in DIMENSION_CATEGORIES:
            self.tabs.addTab(category)
        self.search = QLineEdit()
        self.search.setPlaceholderText("按名称、编号或拼音首字母查找（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(look.scaled(340))
        self.with_disabled = QCheckBox("显示停用的")
        self.with_disabled.setChecked(True)
        self.count = theme.mark(QLabel(), "muted")
        bar = QHBoxLayout()
        bar.setSpacing(look.px("gap"))
        bar.addWidget(self.search)
        bar.addWidget(self.with_disabled)
        bar.addStretch(1)
        bar.addWidget(self.count)
        self.model = ItemsModel(self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate((100, 320, 320, 90, 100)):
            header.resizeSection(column, look.scaled(width))
        for column in (NAME_COLUMN, NOTE_COLUMN):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.empty = EmptyState("")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.tabs)
        self.body.addLayout(bar)
        self.body.addWidget(self.stack, 1)
        self.setFocusProxy(self.search)
        self.tabs.currentChanged.connect(self._tab_changed)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._enter_table)
        self.with_disabled.toggled.connect(self._narrow)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._show_possible())
        self.table.activated.connect(lambda _index: self.change())
        for keys, slot in (("Insert", self.add), ("Ctrl+F", self._find)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    @property
    def category(self) -> str:
        """The dimension shown."""
        return DIMENSION_CATEGORIES[self.tabs.currentIndex()]

    def selected(self) -> ItemRecord | None:
        """The member of the current row."""
        return self.model.value(self.table.currentIndex().row())

    def refresh(self) -> None:
        """Show the members anew, keeping the selection."""
        counts: dict[str, int] = {}
        for record in self.facts.items:
            counts[record.item.category] = counts.get(record.item.category, 0) + 1
        for place, category in enumerate(DIMENSION_CATEGORIES):
            self.tabs.setTabText(place, f"{category}  {counts.get(category, 0)}")
        self._narrow()

    def _records(self) -> tuple[ItemRecord, ...]:
        return tuple(record for record in self.facts.items if record.item.category == self.category)

    def _tab_changed(self, _place: int) -> None:
        self.search.clear()
        self._narrow()

    def _narrow(self) -> None:
        before = self.selected()
        everything = self._records()
        shown = filtered(everything, self.search.text(), with_disabled=self.with_disabled.isChecked())
        self.model.show_rows(shown)
        found = (
            f"找到 {len(shown)} 个，共 {len(everything)} 个" if len(shown) < len(everything) else f"共 {len(shown)} 个"
        )
        self.count.setText(found if everything else "")
        self.empty.setText(_EMPTY[self.category])
        self.stack.setCurrentWidget(self.table if everything else self.empty)
        row = self.model.row_of(before.item.code) if before and before.item.category == self.category else 0
        select_row(self.table, max(row, 0))
        self._show_possible()

    def _show_possible(self) -> None:
        record = self.selected()
        writable = not self.facts.read_only
        self.add_button.setEnabled(writable)
        self.list_button.setEnabled(writable)
        self.change_button.setEnabled(writable and record is not None)
        self.disable_button.setEnabled(writable and record is not None)
        self.disable_button.setText("启用(&T)" if record is not None and record.disabled else "停用(&T)")

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _enter_table(self) -> None:
        if self.selected() is not None:
            self.table.setFocus()

    def _known(self) -> tuple[str, ...]:
        return tuple(record.item.name for record in self._records())

    def add(self) -> None:
        """Add one member."""
        if self.add_button.isEnabled():
            self._open(ItemDialog(self.operations, self.category, self._known(), None, self))

    def add_list(self) -> None:
        """Add a pasted list of names."""
        if self.list_button.isEnabled():
            self._open(ItemListDialog(self.operations, self.category, self._known(), self))

    def change(self) -> None:
        """Change the selected member's name or note."""
        record = self.selected()
        if record is not None and self.change_button.isEnabled():
            self._open(ItemDialog(self.operations, self.category, self._known(), record, self))

    def _open(self, dialog: ItemDialog | ItemListDialog) -> None:
        dialog.saved.connect(self._saved)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _saved(self, code: str) -> None:
        if self.model.row_of(code) < 0:
            self.search.clear()
        self.refresh()
        select_row(self.table, self.model.row_of(code))
        self.table.setFocus()

    def switch(self) -> None:
        """Stop using the selected member, or use it again."""
        record = self.selected()
        if record is None or not self.disable_button.isEnabled():
            return
        item, disabled = record.item, not record.disabled
        if disabled and not dialogs.ask(
            self,
            f"停用{self.category}",
            f"停用后，填凭证时就选不到“{item.name}”了；已有的账不受影响，以后还可以再启用。",
            accept="停用",
        ):
            return
        self.operations.write(
            lambda book: accounts.change_item(book, item, disabled=disabled),
            lambda changed: self._switched(changed, disabled),
            touches=ITEMS,
            initiator=self,
            disable=(self.disable_button,),
        )

    def _switched(self, item: Item, disabled: bool) -> None:
        self.refresh()
        self.message(f"{item.name} 已{'停用' if disabled else '启用'}", "success")
