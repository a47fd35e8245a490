import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest

from village_ledger.domain.errors import BadInput, BookUnusable, ExportFailed, NotAllowed
from village_ledger.domain.period import Period
from village_ledger.domain.view import Opening
from village_ledger.package.manifest import SIGNATURE
from village_ledger.services import accounts, backups, journal, openings, packages, people, periods, village_key
from village_ledger.services.book import Book
from village_ledger.services.creation import NewBook, create_book
from village_ledger.services.integrity import verify
from village_ledger.services.package_check import check_package

from .conftest import STAFF, a_draft, post_all
from .packing import lines, unpacked

JANUARY, FEBRUARY = Period(2024, 1), Period(2024, 2)


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path / "home"))


@pytest.fixture
def closed(book) -> Book:
    """January and February with a few vouchers, closed."""
    post_all(
        book,
        a_draft(date(2024, 1, 5), "102", "101", 300_00),
        a_draft(date(2024, 1, 8), "113", "102", 120_50, item="张三"),
        a_draft(date(2024, 2, 1), "101", "501", 80_00, summary="=1+1"),
    )
    periods.close(book, JANUARY, backup=False)
    periods.close(book, FEBRUARY, backup=False)
    return book


def test_a_closed_month_is_handed_over_signed_and_logged(closed, tmp_path):
    steps: list[int] = []
    made = packages.hand_over(closed, JANUARY, tmp_path / "a.vlp", lambda done, _total, _what: steps.append(done))
    package = check_package(made.path, made.key)
    assert steps == sorted(steps)
    assert package.manifest.village == "石桥村股份经济合作社"
    assert package.manifest.previous == ""
    assert (package.manifest.vouchers, len(package.contents.vouchers)) == (2, 2)
    (entry,) = journal.entries(closed, "hand-over")
    assert entry.detail == {
        "head": entry.previous,
        "package": made.sha256,
        "key": made.key,
        "file": "a.vlp",
    }
    assert periods.periods(closed)[0].handed_over
    assert verify(closed).ok


def test_the_same_closed_month_makes_the_same_bytes_whatever_is_booked_later(closed, tmp_path):
    first = packages.hand_over(closed, JANUARY, tmp_path / "a.vlp")
    post_all(closed, a_draft(date(2024, 3, 1), "102", "101", 1_00))
    periods.close(closed, Period(2024, 3), backup=False)
    again = packages.hand_over(closed, JANUARY, tmp_path / "b.vlp")
    assert first.path.read_bytes() == again.path.read_bytes()


def test_a_name_corrected_later_shows_in_notice_and_registers_but_not_in_the_books(closed, tmp_path):
    first = packages.hand_over(closed, JANUARY, tmp_path / "a.vlp")
    accounts.change_item(closed, accounts.items(closed, "往来户")[0].item, name="改正的名字")
    again = packages.hand_over(closed, JANUARY, tmp_path / "b.vlp")
    before, after = unpacked(first.path), unpacked(again.path)
    different = {name for name in before if before[name] != after[name]}
    follow = ("公开榜/", "登记簿/", "registers/", "manifest.json", SIGNATURE, "SHA256SUMS")
    assert [name for name in different if not name.startswith(follow)] == []
    check_package(again.path, first.key)


def test_another_machine_signs_with_another_key_and_only_that_differs(closed, tmp_path, monkeypatch):
    first = packages.hand_over(closed, JANUARY, tmp_path / "a.vlp")
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path / "other"))
    again = packages.hand_over(closed, JANUARY, tmp_path / "b.vlp")
    assert first.key != again.key
    before, after = unpacked(first.path), unpacked(again.path)
    different = {name for name in before if before[name] != after[name]}
    assert different == {"manifest.json", SIGNATURE, "public_key.pem", "chain/after.jsonl", "SHA256SUMS"}
    (newer, older) = (entry for entry in journal.entries(closed) if entry.action == "key")
    assert newer.detail == {"algorithm": "Ed25519", "public": again.key, "replaces": first.key}
    assert older.detail["replaces"] == ""
    check_package(again.path, again.key)


def test_months_join(closed, tmp_path):
    january = check_package(packages.hand_over(closed, JANUARY, tmp_path / "a.vlp").path).manifest
    february = check_package(packages.hand_over(closed, FEBRUARY, tmp_path / "b.vlp").path).manifest
    assert february.previous == january.head
    assert february.opening == january.closing
    assert february.closing != january.closing


