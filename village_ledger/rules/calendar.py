"""Days off: weekends and holidays, but for the weekend days that are worked in exchange (调休).

Which those are is announced year by year (国务院办公厅的放假通知) and comes in as texts: `2025-10-01/2025-10-08` for a
span, `2025-01-01` for a day. Of years nobody listed only weekends are known.
"""

from collections.abc import Iterable
from datetime import date, timedelta

_SATURDAY = 5
_LONGEST = timedelta(days=31)


def days_of(texts: Iterable[str]) -> frozenset[date]:
    """The days of spans and single days; what is no day, or no span of a month at most, is left out."""
    found: set[date] = set()
    for text in texts:
        first, _, last = text.partition("/")
        try:
            begin, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
        except ValueError:
            continue
        if begin <= end <= begin + _LONGEST:
            found.update(begin + timedelta(days=number) for number in range((end - begin).days + 1))
    return frozenset(found)


def day_off(day: date, holidays: frozenset[date], workdays: frozenset[date]) -> str:
    """`节假日` or `周末` for a day off; empty for a working day."""
    if day in holidays:
        return "节假日"
    return "周末" if day.weekday() >= _SATURDAY and day not in workdays else ""
