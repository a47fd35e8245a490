"""A problem found in user data, as a value: shown beside the cell it concerns, never raised."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong with a draft or a file row.

    `code` is stable and for tests; `message` is Chinese and says what to do; `line` counts from 0
    within the voucher (None: the voucher as a whole); `field` names the cell
    (date, summary, account, items, debit, credit, quantity, number, attachments).
    """

    code: str
    message: str
    line: int | None = None
    field: str = ""
    blocking: bool = True
