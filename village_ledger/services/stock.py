"""Goods in store 库存物资 and 消耗性生物资产: kinds of goods, receipts and issues, with draft vouchers."""

from typing import NamedTuple

from ..domain.assets.drafts import move_draft
from ..domain.assets.register import Booking, Register
from ..domain.assets.stock import StockBalance, StockItem, StockMove, balance, issue_fen
from ..domain.errors import BadInput, NotAllowed
from ..domain.money import format_fen
from ..domain.period import Period
from ..domain.quantity import format_quantity
from ..storage import stock as rows
from ..storage.transaction import Transaction
from ..storage.vouchers import booked_fen
from .asset_cards import log_row, rules_of
from .assets_register import read
from .book import Book
from .proposals import new_source, new_uid, propose, take_back, transfer_word

Items = tuple[tuple[str, str], ...]


class StockStatus(NamedTuple):
    """A kind of goods and what is in store of it."""

    item: StockItem
    balance: StockBalance
    moves: int


class MoveStatus(NamedTuple):
    """A move, its goods, and where its voucher is."""

    move: StockMove
    item: StockItem
    booking: Booking


def stock(book: Book) -> tuple[StockStatus, ...]:
    """Every kind of goods with what is in store, in code order."""
    found = read(book.connection)
    moves: dict[int, list[StockMove]] = {}
    for move in found.stock_moves:
        moves.setdefault(move.item, []).append(move)
    return tuple(
        StockStatus(item, balance(item, moves.get(item.id, ())), len(moves.get(item.id, ())))
        for item in found.stock_items
    )


def moves(book: Book, item_id: int = 0) -> tuple[MoveStatus, ...]:
    """Every move, or one item's, newest first."""
    found = read(book.connection)
    items = {item.id: item for item in found.stock_items}
    return tuple(
        MoveStatus(move, items[move.item], found.booking(move.source, move.adopted))
        for move in reversed(found.stock_moves)
        if item_id in (0, move.item)
    )


def add_item(book: Book, item: StockItem) -> StockItem:
    """Register a kind of goods."""
    with book.write("stock") as transaction:
        return insert_checked(book, transaction, item)


def insert_checked(book: Book, transaction: Transaction, item: StockItem) -> StockItem:
    """Check and insert within a transaction."""
    item = _checked(book, item)
    saved = rows.insert_stock_item(transaction.connection, item)
    log_row(transaction, "stock-item", saved.label, "stock_item", saved.id)
    return saved


def change_item(book: Book, item: StockItem) -> StockItem:
    """Correct a kind of goods; account and opening stock are fixed once it has moved."""
    with book.write("stock") as transaction:
        found = read(book.connection)
        before = _item(found, item.id)
        item = _checked(book, item)
        figures = ("account", "opening_quantity", "opening_fen")
        moved = any(move.item == item.id for move in found.stock_moves)
        if moved and any(getattr(before, name) != getattr(item, name) for name in figures):
            raise NotAllowed(f"{before.label} 已经有出入库，科目和期初数不能再改")
        rows.update_stock_item(transaction.connection, item)
        log_row(transaction, "stock-item", item.label, "stock_item", item.id)
        return item


def delete_item(book: Book, item_id: int) -> None:
    """Remove a kind of goods that never moved."""
    with book.write("stock") as transaction:
        found = read(book.connection)
        item = _item(found, item_id)
        if any(move.item == item_id for move in found.stock_moves):
            raise NotAllowed(f"{item.label} 已经有出入库，不能删除")
        rows.delete_stock_item(transaction.connection, item_id)
        log_row(transaction, "stock-item", f"删除 {item.label}", "stock_item", item_id)


def _checked(book: Book, item: StockItem) -> StockItem:
    item = StockItem._make(field.strip() if isinstance(field, str) else field for field in item)
    tops = rules_of(book).stock
    if not item.code or not item.name:
        raise BadInput("请填写物资编号和名称")
    if any(other.code == item.code and other.id != item.id for other in rows.load_stock_items(book.connection)):
        raise BadInput(f"物资编号 {item.code} 已经用过了")
    if item.account not in book.chart or not book.chart.is_leaf(item.account) or not item.account.startswith(tops):
        raise BadInput(f"请选择 {'、'.join(tops)} 下的末级科目" + (f"（{item.account}不是）" if item.account else ""))
    if item.opening_quantity < 0 or item.opening_fen < 0:
        raise BadInput("期初数量和金额不能小于零")
    if bool(item.opening_quantity) != bool(item.opening_fen):
        raise BadInput("期初数量和金额要么都填，要么都不填")
    return item


def issue_amount(book: Book, item_id: int, quantity: int) -> int:
    """What an issue of that quantity would be booked at: the moving average."""
    found = read(book.connection)
    return issue_fen(_balance(found, _item(found, item_id)), quantity)


def book_move(book: Book, wanted: StockMove, items: Items = ()) -> StockMove:
    """Book a receipt or an issue and draft its voucher; an issue's amount is the moving average.

    With `adopted` (uids of posted vouchers) the move is tied to them and nothing is drafted.
    """
    with book.write("stock") as transaction:
        return insert_move(book, transaction, wanted, items)


