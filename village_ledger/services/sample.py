"""Building the sample village (示例村) from resources/sample: a closed year, and a January with drafts."""

import csv
from pathlib import Path
from typing import Any

from ..domain.account import Item
from ..domain.period import Period
from ..domain.search import ItemRecord
from ..paths import RESOURCES
from .accounts import insert_item_checked, item_detail
from .book import Book, Progress, no_progress
from .catalog import read_resource
from .creation import NewBook, create_book
from .importing import Signers, import_accounts, import_openings, import_vouchers
from .people import Person
from .periods import close
from .sample_assets import add_assets
from .sample_contracts import add_contracts
from .sample_land import add_land
from .vouchers import drafts_of, review

FOLDER = RESOURCES / "sample"
_STEPS = 18


def build_sample(path: Path | str, progress: Progress | None = None) -> Book:
    """Create the sample book at `path` and open it as its accountant."""
    report = progress or no_progress
    village = read_resource("sample/village.toml")
    people = tuple(Person(person["name"], person["role"]) for person in village["people"])
    accountant, reviewer = _holder(people, "会计"), _holder(people, "审核")
    signers = Signers(accountant, reviewer, accountant, _holder(people, "出纳"))
    book = create_book(path, _new_book(village, people))
    try:
        report(1, _STEPS, "科目、往来户和期初余额")
        import_accounts(book, FOLDER / "accounts.csv")
        _add_items(book)
        import_openings(book, FOLDER / "openings.csv")
        add_land(book, FOLDER)
        report(3, _STEPS, "2025 年的凭证")
        import_vouchers(book, FOLDER / "vouchers.csv", post=True, signers=signers)
        add_assets(book, FOLDER)
        add_contracts(book, FOLDER)
        start = book.entity.first_period
        last = start.plus(11)
        for number, period in enumerate(start.through(last)):
            report(5 + number, _STEPS, f"{period.label}结账")
            close(book, period, backup=False)
        report(_STEPS - 1, _STEPS, "次年 1 月的草稿")
        import_vouchers(book, FOLDER / "drafts_2026.csv", signers=signers)
        _review_some(book, last.next, reviewer, accountant)
        report(_STEPS, _STEPS, "完成")
    except BaseException:
        book.close()
        Path(path).unlink(missing_ok=True)
        raise
    return book


def _new_book(village: dict[str, Any], people: tuple[Person, ...]) -> NewBook:
    return NewBook(
        village["name"],
        Period.parse(village["start"]),
        village["county"],
        village["township"],
        village["region_code"],
        village["credit_code"],
        village["chart"],
        village["words"],
        village["carry_forward"],
        people,
    )


def _holder(people: tuple[Person, ...], role: str) -> str:
    return next(person.name for person in people if person.role == role)


def _add_items(book: Book) -> tuple[Item, ...]:
    """The members with their notes, all in one act."""
    with (FOLDER / "items.csv").open(encoding="utf-8", newline="") as file:
        wanted = [(row["类别"], row["名称"], row["备注"]) for row in csv.DictReader(file)]
    with book.write("item") as transaction:
        added = tuple(insert_item_checked(transaction, *one) for one in wanted)
        for item in added:
            transaction.record("item", str(item), item_detail(ItemRecord(item)))
    return added


def _review_some(book: Book, period: Period, reviewer: str, accountant: str) -> None:
    """The first half is reviewed, by the person who does that."""
    drafts = drafts_of(book, period)
    book.actor = reviewer
    review(book, [draft.id for draft in drafts[: len(drafts) // 2]])
    book.actor = accountant
