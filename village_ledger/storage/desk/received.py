"""The files taken in, month by month, and where the review of each month stands."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from ...domain.chain import canonical, canonical_text
from ...domain.desk import MonthState, Received
from ...domain.period import Period
from .database import DeskDatabase
from .tables import ActRow, BalanceRow, ReceivedRow, RegisterRow, TopicRow, VoucherRow

_OF_A_MONTH = (VoucherRow, BalanceRow, RegisterRow, ActRow, TopicRow)


def current(store: DeskDatabase, village: str, period: Period) -> Received | None:
    """What stands for a month of a village; None while nothing does."""
    row = store.one(
        ReceivedRow.select()
        .where(ReceivedRow.village == village, ReceivedRow.period == str(period), ReceivedRow.current)
        .dicts()
    )
    return _received(row) if row else None


def all_current(
    store: DeskDatabase, start: Period | None = None, end: Period | None = None, village: str = ""
) -> tuple[Received, ...]:
    """What stands for every month of every village (or of one) within a span, by village and month."""
    query = ReceivedRow.select().where(ReceivedRow.current)
    if village:
        query = query.where(ReceivedRow.village == village)
    if start:
        query = query.where(ReceivedRow.period >= str(start))
    if end:
        query = query.where(ReceivedRow.period <= str(end))
    return tuple(map(_received, store.all(query.order_by(ReceivedRow.village, ReceivedRow.period).dicts())))


def revisions(store: DeskDatabase, village: str, period: Period) -> tuple[Received, ...]:
    """Every file ever taken in for a month, oldest first."""
    query = ReceivedRow.select().where(ReceivedRow.village == village, ReceivedRow.period == str(period))
    return tuple(map(_received, store.all(query.order_by(ReceivedRow.revision).dicts())))


def by_digest(store: DeskDatabase, sha256: str) -> Received | None:
    """The file of that SHA-256, if it was ever taken in."""
    row = store.one(
        ReceivedRow.select().where(ReceivedRow.sha256 == sha256).order_by(ReceivedRow.revision.desc()).dicts()
    )
    return _received(row) if row else None


def add(store: DeskDatabase, one: Received) -> None:
    """Keep a file taken in."""
    row: dict[str, Any] = {
        **one._asdict(),
        "period": str(one.period),
        "exceptions": canonical_text(list(one.exceptions)),
        "notes": canonical_text(list(one.notes)),
    }
    store.insert(ReceivedRow, [row])


def set_state(store: DeskDatabase, village: str, period: Period, state: MonthState) -> None:
    """Move the month on."""
    store.run(
        ReceivedRow.update(state=state).where(
            ReceivedRow.village == village, ReceivedRow.period == str(period), ReceivedRow.current
        )
    )


def set_aside(store: DeskDatabase, village: str, periods: Iterable[Period]) -> None:
    """Let a newer file stand for months, or none: their figures go, the record of the files stays."""
    for period in periods:
        store.run(
            ReceivedRow.update(current=False).where(
                ReceivedRow.village == village, ReceivedRow.period == str(period), ReceivedRow.current
            )
        )
        for model in _OF_A_MONTH:
            store.run(model.delete().where(model.village == village, model.period == str(period)))


def content_digest(store: DeskDatabase, village: str, period: Period) -> str:
    """SHA-256 over every row kept of a month, table by table in the order of their keys."""
    total = hashlib.sha256()
    for model in _OF_A_MONTH:
        meta: Any = model._meta
        keys = [meta.fields[name] for name in meta.primary_key.field_names]
        query = model.select().where(model.village == village, model.period == str(period)).order_by(*keys)
        for row in store.all(query.tuples()):
            plain = [value if isinstance(value, str | int) else bytes(value).hex() for value in row]
            total.update(canonical([meta.table_name, *plain]) + b"\n")
    return total.hexdigest()


def _received(row: dict[str, Any]) -> Received:
    return Received(
        **{
            **row,
            "period": Period.parse(row["period"]),
            "exceptions": tuple(json.loads(row["exceptions"])),
            "notes": tuple(json.loads(row["notes"])),
            "signed": bool(row["signed"]),
            "current": bool(row["current"]),
        }
    )
