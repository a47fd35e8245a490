"""Texts that a spreadsheet would evaluate are texts in every sheet and every CSV file that leaves the village."""

import csv
import io
import re
from datetime import date

import openpyxl
import pytest

from tests.services.packing import unpacked
from village_ledger.domain.period import Period
from village_ledger.domain.spreadsheet import FORMULA_SIGNS
from village_ledger.domain.view import Opening
from village_ledger.services import accounts, creation, openings, packages, periods
from village_ledger.services.people import Person

from .conftest import STAFF, a_draft, post_all

NASTY = (
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("x")',
)
JANUARY = Period(2024, 1)
_SUM = re.compile(r"=-?SUM\([A-Z0-9:,]+\)([+-]SUM\([A-Z0-9:,]+\))*")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, bytes]:
    """A package of a village whose every text is a trap."""
    folder = tmp_path_factory.mktemp("texts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VILLAGE_LEDGER_HOME", str(folder / "home"))
        new = creation.NewBook("=石桥村", JANUARY, people=(*STAFF, Person("=钱七", "会计")))
        with creation.create_book(folder / "a.vlb", new) as book:
            openings.save_openings(book, (Opening("101", (), 10_000_00), Opening("301", (), -10_000_00)))
            for number, text in enumerate(NASTY, 1):
                accounts.add_item(book, "往来户", text)
                post_all(book, a_draft(date(2024, 1, number), "113", "101", 100 + number, text, text))
            periods.close(book, JANUARY, backup=False)
            packages.hand_over(book, JANUARY, folder / "a.vlp")
    return unpacked(folder / "a.vlp")


def test_no_sheet_has_a_formula_but_our_sums(files):
    found = 0
    for name, content in files.items():
        if not name.endswith(".xlsx"):
            continue
        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        assert _SUM.fullmatch(cell.value), (name, sheet.title, cell.coordinate, cell.value)
                    found += isinstance(cell.value, str) and cell.value in NASTY
    assert found > 3 * len(NASTY)


def test_no_csv_cell_begins_like_a_formula(files):
    found = 0
    for name, content in files.items():
        if not name.endswith(".csv"):
            continue
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
            for cell in row:
                assert _NUMBER.fullmatch(cell) or not cell.startswith(FORMULA_SIGNS), (name, cell)
                found += cell.startswith("'")
    assert found > len(NASTY)
