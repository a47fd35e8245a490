"""Small villages and their packages: a few vouchers a month, every month closed and handed over."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.services.conftest import STAFF, a_draft, post_all
from village_ledger.domain.period import Period
from village_ledger.domain.view import Opening
from village_ledger.services import accounts, creation, openings, packages, periods
from village_ledger.services.book import Book

FIRST = Period(2024, 1)


class Made(NamedTuple):
    """A village's book, the home its key is kept in, and its packages by month of 2024."""

    folder: Path
    book: Path
    packages: dict[int, Path]

    def copied(self, folder: Path) -> "Made":
        """The same in another folder, to go another way from here."""
        shutil.copytree(self.folder, folder)
        moved = {month: folder / path.name for month, path in self.packages.items()}
        return Made(folder, folder / self.book.name, moved)

    def act(self, what: Callable[[Book], None], *, home: str = "home") -> None:
        """Do something to the book, on the machine that has its key (or on another)."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("VILLAGE_LEDGER_HOME", str(self.folder / home))
            with Book.open(self.book, actor="王会计") as book:
                what(book)

    def hand_over(self, month: int, name: str = "", *, home: str = "home") -> Path:
        """The package of a month as the book has it now."""
        path = self.folder / (name or f"{month}-again.vlp")
        self.act(lambda book: packages.hand_over(book, Period(2024, month), path) and None, home=home)
        return path


def make_village(
    folder: Path, name: str, region: str = "", *, months: int = 3, credit: str = "", fen: int = 1_000_00
) -> Made:
    """Each month: money to the bank, a household's advance, office expenses; the sums differ from month to month."""
    path = folder / "a.vlb"
    new = creation.NewBook(name, FIRST, region_code=region, credit_code=credit, people=STAFF)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VILLAGE_LEDGER_HOME", str(folder / "home"))
        with creation.create_book(path, new) as book:
            accounts.add_item(book, "往来户", "张三")
            openings.save_openings(book, (Opening("101", (), fen), Opening("301", (), -fen)))
            for month in range(1, months + 1):
                post_month(book, month)
                periods.close(book, Period(2024, month), backup=False)
            found = {
                month: packages.hand_over(book, Period(2024, month), folder / f"{month}.vlp").path
                for month in range(1, months + 1)
            }
    return Made(folder, path, found)


def post_month(book: Book, month: int, extra: int = 0) -> None:
    """The vouchers of a month; `extra` fen more for the office."""
    post_all(
        book,
        a_draft(date(2024, month, 5), "102", "101", 100_00 + month),
        a_draft(date(2024, month, 8), "113", "102", 20_50 + month, item="张三"),
        a_draft(date(2024, month, 9), "513", "101", 5_00 + month + extra, summary="办公费"),
    )


def reopen(book: Book, month: int) -> None:
    """Reopen a month, as the person in charge."""
    book.actor = "陈主任"
    periods.reopen(book, Period(2024, month), "漏记一张凭证")
    book.actor = "王会计"


def close(book: Book, month: int) -> None:
    """Close a month."""
    periods.close(book, Period(2024, month), backup=False)


def one_more(book: Book, month: int) -> None:
    """A voucher that was forgotten."""
    post_all(book, a_draft(date(2024, month, 20), "513", "101", 3_33, summary="补记电费"))
