"""What the pages of requests ask of the book: plain functions run on the worker, plain values back."""

from typing import NamedTuple

from village_ledger.services import budgets, contracts, evidence, projects, requests
from village_ledger.services.book import Book
from village_ledger.services.evidence import Evidence
from village_ledger.services.requests import RequestStanding
from village_ledger.ui.widgets.finder import Choice


class Chosen(NamedTuple):
    """All there is to show of one request; `files` with the state of each."""

    standing: RequestStanding
    files: tuple[tuple[Evidence, str], ...]


class Offers(NamedTuple):
    """What a request can name: contracts the village pays under, projects, items of the year's budget."""

    contracts: tuple[Choice, ...] = ()
    projects: tuple[Choice, ...] = ()
    budget: tuple[Choice, ...] = ()


def read_chosen(book: Book, request_id: int) -> Chosen:
    """One request with its chain, what it lacks, and its files."""
    standing = requests.standing(book, requests.request_by_id(book, request_id))
    files = evidence.evidence(book, evidence.REQUEST, standing.request.uid)
    return Chosen(standing, tuple((row, evidence.state(book, row.file)) for row in files))


def read_offers(book: Book, year: int) -> Offers:
    """What a request of a year can name."""
    paying = (one.contract for one in contracts.register(book).accounts if one.contract.direction == "付")
    budget = budgets.budget(book, year)
    items = (one for one in budget.items if one.side == "支出") if budget else ()
    return Offers(
        tuple(Choice(one.code, one.subject, one.party.name, one.code) for one in paying),
        tuple(
            Choice(one.project.code, one.project.name, one.project.contractor, one.project.code)
            for one in projects.register(book)
        ),
        tuple(Choice(one.code, one.name, "年度预算", one.code) for one in items),
    )
