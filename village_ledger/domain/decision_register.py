"""The register of decisions (决策台账): every decision with its rules, its notices and what draws on it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .decision import FINAL, Decision, Failure, Notice
from .decision_rules import evaluate, remarks
from .draw import Draw
from .governance import RuleSet


class Record(NamedTuple):
    """A decision, the rules it is judged by, its notices, and what was drawn on it and on those it replaced.

    `replaced_by` is the number of the final decision that took its place.
    """

    decision: Decision
    rules: RuleSet
    notices: tuple[Notice, ...] = ()
    draws: tuple[Draw, ...] = ()
    replaced_by: str = ""


class Standing(NamedTuple):
    """A decision as it stands on a day: what it lacks, what it allows and what was drawn on it, in fen.

    `drawn_fen` counts what was drawn on the decisions it replaced too.
    """

    decision: Decision
    failures: tuple[Failure, ...]
    cap_fen: int
    drawn_fen: int
    notices: tuple[Notice, ...] = ()
    remarks: tuple[str, ...] = ()
    replaced_by: str = ""

    @property
    def left_fen(self) -> int:
        """What may still be drawn."""
        return self.cap_fen - self.drawn_fen

    @property
    def valid(self) -> bool:
        """Whether the decision is final, lacks nothing and was not replaced."""
        return self.decision.state == FINAL and not self.failures and not self.replaced_by


def standing_on(record: Record, day: date, until: date = date.max) -> Standing:
    """How a decision stands on a day; draws later than `until` are left out."""
    decision, rules, notices = record.decision, record.rules, record.notices
    return Standing(
        decision,
        evaluate(decision, notices, rules, day),
        decision.cap_fen,
        sum(draw.fen for draw in record.draws if draw.day <= until),
        notices,
        remarks(decision, notices, rules, day),
        record.replaced_by,
    )


class DecisionRegister(NamedTuple):
    """Every decision by day and number."""

    records: tuple[Record, ...] = ()

    def record(self, number: str) -> Record | None:
        """The decision of that number."""
        return next((one for one in self.records if one.decision.number == number), None)


def draws_of(
    number: str, draws: dict[str, tuple[Draw, ...]], replaced: Iterable[tuple[str, str]] = ()
) -> tuple[Draw, ...]:
    """What draws on a decision and on those it replaced, by day; `replaced` are pairs of old and new number."""
    before = {after: earlier for earlier, after in replaced}
    found: list[Draw] = []
    seen: set[str] = set()
    while number and number not in seen:
        seen.add(number)
        found += draws.get(number, ())
        number = before.get(number, "")
    return tuple(sorted(found, key=lambda one: (one.day, one.target)))
