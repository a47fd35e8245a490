"""The opening trial balance (期初试算平衡): what opening balances add up to, and whether they tie."""

from collections.abc import Iterable
from typing import NamedTuple

from .view import Opening


class OpeningTie(NamedTuple):
    """Totals of the opening trial balance: balances and, for a mid-year start, 本年累计. In fen."""

    debit_fen: int = 0
    credit_fen: int = 0
    year_debit_fen: int = 0
    year_credit_fen: int = 0

    @property
    def tied(self) -> bool:
        """Whether both pairs agree."""
        return self.debit_fen == self.credit_fen and self.year_debit_fen == self.year_credit_fen


def tie_of(openings: Iterable[Opening]) -> OpeningTie:
    """Add opening balances up."""
    debit = credit = year_debit = year_credit = 0
    for one in openings:
        debit += max(one.balance_fen, 0)
        credit += max(-one.balance_fen, 0)
        year_debit += one.year_debit_fen
        year_credit += one.year_credit_fen
    return OpeningTie(debit, credit, year_debit, year_credit)
