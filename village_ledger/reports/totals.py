"""Balances added up the account tree: one figure set per account, whatever dimensions it is kept by."""

from collections.abc import Iterable
from typing import NamedTuple

from village_ledger.domain.account import CODE_LENGTHS, Chart, Item
from village_ledger.domain.view import Balance


class Totals(NamedTuple):
    """An account's figures over a span, signed fen (debit positive), with everything below it."""

    opening_fen: int
    debit_fen: int
    credit_fen: int
    year_debit_fen: int
    year_credit_fen: int
    carried_debit_fen: int
    carried_credit_fen: int

    @property
    def closing_fen(self) -> int:
        """Opening plus debits minus credits."""
        return self.opening_fen + self.debit_fen - self.credit_fen


NOTHING = Totals(0, 0, 0, 0, 0, 0, 0)


def by_account(chart: Chart, balances: Iterable[Balance]) -> dict[str, Totals]:
    """Totals of each account with a figure and of all accounts above it that the chart has."""
    sums: dict[str, list[int]] = {}
    for row in balances:
        figures: tuple[int, ...] = row[2:9]
        if not any(figures):
            continue
        found = sums.get(row.account)
        if found is None:
            sums[row.account] = list(figures)
        else:
            for index, figure in enumerate(figures):
                found[index] += figure
    for code, posted in tuple(sums.items()):
        figures = tuple(posted)
        for length in CODE_LENGTHS[: CODE_LENGTHS.index(len(code))]:
            above = sums.setdefault(code[:length], [0] * len(figures))
            for index, figure in enumerate(figures):
                above[index] += figure
    return {code: Totals(*figures) for code, figures in sums.items() if code in chart}


def member(items: tuple[Item, ...], category: str) -> Item | None:
    """The member of that dimension among a line's or balance's items."""
    for item in items:
        if item.category == category:
            return item
    return None
