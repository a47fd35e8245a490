"""库存物资: kinds of goods with what is in store, and the receipts and issues of the chosen one."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QMenu, QSplitter, QStackedWidget, QTableView, QWidget

from village_ledger.domain.assets.stock import Direction
from village_ledger.domain.money import format_fen
from village_ledger.services import stock
from village_ledger.services.book import Book
from village_ledger.services.origins import Origin
from village_ledger.services.stock import MoveStatus, StockStatus, StockTie
from village_ledger.ui import dialogs, theme
from village_ledger.ui.operations import ACCOUNTS, ASSETS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.amount_text import quantity_text
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .stock_dialogs import ItemDialog, MoveDialog

_EMPTY = (
    "还没有登记库存物资。\n农资、稻谷、茶叶、幼苗等按品种登记，入库、出库记数量和金额，出库按加权平均价自动算；\n"
    "每笔生成凭证草稿，结存和账面随时核对。"
)


class ItemsModel(RowsModel[StockStatus]):
    """Goods and what is in store."""

    headers = ("编号", "品名", "规格", "单位", "结存数量", "单价", "结存金额", "科目", "存放地点")
    sides = "llllrrrll"
    widths = (90, 150, 110, 56, 90, 80, 110, 80, 120)

    def cell(self, value: StockStatus, column: int) -> str:
        """The text of a cell."""
        item, now = value.item, value.balance
        return (
            item.code,
            item.name,
            item.model,
            item.unit,
            quantity_text(now.quantity),
            format_fen(now.price_fen) if now.price_fen is not None else "",
            format_fen(now.fen) if now.fen else "",
            item.account,
            item.place,
        )[column]


class MovesModel(RowsModel[MoveStatus]):
    """Receipts and issues, newest first."""

    headers = ("日期", "品名", "方向", "数量", "金额", "摘要", "经手人", "凭证", "状态")
    sides = "lllrrllll"
    widths = (104, 120, 52, 80, 104, 180, 76, 124, 76)

    def cell(self, value: MoveStatus, column: int) -> str:
        """The text of a cell."""
        move, booking = value.move, value.booking
        return (
            move.day.isoformat(),
            value.item.name,
            move.direction,
            quantity_text(move.quantity),
            format_fen(move.fen),
            move.summary,
            move.handler,
            booking.label or (f"草稿 {booking.draft}" if booking.draft else ""),
            booking.state,
        )[column]

    def look(self, value: MoveStatus, column: int, role: int) -> Any:
        """Colours by direction and state."""
        if role != Qt.ItemDataRole.ForegroundRole:
            return None
        look = theme.current()
        if column == 8:
            tone = {"已记账": "success", "待记账": "warning"}.get(value.booking.state, "danger")
            return look.colour(tone)
        return look.colour("accent") if column == 2 and value.move.direction == "入库" else None


class StockPage(Page):
    """Goods above, moves below; Insert registers goods."""

    title = "库存物资"
    touched_by = ASSETS | VOUCHERS | ACCOUNTS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self._wanted = 0
        look = theme.current()
        self.more_button = self.add_action_button(make_button("更多(&M)", icon="list"))
        menu = QMenu(self.more_button)
        self.change_action = menu.addAction("修改物资…", self.change_item)
        self.delete_action = menu.addAction("删除物资…", self.delete_item)
        menu.addSeparator()
        menu.addAction("收发存汇总表", lambda: self.open_page_requested.emit("stock-summary"))
        self.more_button.setMenu(menu)
        self.undo_button = self.add_action_button(make_button("撤销最后一笔(&U)", icon="undo", on_click=self.undo))
        self.item_button = self.add_action_button(
            make_button("登记物资(&A)", icon="plus", tip="Insert", on_click=self.add_item)
        )
        self.out_button = self.add_action_button(
            make_button("出库(&K)…", icon="export", on_click=lambda: self.move("出库"))
        )
        self.in_button = self.add_action_button(
            make_button("入库(&R)…", kind="primary", icon="inbox", on_click=lambda: self.move("入库"))
        )
        self.words = theme.mark(QLabel(), "muted")
        self.words.setWordWrap(True)
        self.items, self.moves = ItemsModel(self), MovesModel(self)
        self.table, self.moves_table = QTableView(), QTableView()
        for view, model, stretched in ((self.table, self.items, 1), (self.moves_table, self.moves, 5)):
            dress_table(view)
            view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
            view.setModel(model)
            for column, width in enumerate(model.widths):
                view.horizontalHeader().resizeSection(column, look.scaled(width))
            view.horizontalHeader().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.moves_table)
        split.setSizes([look.scaled(260), look.scaled(260)])
        self.stack = QStackedWidget()
        self.stack.addWidget(split)
        self.stack.addWidget(EmptyState(_EMPTY))
        bar = QHBoxLayout()
        bar.addWidget(self.words, 1)
        self.body.addLayout(bar)
        self.body.addWidget(self.stack, 1)
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._chosen())
        self.table.activated.connect(lambda _index: self.change_item())
        self.moves_table.activated.connect(lambda index: self._open_voucher(self.moves.value(index.row())))
        add = QShortcut(QKeySequence("Insert"), self)
        add.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        add.activated.connect(self.add_item)
        self._show_possible()

    def refresh(self) -> None:
        """Read goods and ties anew, keeping the choice."""
        month = self.facts.open_period

        def ask(book: Book) -> tuple[tuple[StockStatus, ...], tuple[StockTie, ...]]:
            return stock.stock(book), stock.stock_tie(book, month)

        self.operations.read(ask, self._take, topic="stock")

    def show_origin(self, origin: Origin) -> None:
        """Choose the goods a voucher comes from."""
        self._wanted = origin.id
        self.refresh()

    def selected(self) -> StockStatus | None:
        """The chosen goods."""
        return self.items.value(self.table.currentIndex().row())

    def _take(self, answer: tuple[tuple[StockStatus, ...], tuple[StockTie, ...]]) -> None:
        before = self.selected()
        goods, ties = answer
        self.items.show_rows(goods)
        self.stack.setCurrentIndex(0 if goods else 1)
        off = [tie for tie in ties if tie.difference_fen]
        total = format_fen(sum(one.balance.fen for one in goods))
        if off:
            self.words.setText(
                f"{len(goods)} 种，结存 {total}；"
                + "；".join(
                    f"{tie.account} 账面 {format_fen(tie.ledger_fen)}，物资 {format_fen(tie.goods_fen)}" for tie in off
                )
                + "（已记账的部分）"
            )
        else:
            self.words.setText(f"{len(goods)} 种，结存 {total}，与账面相符" if goods else "")
        theme.mark(self.words, "warning" if off else "muted")
        wanted = self._wanted or (before.item.id if before else 0)
        self._wanted = 0
        select_row(self.table, max(self.items.find(lambda one: one.item.id == wanted), 0))
        self._chosen()

    def _chosen(self) -> None:
        one = self.selected()
        self._show_possible()
        if one is None:
            self.moves.show_rows(())
            return
        item = one.item.id
        self.operations.read(lambda book: stock.moves(book, item), self.moves.show_rows, topic="moves", initiator=self)

    def _show_possible(self) -> None:
        one = self.selected()
        writable = not self.facts.read_only
        self.item_button.setEnabled(writable)
        self.in_button.setEnabled(writable and one is not None)
        self.out_button.setEnabled(writable and one is not None and one.balance.quantity > 0)
        self.undo_button.setEnabled(writable and one is not None and one.moves > 0)
        self.change_action.setEnabled(writable and one is not None)
        self.delete_action.setEnabled(writable and one is not None and not one.moves)

    def add_item(self) -> None:
        """Register goods."""
        if self.item_button.isEnabled():
            self._open(ItemDialog(self.operations, None, self))

    def change_item(self) -> None:
        """Correct the chosen goods."""
        one = self.selected()
        if one is not None and self.change_action.isEnabled():
            self._open(ItemDialog(self.operations, one.item, self))

    def delete_item(self) -> None:
        """Remove the chosen goods."""
        one = self.selected()
        if one and dialogs.ask(self, "删除物资", f"删除 {one.item.label}。", accept="删除", danger=True):
            item = one.item
            self.operations.write(
                lambda book: stock.delete_item(book, item.id),
                lambda _done: self._done(f"已删除 {item.label}"),
                touches=ASSETS,
                initiator=self,
            )

    def move(self, direction: Direction) -> None:
        """Book a receipt or an issue of the chosen goods."""
        one = self.selected()
        if one is not None:
            self._open(MoveDialog(self.operations, direction, one, self))

    def undo(self) -> None:
        """Take the newest move of the chosen goods back."""
        newest = self.moves.value(0)
        if newest is None:
            return
        words = (
            f"撤销 {newest.move.day} {newest.item.name}{newest.move.direction} "
            f"{quantity_text(newest.move.quantity)} {newest.item.unit}，凭证草稿一并删除。"
        )
        if dialogs.ask(self, "撤销出入库", words, accept="撤销"):
            move = newest.move.id
            self.operations.write(
                lambda book: stock.undo_move(book, move),
                lambda _done: self._done("已撤销最后一笔出入库"),
                touches=ASSETS | VOUCHERS,
                initiator=self,
            )

    def _open(self, dialog: ItemDialog | MoveDialog) -> None:
        dialog.saved.connect(self._done)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _done(self, text: str) -> None:
        self.refresh()
        self.message(text, "success")

    def _open_voucher(self, status: MoveStatus | None) -> None:
        if status is None:
            return
        if status.booking.voucher:
            self.open_voucher_requested.emit(status.booking.voucher)
        elif status.booking.draft:
            self.open_draft_requested.emit(status.booking.draft)
