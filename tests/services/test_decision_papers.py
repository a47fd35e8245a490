"""Printing minutes and resolutions from a book leaves a line in its log."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.contract_desk import contract_book
from tests.services.decision_desk import a_decision, standing_decision
from village_ledger.domain.errors import BadInput, NotAllowed
from village_ledger.services import decision_papers, decisions, journal
from village_ledger.services.book import Book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book at the accountant's desk."""
    with contract_book(tmp_path) as opened:
        opened.actor = "王会计"
        yield opened


def test_both_papers_are_written_and_logged(book: Book, tmp_path: Path):
    final = standing_decision(book)
    decision_papers.print_minutes(book, final.number, tmp_path / "记录.pdf", ("会议决议",))
    decision_papers.print_resolution(book, final.number, tmp_path / "决议.pdf", date(2025, 7, 1))
    assert (tmp_path / "记录.pdf").read_bytes()[:5] == (tmp_path / "决议.pdf").read_bytes()[:5] == b"%PDF-"
    resolution, minutes = journal.entries(book, limit=2)
    assert (minutes.subject, minutes.detail["steps"]) == (f"会议记录 {final.number}", ["会议决议"])
    assert resolution.subject == f"决议 {final.number}"


def test_there_is_nothing_to_print_of_a_decision_without_meetings(book: Book, tmp_path: Path):
    decisions.save(book, a_decision(steps=()))
    with pytest.raises(BadInput, match="没有会议记录可以打印"):
        decision_papers.print_minutes(book, a_decision().number, tmp_path / "x.pdf")
    with pytest.raises(BadInput, match="没有决议可以打印"):
        decision_papers.print_resolution(book, a_decision().number, tmp_path / "x.pdf", date(2025, 7, 1))
    with pytest.raises(NotAllowed, match="没有文号为“没有的”"):
        decision_papers.print_minutes(book, "没有的", tmp_path / "x.pdf")
