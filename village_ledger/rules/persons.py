"""Who runs the village on a day, in which posts, and who is close to them, by name."""

from datetime import date

from village_ledger.domain.related_person import SELF

from . import cells
from .model import Case
from .relations import Relation, relations
from .wording import plain

RELATED, PEOPLE = "related-persons", "people-register"
OUTSIDE = frozenset({"乡镇", "审计"})
"""Roles in the book of people who are not of the village."""


def related(case: Case, when: date) -> dict[str, Relation]:
    """Officers and those close to them on a day, by name as names are compared."""
    found: dict[str, Relation] = {}
    for one in relations(case):
        if one.name and one.holds(when) and (one.name not in found or one.relation == SELF):
            found[one.name] = one
    for name, post in officers(case, when).items():
        found.setdefault(name, Relation(name, post, SELF, name, "", "", None, None))
    return found


def tie_of(ties: dict[str, Relation], name: str) -> Relation | None:
    """How somebody of a name is tied to an officer."""
    return ties.get(plain(name))


def beside_name(one: Relation) -> str:
    """A tie told in brackets behind the person's own name: 理事长, or 石建国的配偶."""
    return (one.post or "干部") if one.relation == SELF else f"{one.officer}的{one.relation}"


def officers(case: Case, when: date) -> dict[str, str]:
    """The people who run the village on a day, with the posts they hold."""
    return {name: "、".join(sorted(posts)) for name, posts in posts_held(case, when).items()}


def posts_held(case: Case, when: date) -> dict[str, set[str]]:
    """The posts by person, of the declared relations and of the people who work with the book."""
    found: dict[str, set[str]] = {}
    for one in relations(case):
        if one.officer and one.holds(when):
            found.setdefault(one.officer, set()).update({one.post} - {""})
    for row in case.rows(PEOPLE):
        name, role = cells.name(row, "name"), cells.text(row, "role")
        if name and role and role not in OUTSIDE and row.get("active") is not False:
            found.setdefault(name, set()).add(role)
    return found
