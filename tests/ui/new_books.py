"""Fresh books for the tests of pages that prepare or close one."""

from datetime import date
from pathlib import Path

from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services import people, vouchers
from village_ledger.services.book import Book
from village_ledger.services.creation import NewBook, create_book
from village_ledger.services.people import Person

STAFF = (Person("王会计", "会计"), Person("李审核", "审核"), Person("张书记", "负责人"))


def a_new_book(folder: Path, start: str = "2025-01", *, chart: str = "rural-2023", name: str = "新账") -> Book:
    """An empty book, the accountant at work."""
    new = NewBook(f"石桥村{name}", Period.parse(start), people=STAFF, chart=chart)
    return create_book(folder / f"{name}.vlb", new)


def posted(book: Book, day: str, *lines: tuple[str, int]) -> None:
    """Post a voucher of (account, signed fen) lines, reviewed by the reviewer."""
    draft = Draft(
        date.fromisoformat(day),
        "记",
        tuple(DraftLine("摘要", code, (), max(fen, 0), max(-fen, 0)) for code, fen in lines),
    )
    saved = vouchers.save_draft(book, draft)
    people.log_in(book, "李审核")
    vouchers.review(book, [saved.id])
    vouchers.post(book, [saved.id])
    people.log_in(book, "王会计")
