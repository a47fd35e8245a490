"""Whether an amount was voted on: a valid decision of the right matter, not younger than what it allows."""

from datetime import date

from . import cells
from .model import Case

DECISIONS = "decision-register"


def voted(case: Case, matters: tuple[str, ...], fen: int, when: date) -> bool:
    """Whether a valid decision of one of the matters, made by that day, covers the amount (one without a cap does)."""
    for row in case.rows(DECISIONS):
        made, cap = cells.day(row, "day"), cells.fen(row, "cap")
        stands = row.get("valid") is True and made is not None and made <= when
        if stands and cells.text(row, "matter") in matters and (not cap or cap >= fen):
            return True
    return False
