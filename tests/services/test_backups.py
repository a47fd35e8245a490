"""Backups that were checked, and getting a book back from one."""

import os
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from village_ledger.domain.errors import BadInput, BookUnusable, ExportFailed
from village_ledger.domain.period import Period
from village_ledger.services import backups, integrity, periods, settings
from village_ledger.services.book import Book
from village_ledger.storage import migrations

from .conftest import a_draft, post_all


def test_a_backup_is_the_same_book(book: Book) -> None:
    post_all(book, a_draft(date(2024, 1, 3), "101", "501", 5_00))
    copy = backups.back_up(book, "手动")
    assert "石桥村" in backups.check_backup(copy)
    with Book.open(copy, read_only=True) as opened:
        assert integrity.verify(opened).ok
        assert opened.ledger.balances(Period(2024, 1), Period(2024, 1)) == book.ledger.balances(
            Period(2024, 1), Period(2024, 1)
        )
    assert [(one.path, one.reason) for one in backups.backups(book)] == [(copy, "手动")]


def test_restoring_brings_back_the_books_and_keeps_the_present_file_aside(book: Book) -> None:
    post_all(book, a_draft(date(2024, 1, 3), "101", "501", 5_00))
    copy = backups.back_up(book, "手动")
    post_all(book, a_draft(date(2024, 1, 4), "101", "501", 7_00))
    path = book.path
    book.close()
    aside = backups.restore(copy, path)
    assert aside is not None
    with Book.open(path) as restored, Book.open(aside, read_only=True) as before:
        assert len(restored.ledger.vouchers(Period(2024, 1), Period(2024, 1))) == 1
        assert len(before.ledger.vouchers(Period(2024, 1), Period(2024, 1))) == 2
        assert integrity.verify(restored).ok


def test_a_damaged_backup_is_refused_and_the_book_stays(book: Book) -> None:
    copy = backups.back_up(book, "手动")
    content = copy.read_bytes()
    copy.write_bytes(content[: len(content) // 2])
    with pytest.raises(BookUnusable, match="不完整"):
        backups.restore(copy, book.path)
    copy.write_bytes(content[:5000] + b"\xff" * 3000 + content[8000:])
    with pytest.raises(BookUnusable):
        backups.restore(copy, book.path)
    with pytest.raises(BadInput, match="同一个文件"):
        backups.restore(book.path, book.path)
    assert integrity.verify(book).ok


def test_old_exit_backups_go_but_those_of_a_close_stay(book: Book) -> None:
    settings.save_settings(book, book.settings._replace(keep_backups=2))
    periods.close(book, Period(2024, 1))
    for _time in range(4):
        backups.back_up(book, "退出")
    reasons = [one.reason for one in backups.backups(book)]
    assert sum(reason.startswith("退出") for reason in reasons) == 2
    assert "2024-01结账" in reasons


def test_a_full_disk_leaves_no_half_backup(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportFailed, match="磁盘已满"):
        backups.back_up(book, "手动")
    assert list(backups.backup_folder(book).iterdir()) == []


def broken(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "坏.vlb"
    path.write_bytes(content)
    return path


def test_what_is_no_book_is_refused_in_words(book: Book, tmp_path: Path) -> None:
    good = book.path.read_bytes()
    with pytest.raises(BookUnusable, match="找不到"):
        Book.open(tmp_path / "没有.vlb")
    with pytest.raises(BookUnusable, match="文件夹"):
        Book.open(tmp_path)
    with pytest.raises(BookUnusable, match="不是村级账簿"):
        Book.open(broken(tmp_path, b"PK\x03\x04" + b"x" * 500))
    with pytest.raises(BookUnusable, match="不是村级账簿"):
        Book.open(broken(tmp_path, b""))
    with pytest.raises(BookUnusable, match="不完整"):
        Book.open(broken(tmp_path, good[: len(good) - 5000]))
    stranger = tmp_path / "别的.vlb"
    with sqlite3.connect(stranger) as connection:
        connection.execute("CREATE TABLE t(x)")
    connection.close()
    with pytest.raises(BookUnusable, match="别的程序"):
        Book.open(stranger)


def test_a_newer_book_is_refused_and_left_alone(book: Book) -> None:
    book.connection.execute("PRAGMA user_version=99")
    path = book.path
    book.close()
    before = path.read_bytes()
    with pytest.raises(BookUnusable, match="升级程序"):
        Book.open(path)
    assert path.read_bytes() == before


def add_step(monkeypatch: pytest.MonkeyPatch, step: migrations.Migration) -> None:
    """Make this program one schema version newer."""
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, step))
    monkeypatch.setattr("village_ledger.services.book.SCHEMA_VERSION", len(migrations.MIGRATIONS))


def test_an_older_book_is_backed_up_and_migrated(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book.path
    book.close()

    def add_column(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE person ADD COLUMN phone TEXT NOT NULL DEFAULT ''")

    before = len(migrations.MIGRATIONS)
    add_step(monkeypatch, add_column)
    with pytest.raises(BookUnusable, match="升级格式"):
        Book.open(path, read_only=True)
    with Book.open(path) as migrated:
        assert migrated.connection.execute("PRAGMA user_version").fetchone() == (before + 1,)
        assert migrated.connection.execute("SELECT phone FROM person").fetchone() == ("",)
    (copy,) = (path.parent / "石桥村-备份").glob("*升级前*.vlb")
    with sqlite3.connect(copy) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (before,)
    old.close()


def test_a_failed_migration_leaves_the_book_as_it_was(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book.path
    book.close()

    def fails_half_way(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM person")
        raise RuntimeError("power cut")

    add_step(monkeypatch, fails_half_way)
    with pytest.raises(RuntimeError):
        Book.open(path)
    monkeypatch.undo()
    with Book.open(path) as same:
        assert same.connection.execute("SELECT count(*) FROM person").fetchone() == (4,)
        assert integrity.verify(same).ok


def test_a_read_only_book_can_be_read_but_not_written(book: Book) -> None:
    post_all(book, a_draft(date(2024, 1, 3), "101", "501", 5_00))
    with Book.open(book.path, read_only=True) as shown:
        assert shown.ledger.vouchers(Period(2024, 1), Period(2024, 1))
        with pytest.raises(BookUnusable, match="只读"):
            post_all(shown, a_draft(date(2024, 1, 3), "101", "501", 5_00))
