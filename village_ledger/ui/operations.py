"""The way to a book: what of it can change, what the window knows of it, and the worker that owns it."""

from pathlib import Path
from typing import NamedTuple

from village_ledger.domain.account import Chart
from village_ledger.domain.period import Period
from village_ledger.domain.search import ItemRecord
from village_ledger.domain.view import Entity
from village_ledger.services import accounts, log_in, people, periods, vouchers
from village_ledger.services.book import Book, Settings
from village_ledger.services.log_in import Access
from village_ledger.services.people import Person

from .worker import ELSEWHERE as ELSEWHERE
from .worker import Flags, Worker
from .worker import Progress as Progress

VOUCHERS: Flags = frozenset({"vouchers"})
ACCOUNTS: Flags = frozenset({"accounts"})
ITEMS: Flags = frozenset({"items"})
OPENINGS: Flags = frozenset({"openings"})
PERIODS: Flags = frozenset({"periods"})
SETTINGS: Flags = frozenset({"settings"})
PEOPLE: Flags = frozenset({"people"})
TEMPLATES: Flags = frozenset({"templates"})
BACKUPS: Flags = frozenset({"backups"})
RESOURCES: Flags = frozenset({"resources"})
ASSETS: Flags = frozenset({"assets"})
CONTRACTS: Flags = frozenset({"contracts"})
DECISIONS: Flags = frozenset({"decisions"})
REQUESTS: Flags = frozenset({"requests"})
BUDGETS: Flags = frozenset({"budgets"})
PROJECTS: Flags = frozenset({"projects"})
DISCLOSURES: Flags = frozenset({"disclosures"})
DOCUMENTS: Flags = frozenset({"documents"})
RELATED: Flags = frozenset({"related"})
REVIEWS: Flags = frozenset({"reviews"})
LOG: Flags = frozenset({"log"})
EVERYTHING: Flags = (
    VOUCHERS
    | ACCOUNTS
    | ITEMS
    | OPENINGS
    | PERIODS
    | SETTINGS
    | PEOPLE
    | TEMPLATES
    | BACKUPS
    | LOG
    | RESOURCES
    | ASSETS
    | CONTRACTS
    | DECISIONS
    | REQUESTS
    | BUDGETS
    | PROJECTS
    | DISCLOSURES
    | DOCUMENTS
    | RELATED
    | REVIEWS
)


class Facts(NamedTuple):
    """What the GUI thread may know of the book without asking: a snapshot taken on the worker after each write."""

    path: Path
    read_only: bool
    actor: str
    entity: Entity
    chart: Chart
    open_period: Period
    settings: Settings
    people: tuple[Person, ...]
    items: tuple[ItemRecord, ...]
    usage: dict[str, int]
    last_posted: Period
    head: str
    access: dict[str, Access]


def read_facts(book: Book, before: Facts | None = None, touched: Flags = EVERYTHING) -> Facts:
    """The book's facts; the costlier ones are taken over from `before` unless the write touched them."""
    return Facts(
        book.path,
        book.read_only,
        book.actor,
        book.entity,
        book.chart,
        book.open_period,
        book.settings,
        people.people(book),
        before.items if before and not touched & (ITEMS | VOUCHERS | OPENINGS) else accounts.items(book),
        before.usage if before and not touched & ACCOUNTS else vouchers.account_usage(book),
        _last_posted(book),
        book.log_head,
        log_in.access(book),
    )


def _last_posted(book: Book) -> Period:
    posted = [status.period for status in periods.periods(book) if status.posted]
    return posted[-1] if posted else book.open_period


class Operations(Worker[Book, Facts]):
    """The way to one book."""

    thread_name = "book"

    def read_facts(self, held: Book, before: Facts | None, touched: Flags) -> Facts:
        """See `Worker`."""
        return read_facts(held, before, touched)
