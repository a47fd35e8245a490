"""A village road for tests: decided on, tendered, contracted for 100,000.00 with 3 % held back."""

from datetime import date
from pathlib import Path

from village_ledger.domain.account import Item
from village_ledger.domain.period import Period
from village_ledger.domain.project import STAGE, Acceptance, Project
from village_ledger.domain.tender import Bid, Tender
from village_ledger.domain.view import Opening
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services import accounts, creation, openings, project_entries, projects
from village_ledger.services.book import Book
from village_ledger.services.people import Person

STAFF = (Person("王会计", "会计"), Person("李审核", "审核"), Person("赵出纳", "出纳"))
ROAD, BUILDER = Item("项目", "0001", "村道硬化"), Item("往来户", "0001", "宏达公司")
FIVE = ("许长根", "石大山", "李根旺", "何大有", "王喜贵")
DECIDED = "石桥决〔2025〕3号"


def project_book(folder: Path) -> Book:
    """A book of 2025 with 500,000.00 in the bank, a project and a builder; its accountant is at the desk."""
    new = creation.NewBook("石桥村股份经济合作社", Period(2025, 1), people=STAFF, suggested_details=True)
    book = creation.create_book(folder / "石桥村.vlb", new)
    accounts.add_item(book, ROAD.category, ROAD.name)
    accounts.add_item(book, BUILDER.category, BUILDER.name)
    openings.save_openings(book, (Opening("101", (), 500_000_00), Opening("301", (), -500_000_00)))
    book.actor = "王会计"
    return book


def a_project(**more: object) -> Project:
    """Approved for 120,000.00, without a contract."""
    road = Project("GC-01", "村道硬化", "一事一议", "询价", DECIDED, 120_000_00, date(2025, 2, 1), ROAD)
    return road._replace(**more)


def a_round(**more: object) -> Tender:
    """Three quotations; the builder's is the lowest."""
    bids = (Bid("宏达公司", 100_000_00), Bid("路桥公司", 108_000_00), Bid("建安公司", 111_000_00))
    made = Tender(
        date(2025, 2, 3), date(2025, 2, 10), date(2025, 2, 11), "村部", 0, ("许长根",), bids, winner="宏达公司"
    )
    return made._replace(**more)


def contracted(book: Book) -> Project:
    """The road with its contract."""
    saved = projects.save_project(book, a_project())
    project_entries.save_tender(book, saved.code, a_round())
    terms = saved._replace(
        contractor="宏达公司",
        contract_fen=100_000_00,
        signed=date(2025, 2, 20),
        retention_bp=300,
        retention_due=date(2026, 8, 1),
    )
    return projects.save_project(book, terms)


def accept(book: Book, fen: int, kind: str = STAGE, day: date = date(2025, 5, 1)) -> Acceptance:
    """Five people accept so much in all."""
    return project_entries.add_acceptance(book, "GC-01", Acceptance(day, kind, fen, FIVE, "合格"))


def a_payment(fen: int, summary: str = "付宏达公司进度款", day: date = date(2025, 6, 3), account: str = "153") -> Draft:
    """A voucher typed by hand that pays out of cash for the road, or to the builder."""
    item = (ROAD.category, ROAD.name) if account == "153" else (BUILDER.category, BUILDER.name)
    lines = (DraftLine(summary, account, (item,), debit_fen=fen), DraftLine(summary, "101", (), credit_fen=fen))
    return Draft(day, "记", lines)
