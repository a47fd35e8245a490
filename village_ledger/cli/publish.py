"""`export`: everything of one month into a folder."""

from pathlib import Path

from village_ledger.services.book import Book, is_writable
from village_ledger.services.publishing import export_month_into

from . import ACTOR
from .arguments import Arguments


def run(arguments: Arguments) -> int:
    """Export and list the files."""
    period, folder = arguments.period("--period"), Path(arguments.required("--out"))
    path = Path(arguments.required("BOOK"))
    with Book.open(path, read_only=path.exists() and not is_writable(path), actor=ACTOR) as book:
        for made in export_month_into(book, period, folder):
            print(made)
    return 0