def insert_move(book: Book, transaction: Transaction, wanted: StockMove, items: Items = ()) -> StockMove:
    """`book_move` within a transaction."""
    found = read(transaction.connection)
    item = _item(found, wanted.item)
    now = _balance(found, item)
    if wanted.quantity <= 0:
        raise BadInput("数量要大于零")
    later = [move.day for move in found.stock_moves if move.item == item.id and move.day > wanted.day]
    if later:
        raise NotAllowed(f"{item.label} 在 {later[-1]} 已经有出入库，加权平均价按先后计算，不能再补登 {wanted.day} 的")
    fen = wanted.fen
    if wanted.direction == "出库":
        if wanted.quantity > now.quantity:
            there, wished = format_quantity(now.quantity), format_quantity(wanted.quantity)
            raise BadInput(f"{item.label} 只有 {there} {item.unit}，不够发出 {wished}")
        fen = issue_fen(now, wanted.quantity)
    elif fen <= 0:
        raise BadInput("请填写入库金额")
    uid = new_uid()
    source = "" if wanted.adopted else new_source(f"物资{wanted.direction} {item.code}", uid)
    move = wanted._replace(fen=fen, uid=uid, source=source, summary=wanted.summary.strip(), id=0)
    if move.adopted:
        _check_adopted(found, book, transaction, item, move)
    else:
        if move.counter not in book.chart or not book.chart.is_leaf(move.counter):
            raise BadInput("请选择对方科目，要选账上的末级科目")
        if not fen:
            raise BadInput(f"{item.label} 的结存金额为零，发出不需要凭证；请核对入库金额")
        propose(book, transaction, move_draft(move, item, book.chart, transfer_word(book), items))
    saved = rows.insert_stock_move(transaction.connection, move)
    log_row(transaction, "stock-move", f"{item.label} {move.direction}", "stock_move", saved.id)
    return saved


def _check_adopted(found: Register, book: Book, transaction: Transaction, item: StockItem, move: StockMove) -> None:
    """The posted vouchers must have booked at least this amount on the goods' account."""
    booked = 0
    for uid in move.adopted:
        fen = booked_fen(transaction.connection, uid, item.account)
        if fen is None:
            raise BadInput(f"要关联的凭证不在账上，或者没有记 {item.account} {book.chart[item.account].name}")
        booked += fen
    taken = sum(
        other.fen if other.direction == "入库" else -other.fen
        for other in found.stock_moves
        if set(other.adopted) & set(move.adopted)
        and next((one.account for one in found.stock_items if one.id == other.item), "") == item.account
    )
    sign = 1 if move.direction == "入库" else -1
    if sign * (booked - taken) < move.fen:
        left = format_fen(sign * (booked - taken))
        raise BadInput(f"凭证上这个科目只有 {left} 可以关联，{move.direction}金额是 {format_fen(move.fen)}")


def undo_move(book: Book, move_id: int) -> None:
    """Take the newest move of its goods back, before its voucher is posted or after it was reversed."""
    with book.write("stock") as transaction:
        found = read(book.connection)
        move = next((one for one in found.stock_moves if one.id == move_id), None)
        if move is None:
            raise BadInput("这笔出入库已经不在了，请刷新")
        item = _item(found, move.item)
        own = [one for one in found.stock_moves if one.item == move.item]
        if own[-1].id != move.id:
            raise NotAllowed(f"{item.label} 后面还有出入库，加权平均价是接着算的，请从最后一笔开始撤销")
        if found.booking(move.source, move.adopted).state in ("待记账", "已记账") and move.source:
            take_back(transaction, move.source, f"{item.label} {move.direction}")
        rows.delete_stock_move(transaction.connection, move_id)
        log_row(transaction, "stock-move", f"撤销 {item.label} {move.direction}", "stock_move", move_id)


class StockTie(NamedTuple):
    """One account of goods: what the goods' cards say and what the ledger says, fen."""

    account: str
    goods_fen: int
    ledger_fen: int

    @property
    def difference_fen(self) -> int:
        """Goods less ledger."""
        return self.goods_fen - self.ledger_fen


def stock_tie(book: Book, period: Period) -> tuple[StockTie, ...]:
    """Goods against the ledger at the end of a month, for accounts goods are registered on; posted moves only."""
    found = read(book.connection)
    sums: dict[str, int] = {item.account: 0 for item in found.stock_items}
    for item in found.stock_items:
        counted = [
            move
            for move in found.stock_moves
            if Period.of(move.day) <= period and found.counts_now(move.source, move.adopted, posted_only=True)
        ]
        sums[item.account] += balance(item, counted).fen
    ledger = dict.fromkeys(sums, 0)
    for row in book.ledger.balances(book.entity.first_period, period):
        if row.account in ledger:
            ledger[row.account] += row.closing_fen
    return tuple(StockTie(code, sums[code], ledger[code]) for code in sorted(sums))


def _item(found: Register, item_id: int) -> StockItem:
    item = next((one for one in found.stock_items if one.id == item_id), None)
    if item is None:
        raise BadInput("这种物资已经不在了，请刷新")
    return item


def _balance(found: Register, item: StockItem) -> StockBalance:
    return balance(item, [move for move in found.stock_moves if move.item == item.id])
