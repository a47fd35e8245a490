"""Fetching what the remarks on a voucher being typed need (`domain.spending_watch`)."""

from ..domain.period import Period
from ..domain.reception import ReceptionRules, falling_group, group_sums
from ..domain.spending_watch import SpendingWatch
from . import budgets, reception
from .book import Book
from .works_rules import reception_rules


def spending_watch(book: Book) -> SpendingWatch:
    """For the month being worked in. Reception is watched in books under control only, as the gate does."""
    month = book.open_period
    done = budgets.year_execution(book, month.year)
    if not book.settings.control:
        return SpendingWatch(done)
    rules = reception_rules(book, month.last_day)
    watch = SpendingWatch(done, rules, reception.watched_accounts(book))
    last = Period(month.year - 1, month.month)
    if book.entity.first_period > last.january:
        return watch
    return watch._replace(this_year=_by_account(book, rules, month), last_year=_by_account(book, rules, last))


def _by_account(book: Book, rules: ReceptionRules, through: Period) -> dict[str, int]:
    """Fen by group from January on, told by the names of accounts alone: cheap enough for every voucher."""
    chart = book.chart
    return group_sums(
        (
            falling_group(rules, chart, row.account),
            row.debit_fen - row.carried_debit_fen - row.credit_fen + row.carried_credit_fen,
        )
        for row in book.ledger.balances(through.january, through)
        if row.account in chart and chart[row.account].is_profit_and_loss
    )
