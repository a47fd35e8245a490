"""The chart of accounts as a tree: find, add details, change, disable, delete, import."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QHeaderView, QLabel, QLineEdit, QTreeView, QWidget

from village_ledger.domain.account import CATEGORIES, CODE_LENGTHS, Account
from village_ledger.services import accounts
from village_ledger.ui import dialogs, theme
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.operations import ACCOUNTS, OPENINGS, SETTINGS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.table import dress_table

from .account_dialog import AccountDialog
from .account_tree_model import (
    AUXILIARY_COLUMN,
    NAME_COLUMN,
    AccountTreeModel,
    matching_codes,
)


class AccountsPage(Page):
    """Everything about accounts in one place; Insert adds below the selected one, Enter changes it."""

    title = "会计科目"
    touched_by = ACCOUNTS | OPENINGS | VOUCHERS | SETTINGS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self.import_button = self.add_action_button(
            make_button(
                "导入(&I)…", icon="download", tip="从 Excel 或 CSV 文件成批增加明细科目", on_click=self.import_file
            )
        )
        self.delete_button = self.add_action_button(make_button("删除(&D)", icon="trash", on_click=self.delete))
        self.disable_button = self.add_action_button(make_button("停用(&T)", icon="lock", on_click=self.switch))
        self.change_button = self.add_action_button(make_button("修改(&E)", icon="pen", on_click=self.change))
        self.add_button = self.add_action_button(
            make_button(
                "增加下级(&A)", kind="primary", icon="plus", on_click=self.add, tip="在选中的科目下增加明细（Insert）"
            )
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText("按编码、名称或拼音首字母查找（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(look.scaled(360))
        self.category = QComboBox()
        self.category.addItem("全部类别", "")
        for name in CATEGORIES:
            self.category.addItem(name, name)
        self.with_disabled = QCheckBox("显示停用的科目")
        self.with_disabled.setChecked(True)
        self.count = theme.mark(QLabel(), "muted")
        bar = QHBoxLayout()
        bar.setSpacing(look.px("gap"))
        for widget in (self.search, self.category, self.with_disabled):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.count)
        self.body.addLayout(bar)
        self.model = AccountTreeModel(self)
        self.tree = QTreeView()
        dress_table(self.tree)
        self.tree.setSelectionMode(QTreeView.SelectionMode.SingleSelection)
        self.tree.setModel(self.model)
        self.tree.setExpandsOnDoubleClick(False)
        self._size_columns()
        self.body.addWidget(self.tree, 1)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self.tree.setFocus)
        self.category.currentIndexChanged.connect(self._narrow)
        self.with_disabled.toggled.connect(self._narrow)
        self.tree.selectionModel().currentChanged.connect(self._show_possible)
        self.tree.activated.connect(self._activated)
        self._bind("Insert", self.add, self)
        self._bind("Ctrl+F", self._find, self)
        self._bind("Delete", self.delete, self.tree)
        self._bind("Down", self.tree.setFocus, self.search)

    def _bind(self, keys: str, slot: object, widget: QWidget) -> None:
        shortcut = QShortcut(QKeySequence(keys), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _size_columns(self) -> None:
        look = theme.current()
        header = self.tree.header()
        header.setStretchLastSection(False)
        for column, width in enumerate((170, 260, 110, 90, 260, 90, 90)):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(NAME_COLUMN, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(AUXILIARY_COLUMN, QHeaderView.ResizeMode.Interactive)

    def selected(self) -> Account | None:
        """The account of the current row."""
        return self.model.account(self.tree.currentIndex())

    def select(self, code: str) -> None:
        """Make an account the current row."""
        index = self.model.index_of(code)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.tree.selectionModel().setCurrentIndex(index, flags)
            self.tree.scrollTo(index)

    def refresh(self) -> None:
        """Show the chart anew, keeping the selection."""
        self._narrow()
        self.import_button.setEnabled(not self.facts.read_only)

    def _narrow(self) -> None:
        before = self.selected()
        chart = self.facts.chart
        codes = matching_codes(
            chart, self.search.text(), self.category.currentData(), with_disabled=self.with_disabled.isChecked()
        )
        self.model.show_accounts(chart, codes)
        self.tree.expandAll()
        leaves = sum(chart.is_leaf(code) for code in codes)
        self.count.setText(f"共 {len(codes)} 个科目，末级 {leaves} 个" if codes else "没有找到，请换个说法")
        first = self._best(codes)
        self.select(before.code if before and before.code in codes else first)
        self._show_possible()

    def _best(self, codes: frozenset[str]) -> str:
        typed = self.search.text().strip().lower()
        found = [account for account in self.facts.chart if account.code in codes]
        exact = [
            a.code
            for a in found
            if typed and (a.code.startswith(typed) or a.pinyin.startswith(typed) or typed in a.name)
        ]
        return exact[0] if exact else (found[0].code if found else "")

    def _show_possible(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        account = self.selected()
        writable = account is not None and not self.facts.read_only
        self.add_button.setEnabled(writable and account is not None and account.level < len(CODE_LENGTHS))
        self.change_button.setEnabled(writable)
        self.disable_button.setEnabled(writable)
        self.disable_button.setText("启用(&T)" if account is not None and account.disabled else "停用(&T)")
        deletable = writable and account is not None and not account.official and self.facts.chart.is_leaf(account.code)
        self.delete_button.setEnabled(deletable)
        self.delete_button.setToolTip("" if deletable else "会计制度规定的科目不能删除；有下级的要先删下级")

    def _activated(self, _index: QModelIndex) -> None:
        self.change()

    def add(self) -> None:
        """Add a detail below the selected account."""
        account = self.selected()
        if account is not None and self.add_button.isEnabled():
            self._open(AccountDialog(self.operations, self.facts.chart, account.code, None, self))

    def change(self) -> None:
        """Change the selected account."""
        account = self.selected()
        if account is not None and self.change_button.isEnabled():
            above = self.facts.chart.ancestors(account.code)
            self._open(AccountDialog(self.operations, self.facts.chart, above[-1] if above else "", account, self))

    def _open(self, dialog: AccountDialog) -> None:
        dialog.saved.connect(self._saved)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _saved(self, code: str) -> None:
        self._narrow()
        self.select(code)

    def switch(self) -> None:
        """Stop using the selected account, or use it again."""
        account = self.selected()
        if account is None or not self.disable_button.isEnabled():
            return
        disabled = not account.disabled
        if disabled and not dialogs.ask(
            self,
            "停用科目",
            f"停用后，填凭证时就选不到“{account.code} {account.name}”了；已有的账不受影响，以后还可以再启用。",
            accept="停用",
        ):
            return
        code = account.code
        self.operations.write(
            lambda book: accounts.change_account(book, code, disabled=disabled),
            self._switched,
            touches=ACCOUNTS,
            initiator=self,
            disable=(self.disable_button,),
        )

    def _switched(self, account: Account) -> None:
        self._narrow()
        self.message(f"{account.code} {account.name} 已{'停用' if account.disabled else '启用'}", "success")

    def delete(self) -> None:
        """Delete the selected account if it was never used."""
        account = self.selected()
        if account is None or not self.delete_button.isEnabled():
            return
        if not dialogs.ask(
            self, "删除科目", f"确定删除“{account.code} {account.name}”吗？", accept="删除", danger=True
        ):
            return
        code, name = account.code, account.name
        self.operations.write(
            lambda book: accounts.delete_account(book, code),
            lambda _done: self._deleted(f"已删除 {code} {name}"),
            touches=ACCOUNTS,
            initiator=self,
            disable=(self.delete_button,),
        )

    def _deleted(self, text: str) -> None:
        self._narrow()
        self.message(text, "success")

    def import_file(self) -> None:
        """Add many details from a file."""
        dialog = ImportDialog(self.operations, "accounts", self)
        dialog.imported.connect(self._imported)
        dialog.open()

    def _imported(self, text: str) -> None:
        self._narrow()
        self.message(text, "success")
