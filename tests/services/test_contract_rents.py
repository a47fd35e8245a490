"""From a due day to a posted receivable, a receipt and its allocation; every figure worked out by hand."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.conftest import a_draft, post_all
from tests.services.contract_desk import LI, ZHANG, a_shop, contract_book, post_drafts, some_land
from village_ledger.domain.contract_account import arrears_on
from village_ledger.domain.errors import BadInput, PeriodClosed
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services import contracts, integrity, periods, vouchers
from village_ledger.services.book import Book
from village_ledger.services.contract_claims import candidates, claim_charge, claim_receipt
from village_ledger.services.contract_receipts import NewReceipt, reallocate, register_receipt
from village_ledger.services.contract_rents import accrue
from village_ledger.services.contract_waivers import NewWaiver, waive

JANUARY, APRIL = Period(2025, 1), Period(2025, 4)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with contract_book(tmp_path) as opened:
        contracts.save(opened, a_shop())
        contracts.save(opened, some_land())
        yield opened


def balance(book: Book, account: str, party: str) -> int:
    rows = book.ledger.balances(Period(2025, 1), Period(2025, 12))
    return sum(row.closing_fen for row in rows if row.account == account and party in {item.name for item in row.items})


def standing(book: Book, code: str, seq: int) -> tuple[int, int, int]:
    account = next(one for one in contracts.register(book).accounts if one.contract.code == code)
    one = account.at(seq)
    assert one is not None
    return one.instalment.amount_fen, one.received_fen, one.outstanding_fen


def test_a_months_rents_become_receivables_on_their_dates(book: Book):
    done = accrue(book, JANUARY)
    assert (done.charges, done.total_fen, len(done.drafts)) == (2, 4_000_00, 2)
    drafts = vouchers.drafts_of(book, JANUARY)
    assert [draft.day.isoformat() for draft in drafts] == ["2025-01-01", "2025-01-10"]
    shop = drafts[1]
    assert [(line.account, line.items, line.debit_fen, line.credit_fen) for line in shop.lines] == [
        ("112", (("往来户", "张三"),), 3_000_00, 0),
        ("50102", (), 0, 3_000_00),
    ]
    assert shop.source.startswith("〔合同〕应收 2025-01")
    post_drafts(book)
    assert balance(book, "112", "张三") == 3_000_00
    assert balance(book, "113", "李四") == 1_300_00


def test_a_second_run_charges_nothing_twice_and_catches_up_what_was_missed(book: Book):
    accrue(book, JANUARY)
    assert accrue(book, JANUARY).charges == 0
    assert accrue(book, Period(2025, 7)).total_fen == 6_000_00, "April and July"
    days = [row[0] for row in book.connection.execute("SELECT day FROM draft ORDER BY day")]
    assert days == ["2025-01-01", "2025-01-10", "2025-04-10", "2025-07-10"]


def test_deleting_the_draft_or_reversing_the_voucher_lets_the_rent_be_charged_again(book: Book):
    first = accrue(book, JANUARY)
    vouchers.delete_drafts(book, first.drafts)
    assert accrue(book, JANUARY).charges == 2
    posted = post_drafts(book)
    vouchers.reverse(book, posted[0].id, date(2025, 1, 31))
    assert accrue(book, JANUARY).charges == 0, "the reversal is only a draft yet"
    post_drafts(book)
    assert accrue(book, JANUARY).charges == 1


def test_a_closed_month_is_refused_and_its_rents_come_with_the_next(book: Book):
    periods.close(book, JANUARY, backup=False)
    with pytest.raises(PeriodClosed):
        accrue(book, JANUARY)
    accrue(book, Period(2025, 2))
    assert [draft.day.isoformat() for draft in vouchers.drafts_of(book, Period(2025, 2))] == ["2025-02-01"]


def test_a_receipt_settles_the_oldest_first_and_proposes_its_voucher(book: Book):
    accrue(book, APRIL)
    received = register_receipt(book, NewReceipt(date(2025, 4, 20), LI, "113", 500_00, "101"))
    assert [(part.seq, part.amount_fen) for part in received.allocations] == [(0, 300_00), (3, 200_00)]
    post_drafts(book)
    assert balance(book, "113", "李四") == 800_00
    account = contracts.register(book).accounts[1]
    assert arrears_on(account, date(2025, 4, 30)).arrears_fen == 800_00
    assert arrears_on(account, date(2025, 4, 30)).days == 119


def test_a_receipt_can_be_given_to_chosen_payments_but_never_more_than_it_has(book: Book):
    shop = contracts.register(book).accounts[0].contract
    chosen = NewReceipt(date(2025, 4, 20), ZHANG, "112", 3_500_00, "101", parts=((shop.id, 2, 3_000_00),))
    received = register_receipt(book, chosen)
    assert received.unallocated_fen == 500_00
    assert standing(book, "HT-01", 1) == (3_000_00, 0, 3_000_00)
    for parts in (
        ((shop.id, 1, 3_000_00), (shop.id, 2, 600_00)),
        ((shop.id, 1, 3_000_01),),
        ((shop.id, 1, 0),),
        ((shop.id, 77, 1),),
        ((shop.id, 1, 1), (shop.id, 1, 1)),
        ((contracts.register(book).accounts[1].contract.id, 3, 100_00),),
    ):
        with pytest.raises(BadInput):
            reallocate(book, received.receipt.id, parts)
    assert standing(book, "HT-01", 2) == (3_000_00, 3_000_00, 0)
    moved = reallocate(book, received.receipt.id)
    assert [(part.seq, part.amount_fen) for part in moved.allocations] == [(1, 3_000_00), (2, 500_00)]
    assert reallocate(book, received.receipt.id, ()).unallocated_fen == 3_500_00


def test_the_file_itself_refuses_more_than_a_receipt_has(book: Book):
    received = register_receipt(book, NewReceipt(date(2025, 1, 20), ZHANG, "112", 100_00, "101"))
    with pytest.raises(sqlite3.IntegrityError, match="不能超过收款金额"):
        book.connection.execute("INSERT INTO contract_allocation VALUES(?, 1, 5, 1)", (received.receipt.id,))


def test_rent_in_advance_is_used_when_it_falls_due(book: Book):
    received = register_receipt(book, NewReceipt(date(2025, 1, 20), ZHANG, "112", 7_000_00, "101", parts=()))
    done = accrue(book, APRIL)
    assert done.prepaid_fen == 6_000_00
    found = next(one for one in contracts.register(book).receipts if one.receipt.id == received.receipt.id)
    assert [(part.seq, part.amount_fen) for part in found.allocations] == [(1, 3_000_00), (2, 3_000_00)]
    assert accrue(book, Period(2025, 7)).prepaid_fen == 1_000_00
    post_drafts(book)
    assert balance(book, "112", "张三") == 2_000_00
    assert standing(book, "HT-01", 3)[2] == 2_000_00


def test_money_whose_draft_was_deleted_pays_nothing(book: Book):
    register_receipt(book, NewReceipt(date(2025, 1, 20), ZHANG, "112", 3_000_00, "101"))
    (draft,) = vouchers.drafts_of(book, JANUARY)
    vouchers.delete_drafts(book, [draft.id])
    assert standing(book, "HT-01", 1) == (3_000_00, 0, 3_000_00)


def test_rent_is_let_off_only_with_a_reason_and_a_decision(book: Book):
    shop = contracts.register(book).accounts[0].contract
    wanted = NewWaiver(shop.id, 1, 1_000_00, date(2025, 1, 5), "门前修路停业", "石村〔2025〕2号")
    for bad in (
        wanted._replace(reason=" "),
        wanted._replace(decision=""),
        wanted._replace(amount_fen=3_000_01),
        wanted._replace(amount_fen=0),
    ):
        with pytest.raises(BadInput):
            waive(book, bad)
    assert waive(book, wanted).source == "", "nothing was charged yet, so no voucher is needed"
    assert accrue(book, JANUARY).total_fen == 3_000_00, "2,000.00 of the shop and 1,000.00 of the land"
    assert standing(book, "HT-01", 1) == (3_000_00, 0, 2_000_00)


def test_rent_charged_this_year_is_let_off_in_red_letters_an_older_debt_is_written_off(book: Book):
    shop, land = (account.contract for account in contracts.register(book).accounts)
    accrue(book, JANUARY)
    post_drafts(book)
    waive(book, NewWaiver(shop.id, 1, 500_00, date(2025, 2, 1), "停电", "石村〔2025〕3号"))
    waive(book, NewWaiver(land.id, 0, 300_00, date(2025, 2, 1), "五保户", "石村〔2025〕4号"))
    red, loss = vouchers.drafts_of(book, Period(2025, 2))
    assert [(line.account, line.debit_fen, line.credit_fen) for line in red.lines] == [
        ("112", -500_00, 0),
        ("50102", 0, -500_00),
    ]
    assert [(line.account, line.debit_fen, line.credit_fen) for line in loss.lines] == [
        ("51502", 300_00, 0),
        ("113", 0, 300_00),
    ]
    post_drafts(book)
    assert balance(book, "112", "张三") == 2_500_00
    assert balance(book, "113", "李四") == 1_000_00
    assert accrue(book, JANUARY).charges == 0
    assert standing(book, "HT-01", 1)[2] == 2_500_00


def test_vouchers_booked_by_hand_are_claimed(book: Book):
    post_all(
        book,
        a_draft(date(2025, 1, 12), "112", "50102", 3_000_00, "应收一季度门面租金", "张三"),
        a_draft(date(2025, 2, 3), "101", "112", 1_200_00, "收张三门面租金", "张三"),
        a_draft(date(2025, 3, 3), "101", "50101", 800_00, "收李四承包款"),
    )
    found = candidates(book)
    assert [(one.kind, one.free_fen) for one in found] == [
        ("应收", 3_000_00),
        ("收款", 1_200_00),
        ("直接", 800_00),
    ]
    land = contracts.register(book).accounts[1].contract
    charged, paid, direct = (one.entry for one in found)
    claim_charge(book, charged.voucher, charged.position)
    claim_receipt(book, paid.voucher, paid.position)
    with pytest.raises(BadInput, match="指明"):
        claim_receipt(book, direct.voucher, direct.position)
    claim_receipt(book, direct.voucher, direct.position, ((land.id, 3, 500_00),))
    assert [one.free_fen for one in candidates(book)] == [300_00], "the rest of the money can be claimed later"
    claim_receipt(book, direct.voucher, direct.position, ((land.id, 3, 300_00),))
    assert candidates(book) == ()
    assert standing(book, "HT-01", 1) == (3_000_00, 1_200_00, 1_800_00)
    assert standing(book, "HT-02", 3) == (1_000_00, 800_00, 200_00)
    assert accrue(book, JANUARY).total_fen == 200_00, "only what the books do not show as income yet"
    with pytest.raises(BadInput, match="不能认领"):
        claim_receipt(book, paid.voucher, paid.position)


def test_a_batch_of_cash_and_debts_gives_only_the_cash_to_claim(book: Book):
    party = (("往来户", "李四"),)
    lines = (
        DraftLine("收三组承包款", "101", debit_fen=5_200_00),
        DraftLine("李四欠承包款", "113", party, debit_fen=1_000_00),
        DraftLine("收三组承包款", "50101", credit_fen=6_200_00),
    )
    post_all(book, Draft(date(2025, 1, 17), "记", lines))
    assert [(one.kind, one.free_fen) for one in candidates(book)] == [("应收", 1_000_00), ("直接", 5_200_00)]


def test_everything_done_to_contracts_verifies_and_tampering_is_named(book: Book):
    accrue(book, APRIL)
    post_drafts(book)
    received = register_receipt(book, NewReceipt(date(2025, 4, 20), LI, "113", 500_00, "101"))
    reallocate(book, received.receipt.id, ())
    reallocate(book, received.receipt.id)
    shop = contracts.register(book).accounts[0].contract
    waive(book, NewWaiver(shop.id, 1, 1_00, date(2025, 4, 1), "停电", "石村〔2025〕3号"))
    assert integrity.verify(book).findings == ()
    book.connection.execute("UPDATE contract SET deposit_fen = 5 WHERE code = 'HT-01'")
    book.connection.execute("UPDATE contract_instalment SET amount_fen = 1 WHERE contract_id = 2 AND seq = 4")
    book.connection.execute("DELETE FROM contract_allocation WHERE seq = 0")
    book.connection.execute("INSERT INTO contract_charge VALUES(NULL, 1, 3, '2025-07-10', 5, 'x', '', 0)")
    found = "\n".join(integrity.verify(book).findings)
    assert "合同 HT-01 和登记的不一样" in found
    assert "deposit_fen：0 → 5" in found
    assert "合同 HT-02 和登记的不一样" in found
    assert "合同应收记录第 3 条" in found or "合同应收记录第 4 条" in found
    assert "收款的分配" in found


@pytest.mark.parametrize("table", ["contract_charge", "contract_receipt", "contract_waiver"])
def test_what_happened_can_neither_be_changed_nor_deleted(book: Book, table: str):
    accrue(book, JANUARY)
    post_drafts(book)
    register_receipt(book, NewReceipt(date(2025, 1, 20), ZHANG, "112", 100_00, "101"))
    shop = contracts.register(book).accounts[0].contract
    waive(book, NewWaiver(shop.id, 1, 1_00, date(2025, 4, 1), "停电", "石村〔2025〕3号"))
    for statement in (f"UPDATE {table} SET amount_fen = 1", f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.IntegrityError):
            book.connection.execute(statement)
