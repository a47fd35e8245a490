"""The sample village's parcels: its register, the outlines, and what happened to some of them in the year."""

import csv
from datetime import date
from pathlib import Path

from ..domain.area import parse_mu
from ..domain.parcel_changes import Share
from .book import Book
from .parcel_files import import_boundaries, import_resources
from .parcels import end_parcel, measure_parcel, merge_parcels, split_parcel


def add_land(book: Book, folder: Path) -> None:
    """Register the parcels of `folder`, draw them, then carry out the changes in their order."""
    import_resources(book, folder / "resources.csv")
    import_boundaries(book, folder / "boundaries.geojson")
    with (folder / "parcel_changes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            _change(book, row)
    import_boundaries(book, folder / "boundaries_after.geojson")


def _change(book: Book, row: dict[str, str]) -> None:
    day, why = date.fromisoformat(row["日期"]), (row["原因"], row["文号"])
    before = tuple(row["原地块"].split(";"))
    match row["变更"]:
        case "分割":
            parts = [part.split(":") for part in row["新地块"].split(";")]
            shares = tuple(Share(code, name, parse_mu(area)) for code, name, area in parts)
            split_parcel(book, before[0], shares, day, *why)
        case "合并":
            code, _, name = row["新地块"].partition(":")
            merge_parcels(book, before, code, name, day, *why)
        case "重测":
            measure_parcel(book, before[0], parse_mu(row["新地块"]), 0, day, *why)
        case _:
            end_parcel(book, before[0], day, *why)
