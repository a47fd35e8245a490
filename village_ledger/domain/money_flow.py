"""What came in and what went out, line by line, as a villager reads it: the vouchers that moved money, seen from the
other side of the entry. Whatever way a voucher is written, its lines add up to what it changed in the funds.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from .account import Item
from .voucher import Line, Voucher

Flow = Literal["income", "spending"]


class FlowLine(NamedTuple):
    """One line of income or spending in fen; negative when it takes back (red letters, or part of it left owing)."""

    voucher: Voucher
    position: int
    flow: Flow
    account: str
    items: tuple[Item, ...]
    summary: str
    amount_fen: int


def money_flow(vouchers: Iterable[Voucher], money: tuple[str, ...]) -> tuple[FlowLine, ...]:
    """The income and spending of vouchers, in their order; `money` are the prefixes of the cash and bank accounts.

    The income less the spending of a voucher is the change it made on the money accounts. Moving money between those
    is neither. A voucher whose money stands on one side only is all income or all spending, so that red letters and
    what stays owing are taken off where they belong; one with money on both sides is told apart line by line.
    """
    return tuple(line for voucher in vouchers for line in _of(voucher, money))


def flow_sums(lines: Iterable[FlowLine]) -> dict[tuple[str, Flow], int]:
    """What each voucher brought in and paid out, in fen, by its uid and the flow."""
    sums: dict[tuple[str, Flow], int] = {}
    for line in lines:
        key = (line.voucher.uid, line.flow)
        sums[key] = sums.get(key, 0) + line.amount_fen
    return sums


def _of(voucher: Voucher, money: tuple[str, ...]) -> list[FlowLine]:
    moved = [line for line in voucher.lines if line.account.startswith(money)]
    if not moved or len(moved) == len(voucher.lines):
        return []
    came, went = any(line.debit_fen for line in moved), any(line.credit_fen for line in moved)
    found = []
    for position, line in enumerate(voucher.lines, 1):
        if line.account.startswith(money):
            continue
        flow: Flow = ("income" if came else "spending") if came != went else _own_side(line)
        gain = line.credit_fen - line.debit_fen
        fen = gain if flow == "income" else -gain
        found.append(FlowLine(voucher, position, flow, line.account, line.items, line.summary, fen))
    return found


def _own_side(line: Line) -> Flow:
    return "income" if line.credit_fen else "spending"
