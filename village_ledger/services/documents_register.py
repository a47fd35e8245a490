"""The register of source documents as kept in the book, for reports."""

import sqlite3

from ..domain.source_document import DocumentRecord
from ..storage.documents import load_records


def read(connection: sqlite3.Connection) -> tuple[DocumentRecord, ...]:
    """Every document with the voucher it is attached to, by day."""
    return load_records(connection)
