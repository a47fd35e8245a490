"""What a package says of a closed month, read from the book: the year to date, and the slice of the log behind it.

Names are those the log gives at the close: the same closed month has the same books whatever is renamed later.
"""

from typing import NamedTuple

from ..domain.account import Account, Chart, Item
from ..domain.period import Period
from ..domain.view import Opening
from ..domain.voucher import Voucher
from ..package.contents import Contents
from ..storage.accounts import parse_auxiliaries
from ..storage.log import LogEntry, first_posting, log_from, naming_records, newest_of
from ..storage.meta import entity_of, settings_of
from ..storage.openings import load_openings
from ..storage.periods import load_periods
from .book import Book
from .closing_sheet import MonthProof
from .registered import registered


def month_contents(book: Book, period: Period, proof: MonthProof) -> Contents:
    """The year to date, as it stood when the month was closed."""
    told = registered(naming_records(book.connection, proof.seq))
    entity, settings = entity_of(told.meta), settings_of(told.meta)
    names = {key: row["name"] for key, row in told.items.items()}

    def named(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(one._replace(name=names[f"{one.category}:{one.code}"]) for one in items)

    def voucher_named(one: Voucher) -> Voucher:
        return one._replace(lines=tuple(line._replace(items=named(line.items)) for line in one.lines))

    start = max(period.january, entity.first_period)
    chart = Chart(
        Account(
            code,
            row["name"],
            row["category"],
            row["side"],
            parse_auxiliaries(row["auxiliaries"]),
            row["unit"],
        )
        for code, row in told.accounts.items()
    )
    openings = tuple(one._replace(items=named(one.items)) for one in _openings(book, start))
    vouchers = tuple(voucher_named(one) for one in book.ledger.vouchers(start, period))
    return Contents(entity, settings.cash_accounts, settings.bank_accounts, chart, start, period, openings, vouchers)


def _openings(book: Book, start: Period) -> tuple[Opening, ...]:
    """What the year began with: entered in the book's first year, carried over later."""
    if start == book.entity.first_period:
        return load_openings(book.connection)
    return tuple(
        Opening(row.account, row.items, row.opening_fen, quantity=row.opening_quantity)
        for row in book.ledger.balances(start, start)
        if row.opening_fen or row.opening_quantity
    )


class Slices(NamedTuple):
    """The run of log records of a package, in three: before the month's own slice, it, and after it up to the key."""

    before: tuple[LogEntry, ...]
    month: tuple[LogEntry, ...]
    after: tuple[LogEntry, ...]


def log_slices(book: Book, contents: Contents, proof: MonthProof) -> Slices:
    """From the year's first posting (or entry of opening balances) to the close, and to a key that is younger."""
    connection = book.connection
    months = tuple(contents.start.through(contents.period))
    begun = [first_posting(connection, month) for month in months]
    begun += [row.log_seq for row in load_periods(connection) if row.period in months]
    if contents.start == contents.entity.first_period and (entered := newest_of(connection, "openings")):
        begun.append(entered.seq)
    month_first = first_posting(connection, contents.period) or proof.seq
    first = min(seq for seq in (*begun, month_first) if seq)
    key = newest_of(connection, "key")
    return Slices(
        log_from(connection, first, month_first - 1),
        log_from(connection, month_first, proof.seq),
        log_from(connection, proof.seq + 1, key.seq) if key and key.seq > proof.seq else (),
    )
