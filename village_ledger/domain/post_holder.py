"""Who holds which role in a book, and since when, as registers list it."""

from datetime import date
from typing import NamedTuple


class PostHolder(NamedTuple):
    """A person of the book; `since` is the day the present role was given."""

    name: str
    role: str
    active: bool
    since: date | None = None
