"""The registers, the acts and the figures by topic that a village handed over with a month."""

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from ...domain.chain import canonical
from ...domain.desk import Figures
from ...domain.desk import TopicRow as TopicFigures
from ...domain.period import Period
from .database import DeskDatabase
from .tables import ActRow, RegisterRow, TopicRow


def store_registers(store: DeskDatabase, village: str, period: Period, texts: Mapping[str, bytes]) -> None:
    """Keep the JSON of a month's registers by report name."""
    store.insert(
        RegisterRow,
        (
            {"village": village, "period": str(period), "name": name, "content": zlib.compress(texts[name])}
            for name in sorted(texts)
        ),
    )


def load_register(store: DeskDatabase, village: str, period: Period, name: str) -> bytes:
    """A register's JSON; empty when it was not handed over."""
    query = RegisterRow.select(RegisterRow.content).where(
        RegisterRow.village == village, RegisterRow.period == str(period), RegisterRow.name == name
    )
    row = store.one(query.tuples())
    return zlib.decompress(bytes(row[0])) if row else b""


def load_registers(
    store: DeskDatabase, start: Period, end: Period, *, village: str = "", names: Iterable[str] = ()
) -> Iterable[tuple[str, Period, str, bytes]]:
    """Registers of a span as (village, month, name, JSON), by village and month; of one village, of some names."""
    query = RegisterRow.select().where(RegisterRow.period >= str(start), RegisterRow.period <= str(end))
    if village:
        query = query.where(RegisterRow.village == village)
    if wanted := tuple(names):
        query = query.where(RegisterRow.name.in_(wanted))
    order = (RegisterRow.village, RegisterRow.period, RegisterRow.name)
    for code, month, name, content in store.all(query.order_by(*order).tuples()):
        yield code, Period.parse(month), name, zlib.decompress(bytes(content))


def store_acts(store: DeskDatabase, village: str, period: Period, acts: list[Any]) -> None:
    """Keep records of the village's log, as lists."""
    row = {"village": village, "period": str(period), "content": zlib.compress(canonical(acts))}
    store.insert(ActRow, [row])


def load_acts(store: DeskDatabase, village: str, start: Period, end: Period) -> list[Any]:
    """The records of a span, oldest first."""
    query = ActRow.select(ActRow.content).where(
        ActRow.village == village, ActRow.period >= str(start), ActRow.period <= str(end)
    )
    rows = store.all(query.order_by(ActRow.period).tuples())
    return [one for (content,) in rows for one in json.loads(zlib.decompress(bytes(content)))]


def store_topics(store: DeskDatabase, village: str, period: Period, topics: Mapping[str, Figures]) -> None:
    """Keep a month's figures by topic; nil figures are left out."""
    store.insert(
        TopicRow,
        (
            {
                "village": village,
                "period": str(period),
                "topic": topic,
                "figures": canonical({key: value for key, value in topics[topic].items() if value}).decode(),
            }
            for topic in sorted(topics)
        ),
        replace=True,
    )


def load_topics(
    store: DeskDatabase, topics: Iterable[str], start: Period, end: Period, *, village: str = ""
) -> tuple[TopicFigures, ...]:
    """Figures of a span, by topic, month and village."""
    query = TopicRow.select(TopicRow.village, TopicRow.period, TopicRow.topic, TopicRow.figures).where(
        TopicRow.topic.in_(tuple(topics)), TopicRow.period >= str(start), TopicRow.period <= str(end)
    )
    if village:
        query = query.where(TopicRow.village == village)
    months: dict[str, Period] = {}
    found = []
    for code, month, topic, figures in store.all(query.tuples()):
        period = months.setdefault(month, Period.parse(month))
        found.append(TopicFigures(code, period, topic, json.loads(figures)))
    return tuple(sorted(found, key=lambda row: (row.topic, row.period, row.village)))
