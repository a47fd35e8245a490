"""The only place that looks at the clock; tests replace these functions."""

from datetime import UTC, date, datetime


def now() -> str:
    """The instant in UTC, `2026-01-31T08:15:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> date:
    """The local calendar day."""
    return date.today()


def stamp() -> str:
    """Local time for file names, `20260131-161500`."""
    return datetime.now().strftime("%Y%m%d-%H%M%S")
