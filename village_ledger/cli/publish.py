"""`export`: everything of one month into a folder."""

from pathlib import Path

from village_ledger.services.book import Book
from village_ledger.services.publishing import export_month_into

from . import ACTOR
from .arguments import Arguments


def run(arguments: Arguments) -> int:
    """Export and list the files."""
    period, folder = arguments.period("--period"), Path(arguments.required("--out"))
    with Book.open(arguments.required("BOOK"), actor=ACTOR) as book:
        for path in export_month_into(book, period, folder):
            print(path)
    return 0
