"""Printing the approval form (用款审批单) of a request; reportlab is loaded when one is asked for."""

from importlib import import_module
from pathlib import Path

from ..domain.approval_check import tier_demands
from ..domain.errors import BadInput
from . import requests, tiers
from .book import Book
from .journal import record_export

PAPERS = ("A5", "A4")


def print_request(book: Book, number: str, path: Path, paper: str = "A5") -> None:
    """Write the form of a request as PDF, signed as far as it is, and log it."""
    found = requests.request(book, number)
    if found is None or paper not in PAPERS:
        raise BadInput(f"没有编号为“{number}”的用款申请，或没有“{paper}”这种纸")
    standing = requests.standing(book, found)
    spending = tiers.spending(book.entity.chart)
    labels = {link.label for link in standing.links}
    asked = tier_demands(standing.tier, spending)[1:] if standing.tier else ()
    exports = import_module("village_ledger.exports.request_form")
    form = exports.RequestForm(
        found, standing.links, book.chart, book.entity, tuple(text for text in asked if text not in labels)
    )
    footer = "　".join((*book.entity.exceptions, f"日志链头 sha256:{book.log_head}"))
    exports.write_request_pdf(form, path, paper, footer)
    record_export(book, f"用款审批单 {number}", {"request": number, "paper": paper})
