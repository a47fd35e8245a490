"""Budgets and projects on the command line: importing a sheet, and the three reports as JSON."""

import json
from pathlib import Path

import pytest

from tests.services.project_desk import accept, contracted, project_book
from tests.services.test_budgets import SHEET
from village_ledger.cli.main import main


@pytest.fixture
def book_path(tmp_path: Path) -> Path:
    """The village road, contracted and half accepted."""
    with project_book(tmp_path) as book:
        contracted(book)
        accept(book, 50_000_00)
        return book.path


def rows(capsys: pytest.CaptureFixture[str], book: Path, name: str) -> list[dict[str, object]]:
    words = ["report", str(book), name, "--from", "2025-01", "--to", "2025-12", "--format", "json"]
    assert main(words) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)["rows"]
    return found


def test_a_sheet_becomes_an_approved_budget_and_its_execution_is_reported(
    book_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "预算.csv"
    sheet.write_text(SHEET, "utf-8")
    assert main(["import", str(book_path), "budget", str(sheet)]) == 0
    assert "预算项目 3 项" in capsys.readouterr().out
    found = rows(capsys, book_path, "budget-execution")
    keys = "item name side budget adjustment adjusted period executed remaining rate note"
    assert " ".join(found[0]) == keys
    assert [(row["item"], row["adjusted"]) for row in found] == [("A1", 50_000_00), ("2", 3_000_00), ("3", 100_000_00)]
    assert main(["import", str(book_path), "budget", str(sheet)]) == 2
    assert main(["verify", str(book_path)]) == 0


def test_projects_and_tenders_are_reported(book_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project,) = rows(capsys, book_path, "project-ledger")
    assert (project["project"], project["contract_sum"], project["owed"]) == ("GC-01", 100_000_00, 48_500_00)
    (tender,) = rows(capsys, book_path, "tender-register")
    assert (tender["winner"], tender["bidders"], tender["opened"]) == ("宏达公司", 3, "2025-02-11")
