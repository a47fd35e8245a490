"""The sample village's budgets and projects: tenders, acceptances, a final account, the payments before control."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..domain.account import Item
from ..domain.budget import PROJECT, Adjustment, Budget, BudgetItem
from ..domain.money import parse_fen
from ..domain.project import CONTRACT_PAYMENT, Acceptance, FinalAccount, Project
from ..domain.tender import Bid, Tender
from ..storage.accounts import find_item
from ..storage.vouchers import uids_by_label
from .book import Book
from .budgets import adjust_all, approve, save_budget
from .catalog import read_resource
from .evidence import attach
from .project_entries import add_acceptance, add_final, add_payment, save_tender
from .projects import project, save_project

Row = Mapping[str, Any]


def add_budgets(book: Book) -> None:
    """Draw up and approve the two years' budgets."""
    data = read_resource("sample/budgets.toml")
    for place, year in enumerate(data["year"]):
        items = tuple(_item(book, row, row["amounts"][place]) for row in data["item"])
        save_budget(book, Budget(year["year"], items))
        approve(book, year["year"], year["decision"], year["approved"])


def adjust_budgets(book: Book) -> None:
    """The adjustments voted in the course of the years."""
    for year in read_resource("sample/budgets.toml")["year"]:
        if rows := year.get("adjust", ()):
            adjustments = (
                Adjustment(row["item"], row["day"], parse_fen(row["yuan"]), row["decision"], row["reason"])
                for row in rows
            )
            adjust_all(book, year["year"], tuple(adjustments))


def _item(book: Book, row: Row, yuan: str) -> BudgetItem:
    side = row.get("side", "支出")
    member = _member(book, row["project"]) if "project" in row else None
    return BudgetItem(row["code"], row["name"], side, tuple(row.get("accounts", ())), member, parse_fen(yuan))


def _member(book: Book, name: str) -> Item | None:
    return find_item(book.connection, PROJECT, name)


def found_projects(book: Book) -> None:
    """Register the projects with their tenders, still without contracts."""
    for row in read_resource("sample/projects.toml")["project"]:
        made = Project(
            row["code"],
            row["name"],
            row["kind"],
            row["award"],
            row["decision"],
            parse_fen(row["yuan"]),
            row["approved"],
            _member(book, row["member"]),
            site=row["site"],
            note=row["note"],
        )
        save_project(book, made)
        tender = row["tender"]
        bids = tuple(Bid(name, parse_fen(yuan), *flaw) for name, yuan, *flaw in tender["bids"])
        save_tender(
            book,
            row["code"],
            Tender(
                tender["announced"],
                tender["closed"],
                tender["opened"],
                tender["place"],
                parse_fen(tender["control_yuan"]),
                tuple(tender["supervisors"]),
                bids,
                tender["winner"],
            ),
        )


def carry_out_projects(book: Book, folder: Path) -> None:
    """Enter the contracts (registered by now), acceptances, the final account and what was paid before control."""
    uids = uids_by_label(book.connection)
    for row in read_resource("sample/projects.toml")["project"]:
        saved = save_project(book, _with_contract(project(book, row["code"]).project, row))
        for one in row["acceptances"]:
            total, people = parse_fen(one["total_yuan"]), tuple(one["people"])
            add_acceptance(book, saved.code, Acceptance(one["day"], one["kind"], total, people, one["opinion"]))
        if final := row.get("final"):
            made = FinalAccount(final["day"], parse_fen(final["audited_yuan"]), final["auditor"], final["number"])
            add_final(book, saved.code, made)
        for paid in row.get("paid", ()):
            add_payment(book, saved.code, uids[paid["voucher"]], CONTRACT_PAYMENT, parse_fen(paid["yuan"]))
        for name in row.get("files", ()):
            attach(book, "project", saved.uid, folder / "evidence" / name, label=saved.code)


def _with_contract(before: Project, row: Row) -> Project:
    return before._replace(
        contract=row["contract"],
        contractor=row["contractor"],
        contract_fen=parse_fen(row["contract_yuan"]),
        signed=row["signed"],
        advance_fen=parse_fen(row["advance_yuan"]),
        retention_bp=row["retention_bp"],
        retention_due=row["retention_due"],
    )
