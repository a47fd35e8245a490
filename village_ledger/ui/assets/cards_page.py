"""The list of assets with the chosen one's card beside it: register, correct, change, print, import."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QStackedWidget,
    QTableView,
    QWidget,
)

from village_ledger.domain.assets.change import IMPAIRMENT, IMPROVEMENT, TAKEN_INTO_USE, TRANSFER, USE
from village_ledger.domain.assets.rules import KINDS
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Period
from village_ledger.services import asset_cards, asset_changes, asset_forms
from village_ledger.services.asset_cards import Addition, Overview
from village_ledger.services.asset_changes import ChangeStatus
from village_ledger.services.book import Book
from village_ledger.services.origins import Origin
from village_ledger.ui import dialogs, theme
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.operations import ACCOUNTS, ASSETS, PERIODS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .card_dialog import CardDialog
from .card_panel import CardPanel
from .cards_bar import CardsBar
from .cards_model import NAME_COLUMN, WIDTHS, CardRow, CardsModel
from .change_dialog import ChangeDialog
from .fields import show_form

_EMPTY = (
    "还没有资产卡片。\n房屋、道路、水利、机器设备、茶园等，一项资产一张卡片，折旧就能按月自动计提，账卡随时核对。\n"
    "手头有 Excel 台账的，用“文件 → 导入资产卡片”一次导入。"
)


class CardsPage(Page):
    """Insert registers an asset, Enter opens its card."""

    title = "资产卡片"
    touched_by = ASSETS | VOUCHERS | ACCOUNTS | PERIODS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self._rows: tuple[CardRow, ...] = ()
        self._additions: tuple[Addition, ...] = ()
        self._wanted = 0
        self._build_actions()
        self._build_bar()
        self._build_table()
        self.setFocusProxy(self.bar.search)
        for keys, slot in (("Insert", self.add), ("Ctrl+F", self.bar.find)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self._show_possible()

    def _build_actions(self) -> None:
        self.file_button = self.add_action_button(make_button("文件(&F)", icon="folder"))
        files = QMenu(self.file_button)
        self.import_action = files.addAction("导入资产卡片…", self.import_cards)
        self.photo_action = files.addAction("添加照片…", self.add_photo)
        self.print_action = files.addAction("打印资产卡片", self.print_card)
        files.addSeparator()
        for title, key in (
            ("固定资产登记簿", "fixed-asset-register"),
            ("生物资产登记簿", "biological-asset-register"),
            ("无形资产登记簿", "intangible-asset-register"),
            ("账卡核对表", "asset-ledger-check"),
        ):
            files.addAction(title, partial(self.open_page_requested.emit, key))
        files.addSeparator()
        self.delete_action = files.addAction("删除登记错的卡片…", self.delete)
        self.file_button.setMenu(files)
        self.change_button = self.add_action_button(make_button("变动(&B)", icon="swap"))
        changes = QMenu(self.change_button)
        for kind in (TRANSFER, USE, TAKEN_INTO_USE, IMPROVEMENT, IMPAIRMENT):
            changes.addAction(f"{kind}…", partial(self.change, kind))
        changes.addSeparator()
        for kind in asset_changes.DISPOSALS:
            changes.addAction(f"{kind}…", partial(self.change, kind))
        self.change_button.setMenu(changes)
        self.card_button = self.add_action_button(
            make_button("修改(&E)", icon="pen", tip="回车", on_click=self.open_card)
        )
        self.add_button = self.add_action_button(
            make_button("登记资产(&A)", kind="primary", icon="plus", tip="Insert", on_click=self.add)
        )

    def _build_bar(self) -> None:
        self.bar = CardsBar()
        self.body.addLayout(self.bar)
        self.bar.narrowed.connect(self._narrow)
        self.bar.entered.connect(self._enter_table)
        self.bar.check_wanted.connect(partial(self.open_page_requested.emit, "asset-ledger-check"))

    def _build_table(self) -> None:
        look = theme.current()
        self.model = CardsModel(self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(WIDTHS):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(NAME_COLUMN, QHeaderView.ResizeMode.Stretch)
        self.empty = EmptyState(_EMPTY)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.panel = CardPanel()
        row = QHBoxLayout()
        row.setSpacing(look.px("gap"))
        row.addWidget(self.stack, 1)
        row.addWidget(self.panel)
        self.count = theme.mark(QLabel(), "muted")
        self.body.addLayout(row, 1)
        self.body.addWidget(self.count)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._chosen())
        self.table.activated.connect(lambda _index: self.open_card())

    @property
    def month(self) -> Period:
        """The month the list stands at: the open one."""
        return self.facts.open_period

    def refresh(self) -> None:
        """Read the cards anew, keeping the choice."""
        month = self.month
        self.operations.read(lambda book: asset_cards.overview(book, month), self._take, topic="cards")

    def show_card(self, card_id: int) -> None:
        """Choose a card, also right after it was made."""
        self._wanted = card_id
        self.refresh()

    def show_origin(self, origin: Origin) -> None:
        """Choose the card a voucher comes from."""
        self.show_card(origin.id)

    def selected(self) -> CardRow | None:
        """The chosen card."""
        return self.model.value(self.table.currentIndex().row())

    def _take(self, answer: Overview) -> None:
        ordered = sorted(answer.standings, key=lambda now: (KINDS.index(now.card.kind), now.card.code))
        self._rows, self._additions = tuple(map(CardRow, ordered)), answer.additions
        self.bar.show_tie(tied=answer.tied, shown=bool(self._rows))
        if self._additions:
            first = self._additions[0]
            more = f"等 {len(self._additions)} 笔" if len(self._additions) > 1 else ""
            self.message(
                f"{first.period} {first.label}“{first.summary}”{format_fen(first.fen)} {more}还没有资产卡片，"
                "按“登记资产”补上",
                "warning",
            )
        self._narrow()

    def _enter_table(self) -> None:
        self.table.setFocus()

    def _narrow(self) -> None:
        before = self.selected()
        asked = next((row for row in self._rows if row.now.card.id == self._wanted), None)
        if asked and asked not in self.bar.wanted(self._rows):
            self.bar.open_to(asked)
        shown = self.bar.wanted(self._rows)
        wanted = self._wanted or (before.now.card.id if before else 0)
        self._wanted = 0
        self.model.show_rows(shown)
        original, net = sum(row.now.original_fen for row in shown), sum(row.now.net_fen for row in shown)
        self.count.setText(
            f"{len(shown)} 项，原值合计 {format_fen(original)}，净值合计 {format_fen(net)}（{self.month.label}）"
            if shown
            else "没有符合条件的资产"
        )
        self.stack.setCurrentWidget(self.table if self._rows else self.empty)
        select_row(self.table, max(self.model.find(lambda row: row.now.card.id == wanted), 0))
        self._chosen()

    def _chosen(self) -> None:
        row = self.selected()
        self.panel.show_row(row, self.month)
        self._show_possible()
        if row is None:
            return
        card_id = row.now.card.id

        def ask(book: Book) -> tuple[int, bytes, tuple[ChangeStatus, ...]]:
            photo = asset_cards.photo(book, card_id)
            return card_id, photo[1] if photo else b"", asset_changes.changes(book, card_id)

        self.operations.read(ask, self._show_more, topic="card")

    def _show_more(self, answer: tuple[int, bytes, tuple[ChangeStatus, ...]]) -> None:
        card_id, photo, history = answer
        row = self.selected()
        if row is not None and row.now.card.id == card_id:
            self.panel.show_photo(photo)
            self.panel.show_history(history)

    def _show_possible(self) -> None:
        row = self.selected()
        writable = not self.facts.read_only
        self.add_button.setEnabled(writable)
        self.import_action.setEnabled(writable)
        self.card_button.setEnabled(row is not None)
        self.print_action.setEnabled(row is not None)
        self.change_button.setEnabled(writable and row is not None and row.now.present)
        self.photo_action.setEnabled(writable and row is not None)
        self.delete_action.setEnabled(writable and row is not None)

    def add(self) -> None:
        """Register an asset; a posted purchase without a card comes first."""
        if not self.add_button.isEnabled():
            return
        addition = self._additions[0] if self._additions else None
        kind = KINDS[0]
        self.operations.read(
            lambda book: asset_cards.next_code(book, kind), lambda code: self._open_new(code, addition), initiator=self
        )

    def _open_new(self, code: str, addition: Addition | None) -> None:
        dialog = CardDialog(self.operations, None, self, code=code, addition=addition)
        self._open(dialog)

    def open_card(self) -> None:
        """Open the chosen card."""
        row = self.selected()
        if row is not None:
            card = row.now.card
            self.operations.read(
                lambda book: asset_cards.is_fixed(book, card.id),
                lambda fixed: self._open(CardDialog(self.operations, card, self, fixed=fixed)),
                initiator=self,
            )

    def _open(self, dialog: CardDialog) -> None:
        dialog.saved.connect(self._saved)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _saved(self, card_id: int) -> None:
        self.clear_message()
        self.show_card(card_id)

    def change(self, kind: str) -> None:
        """Apply for a change of the chosen asset."""
        row = self.selected()
        if row is not None and self.change_button.isEnabled():
            dialog = ChangeDialog(self.operations, kind, row.now, self)
            dialog.saved.connect(self._changed)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _changed(self, text: str) -> None:
        self.refresh()
        self.message(text, "success")

    def delete(self) -> None:
        """Remove a card registered by mistake."""
        row = self.selected()
        if row is None:
            return
        card = row.now.card
        words = f"{card.label} 的卡片将被删除。报废、出售的资产不要删除，请登记变动。"
        if dialogs.ask(self, "删除资产卡片", words, accept="删除", danger=True):
            self.operations.write(
                lambda book: asset_cards.delete_card(book, card.id),
                lambda _done: self._changed(f"已删除 {card.label}"),
                touches=ASSETS,
                initiator=self,
            )

    def add_photo(self) -> None:
        """Keep a photo with the chosen card."""
        row = self.selected()
        path = dialogs.pick_file(self, "添加照片", "照片 (*.jpg *.jpeg *.png)") if row else None
        if row is not None and path is not None:
            card_id = row.now.card.id
            self.operations.write(
                lambda book: asset_cards.set_photo(book, card_id, path),
                lambda _done: self.show_card(card_id),
                touches=ASSETS,
                initiator=self,
            )

    def print_card(self) -> None:
        """Show the chosen card as a form to print."""
        row = self.selected()
        if row is not None:
            card_id, month = row.now.card.id, self.month
            show_form(self.operations, lambda book: asset_forms.card_sheet(book, card_id, month), self)

    def import_cards(self) -> None:
        """Import cards from a sheet."""
        dialog = ImportDialog(self.operations, "assets", self)
        dialog.imported.connect(self._changed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
