"""Contracts for tests: a shop let to 张三 by the quarter, land let to 李四 by the year."""

from datetime import date
from pathlib import Path

from village_ledger.domain.account import Item
from village_ledger.domain.contract import Contract, Price, Step
from village_ledger.domain.period import Period
from village_ledger.domain.view import Opening
from village_ledger.domain.voucher import Voucher
from village_ledger.services import accounts, creation, openings, people, vouchers
from village_ledger.services.book import Book
from village_ledger.services.people import Person

STAFF = (Person("王会计", "会计"), Person("李审核", "审核"), Person("赵出纳", "出纳"))
ZHANG, LI = Item("往来户", "0001", "张三"), Item("往来户", "0002", "李四")


def contract_book(folder: Path) -> Book:
    """A book with two households, 1,000.00 cash, and 李四 owing 300.00 from before."""
    new = creation.NewBook("石桥村股份经济合作社", Period(2025, 1), people=STAFF, suggested_details=True)
    book = creation.create_book(folder / "石桥村.vlb", new)
    for household in ("张三", "李四"):
        accounts.add_item(book, "往来户", household)
    owed = Opening("113", (LI,), 300_00)
    openings.save_openings(book, (Opening("101", (), 1_000_00), owed, Opening("301", (), -1_300_00)))
    return book


def a_shop(**more: object) -> Contract:
    """12,000.00 a year by the quarter, on 112 against 出租收入."""
    price = Price(steps=(Step(1, 12_000_00),), cycle=3)
    contract = Contract(
        "HT-01", "租赁", "1号门面", ZHANG, date(2025, 1, 10), date(2027, 1, 9), price, "112", "50102", use="房屋"
    )
    return contract._replace(**more)


def some_land(**more: object) -> Contract:
    """1,000.00 a year, on 113 against 发包收入, 300.00 in arrears when the book began."""
    price = Price(steps=(Step(1, 1_000_00),))
    contract = Contract(
        "HT-02",
        "承包",
        "东洼机动地",
        LI,
        date(2023, 1, 1),
        date(2027, 12, 31),
        price,
        "113",
        "50101",
        use="耕地",
        tracked=date(2025, 1, 1),
        opening_fen=300_00,
    )
    return contract._replace(**more)


def post_drafts(book: Book) -> tuple[Voucher, ...]:
    """Review and post every draft there is."""
    ids = [row[0] for row in book.connection.execute("SELECT id FROM draft ORDER BY day, id")]
    people.log_in(book, "李审核")
    vouchers.review(book, ids)
    posted = vouchers.post(book, ids)
    book.actor = "王会计"
    return posted
