"""凭证管理: finding vouchers, and reviewing, posting, ordering, deleting, reversing, copying and printing them."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QLabel, QPushButton, QTableView, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import Voucher
from village_ledger.services import vouchers
from village_ledger.services.vouchers import VoucherSummary

from .. import shortcuts, theme
from ..operations import PERIODS, REQUESTS, REVIEWS, SETTINGS, VOUCHERS, Operations
from ..page import Page
from ..tables import voucher_list_model as columns
from ..tables.voucher_list_model import PAGE, VoucherListModel
from ..widgets.button import make_button
from ..widgets.flow_layout import FlowLayout
from ..widgets.table import dress_table, select_row
from . import reads
from .acts import VoucherActs
from .filter_bar import FilterBar

KEPT = 10 * PAGE
"""How many rows a refresh reads again at most; whoever has scrolled further starts from the top."""
_WIDTHS = (92, 104, 84, 300, 130, 48, 76, 76, 76, 150)


class VoucherListPage(Page):
    """The list with its filter above and what can be done with the selection below."""

    title = "凭证管理"
    touched_by = VOUCHERS | PERIODS | REQUESTS | SETTINGS | REVIEWS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self.acts = VoucherActs(self)
        self.filter = FilterBar(self.facts, self)
        self.model = VoucherListModel(self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        dress_table(self.table)
        self.count = theme.mark(QLabel(self), "muted")
        self.buttons: dict[str, QPushButton] = {}
        header = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, look.scaled(width))
        header.setSectionResizeMode(columns.SUMMARY, QHeaderView.ResizeMode.Stretch)
        bottom = FlowLayout()
        bottom.add(self.count, 1)
        self.body.addWidget(self.filter)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(bottom)
        self._add_buttons(bottom)
        self.filter.changed.connect(self.refresh)
        self.model.page_wanted.connect(self._fetch)
        self.table.doubleClicked.connect(lambda _index: self.open_current())
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        operations.facts_changed.connect(self.filter.show_facts)
        self._show_selection()

    def _add_buttons(self, bottom: FlowLayout) -> None:
        top: tuple[tuple[str, str, str, str, Callable[[], object]], ...] = (
            ("review_all", "审核全部", "stamp", "secondary", self.review_all),
            ("post_all", "记账全部", "lock", "secondary", self.post_all),
            ("new", "新增凭证", "plus", "primary", lambda: self.open_draft_requested.emit(0)),
        )
        for name, caption, icon, kind, slot in top:
            self.buttons[name] = self.add_action_button(make_button(caption, kind=kind, icon=icon, on_click=slot))
        below: tuple[tuple[str, str, str, str, Callable[[], object]], ...] = (
            ("review", "审核", "stamp", "voucher.review", self.review),
            ("unreview", "取消审核", "", "voucher.unreview", self.unreview),
            ("post", "记账", "lock", "voucher.post", self.post),
            ("up", "上移", "chevron-up", "voucher.line_up", lambda: self.move_draft(-1)),
            ("down", "下移", "chevron-down", "voucher.line_down", lambda: self.move_draft(1)),
            ("delete", "删除草稿", "trash", "", self.delete),
            ("reverse", "红字冲销", "undo", "voucher.reverse", self.reverse),
            ("copy", "复制", "copy", "", self.copy),
            ("print", "打印", "printer", "voucher.print", self.print_selected),
        )
        for name, caption, icon, key, slot in below:
            tip = f"{caption}（{shortcuts.label(key)}）" if key else caption
            button = make_button(caption, icon=icon, tip=tip, on_click=slot)
            self.buttons[name] = button
            bottom.add(button)
            if key:
                shortcuts.bind(self, key, button.click)
        self._key(self.table, Qt.Key.Key_Return, self.open_current)
        self._key(self.table, Qt.Key.Key_Enter, self.open_current)
        self._key(self.table, Qt.Key.Key_Delete, self.buttons["delete"].click)
        shortcuts.bind(self, "voucher.search", self.filter.text.setFocus)

    @staticmethod
    def _key(widget: QWidget, key: Qt.Key, slot: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(slot)

    def selected(self) -> tuple[VoucherSummary, ...]:
        """The vouchers selected, in list order."""
        parts = self.table.selectionModel().selection().toList()
        rows = sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})
        return tuple(self.model.rows[row].voucher for row in rows)

    def take_focus(self) -> None:
        """The list gets the keys."""
        self.table.setFocus()

    def state(self) -> object:
        """The current row."""
        return self.table.currentIndex().row()

    def restore(self, state: object) -> None:
        """Back to the row."""
        if isinstance(state, int):
            select_row(self.table, state)

    def refresh(self) -> None:
        """Run the query again; the selection stays where its vouchers are still listed."""
        wanted, limit = self.filter.wanted(), min(max(PAGE, len(self.model.rows)), KEPT)
        special = self.filter.special
        self.operations.read(
            lambda book: reads.list_page(book, wanted, 0, limit, special), self._show_page, topic="list"
        )

    def open_current(self) -> None:
        """Open the current voucher: a draft to edit, a posted one to view."""
        row = self.table.currentIndex().row()
        if row >= 0:
            voucher = self.model.rows[row].voucher
            wish = self.open_voucher_requested if voucher.posted else self.open_draft_requested
            wish.emit(voucher.id)

    def review(self) -> None:
        """Review the drafts selected."""
        ids = self._ids("draft")
        self.acts.review(ids, lambda: self._done(f"已审核 {len(ids)} 张"))

    def unreview(self) -> None:
        """Take the reviews selected back."""
        ids = self._ids("reviewed")
        self.acts.unreview(ids, lambda: self._done(f"已取消审核 {len(ids)} 张"))

    def post(self) -> None:
        """Post the reviewed drafts selected."""
        self.acts.post(self._ids("reviewed"), self._posted)

    def review_all(self) -> None:
        """Review every draft the filter shows."""
        self.acts.review_all(self.filter.wanted(), lambda count: self._done(f"已审核 {count} 张"))

    def post_all(self) -> None:
        """Post everything reviewed."""
        self.acts.post_all(self._posted)

    def move_draft(self, offset: int) -> None:
        """Move the draft up or down in its month."""
        chosen = self.selected()
        if len(chosen) == 1 and not chosen[0].posted:
            self.acts.move(chosen[0].id, offset, self.refresh)

    def delete(self) -> None:
        """Delete the drafts selected, after a question."""
        ids = self._ids("draft")
        if ids:
            self.acts.delete(ids, lambda: self._done(f"已删除 {len(ids)} 张草稿"))

    def reverse(self) -> None:
        """Make the red voucher of the posted one selected."""
        chosen = self.selected()
        if len(chosen) == 1 and chosen[0].posted:
            voucher_id = chosen[0].id
            self.operations.read(lambda book: vouchers.voucher(book, voucher_id), self._ask_reversal)

    def copy(self) -> None:
        """Begin a new voucher with the content of the one selected."""
        chosen = self.selected()
        if len(chosen) == 1:
            one = chosen[0]
            self.operations.read(lambda book: reads.content(book, one), self.copy_requested.emit, initiator=self)

    def print_selected(self) -> None:
        """Print the posted vouchers selected."""
        ids = self._ids("posted")
        chosen = [voucher for voucher in self.selected() if voucher.posted]
        first = chosen[0]
        name = f"{first.day[:7]} {first.word}-{first.number}"
        self.acts.print(ids, name if len(ids) == 1 else f"{name} 等{len(ids)}张")

    def _ids(self, state: str) -> tuple[int, ...]:
        return tuple(voucher.id for voucher in self.selected() if voucher.state == state)

    def _ask_reversal(self, voucher: Voucher) -> None:
        day = max(voucher.day, self.facts.open_period.first_day)
        self.acts.reverse(voucher, day, self.open_draft_requested.emit)

    def _posted(self, posted: tuple[Voucher, ...]) -> None:
        self._done(f"已记账 {len(posted)} 张，{reads.label(posted[0])} 至 {reads.label(posted[-1])}")

    def _done(self, text: str) -> None:
        self.message(text, "success")
        self.refresh()

    def _fetch(self, offset: int) -> None:
        wanted, serial = self.filter.wanted(), self.model.serial
        self.operations.read(
            lambda book: reads.list_rows(book, wanted, offset, PAGE),
            lambda rows: self.model.add_page(serial, rows),
            initiator=self,
        )

    def _show_page(self, page: reads.ListPage) -> None:
        kept = {(voucher.posted, voucher.id) for voucher in self.selected()}
        top = self.table.verticalScrollBar().value()
        current = self.table.currentIndex().row()
        self.model.restart(page.total, page.rows)
        rows = [row for row, shown in enumerate(page.rows) if (shown.voucher.posted, shown.voucher.id) in kept]
        if rows:
            selection = QItemSelection()
            for row in rows:
                selection.select(self.model.index(row, 0), self.model.index(row, columns.LINKS))
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(self.model.index(rows[0], 0), flags.NoUpdate)
            self.table.selectionModel().select(selection, flags.ClearAndSelect)
        elif page.rows:
            select_row(self.table, min(max(current, 0), len(page.rows) - 1))
        self.table.verticalScrollBar().setValue(top)
        self._show_selection()

    def _selection_changed(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        self._show_selection()

    def _show_selection(self) -> None:
        chosen = self.selected()
        states = {voucher.state for voucher in chosen}
        total = f"共 {self.model.total} 张"
        chosen_total = format_fen(sum(voucher.total_fen for voucher in chosen))
        self.count.setText(f"{total}，选中 {len(chosen)} 张，金额 {chosen_total}" if len(chosen) > 1 else total)
        single = len(chosen) == 1
        writable = not self.facts.read_only
        enabled = {
            "review": "draft" in states,
            "unreview": "reviewed" in states,
            "post": "reviewed" in states,
            "up": single and "posted" not in states,
            "down": single and "posted" not in states,
            "delete": "draft" in states,
            "reverse": single and "posted" in states,
            "copy": single,
            "review_all": not self.filter.special,
            "post_all": True,
            "new": True,
        }
        for name, allowed in enabled.items():
            self.buttons[name].setEnabled(allowed and writable)
        self.buttons["print"].setEnabled("posted" in states)
