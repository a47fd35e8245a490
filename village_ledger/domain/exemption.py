"""Urgent exceptions (紧急例外): leave to post a voucher that lacks what its tier asks for, until it is made good."""

from datetime import date
from typing import Any, NamedTuple

from .chain import sha256
from .voucher import Draft


class UrgentException(NamedTuple):
    """One exception. It holds for the draft as it was when granted (`content`), and for no other.

    `missing` is what the voucher lacked when it was posted (when it was granted, until then); `voucher` its uid.
    `settled` is the day it was made good, by whom and how; None while it is open.
    """

    id: int
    uid: str
    draft: int
    content: str
    amount_fen: int
    reason: str
    granted_by: str
    granted: date
    missing: tuple[str, ...] = ()
    voucher: str = ""
    settled: date | None = None
    settled_by: str = ""
    settlement: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a voucher was posted on its strength that still lacks what it lacked."""
        return bool(self.voucher) and self.settled is None


def draft_content(draft: Draft) -> str:
    """Digest of what an exception is granted for: the day and every line of a draft."""
    return sha256([draft.day.isoformat(), [list(line) for line in draft.lines]])


def exception_detail(one: UrgentException) -> dict[str, Any]:
    """What the log keeps of an exception: the whole of it."""
    return {
        "uid": one.uid,
        "draft": one.draft,
        "content": one.content,
        "amount_fen": one.amount_fen,
        "reason": one.reason,
        "granted_by": one.granted_by,
        "granted": one.granted.isoformat(),
        "missing": list(one.missing),
        "voucher": one.voucher,
        "settled": one.settled.isoformat() if one.settled else "",
        "settled_by": one.settled_by,
        "settlement": one.settlement,
    }
