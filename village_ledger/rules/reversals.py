"""Red-letter vouchers and what they cancel.

What is handed over names the original by its number in the village's book, which a desk does not have; so it is found
by its lines, turned around, and by the words the red-letter voucher begins with.
"""

from collections import defaultdict
from typing import NamedTuple

from village_ledger.domain.voucher import Voucher

from .model import Case
from .payments import booked


class Reversal(NamedTuple):
    """A red-letter voucher and the one it cancels, if that was handed over."""

    red: Voucher
    original: Voucher | None


def reversals(case: Case) -> tuple[Reversal, ...]:
    """The red-letter vouchers of the months looked at; their originals may be a year older."""
    red = [one for one in case.ledger.vouchers(case.start, case.end) if one.reverses]
    if not red:
        return ()
    by_lines: defaultdict[tuple[object, ...], list[Voucher]] = defaultdict(list)
    for one in case.ledger.vouchers(case.start.plus(-12), case.end):
        if not one.reverses:
            by_lines[booked(one)].append(one)
    return tuple(Reversal(one, _original(one, by_lines[booked(one, -1)])) for one in red)


def _original(red: Voucher, candidates: list[Voucher]) -> Voucher | None:
    before = [one for one in candidates if one.day <= red.day]
    named = [one for one in before if _mark(one) in red.lines[0].summary]
    return next(reversed(named or before), None)


def _mark(one: Voucher) -> str:
    return f"{one.day.year}年{one.day.month}月{one.label}号"
