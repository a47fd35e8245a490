"""The register of subsidies and compensation as kept in the book, for reports."""

import sqlite3

from ..domain.benefit import BenefitBatch
from ..storage.benefits import load_batches


def read(connection: sqlite3.Connection) -> tuple[BenefitBatch, ...]:
    """Every list by day."""
    return load_batches(connection)
