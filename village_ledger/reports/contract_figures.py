"""What the contract reports share: a contract's figures over a span of days."""

from datetime import date
from typing import NamedTuple

from village_ledger.domain.contract import LISTED, SHARE, Contract
from village_ledger.domain.contract_account import ContractAccount
from village_ledger.domain.contract_schedule import lease_years


class Figures(NamedTuple):
    """Arrears before the span, what fell due in it, was waived and received for it, and what is in arrears after it."""

    opening_fen: int
    due_fen: int
    waived_fen: int
    received_fen: int

    @property
    def closing_fen(self) -> int:
        """In arrears at the end of the span."""
        return self.opening_fen + self.due_fen - self.waived_fen - self.received_fen


def figures(account: ContractAccount, start: date, end: date) -> Figures:
    """A contract's figures from `start` to `end`; rent paid in advance counts on the day it falls due."""
    opening = due = waived = received = 0
    for one in account.due(end):
        day = one.instalment.due
        opening, due = _add(opening, due, one.instalment.amount_fen, day, start)
        for waiver in one.waived:
            when = max(waiver.day, day)
            if when < start:
                opening -= waiver.amount_fen
            elif when <= end:
                waived += waiver.amount_fen
        for part in one.paid:
            when = max(part.day, day)
            if when < start:
                opening -= part.amount_fen
            elif when <= end:
                received += part.amount_fen
    return Figures(opening, due, waived, received)


def _add(before: int, within: int, fen: int, day: date, start: date) -> tuple[int, int]:
    return (before + fen, within) if day < start else (before, within + fen)


def rent_now(contract: Contract, day: date) -> int:
    """The yearly rent in the lease year of a day, 0 where none is agreed."""
    if contract.price.form == LISTED:
        return 0
    number = 1
    for year in lease_years(contract.start, min(contract.end, max(day, contract.start))):
        number = year.number
    return next((step.annual_fen for step in reversed(contract.price.steps) if step.year <= number), 0)


def price_label(contract: Contract) -> str:
    """The price in words: 固定, 递增, 分成 30%, 分期 2 期."""
    price = contract.price
    if price.form == LISTED:
        return f"分期 {len(price.payments)} 期"
    if price.form == SHARE:
        return f"分成 {percent(price.share_bp)}"
    return price.form


def percent(basis_points: int) -> str:
    """Basis points as a percentage: 30%, 12.5%."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"
