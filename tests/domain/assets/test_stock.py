"""The moving average by hand, and for any order of receipts and issues."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.assets.stock import StockBalance, StockItem, StockMove, balance, issue_fen, moved

DAY = date(2025, 6, 1)


def test_an_issue_is_booked_at_the_moving_average():
    # 37 at 50.00 and 20 at 56.00: 2,970.00 for 57; 10 of them cost 521.05
    now = StockBalance(57_000, 1_850_00 + 1_120_00)
    assert issue_fen(now, 10_000) == 521_05
    assert now.price_fen == 52_11


def test_the_last_of_the_goods_takes_what_is_left():
    assert issue_fen(StockBalance(3_000, 100_00), 3_000) == 100_00
    item = StockItem("1", "化肥", "121", opening_quantity=3_000, opening_fen=100_00, id=1)
    moves = [StockMove(1, DAY, "出库", 1_000, 33_33), StockMove(1, DAY, "出库", 2_000, 66_67)]
    assert balance(item, moves) == StockBalance(0, 0)
    assert balance(item, [StockMove(2, DAY, "入库", 1_000, 1)]) == StockBalance(3_000, 100_00)


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 10**6), st.integers(1, 10**8)), max_size=40))
def test_stock_never_goes_below_nothing_and_is_worth_nothing_when_empty(wanted: list[tuple[bool, int, int]]):
    now = StockBalance(0, 0)
    for inward, quantity, fen in wanted:
        if inward:
            now = moved(now, StockMove(1, DAY, "入库", quantity, fen))
        elif now.quantity:
            taken = min(quantity, now.quantity)
            now = moved(now, StockMove(1, DAY, "出库", taken, issue_fen(now, taken)))
        assert now.quantity >= 0
        assert now.fen >= 0
        assert now.quantity or now.fen == 0
