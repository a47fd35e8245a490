"""A small book on disk, with three people and a way to post quickly."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from village_ledger.domain.period import Period
from village_ledger.domain.view import Opening
from village_ledger.domain.voucher import Draft, DraftLine, Voucher
from village_ledger.services import accounts, creation, openings, people, vouchers
from village_ledger.services.book import Book
from village_ledger.services.people import Person

STAFF = (Person("王会计", "会计"), Person("李审核", "审核"), Person("赵出纳", "出纳"), Person("陈主任", "负责人"))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """An empty book from January 2024 with 1,000.00 cash against capital and two households."""
    new = creation.NewBook("石桥村股份经济合作社", Period(2024, 1), people=STAFF)
    with creation.create_book(tmp_path / "石桥村.vlb", new) as opened:
        for household in ("张三", "李四"):
            accounts.add_item(opened, "往来户", household)
        openings.save_openings(opened, (Opening("101", (), 1_000_00), Opening("301", (), -1_000_00)))
        yield opened


def a_draft(day: date, debit: str, credit: str, fen: int, summary: str = "业务", item: str = "") -> Draft:
    """Two lines; an item goes on the side that needs one (112, 113, 211)."""
    items = (("往来户", item),) if item else ()
    return Draft(
        day,
        "记",
        (
            DraftLine(summary, debit, items if debit[:3] in {"112", "113", "211"} else (), debit_fen=fen),
            DraftLine(summary, credit, items if credit[:3] in {"112", "113", "211"} else (), credit_fen=fen),
        ),
    )


def post_all(book: Book, *drafts: Draft) -> tuple[Voucher, ...]:
    """Save as the accountant, review as the reviewer, post."""
    book.actor = "王会计"
    saved = [vouchers.save_draft(book, draft) for draft in drafts]
    people.log_in(book, "李审核")
    vouchers.review(book, [draft.id for draft in saved])
    posted = vouchers.post(book, [draft.id for draft in saved])
    book.actor = "王会计"
    return posted
