"""A one-person office (一人岗) is a named exception, said on whatever leaves its book."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import openpyxl
import pypdf
import pytest

from village_ledger.cli.main import main
from village_ledger.domain.period import Period
from village_ledger.domain.view import ONE_PERSON
from village_ledger.reports import registry
from village_ledger.reports.notices.model import Edition
from village_ledger.reports.query import Query
from village_ledger.services import creation, notices, people, periods, publishing, reports, settings, vouchers
from village_ledger.services.book import Book
from village_ledger.services.people import Person

from .conftest import a_draft

JANUARY = Period(2024, 1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Book]:
    """January of a village where one person does everything."""
    new = creation.NewBook("独户村", JANUARY, people=(Person("王会计", "会计"),), single_person=True)
    with creation.create_book(tmp_path / "独户村.vlb", new) as book:
        saved = vouchers.save_draft(book, a_draft(date(2024, 1, 5), "101", "501", 300_00))
        vouchers.review(book, [saved.id])
        vouchers.post(book, [saved.id])
        yield book


def pdf_text(path: Path) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)


@pytest.mark.parametrize("key", [kind.key for kind in registry.ALL_KINDS])
def test_every_report_says_so(office: Book, key: str) -> None:
    account = "101" if registry.kind(key).needs_account else ""
    assert ONE_PERSON in reports.run(office, key, Query(JANUARY, JANUARY, account)).notes


def test_every_format_says_so(office: Book, tmp_path: Path) -> None:
    report = reports.run(office, "trial-balance", Query(JANUARY, JANUARY))
    for kind in ("text", "json", "csv", "xlsx", "pdf"):
        publishing.write_report(report, tmp_path / f"a.{kind}", kind)
    assert f"注：{ONE_PERSON}" in (tmp_path / "a.text").read_text("utf-8").splitlines()
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["exception"] == ONE_PERSON
    *_rows, last = csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig")))
    assert last == [ONE_PERSON]
    cells = [cell.value for row in openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows() for cell in row]
    assert f"注：{ONE_PERSON}" in cells
    assert ONE_PERSON in pdf_text(tmp_path / "a.pdf")


def test_every_file_of_an_exported_month_says_so(office: Book, tmp_path: Path) -> None:
    periods.close(office, JANUARY, backup=False)
    paths = publishing.export_month(office, JANUARY, tmp_path)
    for path in paths:
        if path.suffix == ".pdf":
            assert ONE_PERSON in pdf_text(path), path.name
        elif path.suffix == ".xlsx":
            for sheet in openpyxl.load_workbook(path):
                assert any(ONE_PERSON in str(cell.value) for row in sheet.iter_rows() for cell in row), sheet.title
    manifest = json.loads((paths[-1] / "manifest.json").read_text("utf-8"))
    assert manifest["exceptions"] == [ONE_PERSON]


def test_every_sheet_of_a_disclosure_notice_says_so(office: Book) -> None:
    for edition in get_args(Edition):
        special = {"subject": "水渠维修", "sheets": ("assets",)} if edition == "special" else {}
        for sheet in notices.build(office, edition, JANUARY, JANUARY, **special).sheets:
            assert ONE_PERSON in sheet.table.notes, (edition, sheet.key)


def test_the_command_line_says_so(office: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(office.path), "balance-sheet", "--to", "2024-01"]) == 0
    assert ONE_PERSON in capsys.readouterr().out


def test_an_ordinary_office_says_nothing(book: Book, tmp_path: Path) -> None:
    report = reports.run(book, "trial-balance", Query(JANUARY, JANUARY))
    assert ONE_PERSON not in report.notes
    publishing.write_report(report, tmp_path / "a.json", "json")
    assert "exception" not in json.loads((tmp_path / "a.json").read_text("utf-8"))


def test_one_person_reviews_their_own_vouchers_and_supervises_nobody(office: Book) -> None:
    for act in ("voucher.draft", "voucher.review", "period.close", "asset.count"):
        office.authorise(act)
    for act in ("period.reopen", "rules", "exception", "password.reset"):
        with pytest.raises(Exception, match="不相容岗位要分开"):
            office.authorise(act)


def test_taking_the_exception_back_ends_it(office: Book) -> None:
    settings.save_settings(office, office.settings._replace(single_person=False))
    assert not office.entity.exceptions
    people.save_person(office, Person("李审核", "审核"))
    assert people.role_of(office, "李审核") == "审核"
