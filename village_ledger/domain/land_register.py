"""The register of a village's parcels as a value: cards, their changes, and the contracts over them."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from .geodesy import area_m2
from .parcel_changes import ParcelChange, area_on
from .parcels import ContractedSpan, Parcel, contracted_on, household_span

Spans = Mapping[str, tuple[ContractedSpan, ...]]


class LandRegister(NamedTuple):
    """Every parcel ever registered, in code order. `spans` are the contracts over a parcel by its code."""

    parcels: tuple[Parcel, ...]
    changes: tuple[ParcelChange, ...]
    spans: Spans

    def get(self, code: str) -> Parcel | None:
        """The parcel of that code, or None."""
        return next((parcel for parcel in self.parcels if parcel.code == code), None)

    def existing(self, day: date) -> tuple[Parcel, ...]:
        """The parcels of a day, in code order."""
        return tuple(parcel for parcel in self.parcels if parcel.exists_on(day))

    def area(self, parcel: Parcel, day: date) -> int:
        """A parcel's area on a day, in hundredths of a mu."""
        return area_on(parcel, self.changes, day)

    def spans_of(self, parcel: Parcel) -> tuple[ContractedSpan, ...]:
        """What households and contractors hold of a parcel."""
        return (household_span(parcel), *self.spans.get(parcel.code, ()))

    def contracted(self, parcel: Parcel, day: date) -> int:
        """The area contracted to households or let by contract on a day, in hundredths of a mu."""
        return contracted_on(day, self.spans_of(parcel))


class AreaRules(NamedTuple):
    """How an outline is compared with the stated area: m² of a mu times 100, and what may differ.

    A difference is tolerated up to `tolerance_permille` of the stated area, or `tolerance_x100` hundredths of a mu
    where that is more.
    """

    square_metres_x100: int
    tolerance_permille: int
    tolerance_x100: int


class AreaCheck(NamedTuple):
    """An outline's area beside the stated one, in hundredths of a mu."""

    stated_x100: int
    measured_x100: int
    within: bool

    @property
    def difference_x100(self) -> int:
        """Measured minus stated."""
        return self.measured_x100 - self.stated_x100


def check_area(parcel: Parcel, rules: AreaRules) -> AreaCheck | None:
    """Compare a parcel's outline with its stated area; None when it has no outline."""
    if not parcel.boundary:
        return None
    measured = round(area_m2(parcel.boundary) * 10_000 / rules.square_metres_x100)
    allowed = max(parcel.area_x100 * rules.tolerance_permille // 1000, rules.tolerance_x100)
    return AreaCheck(parcel.area_x100, measured, abs(measured - parcel.area_x100) <= allowed)
