"""What the sample village records for those who check it: the papers of its vouchers, and its officers' relations."""

from pathlib import Path

from .book import Book
from .document_files import import_documents
from .related_files import import_related


def add_oversight(book: Book, folder: Path) -> None:
    """Register both, after everything is posted: papers are attached to the vouchers as these are."""
    import_related(book, folder / "related.csv")
    import_documents(book, folder / "documents.csv")
