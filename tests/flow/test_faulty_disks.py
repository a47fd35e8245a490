"""Disks that are full, read-only or gone: nothing half-written, the reason in Chinese, exit code 2."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from village_ledger.cli.main import main
from village_ledger.domain.errors import BookUnusable, ExportFailed
from village_ledger.services import creation, periods
from village_ledger.services.book import Book
from village_ledger.services.sample import build_sample
from village_ledger.storage import migrations
from village_ledger.storage.connection import connect

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A new book."""
    path = tmp_path / "石桥村.vlb"
    assert main(["new", str(path), "--name", "石桥村", "--start", "2024-01"]) == 0
    return path


def test_a_disk_that_fills_while_a_book_is_made_leaves_nothing(tmp_path, monkeypatch, capsys):
    def fill(connection: sqlite3.Connection) -> None:
        (size,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={size + 5}")
        migrations.run_script(connection, migrations.TABLES)

    monkeypatch.setattr(migrations, "MIGRATIONS", (fill, *migrations.MIGRATIONS[1:]))
    assert main(["new", str(tmp_path / "a.vlb"), "--name", "村"]) == 2
    assert "磁盘已满" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_refused_statement_lets_go_of_the_file(book):
    """Windows deletes no file that a statement still holds open."""
    connection = connect(book)
    cursor = connection.cursor()
    with pytest.raises(sqlite3.DatabaseError):
        cursor.execute("SELECT no_such_column FROM log")
    with pytest.raises(sqlite3.ProgrammingError, match="closed cursor"):
        cursor.fetchone()
    connection.close()


def test_a_read_only_disk_is_named_when_a_book_is_made(tmp_path, monkeypatch):
    def refuse(self: Path, *, missing_ok: bool = False) -> None:
        raise OSError(30, "Read-only file system", str(self))

    monkeypatch.setattr(Path, "unlink", refuse)
    new = creation.NewBook("村", periods.Period(2024, 1))
    with pytest.raises(BookUnusable, match="不能在这里建账"):
        creation.create_book(tmp_path / "a.vlb", new)


def test_a_book_on_a_read_only_stick_is_exported(book, tmp_path, monkeypatch, capsys):
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and allowed(path, mode))
    before = book.read_bytes()
    assert main(["export", str(book), "--period", "2024-01", "--out", str(tmp_path / "出")]) == 0
    assert "报表.xlsx" in capsys.readouterr().out
    assert book.read_bytes() == before


def test_a_month_is_told_to_be_closed_when_only_its_backup_fails(book, monkeypatch, capsys):
    def refuse(*_words: object) -> None:
        raise ExportFailed("备份没有成功（磁盘已满）")

    monkeypatch.setattr(periods, "back_up", refuse)
    assert main(["close", str(book), "2024-01"]) == 2
    assert "2024年1月已经结账，但是备份没有成功" in capsys.readouterr().err
    with Book.open(book) as again:
        assert again.open_period == periods.Period(2024, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without telling it")
def test_an_export_that_is_terminated_leaves_nothing(tmp_path):
    book, out = tmp_path / "a.vlb", tmp_path / "出"
    build_sample(book).close()
    words = [sys.executable, "-m", "village_ledger", "export", str(book), "--period", "2025-12", "--out", str(out)]
    running = subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    while running.poll() is None and not (out.is_dir() and any(out.glob(".export-*/*.xlsx"))):
        pass
    running.send_signal(signal.SIGTERM)
    assert "已中断" in running.communicate()[1].decode("utf-8")
    assert running.returncode == 2
    assert not out.exists()
