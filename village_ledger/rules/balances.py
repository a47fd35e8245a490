"""What a 往来户 still owes, posting by posting: what is paid back settles the oldest first."""

from typing import NamedTuple

from village_ledger.domain.account import Item
from village_ledger.domain.period import Period
from village_ledger.domain.view import LedgerLine

from .model import Case


class Unsettled(NamedTuple):
    """A posting, and how much of it is not settled; `line` is None for what an earlier time left behind."""

    line: LedgerLine | None
    fen: int


def beginning(case: Case) -> Period:
    """The first month the ledger knows of; its balances before that are openings."""
    return min(case.ledger.entity.first_period, case.start)


def unsettled_debits(case: Case, account: str, items: tuple[Item, ...]) -> tuple[Unsettled, ...]:
    """The debits on an account and its members that later credits have not settled, the oldest first.

    A red-letter debit takes back like a credit, a red-letter credit gives like a debit.
    """
    first = beginning(case)
    opening = sum(
        one.opening_fen for one in case.ledger.balances(first, first) if (one.account, one.items) == (account, items)
    )
    lines = [
        line
        for line in case.ledger.lines(first, case.end, (account,))
        if (line.account, line.items) == (account, items)
    ]
    given = [Unsettled(None, opening)] if opening > 0 else []
    settled = max(-opening, 0)
    for line in lines:
        net = line.debit_fen - line.credit_fen
        if net > 0:
            given.append(Unsettled(line, net))
        else:
            settled -= net
    left = []
    for one in given:
        used = min(one.fen, settled)
        settled -= used
        if one.fen > used:
            left.append(one._replace(fen=one.fen - used))
    return tuple(left)


def unchanged(case: Case, accounts: tuple[str, ...], months: int) -> tuple[tuple[str, tuple[Item, ...], int], ...]:
    """Balances (account, members, fen) that nothing moved in so many months; none if the ledger is younger."""
    first = case.end.plus(1 - months)
    if not accounts or case.ledger.entity.first_period > first:
        return ()
    return tuple(
        (one.account, one.items, one.closing_fen)
        for one in case.ledger.balances(first, case.end)
        if one.account.startswith(accounts) and one.closing_fen and not (one.debit_fen or one.credit_fen)
    )


def member(items: tuple[Item, ...]) -> str:
    """The names of the members a balance is kept by."""
    return "、".join(item.name for item in items) or "未分户"
