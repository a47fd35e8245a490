"""A disclosure notice as registers list it: with the day it was due, and how many questions it met."""

from datetime import date
from typing import NamedTuple

from .disclosure import Disclosure


class NoticeRecord(NamedTuple):
    """A notice; `due` is the last day to put it up (None for a special one), `answered` how many were answered."""

    notice: Disclosure
    due: date | None = None
    objections: int = 0
    answered: int = 0

    def late_days(self, day: date) -> int | None:
        """Days from the due day to its posting, or to `day` while it is not up; None where no day is set."""
        if self.due is None or self.notice.state == "已作废":
            return None
        posted = self.notice.posted
        return max(0, ((posted.day if posted else day) - self.due).days)