def test_the_chain_proves_which_key_signed(closed, tmp_path):
    """The first package carries the log up to the key's own record; months closed later name the key themselves."""
    made = packages.hand_over(closed, FEBRUARY, tmp_path / "a.vlp")
    after = lines(unpacked(made.path)["chain/after.jsonl"])
    assert [record[3] for record in after] == ["key"]
    post_all(closed, a_draft(date(2024, 3, 1), "102", "101", 1_00))
    periods.close(closed, Period(2024, 3), backup=False)
    march = packages.hand_over(closed, Period(2024, 3), tmp_path / "b.vlp")
    files = unpacked(march.path)
    assert files["chain/after.jsonl"] == b""
    close = lines(files["month/log.jsonl"])[-1]
    assert (close[3], close[5]["key"]) == ("close", made.key)


def test_the_private_key_lies_outside_the_book_for_its_owner_only(closed, tmp_path):
    packages.hand_over(closed, JANUARY, tmp_path / "a.vlp")
    place = village_key.key_place(closed)
    assert place.parent == tmp_path / "home" / "keys"
    assert place.stat().st_mode & 0o777 == 0o600
    secret = b"".join(place.read_bytes().splitlines()[1:-1])
    assert secret not in closed.path.read_bytes()
    place.write_bytes(b"broken")
    with pytest.raises(BadInput, match="已损坏"):
        packages.hand_over(closed, JANUARY, tmp_path / "b.vlp")
    assert not (tmp_path / "b.vlp").exists()


def test_a_copy_of_the_book_is_signed_by_the_same_key(closed, tmp_path):
    first = packages.hand_over(closed, JANUARY, tmp_path / "a.vlp")
    copy = backups.back_up(closed, "手工")
    with Book.open(copy, actor="王会计") as other:
        assert packages.hand_over(other, JANUARY, tmp_path / "b.vlp").key == first.key
    assert (tmp_path / "b.vlp").read_bytes() == first.path.read_bytes()


def test_an_open_month_a_reader_and_a_read_only_book_hand_nothing_over(book, closed, tmp_path):
    with pytest.raises(NotAllowed, match="还没有结账"):
        packages.hand_over(closed, Period(2024, 3), tmp_path / "a.vlp")
    people.log_in(closed, "赵出纳")
    with pytest.raises(NotAllowed, match="出纳不能报送乡镇"):
        packages.hand_over(closed, JANUARY, tmp_path / "a.vlp")
    with Book.open(closed.path, read_only=True, actor="王会计") as reading, pytest.raises(BookUnusable, match="只读"):
        packages.hand_over(reading, JANUARY, tmp_path / "a.vlp")
    assert not (tmp_path / "a.vlp").exists()
    assert not (tmp_path / "home").exists()


def test_a_disk_that_refuses_leaves_the_month_unmarked(closed, tmp_path):
    with pytest.raises(ExportFailed, match="文件夹不存在"):
        packages.hand_over(closed, JANUARY, tmp_path / "nowhere" / "a.vlp")
    assert not periods.periods(closed)[0].handed_over
    assert journal.entries(closed, "hand-over") == ()


def test_a_month_reopened_after_hand_over_says_so(closed, tmp_path):
    packages.hand_over(closed, FEBRUARY, tmp_path / "a.vlp")
    people.log_in(closed, "陈主任")
    periods.reopen(closed, FEBRUARY, "更正")
    people.log_in(closed, "王会计")
    periods.close(closed, FEBRUARY, backup=False)
    made = packages.hand_over(closed, FEBRUARY, tmp_path / "b.vlp")
    assert check_package(made.path).manifest.mark == "已报送后反结账"


def test_a_book_begun_in_mid_year_carries_what_it_brought_along(tmp_path):
    with create_book(tmp_path / "年中.vlb", NewBook("年中村", Period(2024, 5), people=STAFF)) as book:
        openings.save_openings(
            book,
            (
                Opening("101", (), 1_000_00, 1_500_00, 500_00),
                Opening("301", (), -900_00),
                Opening("501", (), -200_00, 0, 1_200_00),
                Opening("513", (), 100_00, 200_00, 0),
            ),
        )
        post_all(book, a_draft(date(2024, 5, 2), "513", "101", 30_00))
        periods.close(book, Period(2024, 5), backup=False)
        made = packages.hand_over(book, Period(2024, 5), tmp_path / "a.vlp")
    contents = check_package(made.path).contents
    assert contents.start == Period(2024, 5)
    (row,) = (row for row in contents.ledger.balances(contents.start, contents.period) if row.account == "513")
    assert (row.year_debit_fen, row.closing_fen) == (230_00, 130_00)


