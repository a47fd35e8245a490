"""The register of parcels as kept in the book, read for reports and pages, and as the log describes it."""

import sqlite3
from typing import Any

from ..domain.chain import sha256
from ..domain.land_register import LandRegister
from ..domain.parcel_changes import ParcelChange
from ..domain.parcels import Parcel
from ..storage.contracts import parcel_spans
from ..storage.parcels import load_changes, load_parcels


def read(connection: sqlite3.Connection) -> LandRegister:
    """Every parcel with its changes and the contracts over it."""
    return LandRegister(load_parcels(connection), load_changes(connection), parcel_spans(connection))


def parcel_detail(parcel: Parcel) -> dict[str, Any]:
    """What the log keeps of a card; an outline is kept as its digest."""
    detail = parcel._asdict()
    detail["began"] = parcel.began.isoformat()
    detail["ended"] = parcel.ended.isoformat() if parcel.ended else ""
    detail["boundary"] = sha256(parcel.boundary) if parcel.boundary else ""
    return detail


def change_detail(change: ParcelChange) -> dict[str, Any]:
    """What the log keeps of a change."""
    return {
        "day": change.day.isoformat(),
        "kind": change.kind,
        "reason": change.reason,
        "document": change.document,
        "old": [list(part) for part in change.old],
        "new": [list(part) for part in change.new],
    }
