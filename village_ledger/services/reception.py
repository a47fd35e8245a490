"""Reception in a book: where it may hide, and whether reception, vehicles and travel only fall from year to year."""

from datetime import date

from ..domain.period import Period
from ..domain.reception import (
    RECEPTION,
    ReceptionRules,
    falling_group,
    group_sums,
    reception_word,
    rising,
)
from .book import Book
from .catalog import chart_definition
from .works_rules import reception_rules


def watched_accounts(book: Book) -> tuple[str, ...]:
    """Where reception may hide: expenses, and what is advanced to or owed to somebody."""
    roles = chart_definition(book.entity.chart).roles
    chart = book.chart
    expenses = {one.code for one in chart if one.level == 1 and one.is_profit_and_loss and one.side == "debit"}
    return (*sorted(expenses), *roles.receivable, *roles.two_sided, *roles.payable)


def only_fall(book: Book, through: Period) -> tuple[str, ...]:
    """The groups that come to more this year than by the same month of last year."""
    if not _holds_last_year(book, through.year):
        return ()
    day = through.last_day
    rules = reception_rules(book, day)
    return rising(through.year, *_sums(book, rules, watched_accounts(book), day))


def _holds_last_year(book: Book, year: int) -> bool:
    """Whether there is a last year to compare with: the book must hold it from its beginning."""
    return book.entity.first_period <= Period(year - 1, 1)


def _sums(
    book: Book, rules: ReceptionRules, watched: tuple[str, ...], day: date
) -> tuple[dict[str, int], dict[str, int]]:
    """Fen by group from January to the day's month, of this year and of last year."""
    month = Period.of(day)
    last = Period(month.year - 1, month.month)
    return _spent(book, rules, watched, month), _spent(book, rules, watched, last)


def _spent(book: Book, rules: ReceptionRules, watched: tuple[str, ...], through: Period) -> dict[str, int]:
    ledger = book.ledger
    groups = []
    accounts = tuple(one for one in watched if one in ledger.chart and ledger.chart[one].is_profit_and_loss)
    for line in ledger.lines(through.january, through, accounts):
        if line.kind == "carry":
            continue
        word = reception_word(rules, ledger.chart, accounts, line.account, line.summary)
        title = RECEPTION if word else falling_group(rules, ledger.chart, line.account)
        groups.append((title, line.debit_fen - line.credit_fen))
    return group_sums(groups)
