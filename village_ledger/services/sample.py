"""Building the sample village (示例村) from resources/sample: a closed year, and a January with drafts."""

import csv
import shutil
from pathlib import Path
from typing import Any

from ..domain.account import Item
from ..domain.period import Period
from ..domain.search import ItemRecord
from ..domain.view import Entity
from ..paths import RESOURCES
from ..storage.connection import set_durable
from .accounts import insert_item_checked, item_detail
from .attachment_folder import attachment_folder
from .book import Book, Progress, no_progress
from .catalog import read_resource
from .contract_files import import_contracts
from .creation import NewBook, create_book
from .importing import Signers, import_accounts, import_openings, import_vouchers
from .journal import record_opening
from .people import Person
from .periods import close
from .sample_assets import add_assets
from .sample_budgets import add_budgets, adjust_budgets, carry_out_projects, found_projects
from .sample_contracts import add_contracts
from .sample_decisions import add_decisions
from .sample_disclosure import add_benefits, disclose
from .sample_land import add_land
from .sample_oversight import add_oversight
from .sample_requests import Office, SampleRequests, acting
from .settings import save_settings
from .vouchers import drafts_of, review

FOLDER = RESOURCES / "sample"
_STEPS = 19


def build_sample(path: Path | str, progress: Progress | None = None) -> Book:
    """Create the sample book at `path` and open it as its accountant."""
    report = progress or no_progress
    path = Path(path)
    village = read_resource("sample/village.toml")
    people = tuple(Person(person["name"], person["role"]) for person in village["people"])
    book = create_book(path, _new_book(village, people))
    folder = attachment_folder(path)
    files_before = folder.exists()
    try:
        set_durable(book.connection, durable=False)
        _fill(book, village, _office(people), report)
        set_durable(book.connection, durable=True)
        record_opening(book)
    except BaseException:
        book.close()
        path.unlink(missing_ok=True)
        if not files_before:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return book


def is_sample(entity: Entity) -> bool:
    """Whether a book is the sample village's: its region code begins like no real province's."""
    return bool(entity.region_code == read_resource("sample/village.toml")["region_code"])


def _fill(book: Book, village: dict[str, Any], office: Office, report: Progress) -> None:
    signers = Signers(office.accountant, office.reviewer, office.accountant, office.cashier)
    report(1, _STEPS, "科目、往来户和期初余额")
    import_accounts(book, FOLDER / "accounts.csv")
    _add_items(book)
    import_openings(book, FOLDER / "openings.csv")
    add_land(book, FOLDER)
    report(2, _STEPS, "决策、预算和工程")
    add_decisions(book, FOLDER)
    add_budgets(book)
    report(3, _STEPS, "2025 年前三个季度的凭证和合同")
    import_vouchers(book, FOLDER / "vouchers.csv", post=True, signers=signers)
    found_projects(book)
    save_settings(book, book.settings._replace(control=village["control"], control_from=village["control_from"]))
    import_contracts(book, FOLDER / "contracts_paid.csv")
    carry_out_projects(book, FOLDER)
    report(4, _STEPS, "第四季度的凭证和用款申请")
    import_vouchers(book, FOLDER / "vouchers_q4.csv", signers=signers)
    requests = SampleRequests(book, FOLDER, office)
    start = book.entity.first_period
    last = start.plus(11)
    for period in Period.parse(village["control_from"]).through(last):
        if period == last:
            adjust_budgets(book)
        requests.settle_month(period)
    add_assets(book, FOLDER)
    add_contracts(book, FOLDER)
    for number, period in enumerate(start.through(last)):
        report(5 + number, _STEPS, f"{period.label}结账")
        close(book, period, backup=False)
    report(_STEPS - 2, _STEPS, "公开榜、质询和补贴名单")
    add_benefits(book, FOLDER)
    disclose(book, FOLDER, office)
    report(_STEPS - 1, _STEPS, "次年 1 月的草稿")
    import_vouchers(book, FOLDER / "drafts_2026.csv", signers=signers)
    requests.begin_month(last.next)
    _review_some(book, last.next, office)
    add_oversight(book, FOLDER)
    report(_STEPS, _STEPS, "完成")


def _office(people: tuple[Person, ...]) -> Office:
    def holder(role: str) -> str:
        return next(person.name for person in people if person.role == role)

    heads = tuple(person.name for person in people if person.role == "负责人")
    return Office(holder("会计"), holder("出纳"), holder("审核"), heads, holder("村监会"), holder("乡镇"))


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


def _add_items(book: Book) -> tuple[Item, ...]:
    """The members with their notes, all in one act."""
    with (FOLDER / "items.csv").open(encoding="utf-8", newline="") as file:
        wanted = [(row["类别"], row["名称"], row["备注"]) for row in csv.DictReader(file)]
    with book.write("item") as transaction:
        added = tuple(insert_item_checked(transaction, *one) for one in wanted)
        for item in added:
            transaction.record("item", str(item), item_detail(ItemRecord(item)))
    return added


def _review_some(book: Book, period: Period, office: Office) -> None:
    """The first half is reviewed, by the person who does that."""
    drafts = drafts_of(book, period)
    with acting(book, office.reviewer):
        review(book, [draft.id for draft in drafts[: len(drafts) // 2]])
