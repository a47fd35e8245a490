"""Taking one report out of the book: marked with the log's head, written, and noted in the log."""

from pathlib import Path

from village_ledger.domain.period import Period
from village_ledger.reports.model import Report
from village_ledger.services import closing_sheet, journal, publishing
from village_ledger.services.book import Book
from village_ledger.ui.operations import Progress


def export(book: Book, report: Report, path: Path, kind: str, progress: Progress) -> Path:
    """Write a report as xlsx or pdf and log that figures left the book; runs on the worker."""
    marked = _marked(book, report)
    publishing.write_report(marked, path, kind, progress)
    journal.record_export(book, f"{report.title} {report.as_of}", {"report": report.key, "kind": kind})
    return path


def preview(book: Book, report: Report, path: Path, progress: Progress) -> Path:
    """Write a report as PDF for looking at and printing; runs on the worker."""
    publishing.write_report(_marked(book, report), path, "pdf", progress)
    return path


def _marked(book: Book, report: Report) -> Report:
    return report._replace(footer=closing_sheet.month_proof(book, Period.parse(report.end)).footer)
