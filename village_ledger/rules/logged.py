"""Records of the village's log as rules read them: what they say, and the day in China they were made."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from .model import Act

CHINA = timezone(timedelta(hours=8))


def detail_of(act: Act) -> Mapping[str, Any]:
    """The particulars of a record; empty where it has none or a list."""
    return act.detail if isinstance(act.detail, Mapping) else {}


def text_of(act: Act, key: str) -> str:
    """One particular as text; empty if there is none."""
    value = detail_of(act).get(key)
    return value if isinstance(value, str) else ""


def local_day(act: Act) -> date | None:
    """The day in China of a record's instant (UTC); None for one that is no instant."""
    try:
        told = datetime.fromisoformat(act.at.replace("Z", "+00:00"))
        return told.astimezone(CHINA).date()
    except (ValueError, OverflowError):
        return None
