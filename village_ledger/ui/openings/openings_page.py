"""Opening balances: the grid, the trial balance under it, import, and the conversion from the 2004 accounts."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QLineEdit, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.domain.money import format_fen
from village_ledger.domain.view import Opening
from village_ledger.services import openings
from village_ledger.services.book import Book
from village_ledger.ui import dialogs, theme
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.operations import ACCOUNTS, ITEMS, OPENINGS, PERIODS, SETTINGS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.button import make_button

from .balance_bar import BalanceBar
from .conversion_dialog import ConversionDialog
from .opening_item_dialog import OpeningItemDialog
from .openings_grid import OpeningsGrid
from .openings_model import Column, OpeningsModel

_HELP = "输入金额后按回车到下一个科目；按户、按项目核算的科目按 Insert 增加一户；Delete 清空，Ctrl+Delete 去掉一户。"


class OpeningsPage(Page):
    """Nothing typed is lost: figures that do not tie can be saved, only booking waits for them to tie."""

    title = "期初余额"
    touched_by = OPENINGS | ACCOUNTS | ITEMS | VOUCHERS | PERIODS | SETTINGS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self.convert_button = self.add_action_button(
            make_button("从 2004 年旧科目转入(&V)…", icon="swap", on_click=self.convert)
        )
        self.import_button = self.add_action_button(
            make_button("导入(&I)…", icon="download", on_click=self.import_file)
        )
        self.item_button = self.add_action_button(
            make_button("增加一户 / 项目(&A)", icon="plus", on_click=self.add_item)
        )
        self.save_button = self.add_action_button(
            make_button("保存(&S)", kind="primary", icon="save", tip="Ctrl+S", on_click=self.save)
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText("转到科目：编码、名称或拼音首字母")
        self.search.setToolTip("Ctrl+F")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(look.scaled(340))
        self.only_filled = QCheckBox("只看有余额的科目")
        self.state_label = theme.mark(QLabel(), "muted")
        bar = QHBoxLayout()
        bar.setSpacing(look.px("gap"))
        bar.addWidget(self.search)
        bar.addWidget(self.only_filled)
        bar.addStretch(1)
        bar.addWidget(self.state_label)
        self.model = OpeningsModel(self)
        self.grid = OpeningsGrid(self.model)
        self.balance = BalanceBar()
        self.help_label = theme.mark(QLabel(_HELP), "hint")
        self.body.addLayout(bar)
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(self.help_label)
        self.body.addWidget(self.balance)
        self.setFocusProxy(self.grid)
        self.search.textChanged.connect(self._jump)
        self.search.returnPressed.connect(self.grid.setFocus)
        self.only_filled.toggled.connect(self.model.set_only_filled)
        self.model.changed.connect(self._changed)
        self.model.noticed.connect(lambda text: self.message(text, "warning"))
        self.grid.item_wanted.connect(self.add_item)
        self.grid.removal_wanted.connect(self.remove_item)
        self.grid.selectionModel().currentChanged.connect(lambda _now, _before: self._show_possible())
        for keys, slot in (("Ctrl+S", self.save), ("Ctrl+F", self._find)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def refresh(self) -> None:
        """Read the book again; figures typed but not saved stay."""
        self.operations.read(_read, self._show, topic="openings")

    def _show(self, found: tuple[tuple[Opening, ...], bool]) -> None:
        kept, editable = found
        current = self.grid.currentIndex()
        here, at = self.model.row(current.row()), current.column()
        if self.model.is_changed:
            self.model.set_chart(self.facts.chart)
        else:
            self.model.load(self.facts.chart, kept)
        self.model.read_only = not editable
        start = self.facts.entity.first_period
        for column in (Column.YEAR_DEBIT, Column.YEAR_CREDIT):
            self.grid.setColumnHidden(column, not self._mid_year)
        for column in (Column.QUANTITY, Column.UNIT):
            self.grid.setColumnHidden(column, not self.model.has_units)
        self.set_title(
            "期初余额", f"{start.label}初" + ("（年中建账，另填 1 月至建账前的本年累计）" if self._mid_year else "")
        )
        self.help_label.setVisible(editable)
        if not editable:
            reason = (
                "账套以只读方式打开" if self.facts.read_only else "已经记账或结账，期初余额不能再改；差错请用凭证更正"
            )
            self.message(reason, "info")
        self._changed()
        place = self.model.row_of(here.account.code, here.items) if here is not None else -1
        if place < 0:
            self._first_cell()
        elif self.grid.currentIndex() != self.model.index(place, at):
            self.grid.show_cell(place, at)

    @property
    def _mid_year(self) -> bool:
        return self.facts.entity.first_period.month > 1

    def _first_cell(self) -> None:
        for row in range(self.model.rowCount()):
            one = self.model.row(row)
            if one is not None and one.editable:
                self.grid.show_cell(row, self.grid.entry_column(row))
                return

    def _changed(self) -> None:
        totals = self.model.totals()
        self.balance.show_totals(totals, with_year=self._mid_year)
        waiting = self.model.is_changed
        wrong = len(self.model.problems)
        text = f"有 {wrong} 格金额看不懂，已标红" if wrong else "有改动，还没有保存" if waiting else ""
        self.state_label.setText(text)
        theme.mark(self.state_label, "danger" if wrong else "warning" if waiting else "muted")
        self._show_possible()

    def _show_possible(self) -> None:
        editable = not self.model.read_only
        row = self.model.row(self.grid.currentIndex().row())
        has_items = row is not None and bool(row.account.auxiliaries) and self.facts.chart.is_leaf(row.account.code)
        self.save_button.setEnabled(editable and self.model.is_changed)
        self.item_button.setEnabled(editable and has_items)
        self.import_button.setEnabled(editable)
        self.convert_button.setVisible(editable and self.facts.entity.chart == "rural-2023")

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _jump(self, text: str) -> None:
        row = self.model.find(text) if text.strip() else -1
        if row >= 0:
            self.grid.show_cell(row, self.grid.entry_column(row))

    def add_item(self) -> None:
        """Add a household's or project's row to the current account."""
        row = self.model.row(self.grid.currentIndex().row())
        if row is None or not self.item_button.isEnabled():
            return
        code = row.account.code
        taken = [
            one.items for one in map(self.model.row, range(self.model.rowCount())) if one and one.account.code == code
        ]
        records = self.facts.items
        dialog = OpeningItemDialog(self.operations, row.account, records, taken, self)
        dialog.chosen.connect(lambda items: self._item_chosen(code, items))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _item_chosen(self, code: str, items: tuple) -> None:  # type: ignore[type-arg] # of Item
        row = self.model.add_item(code, items)
        self.grid.setFocus()
        self.grid.show_cell(row, self.grid.entry_column(row))

    def remove_item(self) -> None:
        """Take the current household's row away."""
        number = self.grid.currentIndex().row()
        row = self.model.row(number)
        if row is None or row.kind != "item" or self.model.read_only:
            return
        self.model.remove_item(number)
        self.grid.show_cell(max(number - 1, 0), self.grid.entry_column(max(number - 1, 0)))

    def save(self) -> None:
        """Save what is typed, tied or not."""
        if not self.save_button.isEnabled():
            return
        if self.model.problems:
            self.message("有的金额看不懂，请先改正标红的格子：\n" + "\n".join(self.model.problems[:3]), "danger")
            return
        rows = self.model.openings()
        self.operations.write(
            lambda book: openings.save_openings(book, rows),
            self._saved,
            touches=OPENINGS,
            busy_text="正在保存期初余额…",
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, tie: openings.OpeningTie) -> None:
        self.model.mark_saved()
        if tie.tied:
            self.message("期初余额已保存，试算平衡，可以开始记账", "success")
            return
        gap = abs(tie.debit_fen - tie.credit_fen) or abs(tie.year_debit_fen - tie.year_credit_fen)
        self.message(f"已保存，但借贷还相差 {format_fen(gap)}；平了以后才能记账", "warning")

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")
        self._show_possible()

    def may_leave(self) -> bool:
        """Ask about figures that have not been saved."""
        if not self.model.is_changed or self.model.read_only:
            return True
        return dialogs.ask(
            self,
            "期初余额还没有保存",
            "刚才填的期初余额还没有保存。",
            accept="不保存，离开",
            reject="返回继续填",
            danger=True,
        )

    def import_file(self) -> None:
        """Take the openings from a file."""
        if self._may_replace():
            dialog = ImportDialog(self.operations, "openings", self)
            self._open_replacing(dialog, dialog.imported)

    def convert(self, source: Path | None = None) -> None:
        """Take the openings from a book or file kept by the 2004 accounts, named already or asked for."""
        if self._may_replace():
            dialog = ConversionDialog(self.operations, self)
            if source is not None:
                dialog.source.set_path(source)
                dialog.next_button.setFocus()
            self._open_replacing(dialog, dialog.converted)

    def _may_replace(self) -> bool:
        if not self.model.openings() and not self.model.is_changed:
            return True
        return dialogs.ask(
            self, "替换期初余额", "现在表里已有的期初余额会被替换，确定继续吗？", accept="继续", reject="取消"
        )

    def _open_replacing(self, dialog: QDialog, done: object) -> None:
        done.connect(self._replaced)  # type: ignore[attr-defined] # a bound signal
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _replaced(self, text: str) -> None:
        self.model.clear()
        self.refresh()
        self.message(text, "success")


def _read(book: Book) -> tuple[tuple[Opening, ...], bool]:
    return openings.openings(book), openings.openings_editable(book)
