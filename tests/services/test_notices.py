"""The disclosure notice of a real village: it ties to the books, leaks nobody's number, and cannot be doctored."""

import itertools
import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from village_ledger.domain.benefit import BenefitBatch, BenefitRow
from village_ledger.domain.errors import BadInput
from village_ledger.domain.period import Period
from village_ledger.exports.notice_html import notice_html
from village_ledger.exports.notice_pdf import notice_pdf
from village_ledger.reports.model import Report
from village_ledger.reports.notices.model import Notice
from village_ledger.reports.notices.snapshot import from_plain, plain
from village_ledger.reports.query import Query
from village_ledger.services import benefits, notice_check, notice_files, notices, reports
from village_ledger.services.book import Book
from village_ledger.storage.log import log_from

YEAR = tuple(Period(2025, 1).through(Period(2025, 12)))
JUNE = Period(2025, 6)
ID_NUMBER, PHONE, CARD = "110101199003070089", "13912345678", "6222021234567890123"


@pytest.fixture(scope="module")
def village(sample_village: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    folder = tmp_path_factory.mktemp("notices")
    path = folder / "示例村.vlb"
    shutil.copy(sample_village, path)
    with Book.open(path, actor="周敏") as book:
        yield book


def journal_change(book: Book, key: str, month: Period) -> tuple[int, int]:
    """Receipts and payments of a journal's month, read from its own total lines."""
    made = reports.run(book, key, Query(month, month))
    columns = {column.key: place for place, column in enumerate(made.columns)}
    rows = [row for row in made.rows if row.kind == "line"]
    return (
        sum(row.cells[columns["debit"]] or 0 for row in rows),
        sum(row.cells[columns["credit"]] or 0 for row in rows),
    )


def sheet(notice: Notice, key: str) -> Report:
    return next(one.table for one in notice.sheets if one.key == key)


@pytest.mark.parametrize("month", YEAR, ids=str)
def test_the_lines_of_a_month_are_what_the_journals_moved(village: Book, month: Period) -> None:
    notice = notices.build(village, "month", month, month)
    table = sheet(notice, "income-spending")
    amount = [column.key for column in table.columns].index("amount")
    sections = [place for place, row in enumerate(table.rows) if row.kind == "section"]
    income, spending = (
        sum(row.cells[amount] for row in table.rows[first:last] if row.kind == "line")
        for first, last in itertools.pairwise(sections)
    )
    moved = [journal_change(village, key, month) for key in ("cash-journal", "bank-journal")]
    assert income - spending == sum(debit - credit for debit, credit in moved)
    totals = notice.totals
    assert (income, spending) == (totals.income_fen, totals.spending_fen)
    assert totals.opening_fen + income - spending == totals.closing_fen
    funds = sheet(notice, "funds").rows[-1].cells
    assert (funds[1], funds[4]) == (totals.opening_fen, totals.closing_fen)


def test_months_follow_one_another(village: Book) -> None:
    made = [notices.build(village, "month", month, month).totals for month in YEAR]
    assert all(one.closing_fen == after.opening_fen for one, after in itertools.pairwise(made))
    year = notices.build(village, "year", YEAR[0], YEAR[-1]).totals
    assert year.income_fen == sum(one.income_fen for one in made)
    assert (year.opening_fen, year.closing_fen) == (made[0].opening_fen, made[-1].closing_fen)


def test_quarters_are_the_sums_of_their_months(village: Book) -> None:
    quarter = notices.build(village, "quarter", YEAR[3], YEAR[5]).totals
    months = [notices.build(village, "month", month, month).totals for month in YEAR[3:6]]
    assert quarter.spending_fen == sum(one.spending_fen for one in months)


def test_debts_are_those_of_the_ledger(village: Book) -> None:
    table = sheet(notices.build(village, "month", JUNE, JUNE), "debts")
    owed, owing = (row.cells[5] for row in table.rows if row.kind == "subtotal")
    balances = village.ledger.balances(JUNE, JUNE)
    net = sum(row.closing_fen for row in balances if row.account[:3] in {"112", "113", "201", "211", "221"})
    assert owed - owing == net


def test_an_open_month_is_a_draft(village: Book) -> None:
    assert notices.build(village, "month", Period(2026, 1), Period(2026, 1)).draft
    assert not notices.build(village, "month", JUNE, JUNE).draft


def test_before_the_book_there_is_nothing_to_disclose(village: Book) -> None:
    with pytest.raises(BadInput, match="从 2025年1月 开始"):
        notices.build(village, "month", Period(2024, 12), Period(2024, 12))


KINDS = [("pdf", "A3"), ("pdf", "A4"), ("pdf", "A2"), ("xlsx", "A3"), ("html", "A3"), ("png", "A3")]


@pytest.mark.parametrize(("kind", "size"), KINDS)
def test_a_file_proves_itself_and_a_doctored_one_does_not(village: Book, tmp_path: Path, kind: str, size: str) -> None:
    made = notice_files.write(notices.build(village, "month", JUNE, JUNE), tmp_path, kind, size)
    for path in made:
        assert notice_check.verify(village, path).findings == ()
    doctored = tmp_path / f"改过.{kind}"
    content = made[0].read_bytes()
    doctored.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    try:
        found = notice_check.verify(village, doctored).findings
    except BadInput:
        found = ("cannot be read",)
    assert found


def test_the_text_of_the_code_is_checked_figure_by_figure(village: Book) -> None:
    code = notices.build(village, "month", JUNE, JUNE).code
    assert notice_check.verify(village, code).ok
    wrong = code.replace("5281058", "5281059")
    assert notice_check.verify(village, wrong).findings == (
        "收入不一致：公开榜上是 52,810.59 元，账簿里是 52,810.58 元",
    )
    other = code.replace("990123104205", "990123104206")
    assert "另一个村" in notice_check.verify(village, other).findings[0]
    tail = code[:-1] + ("A" if code[-1] != "A" else "Q")
    assert "明细和账簿不一致" in notice_check.verify(village, tail).findings[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "VLN1*",
        "hello",
        "VLN1*1*M*2025-13*1*F*1/2/3/4*" + "A" * 52,
        "VLN1*1*X*2025-12*1*F*1/2/3/4*" + "A" * 52,
        "VLN1*1*M*2025-12*1*F*1/2/3*" + "A" * 52,
        "VLN1*1*M*2025-12*1*F*1/2/3/4*" + "A" * 40,
        "VLN1*1*M*2025-12*1*F*1/2/3/4*" + "1" * 52,
    ],
)
def test_another_text_is_no_code(text: str) -> None:
    with pytest.raises(BadInput, match="核对码"):
        notice_files.parse_code(text)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 nothing", b"PK\x03\x04", b"<html></html>", b"\x89PNG\r\n"])