def test_every_month_of_the_sample_village_proves_itself_and_agrees_with_its_export(sample_village, tmp_path):
    path = shutil.copy(sample_village, tmp_path / "示例村.vlb")
    before = ""
    with Book.open(path, actor="周敏") as book:
        for month in (Period(2025, 1), Period(2025, 12)):
            package = check_package(packages.hand_over(book, month, tmp_path / f"{month}.vlp").path)
            balances = book.ledger.balances(month.january, month)
            assert [row[2:] for row in package.contents.ledger.balances(month.january, month)] == [
                row[2:] for row in balances
            ]
            assert package.manifest.previous.startswith(before)
        sheet = openpyxl.load_workbook(_extract(package.files, "账表/2025-12 报表.xlsx", tmp_path))["科目余额表"]
    assert sheet.max_row > 40


def _extract(files: dict[str, bytes], name: str, folder: Path) -> Path:
    target = folder / "extracted.xlsx"
    target.write_bytes(files[name])
    return target


def test_attachments_go_along_by_their_digest_when_asked(sample_village, tmp_path):
    folder = tmp_path / "村"
    shutil.copytree(sample_village.parent, folder)
    with Book.open(folder / sample_village.name, actor="周敏") as book:
        kept = backups.all_attachments(book.connection)
        made = packages.hand_over(book, Period(2025, 1), tmp_path / "a.vlp", attachments=True)
        without = packages.hand_over(book, Period(2025, 1), tmp_path / "b.vlp")
    package = check_package(made.path)
    assert {one.sha256 for one in package.attachments} == {one.sha256 for one in kept}
    assert check_package(without.path).attachments == ()


_PERSONAL = (
    "SELECT contact FROM contract",
    "SELECT phone FROM related_person",
    "SELECT card FROM related_person",
    "SELECT id_number FROM benefit_row",
    "SELECT phone FROM benefit_row",
    "SELECT card FROM benefit_row",
    "SELECT account FROM source_document",
)


def test_no_file_of_a_package_tells_the_number_of_a_person(sample_village, tmp_path):
    path = shutil.copy(sample_village, tmp_path / "示例村.vlb")
    with Book.open(path, actor="周敏") as book:
        numbers = {text for sql in _PERSONAL for (text,) in book.connection.execute(sql) if text}
        files = unpacked(packages.hand_over(book, Period(2025, 6), tmp_path / "a.vlp").path)
    assert len(numbers) > 100
    told = {(name, number) for name, text in _readable(files) for number in numbers if number in text}
    assert told == set()


def _readable(files: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """The texts of a package, those within workbooks and pages too, without blanks and breaks on pages."""
    for name, content in files.items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                for part in book.namelist():
                    yield f"{name}!{part}", book.read(part).decode()
        elif name.endswith(".pdf"):
            for page in pypdf.PdfReader(io.BytesIO(content)).pages:
                yield name, "".join(page.extract_text().split())
        else:
            yield name, content.decode("gb18030" if name.startswith("国标/") else "utf-8", errors="replace")


def test_formulas_in_texts_stay_texts(closed, tmp_path):
    files = unpacked(packages.hand_over(closed, FEBRUARY, tmp_path / "a.vlp").path)
    assert "'=1+1" in files["journal/journal.csv"].decode("utf-8-sig")
    (tmp_path / "books.xlsx").write_bytes(files["账表/2024-02 账簿.xlsx"])
    cells = [
        cell
        for row in openpyxl.load_workbook(tmp_path / "books.xlsx")["明细账"].iter_rows()
        for cell in row
        if cell.value == "=1+1"
    ]
    assert cells
    assert all(cell.data_type in {"inlineStr", "s"} for cell in cells)


def test_the_script_in_the_package_agrees(closed, tmp_path):
    made = packages.hand_over(closed, JANUARY, tmp_path / "a.vlp")
    target = tmp_path / "out"
    for name, content in unpacked(made.path).items():
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    head = check_package(made.path).manifest.head
    done = subprocess.run(
        [sys.executable, str(target / "month" / "verify_month.py"), str(target / "month"), "--head", head],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_month_reopened_in_another_window_meanwhile_is_not_handed_over(closed, tmp_path):
    def interrupt(done: int, total: int, _what: str) -> None:
        if done == total - 2:
            with Book.open(closed.path, actor="陈主任") as other:
                periods.reopen(other, FEBRUARY, "更正")

    with pytest.raises(NotAllowed, match="反结账了"):
        packages.hand_over(closed, FEBRUARY, tmp_path / "a.vlp", interrupt)
    assert not (tmp_path / "a.vlp").exists()
