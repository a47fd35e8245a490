"""Who runs the village and whom they declared they are close to, as the registers of people and relations tell."""

from datetime import date
from typing import NamedTuple

from village_ledger.domain.related_person import SELF

from . import cells
from .model import Case, Row


class Relation(NamedTuple):
    """An officer and a person or firm close to them, with the span it holds (None: no end on that side)."""

    officer: str
    post: str
    relation: str
    name: str
    phone_tag: str
    card_tag: str
    since: date | None
    until: date | None

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def told(self) -> str:
        """How a sentence names it: 石建国（理事长）的配偶."""
        who = f"{self.officer}（{self.post}）" if self.post else self.officer
        return f"{who}本人" if self.relation == SELF else f"{who}的{self.relation}"


def relations(case: Case) -> tuple[Relation, ...]:
    """The declared relations."""
    return tuple(_relation(row) for row in case.rows("related-persons"))


def _relation(row: Row) -> Relation:
    return Relation(
        *(cells.name(row, "officer"), cells.text(row, "post"), cells.text(row, "relation"), cells.name(row, "name")),
        *(cells.text(row, "phone_tag"), cells.text(row, "card_tag"), cells.day(row, "since"), cells.day(row, "until")),
    )


def staff(case: Case) -> frozenset[str]:
    """The names of who works with the books or declared their relations as an officer."""
    officers = {cells.name(row, "officer") for row in case.rows("related-persons")}
    return frozenset(officers | {cells.name(row, "name") for row in case.rows("people-register")})


def circles(case: Case) -> dict[str, str]:
    """Each name an officer declared, themselves too, with the officer: payees of one circle count as one."""
    return {one.name: one.officer for one in relations(case)}
