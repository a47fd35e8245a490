"""Balances and movements of every month of a year to date, for accounts of every level and their combinations."""

from collections import defaultdict
from typing import NamedTuple

from village_ledger.domain.account import CODE_LENGTHS, Item
from village_ledger.package.contents import Contents

Key = tuple[str, tuple[Item, ...]]


class Figure(NamedTuple):
    """One account and combination in one month. Signed fen, debit positive; quantities in thousandths.

    Without `items` it is the account as a whole, whatever it is kept by.
    """

    month: int
    account: str
    items: tuple[Item, ...] = ()
    opening_fen: int = 0
    debit_fen: int = 0
    credit_fen: int = 0
    opening_quantity: int = 0
    in_quantity: int = 0
    out_quantity: int = 0

    @property
    def closing_fen(self) -> int:
        """Opening plus debits minus credits."""
        return self.opening_fen + self.debit_fen - self.credit_fen

    @property
    def closing_quantity(self) -> int:
        """Opening plus in minus out."""
        return self.opening_quantity + self.in_quantity - self.out_quantity


def monthly(contents: Contents) -> tuple[Figure, ...]:
    """Every row that has a figure, by month, account and items.

    Accounts above the last level have no quantities: their details may be counted in different units.
    """
    moved: defaultdict[int, dict[Key, list[int]]] = defaultdict(dict)
    for voucher in contents.vouchers:
        month = moved[voucher.day.month]
        for line in voucher.lines:
            for key in ((line.account, line.items), (line.account, ())) if line.items else ((line.account, ()),):
                _add(
                    month,
                    key,
                    (
                        line.debit_fen,
                        line.credit_fen,
                        line.quantity if line.debit_fen else 0,
                        0 if line.debit_fen else line.quantity,
                    ),
                )
            for code in _above(line.account):
                _add(month, (code, ()), (line.debit_fen, line.credit_fen, 0, 0))
    standing: dict[Key, list[int]] = {}
    for opening in contents.openings:
        for key in {(opening.account, opening.items), (opening.account, ())}:
            _add(standing, key, (opening.balance_fen, opening.quantity))
        for code in _above(opening.account):
            _add(standing, (code, ()), (opening.balance_fen, 0))
    found = []
    for period in contents.start.through(contents.period):
        movements = moved[period.month]
        for key in sorted(standing.keys() | movements.keys()):
            balance, quantity = standing.get(key, (0, 0))
            debit, credit, inward, outward = movements.get(key, (0, 0, 0, 0))
            if balance or debit or credit or quantity or inward or outward:
                found.append(Figure(period.month, *key, balance, debit, credit, quantity, inward, outward))
                standing[key] = [balance + debit - credit, quantity + inward - outward]
    return tuple(found)


def _add(rows: dict[Key, list[int]], key: Key, figures: tuple[int, ...]) -> None:
    row = rows.get(key)
    if row is None:
        rows[key] = list(figures)
    else:
        for place, figure in enumerate(figures):
            row[place] += figure


def _above(code: str) -> tuple[str, ...]:
    return tuple(code[:length] for length in CODE_LENGTHS if length < len(code))
