"""What an asset stands at, and what a month must charge: the fold of a card's history.

Straight line (年限平均法) or units of production (工作量法), from the month after taking into use to the month of
disposal, never below the residual value. All months of a basis are charged alike; what rounding leaves lands in the
last one.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ..period import Period
from .card import Card, elapsed_months, months_between
from .change import SURPLUS, Change


class Charge(NamedTuple):
    """What a month charged a card with: fen, and thousandths of a unit produced."""

    period: Period
    fen: int
    units: int = 0


class History(NamedTuple):
    """A card with its changes in effect and its charges, both in time order."""

    card: Card
    changes: tuple[Change, ...] = ()
    charges: tuple[Charge, ...] = ()


class Basis(NamedTuple):
    """What is to be charged from a month on: `fen` over `months`, or over `units`; `charged_fen` of it is done."""

    start: Period
    fen: int
    months: int
    units: int = 0
    charged_fen: int = 0
    produced: int = 0


class Standing(NamedTuple):
    """A card as it stands at the end of a month."""

    card: Card
    original_fen: int
    residual_fen: int
    accumulated_fen: int
    quantity: int
    status: str
    operating: bool
    location: str
    custodian: str
    in_use: date | None
    basis: Basis | None
    gone: str = ""

    @property
    def net_fen(self) -> int:
        """Carrying amount (净值)."""
        return self.original_fen - self.accumulated_fen

    @property
    def present(self) -> bool:
        """Whether it is still on the books."""
        return not self.gone


def monthly_fen(fen: int, months: int) -> int:
    """The even charge of every month but the last: to the nearest fen, but leaving something for the last month."""
    nearest = (2 * fen + months) // (2 * months)
    return nearest if nearest * (months - 1) <= fen else fen // months


def charged_by(basis: Basis, months: int) -> int:
    """How much of a straight-line basis is charged after so many of its months."""
    if months <= 0:
        return 0
    return basis.fen if months >= basis.months else monthly_fen(basis.fen, basis.months) * months


def produced_by(basis: Basis, units: int) -> int:
    """How much of a units-of-production basis is charged after so many units, to the nearest fen."""
    return basis.fen if units >= basis.units else (2 * basis.fen * units + basis.units) // (2 * basis.units)


def standing(history: History, through: Period) -> Standing:
    """The card at the end of a month. Charges of a month count before its changes."""
    card = history.card
    now = Standing(
        card,
        card.original_fen,
        card.residual_fen,
        card.opening_accumulated_fen,
        card.quantity,
        card.status,
        card.operating,
        card.location,
        card.custodian,
        card.in_use,
        None,
    )
    now = now._replace(basis=_first_basis(now))
    charges = history.charges
    done = 0
    for change in history.changes:
        if change.period > through:
            break
        before, done = done, _count_until(charges, done, change.period)
        now = _changed(_charged(now, charges[before:done]), change)
    return _charged(now, charges[done : _count_until(charges, done, through)])


def _count_until(charges: tuple[Charge, ...], start: int, last: Period) -> int:
    """How many charges, in time order, lie no later than a month; the first `start` are known to."""
    if charges and charges[-1].period <= last:
        return len(charges)
    while start < len(charges) and charges[start].period <= last:
        start += 1
    return start


def _first_basis(now: Standing) -> Basis | None:
    card = now.card
    left = card.depreciable_fen - card.opening_accumulated_fen
    if now.in_use is None or left <= 0:
        return None
    start = max(Period.of(now.in_use), card.entered).next
    if card.method == "工作量法":
        return Basis(start, left, 0, card.total_units - card.opening_units)
    return Basis(start, left, max(1, card.life_months - elapsed_months(card)))


def _charged(now: Standing, charges: tuple[Charge, ...]) -> Standing:
    if not charges:
        return now
    fen = sum([charge.fen for charge in charges])
    basis = now.basis
    if basis:
        units = sum([charge.units for charge in charges])
        basis = basis._replace(charged_fen=basis.charged_fen + fen, produced=basis.produced + units)
    return now._replace(accumulated_fen=now.accumulated_fen + fen, basis=basis)


def _changed(now: Standing, change: Change) -> Standing:
    if change.kind == SURPLUS:  # it made the card; nothing is added to it
        return now
    after = now._replace(
        original_fen=now.original_fen + change.original_fen,
        residual_fen=now.residual_fen + change.residual_fen,
        accumulated_fen=now.accumulated_fen + change.accumulated_fen,
        quantity=now.quantity + change.quantity,
        status=change.status or now.status,
        operating=now.operating if not change.operating else change.operating == "经营性",
        location=change.location or now.location,
        custodian=change.custodian or now.custodian,
    )
    if change.in_use and now.in_use is None:
        after = after._replace(in_use=change.in_use)
        after = after._replace(basis=_first_basis(after))
    if change.is_write_off and after.original_fen <= 0:
        return after._replace(gone=change.kind, basis=None)
    return after._replace(basis=_rebased(after, change)) if change.rebases else after


def _rebased(now: Standing, change: Change) -> Basis | None:
    """From the next month on, what is left is spread over what is left of the life."""
    left = now.original_fen - now.residual_fen - now.accumulated_fen
    if now.card.method == "不提" or now.in_use is None or left <= 0:
        return None
    start = change.period.next
    before = now.basis
    if now.card.method == "工作量法":
        units = before.units - before.produced if before else change.months * 1000
        return Basis(max(start, before.start if before else start), left, 0, max(units, 1))
    if before and before.start > start:
        return before._replace(fen=left, months=change.months or before.months)
    months = change.months or (before.months - months_between(before.start, start) if before else 0)
    return Basis(start, left, max(1, months))


def due_fen(before: Standing, period: Period, units: int = 0) -> int:
    """What a month must charge a card that stood at `before` when the month began; months missed are caught up."""
    basis = before.basis
    if basis is None or before.gone or period < basis.start:
        return 0
    if before.card.method == "工作量法":
        scheduled = produced_by(basis, basis.produced + units)
    else:
        scheduled = charged_by(basis, months_between(basis.start, period) + 1)
    left = before.original_fen - before.residual_fen - before.accumulated_fen
    return max(0, min(scheduled - basis.charged_fen, left))


def months_left(now: Standing, period: Period) -> int:
    """Remaining life in months after a month; 0 when nothing is left to charge or it is charged by units."""
    basis = now.basis
    if basis is None or now.card.method == "工作量法" or now.accumulated_fen >= now.original_fen - now.residual_fen:
        return 0
    return max(0, min(basis.months, basis.months - months_between(basis.start, period) - 1))


def monthly_charge(now: Standing) -> int:
    """The even charge of a straight-line card; 0 when nothing is left."""
    basis = now.basis
    if basis is None or now.card.method != "直线法" or now.accumulated_fen >= now.original_fen - now.residual_fen:
        return 0
    return monthly_fen(basis.fen, basis.months)


def life_schedule(card: Card) -> tuple[Charge, ...]:
    """Every charge of a straight-line card's life from where it entered, if nothing happens to it."""
    charges: list[Charge] = []
    now = standing(History(card), card.entered)
    basis = now.basis
    if basis and card.method == "直线法":
        for period in basis.start.through(basis.start.plus(basis.months - 1)):
            charge = Charge(period, due_fen(now, period))
            charges.append(charge)
            now = _charged(now, (charge,))
    return tuple(charges)


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes by day and by the order they were entered."""
    return tuple(sorted(changes, key=lambda change: (change.day, change.id)))
