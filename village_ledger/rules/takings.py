"""Money taken in cash, and what was carried from the till to the bank and back."""

from datetime import date
from typing import NamedTuple

from village_ledger.domain.money_flow import money_flow

from .model import Case
from .payments import standing_vouchers, voucher_label


class CashMove(NamedTuple):
    """A voucher that moved the till: money taken in, drawn from the bank, banked, or paid; fen, none negative."""

    label: str
    day: date
    summary: str
    taken_fen: int = 0
    drawn_fen: int = 0
    banked_fen: int = 0
    paid_fen: int = 0


def cash_moves(case: Case) -> tuple[CashMove, ...]:
    """The vouchers of the case that moved the till, by day."""
    found = []
    for voucher in standing_vouchers(case):
        cash = sum(line.debit_fen - line.credit_fen for line in voucher.lines if line.account.startswith(case.cash))
        if not cash:
            continue
        bank = sum(line.debit_fen - line.credit_fen for line in voucher.lines if line.account.startswith(case.bank))
        flows = money_flow((voucher,), case.cash + case.bank)
        income = sum(line.amount_fen for line in flows if line.flow == "income")
        spending = sum(line.amount_fen for line in flows if line.flow == "spending")
        found.append(
            CashMove(
                *(voucher_label(voucher), voucher.day, voucher.lines[0].summary),
                taken_fen=max(0, min(cash, income)),
                drawn_fen=max(0, min(cash, -bank)),
                banked_fen=max(0, min(-cash, bank)),
                paid_fen=max(0, min(-cash, spending)),
            )
        )
    return tuple(sorted(found, key=lambda move: move.day))
