"""Deposits: received and given back by vouchers, never more than agreed and paid."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.contract_desk import a_shop, contract_book, post_drafts
from village_ledger.domain.contract import Contract
from village_ledger.domain.errors import BadInput
from village_ledger.services import contracts, integrity, vouchers
from village_ledger.services.book import Book
from village_ledger.services.contract_claims import candidates
from village_ledger.services.contract_deposits import DepositMove, deposit, propose_deposit

DAY = date(2025, 1, 15)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with contract_book(tmp_path) as opened:
        yield opened


@pytest.fixture
def shop(book: Book) -> Contract:
    return contracts.save(book, a_shop(deposit_fen=500_00))


def test_a_deposit_comes_in_on_payables_and_goes_back(book: Book, shop: Contract):
    taken = propose_deposit(book, DepositMove(shop.id, DAY, 500_00, "101"))
    assert [(line.account, line.items, line.debit_fen, line.credit_fen) for line in taken.lines] == [
        ("101", (), 500_00, 0),
        ("211", (("往来户", "张三"),), 0, 500_00),
    ]
    assert taken.lines[0].summary == "收张三1号门面押金（HT-01）"
    post_drafts(book)
    given = propose_deposit(book, DepositMove(shop.id, DAY, 200_00, "101", back=True))
    assert [(line.account, line.debit_fen, line.credit_fen) for line in given.lines] == [
        ("211", 200_00, 0),
        ("101", 0, 200_00),
    ]
    now = deposit(book, shop)
    assert (now.paid_fen, now.returned_fen, now.to_pay_fen, now.to_return_fen) == (500_00, 200_00, 0, 300_00)
    assert [one.voucher.booking for one in now.entries] == ["posted", "draft"]
    assert candidates(book) == (), "a deposit is no rent"
    assert integrity.verify(book).ok


def test_no_more_is_taken_than_agreed_nor_given_back_than_paid(book: Book, shop: Contract):
    with pytest.raises(BadInput, match=r"还能收 500\.00 元"):
        propose_deposit(book, DepositMove(shop.id, DAY, 500_01, "101"))
    propose_deposit(book, DepositMove(shop.id, DAY, 300_00, "101"))
    with pytest.raises(BadInput, match=r"还能退 300\.00 元"):
        propose_deposit(book, DepositMove(shop.id, DAY, 300_01, "101", back=True))
    none = contracts.save(book, a_shop(code="HT-02"))
    with pytest.raises(BadInput, match="没有约定押金"):
        propose_deposit(book, DepositMove(none.id, DAY, 1_00, "101"))
    with pytest.raises(BadInput, match="现金或银行存款"):
        propose_deposit(book, DepositMove(shop.id, DAY, 1_00, "112"))


def test_a_cancelled_voucher_takes_the_deposit_back_out(book: Book, shop: Contract):
    propose_deposit(book, DepositMove(shop.id, DAY, 500_00, "101"))
    (posted,) = post_drafts(book)
    vouchers.reverse(book, posted.id, DAY)
    post_drafts(book)
    assert deposit(book, shop).to_pay_fen == 500_00


def test_a_deposit_from_before_the_book_can_be_given_back(book: Book, shop: Contract):
    propose_deposit(book, DepositMove(shop.id, DAY, 500_00, "101", back=True))
    assert deposit(book, shop).to_return_fen == 0


def test_a_deposit_the_village_pays_is_a_receivable(book: Book):
    hired = contracts.save(book, a_shop(direction="付", account="211", counter="", deposit_fen=80_00))
    paid = propose_deposit(book, DepositMove(hired.id, DAY, 80_00, "101"))
    assert [(line.account, line.debit_fen, line.credit_fen) for line in paid.lines] == [
        ("112", 80_00, 0),
        ("101", 0, 80_00),
    ]
