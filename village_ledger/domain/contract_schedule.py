"""When a contract's payments fall due and how much each is; the payments always add up to the contract's total.

A lease year runs from the contract's first day to the day before its anniversary. Rent for part of a year is a
twelfth of the year's rent for each full month, and for the days left over the year's rent by 365, or by 366 where
the lease year holds 29 February. The rent up to any day is rounded to the fen once, so that no fen is lost between
payments.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from .contract import ADVANCE, LISTED, SHARE, Contract, Price, Step

ONE_DAY = timedelta(days=1)


class Instalment(NamedTuple):
    """One payment of a contract. `seq` counts from 1; 0 is what was in arrears when the register began.

    `settled` False: the amount is only the guaranteed minimum of a share that has not been reckoned yet.
    """

    seq: int
    start: date
    end: date
    due: date
    amount_fen: int
    settled: bool = True

    @property
    def label(self) -> str:
        """Which months it is for: 2025.01.01—2025.12.31."""
        return "期初欠款" if not self.seq else f"{self.start:%Y.%m.%d}—{self.end:%Y.%m.%d}"


class LeaseYear(NamedTuple):
    """One year of a contract, the last perhaps cut short by its end. `days` is the length of the uncut year."""

    number: int
    start: date
    end: date
    days: int
    is_full: bool


def months_later(day: date, months: int) -> date:
    """The same day of a later month; where that month has none, the first of the month after (民法典 art. 202)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    try:
        return date(year, month, day.day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


def lease_years(start: date, end: date) -> Iterator[LeaseYear]:
    """The years of a term, both days included."""
    number = 1
    first = start
    while first <= end:
        following = months_later(start, 12 * number)
        last = following - ONE_DAY
        yield LeaseYear(number, first, min(last, end), (following - first).days, last <= end)
        first = following
        number += 1


def annual_rent(price: Price, year: int) -> int:
    """The rent of a lease year in fen."""
    rent = 0
    for step in price.steps:
        if step.year <= year:
            rent = step.annual_fen
    return rent


def rent_of_year(price: Price, year: LeaseYear) -> int:
    """The rent of a lease year, in part if the term cuts it short, rounded half up to the fen."""
    annual = annual_rent(price, year.number)
    if year.is_full:
        return annual
    months = 0
    while months_later(year.start, months + 1) - ONE_DAY <= year.end:
        months += 1
    days = (year.end - months_later(year.start, months)).days + 1
    numerator = annual * (months * year.days + 12 * days)
    denominator = 12 * year.days
    return (2 * numerator + denominator) // (2 * denominator)


class _Rent:
    """The rent up to any day of a contract, its lease years reckoned once."""

    def __init__(self, contract: Contract) -> None:
        self._price = contract.price
        self._years = tuple(lease_years(contract.start, contract.end))
        self._starts = [year.start for year in self._years]
        self._before = [0]
        for year in self._years[:-1]:
            self._before.append(self._before[-1] + annual_rent(self._price, year.number))

    def through(self, end: date) -> int:
        """From the contract's first day to another, both included, in fen."""
        place = bisect_right(self._starts, end) - 1
        if place < 0:
            return 0
        year = self._years[place]
        if end < year.end:
            year = year._replace(end=end, is_full=False)
        return self._before[place] + rent_of_year(self._price, year)


def rent_through(contract: Contract, end: date) -> int:
    """The rent from the contract's first day to another, both included, in fen."""
    return _Rent(contract).through(end)


def total_fen(contract: Contract) -> int:
    """The whole price over the agreed term; for a share only its guaranteed minimum."""
    if contract.price.form == LISTED:
        return sum(payment.amount_fen for payment in contract.price.payments)
    return sum(rent_of_year(contract.price, year) for year in lease_years(contract.start, contract.end))


def schedule(contract: Contract) -> tuple[Instalment, ...]:
    """Every payment of the contract, in order; a broken-off contract keeps those agreed."""
    price = contract.price
    if price.form == LISTED:
        return tuple(
            Instalment(number, payment.due, payment.due, payment.due, payment.amount_fen)
            for number, payment in enumerate(price.payments, 1)
        )
    found = []
    before = 0
    rent = _Rent(contract)
    for number, (start, end) in enumerate(_payment_periods(contract), 1):
        upto = rent.through(end)
        day = (start if price.timing == ADVANCE else end) + timedelta(days=price.offset)
        found.append(Instalment(number, start, end, day, upto - before, price.form != SHARE))
        before = upto
    return tuple(found)


def _payment_periods(contract: Contract) -> Iterator[tuple[date, date]]:
    cycle = contract.price.cycle
    if not cycle:
        yield contract.start, contract.end
        return
    number = 0
    first = contract.start
    while first <= contract.end:
        number += 1
        following = months_later(contract.start, cycle * number)
        yield first, min(following - ONE_DAY, contract.end)
        first = following


def opening_instalment(contract: Contract) -> tuple[Instalment, ...]:
    """What was in arrears when the register began, as a payment due the day before; nothing if there was none."""
    if not contract.opening_fen:
        return ()
    day = contract.tracked_from - ONE_DAY
    return (Instalment(0, day, day, day, contract.opening_fen),)


def stepped(annual_fen: int, years: int, every: int, *, rate_bp: int = 0, amount_fen: int = 0) -> tuple[Step, ...]:
    """The steps of a rent that grows every so many years on the rent before: by basis points or by an amount.

    Each step is rounded half up to the fen.
    """
    steps = [Step(1, annual_fen)]
    for year in range(1 + every, years + 1, every):
        rent = steps[-1].annual_fen
        grown = rent + amount_fen + (2 * rent * rate_bp + 10_000) // 20_000
        steps.append(Step(year, grown))
    return tuple(steps)


def term_years(start: date, end: date) -> tuple[int, int]:
    """The length of a term: full years, and days left over."""
    full = 0
    for year in lease_years(start, end):
        if not year.is_full:
            return full, (year.end - year.start).days + 1
        full = year.number
    return full, 0


def share_amount(base_fen: int, share_bp: int, minimum_fen: int) -> int:
    """What a share comes to: the part of the proceeds, half up to the fen, but never less than the minimum."""
    return max(minimum_fen, (2 * base_fen * share_bp + 10_000) // 20_000)
