"""Building any report of a book: gives the builder what it needs besides the figures."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from ..domain.errors import BadInput
from ..domain.view import LedgerSource
from ..reports import registry
from ..reports.model import Report
from ..reports.query import Query
from ..storage.meta import Settings
from .reading import Readable

Progress = Callable[[int, int, str], None]


def run(book: Readable, key: str, query: Query, progress: Progress | None = None) -> Report:
    """The report of that name over the query's span."""
    kind = registry.kind(key)
    if progress:
        progress(0, 1, kind.title)
    stored = kind.register
    made = _from_register(book, kind, query) if stored else from_ledger(book.ledger, book.settings, key, query)
    notes = (*made.notes, *book.ledger.entity.exceptions)
    return made._replace(notes=notes, footer=f"日志链头 sha256:{book.log_head}")


def from_ledger(ledger: LedgerSource, settings: Settings, key: str, query: Query) -> Report:
    """A report that is made from the ledger alone: a stored one, or one read from a package."""
    kind = registry.kind(key)
    query = _checked(ledger, kind, query)
    if kind.accounts and not query.accounts:
        query = query._replace(accounts=_accounts(kind.accounts, ledger, settings))
    build = registry.builder(key)
    if kind.statement:
        # The forms are TOML; reading them takes longer than a trial balance, which needs none.
        catalog = import_module("village_ledger.services.catalog")
        chart = ledger.entity.chart
        statement = getattr(catalog.statement_definition(chart), kind.statement)
        return build(ledger, query, statement, catalog.chart_definition(chart).roles)
    return build(ledger, query)


def _from_register(book: Readable, kind: registry.ReportKind, query: Query) -> Report:
    query = _checked(book.ledger, kind, query)
    build = registry.builder(kind.key)
    if kind.register == "trail":
        return build(book.ledger, query, _trails(book, query))
    register = import_module(f"village_ledger.services.{kind.register}_register")
    return build(book.ledger, query, register.read(book.connection))


def _checked(ledger: LedgerSource, kind: registry.ReportKind, query: Query) -> Query:
    if query.start > query.end:
        raise BadInput(f"开始月份 {query.start} 晚于结束月份 {query.end}")
    if query.account and query.account not in ledger.chart:
        raise BadInput(f"科目 {query.account} 不存在，请检查科目编码")
    if kind.needs_account and not query.account:
        raise BadInput(f"{kind.title}要指定科目（--account 科目编码）")
    return query


def _trails(book: Readable, query: Query) -> Any:
    """The payments asked for, each followed to its reasons."""
    trail = import_module("village_ledger.services.trail")
    if query.voucher:
        return (trail.trail(book, trail.find(book, query.voucher)),)
    return trail.trails(book, query.start, query.end)


def _accounts(which: str, ledger: LedgerSource, settings: Settings) -> tuple[str, ...]:
    if which == "cash":
        return settings.cash_accounts
    if which == "bank":
        return settings.bank_accounts
    roles = import_module("village_ledger.services.catalog").chart_definition(ledger.entity.chart).roles
    return (*roles.receivable, *roles.two_sided, *roles.payable)
