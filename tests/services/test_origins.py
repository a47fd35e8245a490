"""From a voucher back to the contract, card, goods or month of depreciation it comes from."""

from datetime import date

from tests.services.asset_desk import APPROVAL, FEBRUARY, JANUARY, applied, desk, drafts, post_drafts, truck
from tests.services.contract_desk import a_shop
from village_ledger.domain.account import Item
from village_ledger.domain.assets.stock import StockItem, StockMove
from village_ledger.services import asset_changes, asset_runs, contract_rents, contracts, stock, vouchers
from village_ledger.services.book import Book
from village_ledger.services.contract_deposits import DepositMove, propose_deposit
from village_ledger.services.contract_receipts import NewReceipt, register_receipt
from village_ledger.services.origins import origins

__all__ = ["desk"]
ZHANG = Item("往来户", "0001", "张三")


def labels(book: Book, source: str, uid: str = "") -> list[str]:
    return [one.label for one in origins(book, source, uid)]


def test_depreciation_is_found_from_draft_and_voucher(desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    (draft,) = drafts(desk, JANUARY)
    assert labels(desk, draft.source) == ["2024年1月折旧和摊销"]
    (posted,) = post_drafts(desk, JANUARY)
    (found,) = origins(desk, posted.source, posted.uid)
    assert (found.register, found.period) == ("depreciation", JANUARY)


def test_a_change_and_goods_lead_to_their_cards(desk: Book):
    for month in (JANUARY, FEBRUARY):
        asset_runs.depreciate(desk, month)
        post_drafts(desk, month)
    applied_for = asset_changes.apply(desk, applied("报废", date(2024, 2, 20), card=truck(desk).id, quantity=-2000))
    asset_changes.approve(desk, applied_for.id, APPROVAL)
    assert labels(desk, drafts(desk, FEBRUARY)[0].source) == ["资产 ZC-0001 农用车"]
    seed = stock.add_item(desk, StockItem("WZ-01", "稻种", "121"))
    stock.book_move(desk, StockMove(seed.id, date(2024, 1, 5), "入库", 1000, 500_00, "101"))
    assert labels(desk, drafts(desk, JANUARY)[0].source) == ["物资 WZ-01 稻种"]


def test_rents_receipts_and_deposits_lead_to_their_contracts(desk: Book):
    day = date(2024, 1, 10)
    for code in ("HT-01", "HT-02"):
        wanted = a_shop(code=code, start=day, end=date(2025, 1, 9), counter="501", deposit_fen=90_00)
        contracts.save(desk, wanted)
    contract_rents.accrue(desk, JANUARY)
    (accrued,) = drafts(desk, JANUARY)
    assert labels(desk, accrued.source) == ["合同 HT-01", "合同 HT-02"]
    paid = register_receipt(desk, NewReceipt(day, ZHANG, "112", 10_00, "101", parts=((2, 1, 10_00),)))
    assert labels(desk, paid.receipt.source) == ["合同 HT-02"]
    ahead = register_receipt(desk, NewReceipt(day, ZHANG, "112", 10_00, "101", parts=()))
    assert labels(desk, ahead.receipt.source) == ["合同 HT-01"], "rent in advance: the first contract of who paid"
    deposit = propose_deposit(desk, DepositMove(2, day, 90_00, "101"))
    assert labels(desk, deposit.source) == ["合同 HT-02"]


def test_a_voucher_typed_by_hand_comes_from_nowhere(desk: Book):
    assert labels(desk, "") == []
    asset_runs.depreciate(desk, JANUARY)
    (posted,) = post_drafts(desk, JANUARY)
    red = vouchers.reverse(desk, posted.id, date(2024, 1, 31))
    assert labels(desk, red.source) == []
