"""The register of related persons as kept in the book, for reports."""

import sqlite3

from ..domain.related_person import RelatedPerson
from ..storage.related import load_related


def read(connection: sqlite3.Connection) -> tuple[RelatedPerson, ...]:
    """Every relation by officer."""
    return load_related(connection)
