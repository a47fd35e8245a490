"""What one act draws on a decision: a request, a contract, rent let off, an asset given up, a project's budget."""

from datetime import date
from typing import NamedTuple


class Draw(NamedTuple):
    """Money one act draws on a decision, in fen. `target` identifies the act (`request:<uid>`, `contract:<code>`)."""

    kind: str
    label: str
    day: date
    fen: int
    target: str
    decision: str
