"""A village that handed January over, and the township that answers: reviews of the very close record in the log."""

from pathlib import Path
from typing import Any

from tests.package.reviewing import DESK, JANUARY, a_review, review_file
from village_ledger.domain.review import Review
from village_ledger.services import packages
from village_ledger.services.book import Book
from village_ledger.services.closing_sheet import month_proof


def handed_over(book: Book, folder: Path) -> packages.HandedOver:
    """January's package."""
    return packages.hand_over(book, JANUARY, folder / "january.vlp")


def review_of_book(book: Book, **told: Any) -> Review:
    """A review of January as it is closed in the book."""
    period = told.get("period", JANUARY)
    entity = book.entity
    usual = {
        "village": entity.name,
        "region_code": entity.region_code,
        "period": period,
        "head": month_proof(book, period).head,
    }
    return a_review(**{**usual, **told})


def sent(book: Book, folder: Path, key: bytes = DESK, **told: Any) -> Path:
    """A review file for the book."""
    return review_file(folder, review_of_book(book, **told), key)
