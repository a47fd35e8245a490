"""Files that are no usable book: each gets a Chinese sentence and stays as it was."""

import os
import sqlite3
from pathlib import Path

import pytest

from village_ledger.cli.main import main
from village_ledger.domain.errors import BookUnusable
from village_ledger.services.book import Book
from village_ledger.services.importing import import_vouchers
from village_ledger.storage import connection as storage

REPORT = ("trial-balance", "--to", "2024-01")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A new book."""
    path = tmp_path / "石桥村.vlb"
    assert main(["new", str(path), "--name", "石桥村", "--start", "2024-01"]) == 0
    return path


def told(capsys, *words: object) -> tuple[int, str]:
    capsys.readouterr()
    return main([str(word) for word in words]), capsys.readouterr().err


def test_a_file_that_is_no_database(tmp_path, capsys):
    path = tmp_path / "a.vlb"
    path.write_text("这是文字" * 100, "utf-8")
    assert told(capsys, "report", path, *REPORT)[0] == 2
    code, text = told(capsys, "verify", path)
    assert (code, "这不是村级账簿文件" in text) == (2, True)


def test_an_empty_file_and_a_folder(tmp_path, capsys):
    (tmp_path / "a.vlb").touch()
    assert "这不是村级账簿文件" in told(capsys, "report", tmp_path / "a.vlb", *REPORT)[1]
    assert "这是一个文件夹" in told(capsys, "report", tmp_path, *REPORT)[1]


def test_a_database_of_another_program(tmp_path, capsys):
    connection = sqlite3.connect(tmp_path / "a.vlb")
    connection.execute("CREATE TABLE t(x)")
    connection.close()
    assert "可能是别的程序的数据库" in told(capsys, "report", tmp_path / "a.vlb", *REPORT)[1]


def test_a_truncated_book_is_bad_input_and_fails_verify(book, capsys):
    content = book.read_bytes()
    book.write_bytes(content[: len(content) // 2])
    code, text = told(capsys, "report", book, *REPORT)
    assert (code, "账簿文件不完整" in text) == (2, True)
    assert told(capsys, "verify", book)[0] == 3
    assert len(book.read_bytes()) == len(content) // 2


def test_a_book_with_a_destroyed_page_fails_verify(book, capsys):
    content = bytearray(book.read_bytes())
    content[4096 : 4096 * 3] = b"\xaa" * 8192
    book.write_bytes(content)
    assert told(capsys, "verify", book)[0] == 3


def test_a_book_of_a_newer_program(book, capsys):
    connection = sqlite3.connect(book)
    connection.execute("PRAGMA user_version=999")
    connection.close()
    before = book.read_bytes()
    for words in (("report", book, *REPORT), ("verify", book), ("close", book, "2024-01")):
        code, text = told(capsys, *words)
        assert (code, "请升级程序后再打开" in text) == (2, True)
    assert book.read_bytes() == before


def test_a_book_locked_by_another_window(book, capsys, monkeypatch):
    monkeypatch.setattr(storage, "BUSY_SECONDS", 0)
    other = sqlite3.connect(book, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    code, text = told(capsys, "close", book, "2024-01")
    assert (code, "账簿正被另一个窗口占用" in text) == (2, True)
    other.execute("ROLLBACK")
    other.close()
    assert told(capsys, "close", book, "2024-01") == (0, "")


def test_a_read_only_book_can_be_read_but_not_written(book, capsys, monkeypatch):
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)  # root may write anything
    assert told(capsys, "report", book, *REPORT)[0] == 0
    assert told(capsys, "verify", book)[0] == 0
    code, text = told(capsys, "close", book, "2024-01")
    assert (code, "账簿文件是只读的" in text) == (2, True)
    with Book.open(book, read_only=True) as reading, pytest.raises(BookUnusable, match="只读"):
        reading.write("item")


def test_a_full_disk_while_posting_leaves_the_book_as_it_was(book, tmp_path, capsys):
    rows = ["日期,凭证字,凭证号,附件数,摘要,科目编码,辅助,借方金额,贷方金额"]
    for number in range(1, 400):
        rows += [f"2024-01-05,记,{number},0,业务,{code},,{amount}" for code, amount in (("101", "1,"), ("102", ",1"))]
    file = tmp_path / "v.csv"
    file.write_text("\n".join(rows), "utf-8")
    with Book.open(book, actor="甲") as full:
        (pages,) = full.connection.execute("PRAGMA page_count").fetchone()
        full.connection.execute(f"PRAGMA max_page_count={pages}")  # SQLite answers as for a full disk
        with pytest.raises(BookUnusable, match="磁盘已满"):
            import_vouchers(full, file, post=True)
    assert told(capsys, "verify", book) == (0, "")
    assert told(capsys, "import", book, "vouchers", file, "--post") == (0, "")


def test_bytes_flipped_anywhere_pass_or_fail_verify_but_never_crash_it(book, tmp_path, capsys):
    content = book.read_bytes()
    copy = tmp_path / "b.vlb"
    seen = set()
    telling = [place for place, value in enumerate(content) if value and place > 100]  # zeros hold nothing
    for place in telling[:: len(telling) // 60]:
        copy.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        code, text = told(capsys, "verify", copy)
        seen.add(code)
        assert (code == 3) == bool(text), (place, text)
    assert 3 in seen
    assert seen <= {0, 3}
