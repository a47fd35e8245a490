"""Parcels and their changes: rows to values and back."""

import json
import sqlite3
from datetime import date
from typing import Any

from ..domain.chain import canonical_text
from ..domain.geojson import MultiPolygon
from ..domain.parcel_changes import ChangeKind, ChangePart, ParcelChange
from ..domain.parcels import Parcel

_FIELDS = Parcel._fields
_COLUMNS = ", ".join(_FIELDS)
_DAYS = (_FIELDS.index("began"), _FIELDS.index("ended"))
_BOUNDARY = _FIELDS.index("boundary")


def load_parcels(connection: sqlite3.Connection) -> tuple[Parcel, ...]:
    """Every parcel ever registered, in code order."""
    return tuple(_parcel(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM parcel ORDER BY code"))


def load_parcel(connection: sqlite3.Connection, code: str) -> Parcel | None:
    """The parcel of that code, or None."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM parcel WHERE code=?", (code,)).fetchone()
    return _parcel(row) if row else None


def parcel_ids(connection: sqlite3.Connection) -> dict[str, int]:
    """Row ids by code."""
    return dict(connection.execute("SELECT code, id FROM parcel"))


def insert_parcel(connection: sqlite3.Connection, parcel: Parcel) -> None:
    """Add a parcel."""
    marks = ",".join("?" * len(_FIELDS))
    connection.execute(f"INSERT INTO parcel({_COLUMNS}) VALUES({marks})", _values(parcel))


def update_parcel(connection: sqlite3.Connection, parcel: Parcel) -> None:
    """Write everything but the code."""
    settings = ", ".join(f"{field}=?" for field in _FIELDS[1:])
    connection.execute(f"UPDATE parcel SET {settings} WHERE code=?", (*_values(parcel)[1:], parcel.code))


def insert_change(connection: sqlite3.Connection, change: ParcelChange) -> None:
    """Keep what happened to parcels; the parcels named must be there."""
    parts = [("old", part) for part in change.old] + [("new", part) for part in change.new]
    cursor = connection.execute(
        "INSERT INTO parcel_change(day, kind, reason, document, parts) VALUES(?,?,?,?,?)",
        (change.day.isoformat(), change.kind, change.reason, change.document, len(parts)),
    )
    connection.executemany(
        "INSERT INTO parcel_change_part(change_id, position, side, parcel_id, area_x100)"
        " VALUES(?,?,?,(SELECT id FROM parcel WHERE code=?),?)",
        [
            (cursor.lastrowid, position, side, part.code, part.area_x100)
            for position, (side, part) in enumerate(parts, 1)
        ],
    )


def load_changes(connection: sqlite3.Connection) -> tuple[ParcelChange, ...]:
    """What happened to parcels, in the order it was recorded."""
    sides: dict[tuple[int, str], list[ChangePart]] = {}
    for change, side, code, area in connection.execute(
        "SELECT p.change_id, p.side, parcel.code, p.area_x100 FROM parcel_change_part p"
        " JOIN parcel ON parcel.id = p.parcel_id ORDER BY p.change_id, p.position"
    ):
        sides.setdefault((change, side), []).append(ChangePart(code, area))
    return tuple(
        ParcelChange(
            date.fromisoformat(day),
            _kind(kind),
            reason,
            document,
            tuple(sides.get((number, "old"), ())),
            tuple(sides.get((number, "new"), ())),
        )
        for number, day, kind, reason, document in connection.execute(
            "SELECT id, day, kind, reason, document FROM parcel_change ORDER BY id"
        )
    )


def boundary_text(outline: MultiPolygon) -> str:
    """An outline as it is kept: canonical JSON of its coordinates; empty when there is none."""
    return canonical_text(outline) if outline else ""


def _kind(text: str) -> ChangeKind:
    match text:
        case "split" | "merge" | "measure":
            return text
        case _:
            return "end"


def _parcel(row: tuple[Any, ...]) -> Parcel:
    values = list(row)
    for place in _DAYS:
        values[place] = date.fromisoformat(values[place]) if values[place] else None
    values[_BOUNDARY] = _outline(values[_BOUNDARY])
    return Parcel._make(values)


def _outline(text: str) -> MultiPolygon:
    if not text:
        return ()
    return tuple(tuple(tuple((x, y) for x, y in ring) for ring in polygon) for polygon in json.loads(text))


def _values(parcel: Parcel) -> tuple[Any, ...]:
    values: list[Any] = list(parcel)
    for place in _DAYS:
        values[place] = values[place].isoformat() if values[place] else ""
    values[_BOUNDARY] = boundary_text(parcel.boundary)
    return tuple(values)
