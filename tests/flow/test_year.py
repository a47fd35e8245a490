"""The constructed year of 2024 through the command line, from a new file to a verified export."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from village_ledger.cli.main import main
from village_ledger.domain.period import Period
from village_ledger.services.book import Book

DATA = Path(__file__).resolve().parents[1] / "data" / "acceptance_2024"
EXPECTED = json.loads((DATA / "expected.json").read_text("utf-8"))


def run(*words: object) -> None:
    assert main([str(word) for word in words]) == 0


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """All of 2024 posted and closed."""
    book = tmp_path / "石桥村.vlb"
    run("new", book, "--name", "石桥村", "--start", "2024-01")
    run("import", book, "accounts", DATA / "accounts.csv")
    run("import", book, "openings", DATA / "openings.csv")
    run("import", book, "vouchers", DATA / "vouchers.csv", "--post")
    run("close", book, "2024-12")
    return book


def rows_of(book: Path, name: str, capsys) -> list[dict]:
    capsys.readouterr()
    run("report", book, name, "--from", "2024-01", "--to", "2024-12", "--format", "json")
    return json.loads(capsys.readouterr().out)["rows"]


def test_every_closing_balance_is_the_one_worked_out_by_hand(year):
    with Book.open(year) as book:
        found = {
            (row.account, ";".join(map(str, row.items))): row.closing_fen
            for row in book.ledger.balances(Period(2024, 12), Period(2024, 12))
            if row.closing_fen
        }
        assert book.open_period == Period(2025, 1)
    assert found == {(row["account"], row["item"]): row["fen"] for row in EXPECTED["closing_balances"]}


def test_both_balance_sheets_are_the_ones_worked_out_by_hand(year, tmp_path, capsys):
    def sheet(book: Path) -> dict[int, tuple[int, int]]:
        rows = rows_of(book, "balance-sheet", capsys)
        return {row["line"]: (row["closing"], row["opening"]) for row in rows if row["line"]}

    lines = EXPECTED["balance_sheet"]
    assert sheet(year) == {row["line"]: (row["after"], row["year_opening"]) for row in lines}
    before = tmp_path / "before.vlb"
    run("new", before, "--name", "石桥村", "--start", "2024-01")
    run("import", before, "accounts", DATA / "accounts.csv")
    run("import", before, "openings", DATA / "openings.csv")
    run("import", before, "vouchers", DATA / "vouchers_before_closing.csv", "--post")
    assert sheet(before) == {row["line"]: (row["before"], row["year_opening"]) for row in lines}


def test_income_and_distribution_are_the_ones_worked_out_by_hand(year, capsys):
    rows = rows_of(year, "income-distribution", capsys)
    found = {row["line"]: row["amount"] for row in rows if row["line"]}
    assert found == {row["line"]: row["fen"] for row in EXPECTED["income_distribution"]}


def test_the_year_is_verified_exported_and_checked_by_a_stranger(year, tmp_path, capsys):
    run("verify", year)
    run("export", year, "--period", "2024-12", "--out", tmp_path / "out")
    data = tmp_path / "out" / "2024-12 数据"
    head = json.loads((data / "manifest.json").read_text("utf-8"))["head"]
    run("verify", year, "--head", head)
    done = subprocess.run(
        [sys.executable, "-I", str(data / "verify_month.py"), str(data), "--head", head],
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0


def test_a_closed_year_takes_no_more_vouchers(year, capsys):
    assert main(["import", str(year), "vouchers", str(DATA / "vouchers_before_closing.csv"), "--post"]) == 2
    assert "已经结账" in capsys.readouterr().err
