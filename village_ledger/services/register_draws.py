"""What contracts, rent let off and assets given up draw on decisions (`decision_draws.DRAW_SOURCES`).

A contract under which the village is paid, and so a tenancy of its land, draws nothing but is told all the same: from
the decision one sees what it allowed.
"""

import sqlite3
from collections.abc import Iterator
from datetime import date

from ..domain.draw import Draw
from ..storage import register_draws as stored


def contracts(connection: sqlite3.Connection) -> Iterator[Draw]:
    """Every contract that names a decision, with all that is to be paid under it."""
    for decision, code, subject, day, fen in stored.contract_draws(connection):
        yield Draw("合同", f"{code} {subject}", date.fromisoformat(day), fen, f"contract:{code}", decision)


def waivers(connection: sqlite3.Connection) -> Iterator[Draw]:
    """Rent let off."""
    for decision, number, code, reason, day, fen in stored.waiver_draws(connection):
        yield Draw("租金减免", f"{code} {reason}", date.fromisoformat(day), fen, f"waiver:{number}", decision)


def disposals(connection: sqlite3.Connection) -> Iterator[Draw]:
    """Assets sold, scrapped, destroyed or missing, at what they were carried at."""
    for decision, uid, kind, code, name, day, fen in stored.disposal_draws(connection):
        yield Draw("资产处置", f"{kind} {code} {name}", date.fromisoformat(day), fen, f"change:{uid}", decision)
