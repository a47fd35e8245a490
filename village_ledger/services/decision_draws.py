"""What draws on a decision: every act that moves money on its strength, folded from the registers, never stored.

`DRAW_SOURCES` are functions on a connection, one a register; each gives what counts now, with the decision's number.
What is paid under something that drew already (a contract's or project's payments) does not draw again.
"""

import sqlite3
from collections.abc import Callable, Iterable

from ..domain.draw import Draw as Draw
from . import project_draws, register_draws, request_draws

DrawSource = Callable[[sqlite3.Connection], Iterable[Draw]]

DRAW_SOURCES: tuple[DrawSource, ...] = (
    register_draws.contracts,
    register_draws.waivers,
    register_draws.disposals,
    project_draws.projects,
    request_draws.requests,
)
"""Every register that draws on decisions; one that reads tables of later schema versions may rely on them."""


def all_draws(connection: sqlite3.Connection) -> dict[str, tuple[Draw, ...]]:
    """What draws on each decision, by its number, in order of the days."""
    found: dict[str, list[Draw]] = {}
    for source in DRAW_SOURCES:
        for draw in source(connection):
            found.setdefault(draw.decision, []).append(draw)
    return {number: tuple(sorted(draws, key=lambda one: (one.day, one.target))) for number, draws in found.items()}
