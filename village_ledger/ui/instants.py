"""Instants as people read them: the log keeps UTC, the window shows this computer's time."""

from datetime import datetime


def local_time(instant: str) -> str:
    """`2026-01-31T08:15:00Z` as local `2026-01-31 16:15:00`; anything else is shown as it is."""
    try:
        return datetime.fromisoformat(instant).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return instant


def stamped_time(stamp: str) -> str:
    """A file name's `20260131-161500` as `2026-01-31 16:15:00`; anything else is shown as it is."""
    try:
        return datetime.strptime(stamp, "%Y%m%d-%H%M%S").strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return stamp
