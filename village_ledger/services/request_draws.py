"""What requests for payment draw on decisions, from the day they are submitted until they are taken back."""

import sqlite3
from collections.abc import Iterator

from ..domain.draw import Draw
from ..storage.requests import load_draws


def requests(connection: sqlite3.Connection) -> Iterator[Draw]:
    """Every request that stands and rests on a decision of its own."""
    for one in load_draws(connection):
        yield Draw("用款", f"{one.number} {one.title}", one.day, one.fen, f"request:{one.uid}", one.decision)
