"""Red flags as found and as dealt with, and the parameters of rules that a desk sets itself."""

import json
from collections.abc import Iterable
from typing import Any

import peewee

from ...domain.chain import canonical_text
from ...domain.desk import Doubt, Status, evidence_text
from ...domain.period import Period
from .database import DeskDatabase
from .tables import DoubtRow, ParameterRow


def store_doubts(store: DeskDatabase, village: str, year: int, found: Iterable[Doubt]) -> None:
    """Keep what was found in a year of a village. What was dealt with stays as it was; what is not found any more and
    was never looked into goes.
    """
    known = {(one.rule, one.key): one for one in load_doubts(store, village=village, year=year, every=True)}
    rows = []
    for one in found:
        before = known.pop((one.rule, one.key), None)
        dealt = before or one
        rows.append(_row(one._replace(status=dealt.status, reason=dealt.reason, by=dealt.by, at=dealt.at), found=True))
    for one in known.values():
        if one.status == "待核":
            store.run(
                DoubtRow.delete().where(
                    *(DoubtRow.village == village, DoubtRow.year == year),
                    *(DoubtRow.rule == one.rule, DoubtRow.key == one.key),
                )
            )
        else:
            rows.append(_row(one, found=False))
    store.insert(DoubtRow, rows, replace=True)


def load_doubts(
    store: DeskDatabase, *, village: str = "", year: int = 0, rule: str = "", key: str = "", every: bool = False
) -> tuple[Doubt, ...]:
    """The doubts of a village, a year, a rule; `every` also tells those that are not found any more."""
    query = DoubtRow.select().dicts()
    for column, wanted in (
        (DoubtRow.village, village),
        (DoubtRow.year, year),
        (DoubtRow.rule, rule),
        (DoubtRow.key, key),
    ):
        if wanted:
            query = query.where(column == wanted)
    if not every:
        query = query.where(DoubtRow.found)
    order = (DoubtRow.village, DoubtRow.year, DoubtRow.rule, DoubtRow.period, DoubtRow.subject)
    return tuple(_doubt(row) for row in store.all(query.order_by(*order)))


def open_counts(store: DeskDatabase, start: Period, end: Period) -> tuple[tuple[str, Period, int], ...]:
    """How many doubts nobody has looked into yet, by village and month."""
    query = (
        DoubtRow.select(DoubtRow.village, DoubtRow.period, peewee.fn.COUNT(DoubtRow.key))
        .where(DoubtRow.found, DoubtRow.status == "待核", DoubtRow.period >= str(start), DoubtRow.period <= str(end))
        .group_by(DoubtRow.village, DoubtRow.period)
    )
    return tuple((village, Period.parse(month), count) for village, month, count in store.all(query.tuples()))


def set_status(store: DeskDatabase, one: Doubt, status: Status, reason: str, by: str, at: str) -> None:
    """Say where a doubt stands."""
    store.run(
        DoubtRow.update(status=status, reason=reason, by=by, at=at).where(
            *(DoubtRow.village == one.village, DoubtRow.year == one.year),
            *(DoubtRow.rule == one.rule, DoubtRow.key == one.key),
        )
    )


def load_parameters(store: DeskDatabase) -> dict[tuple[str, str], Any]:
    """The parameters the desk sets, by rule and name."""
    rows = store.all(ParameterRow.select(ParameterRow.rule, ParameterRow.name, ParameterRow.value).tuples())
    return {(rule, name): json.loads(value) for rule, name, value in rows}


def save_parameter(store: DeskDatabase, rule: str, name: str, value: Any) -> None:
    """Set a parameter; None returns to what `resources/rules` says."""
    store.run(ParameterRow.delete().where(ParameterRow.rule == rule, ParameterRow.name == name))
    if value is not None:
        store.insert(ParameterRow, [{"rule": rule, "name": name, "value": canonical_text(value)}])


def _row(one: Doubt, *, found: bool) -> dict[str, Any]:
    return {
        **one._asdict(),
        "period": str(one.period),
        "evidence": evidence_text(one.evidence),
        "vouchers": canonical_text(list(one.vouchers)),
        "found": found,
    }


def _doubt(row: dict[str, Any]) -> Doubt:
    row.pop("found")
    return Doubt(
        **{
            **row,
            "period": Period.parse(row["period"]),
            "evidence": tuple((what, value) for what, value in json.loads(row["evidence"])),
            "vouchers": tuple(json.loads(row["vouchers"])),
        }
    )
