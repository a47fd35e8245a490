"""What stood on money accounts at the end of each day."""

from collections import defaultdict
from datetime import date

from village_ledger.domain.account import Item

from .model import Case
from .payments import voucher_label

Place = tuple[str, tuple[Item, ...]]
"""A leaf account and the items it is kept by: the till, one bank account."""


def day_balances(case: Case, accounts: tuple[str, ...]) -> dict[Place, list[tuple[date, int]]]:
    """The balance of each place before the case (dated its first day) and after every day with an entry."""
    balances = {
        (row.account, row.items): row.opening_fen
        for row in case.ledger.balances(case.start, case.end)
        if row.account.startswith(accounts)
    }
    found = {place: [(case.start.first_day, fen)] for place, fen in balances.items()}
    for line in case.ledger.lines(case.start, case.end, accounts):
        days = found.setdefault((line.account, line.items), [(case.start.first_day, 0)])
        after = days[-1][1] + line.debit_fen - line.credit_fen
        if days[-1][0] == line.day:
            days[-1] = (line.day, after)
        else:
            days.append((line.day, after))
    return found


def labels_by_day(case: Case, accounts: tuple[str, ...]) -> dict[date, tuple[str, ...]]:
    """The vouchers that moved money on the accounts, by day."""
    found: defaultdict[date, list[str]] = defaultdict(list)
    for voucher in case.ledger.vouchers(case.start, case.end):
        if any(line.account.startswith(accounts) for line in voucher.lines):
            found[voucher.day].append(voucher_label(voucher))
    return {day: tuple(labels) for day, labels in found.items()}


def place_name(case: Case, place: Place) -> str:
    """How a sentence names a place."""
    account, items = place
    return "-".join((case.ledger.chart.full_name(account), *(item.name for item in items)))