def test_another_file_is_no_notice(village: Book, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "别的文件"
    path.write_bytes(content)
    with pytest.raises(BadInput):
        notice_check.verify(village, path)


@pytest.fixture(scope="module")
def with_benefits(village: Book) -> Notice:
    """A list whose numbers must not be seen by anybody, written wherever a person might write them."""
    rows = (
        BenefitRow("石满仓", 850_00, "一组", ID_NUMBER, PHONE, CARD, 4, 8_50, f"卡号{CARD}"),
        BenefitRow("石𠅤", 920_00, "二组", "11010519491231002X", PHONE, CARD, 3, 9_20),
    )
    benefits.register(village, BenefitBatch("惠农补贴", f"耕地地力补贴 联系{PHONE}", date(2025, 6, 12), rows))
    return notices.build(village, "month", JUNE, JUNE)


@pytest.mark.parametrize(("kind", "size"), KINDS)
def test_no_number_of_a_person_leaves_the_office(
    village: Book, with_benefits: Notice, tmp_path: Path, kind: str, size: str
) -> None:
    made = notice_files.write(with_benefits, tmp_path, kind, size)
    seen = "\n".join(everything_in(path) for path in made)
    for number in (ID_NUMBER, PHONE, CARD, "11010519491231002X"):
        assert number not in seen
        assert number[:-4] not in seen
    if kind in {"html", "xlsx"}:
        assert "*" * 14 + "0089" in seen


def everything_in(path: Path) -> str:
    """Every text and byte of a file that somebody could dig out: cells, hidden sheets, properties, streams."""
    raw = path.read_bytes()
    found = [path.name, raw.decode("latin-1"), raw.decode("utf-8", "replace")]
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as packed:
            found += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
        book = load_workbook(path)
        assert all(sheet.sheet_state == "visible" for sheet in book)
        assert not any(one.hidden for sheet in book for one in sheet.column_dimensions.values())
        assert not any(one.hidden for sheet in book for one in sheet.row_dimensions.values())
        found += [f"{cell.value} {cell.comment}" for sheet in book for row in sheet for cell in row]
    if path.suffix == ".pdf":
        reader = PdfReader(path)
        assert not reader.attachments
        assert reader.xmp_metadata is None
        found += [str(reader.metadata), *(page.extract_text() for page in reader.pages)]
        for number in range(1, len(reader.xref[0]) + 1):
            one = reader.get_object(number)
            found.append(one.get_data().decode("latin-1") if hasattr(one, "get_data") else str(one))
        document = pypdfium2.PdfDocument(path)
        found += [page.get_textpage().get_text_bounded() for page in document]
        document.close()
    if path.suffix == ".png":
        chunks = Image.open(path)
        assert set(chunks.info) <= {"village-ledger-notice"}
        found += [str(chunks.info), str(dict(chunks.getexif()))]
    return "\n".join(found)


def test_what_the_book_keeps_of_a_notice_has_no_number_of_a_person(village: Book, with_benefits: Notice) -> None:
    kept = json.dumps(plain(with_benefits), ensure_ascii=False)
    log = "".join(str(entry) for entry in log_from(village.connection))
    for number in (ID_NUMBER, PHONE, CARD):
        assert number not in kept
    assert all(number not in log for number in (ID_NUMBER, CARD))


def test_a_number_in_any_text_of_the_books_is_masked(village: Book) -> None:
    subject = f"补偿 联系人{PHONE} 身份证{ID_NUMBER}"
    notice = notices.build(village, "special", JUNE, JUNE, subject=subject, sheets=("debts",))
    assert notice.title.endswith("补偿 联系人*******5678 身份证**************0089专项公开榜")
    assert PHONE not in notice_files.file_name(notice)


def test_the_notice_kept_is_the_notice_made(village: Book, with_benefits: Notice) -> None:
    again = from_plain(json.loads(json.dumps(plain(with_benefits))))
    assert (again.digest, again.code, again.title) == (with_benefits.digest, with_benefits.code, with_benefits.title)
    assert notice_html(again) == notice_html(with_benefits)
    assert notice_pdf(again, "A3") == notice_pdf(with_benefits, "A3")
