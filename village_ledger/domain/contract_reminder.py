"""What a reminder slip (催缴通知单) says: one contract's overdue payments on a day."""

from datetime import date, timedelta
from typing import NamedTuple

from .contract import INCOMING, Contract
from .contract_account import ContractAccount

DAYS_TO_PAY = 15
"""How many days after the slip the party is asked to pay within."""


class ReminderLine(NamedTuple):
    """An overdue payment: what it is for, its due day, amount, waived, received, rest (fen), and days overdue."""

    label: str
    due: date
    amount_fen: int
    waived_fen: int
    received_fen: int
    rest_fen: int
    days: int


class Reminder(NamedTuple):
    """One slip: the contract, the day it is written, the day to pay by, and what is overdue, oldest first."""

    contract: Contract
    day: date
    pay_by: date
    lines: tuple[ReminderLine, ...]

    @property
    def total_fen(self) -> int:
        """What is to be paid."""
        return sum(line.rest_fen for line in self.lines)


def reminder(account: ContractAccount, day: date) -> Reminder | None:
    """The slip of a contract, or None if nothing is overdue on that day."""
    if account.contract.direction != INCOMING:
        return None
    lines = []
    for one in account.due(day):
        waived = sum(waiver.amount_fen for waiver in one.waived if waiver.day <= day)
        received = sum(part.amount_fen for part in one.paid if part.day <= day)
        rest = one.instalment.amount_fen - waived - received
        days = (day - one.instalment.due).days
        if rest > 0 and days > 0:
            instalment = one.instalment
            line = ReminderLine(instalment.label, instalment.due, instalment.amount_fen, waived, received, rest, days)
            lines.append(line)
    if not lines:
        return None
    return Reminder(account.contract, day, day + timedelta(days=DAYS_TO_PAY), tuple(lines))
