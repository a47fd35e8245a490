"""Finding an account or an item from what the accountant types: code, pinyin initials or part of the name."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .account import Account, Chart, Item


class ItemRecord(NamedTuple):
    """One dimension member as kept in the book; `used` means a voucher or opening refers to it."""

    item: Item
    disabled: bool = False
    note: str = ""
    pinyin: str = ""
    used: bool = False


def find_accounts(
    chart: Chart, text: str, usage: Mapping[str, int] | None = None, limit: int = 50
) -> tuple[Account, ...]:
    """Enabled leaf accounts matching the text, best first.

    Exact code, then code prefix, then pinyin initials, then part of the name (or of a parent's name);
    within each the village's own most used first. Empty text lists by use.
    """
    typed = text.strip().lower()
    counts = usage or {}
    ranked = []
    for account in chart:
        if account.disabled or not chart.is_leaf(account.code):
            continue
        rank = _rank(account, chart, typed)
        if rank is not None:
            ranked.append((rank, -counts.get(account.code, 0), account.code, account))
    ranked.sort()
    return tuple(entry[3] for entry in ranked[:limit])


def _rank(account: Account, chart: Chart, typed: str) -> int | None:
    if not typed:
        return 0
    if account.code == typed:
        return 0
    if account.code.startswith(typed):
        return 1
    if account.pinyin.startswith(typed):
        return 2
    if typed in account.name.lower():
        return 3
    if typed in account.pinyin:
        return 4
    if typed in chart.full_name(account.code).lower() or any(
        chart[code].pinyin.startswith(typed) for code in chart.ancestors(account.code)
    ):
        return 5
    return None


def find_items(records: Iterable[ItemRecord], text: str, limit: int = 50) -> tuple[ItemRecord, ...]:
    """Enabled members matching the text by code, pinyin initials or part of the name, best first."""
    typed = text.strip().lower()
    ranked = []
    for record in records:
        if record.disabled:
            continue
        name = record.item.name.lower()
        if not typed or record.item.name == typed:
            rank = 0
        elif name.startswith(typed) or record.item.code.lower() == typed:
            rank = 1
        elif record.pinyin.startswith(typed):
            rank = 2
        elif typed in name or typed in record.pinyin:
            rank = 3
        else:
            continue
        ranked.append((rank, record.item.code, record))
    ranked.sort()
    return tuple(entry[2] for entry in ranked[:limit])
