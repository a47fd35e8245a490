"""Goods in store: receipts and issues with their vouchers, tied to the account."""

from datetime import date

import pytest

from tests.services.asset_desk import JANUARY, desk, drafts, lines, post_drafts
from tests.services.conftest import a_draft, post_all
from village_ledger.domain.assets.stock import StockItem, StockMove
from village_ledger.domain.errors import BadInput, NotAllowed
from village_ledger.services import integrity, stock
from village_ledger.services.book import Book

__all__ = ["desk"]


@pytest.fixture
def fertilizer(desk: Book) -> StockItem:
    return stock.add_item(desk, StockItem("WZ-1", "化肥", "121", "袋"))


def move(item: StockItem, day: int, direction: str, quantity: int, fen: int = 0, counter: str = "101") -> StockMove:
    return StockMove(item.id, date(2024, 1, day), direction, quantity, fen, counter)  # type: ignore[arg-type]


def test_a_receipt_and_an_issue_draft_their_vouchers(desk: Book, fertilizer: StockItem):
    stock.book_move(desk, move(fertilizer, 5, "入库", 3_000, 100_00))
    issued = stock.book_move(desk, move(fertilizer, 6, "出库", 1_000, counter="511"))
    assert issued.fen == 33_33
    assert [lines(draft) for draft in drafts(desk, JANUARY)] == [
        [("121", 100_00), ("101", -100_00)],
        [("511", 33_33), ("121", -33_33)],
    ]
    assert [row.difference_fen for row in stock.stock_tie(desk, JANUARY)] == [0]
    post_drafts(desk, JANUARY)
    (tie,) = stock.stock_tie(desk, JANUARY)
    assert (tie.goods_fen, tie.ledger_fen) == (66_67, 66_67)
    assert integrity.verify(desk).ok


def test_no_more_can_go_out_than_is_there(desk: Book, fertilizer: StockItem):
    stock.book_move(desk, move(fertilizer, 5, "入库", 3_000, 100_00))
    with pytest.raises(BadInput, match=r"只有 3 袋，不够发出 3\.001"):
        stock.book_move(desk, move(fertilizer, 6, "出库", 3_001, counter="511"))
    assert len(drafts(desk, JANUARY)) == 1


def test_moves_are_entered_in_order_because_the_average_is(desk: Book, fertilizer: StockItem):
    stock.book_move(desk, move(fertilizer, 5, "入库", 3_000, 100_00))
    with pytest.raises(NotAllowed, match="不能再补登 2024-01-04"):
        stock.book_move(desk, move(fertilizer, 4, "入库", 3_000, 100_00))


def test_the_newest_move_can_be_undone_until_posted(desk: Book, fertilizer: StockItem):
    first = stock.book_move(desk, move(fertilizer, 5, "入库", 3_000, 100_00))
    second = stock.book_move(desk, move(fertilizer, 6, "出库", 1_000, counter="511"))
    with pytest.raises(NotAllowed, match="请从最后一笔开始撤销"):
        stock.undo_move(desk, first.id)
    stock.undo_move(desk, second.id)
    assert len(drafts(desk, JANUARY)) == 1
    post_drafts(desk, JANUARY)
    with pytest.raises(NotAllowed, match="已经记账"):
        stock.undo_move(desk, first.id)
    with pytest.raises(NotAllowed, match="已经有出入库"):
        stock.delete_item(desk, fertilizer.id)


def test_a_move_can_be_tied_to_a_voucher_booked_before(desk: Book, fertilizer: StockItem):
    (voucher,) = post_all(desk, a_draft(date(2024, 1, 5), "121", "101", 100_00))
    stock.book_move(desk, move(fertilizer, 5, "入库", 3_000, 60_00)._replace(adopted=(voucher.uid,)))
    with pytest.raises(BadInput, match=r"只有 40\.00 可以关联，入库金额是 50\.00"):
        stock.book_move(desk, move(fertilizer, 5, "入库", 1_000, 50_00)._replace(adopted=(voucher.uid,)))
    (tie,) = stock.stock_tie(desk, JANUARY)
    assert (tie.goods_fen, tie.ledger_fen, tie.difference_fen) == (60_00, 100_00, -40_00)
    assert drafts(desk, JANUARY) == ()


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (StockItem("", "化肥", "121"), "请填写物资编号和名称"),
        (StockItem("WZ-1", "化肥", "121"), "已经用过了"),
        (StockItem("WZ-2", "化肥", "101"), "请选择 121、131 下的末级科目"),
        (StockItem("WZ-2", "化肥", "121", opening_quantity=5), "要么都填"),
    ],
)
def test_wrong_goods_are_refused(desk: Book, fertilizer: StockItem, item: StockItem, text: str):
    with pytest.raises(BadInput, match=text):
        stock.add_item(desk, item)
