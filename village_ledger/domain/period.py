"""Accounting periods: calendar months (会计法 art. 11: the year runs from 1 January to 31 December)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""What a month may be typed as; the calendar of the language ends at year 9999."""


class Period(NamedTuple):
    """One month; orders and compares by time. Written `2025-06`."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Period":
        """The period a business date falls into."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `2025-06`. Raises ValueError with a Chinese message for anything else."""
        year, dash, month = text.strip().partition("-")
        plain = dash and year.isascii() and year.isdigit() and month.isascii() and month.isdigit()
        if not (plain and len(year) == 4 and FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= 12):
            raise ValueError(f"月份“{text}”不对，请写成 2025-06 这样的形式")
        return cls(int(year), int(month))

    @property
    def first_day(self) -> date:
        """The first calendar day."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last calendar day."""
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> "Period":
        """The month after."""
        return self.plus(1)

    @property
    def previous(self) -> "Period":
        """The month before."""
        return self.plus(-1)

    @property
    def january(self) -> "Period":
        """The first month of the same year."""
        return Period(self.year, 1)

    @property
    def is_year_end(self) -> bool:
        """Whether this is December."""
        return self.month == 12

    @property
    def label(self) -> str:
        """How the period is printed: 2025年6月."""
        return f"{self.year}年{self.month}月"

    def plus(self, months: int) -> "Period":
        """The period that many months later (earlier when negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Period(index // 12, index % 12 + 1)

    def through(self, last: "Period") -> Iterator["Period"]:
        """This month and each one up to and including `last`."""
        month = self
        while month <= last:
            yield month
            month = month.next

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
