"""The statements and books of a package, built from its own data alone, so that anybody can build them again."""

from ..package.contents import Contents
from ..reports.model import Report
from ..reports.query import Query
from ..storage.meta import Settings
from .publishing import Make
from .reports import from_ledger


def maker(contents: Contents) -> Make:
    """What builds a report of a package by name and span."""
    ledger = contents.ledger
    settings = Settings(cash_accounts=contents.cash, bank_accounts=contents.bank)

    def make(key: str, query: Query) -> Report:
        made = from_ledger(ledger, settings, key, query)
        return made._replace(notes=(*made.notes, *ledger.entity.exceptions))

    return make
