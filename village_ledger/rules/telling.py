"""How hits tell areas, days, posted lines and many names to the official who reads them."""

from collections.abc import Iterable
from datetime import date

from village_ledger.domain.money import format_fen
from village_ledger.domain.view import LedgerLine

MOST = 6
"""So many names are told; of more only how many there are."""


def mu(hundredths: int) -> str:
    """12.34 亩: areas are hundredths, and written like money."""
    return f"{format_fen(hundredths)} 亩"


def told_day(one: date | None) -> str:
    """2025-06-30, or that it is not known."""
    return one.isoformat() if one else "未登记"


def line_label(one: LedgerLine) -> str:
    """The voucher of a line: 2025-06 记-5."""
    return f"{one.day.year:04d}-{one.day.month:02d} {one.label}"


def listed(names: Iterable[str]) -> str:
    """`甲、乙、丙`, and of many the first ones and how many there are."""
    found = tuple(dict.fromkeys(names))
    told = "、".join(found[:MOST])
    return told if len(found) <= MOST else f"{told} 等 {len(found)} 项"
