"""The book's own settings: a small table of texts, read into values."""

import sqlite3

from ..domain.period import Period
from ..domain.view import Entity


def load_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """Every setting by key."""
    return dict(connection.execute("SELECT key, value FROM meta"))


def save_meta(connection: sqlite3.Connection, values: dict[str, str]) -> None:
    """Write settings; others stay."""
    connection.executemany(
        "INSERT INTO meta(key, value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value", values.items()
    )


def entity_of(meta: dict[str, str]) -> Entity:
    """The reporting village as the settings describe it."""
    return Entity(
        meta["name"],
        meta.get("county", ""),
        meta.get("township", ""),
        meta.get("region_code", ""),
        meta.get("credit_code", ""),
        meta["chart"],
        Period.parse(meta["first_period"]),
        meta.get("single_person", "0") == "1",
    )


def entity_meta(entity: Entity) -> dict[str, str]:
    """The inverse of `entity_of`."""
    return {
        "name": entity.name,
        "county": entity.county,
        "township": entity.township,
        "region_code": entity.region_code,
        "credit_code": entity.credit_code,
        "chart": entity.chart,
        "first_period": str(entity.first_period),
        "single_person": "1" if entity.single_person else "0",
    }
