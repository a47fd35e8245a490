"""The first opening by a newer program: backed up, migrated, proved, and a way back."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from village_ledger.domain.errors import BookUnusable
from village_ledger.services import journal
from village_ledger.services.backups import backups, check_backup, restore
from village_ledger.services.book import Book
from village_ledger.services.integrity import verify
from village_ledger.storage import migrations
from village_ledger.storage.connection import SCHEMA_VERSION

VERSION_1 = Path(__file__).parent.parent / "files" / "schema-1.vlb"


@pytest.fixture
def old_book(tmp_path: Path) -> Path:
    return Path(shutil.copy(VERSION_1, tmp_path / "石桥村.vlb"))


def contents(path: Path) -> list[str]:
    """Everything in a book as SQL, with its version."""
    connection = sqlite3.connect(path)
    try:
        return [*connection.iterdump(), str(connection.execute("PRAGMA user_version").fetchone())]
    finally:
        connection.close()


def fail_after_migration(monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """The last step of this program does something it must not."""
    *steps, last = migrations.MIGRATIONS

    def broken(connection: sqlite3.Connection) -> None:
        last(connection)
        connection.execute(statement)

    monkeypatch.setattr(migrations, "MIGRATIONS", (*steps, broken))


def test_the_person_is_told_what_was_done_and_the_log_keeps_it(old_book: Path) -> None:
    with Book.open(old_book) as book:
        assert f"1 → {SCHEMA_VERSION}" in book.upgrade_note
        assert "升级后已核验" in book.upgrade_note
        (newest,) = journal.entries(book, limit=1)
        assert (newest.action, newest.detail["from"], newest.detail["findings"]) == ("migrate", 1, 0)
        assert verify(book).ok
    with Book.open(old_book) as again:
        assert again.upgrade_note == ""


def test_the_copy_made_before_is_listed_and_leads_back(old_book: Path) -> None:
    before = contents(old_book)
    with Book.open(old_book) as book:
        (kept,) = backups(book)
    assert kept.reason == "升级前"
    assert contents(kept.path) == before
    check_backup(kept.path)
    old_book.unlink()
    shutil.copy(kept.path, old_book)  # what the manual says: put the copy in place of the book, start the old program
    assert contents(old_book) == before


def test_restoring_the_copy_in_the_new_program_upgrades_it_again(old_book: Path) -> None:
    with Book.open(old_book) as book:
        (kept,) = backups(book)
    restore(kept.path, old_book)
    with Book.open(old_book) as again:
        assert verify(again).ok
    assert contents(kept.path)[-1] == "(1,)"


def test_a_step_that_changes_a_fact_is_undone(old_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(old_book)
    fail_after_migration(monkeypatch, "UPDATE account SET name = '别的' WHERE code = '101'")
    with pytest.raises(BookUnusable, match="已恢复成升级前的样子"):
        Book.open(old_book)
    assert contents(old_book) == before


def test_a_step_that_fails_takes_the_earlier_ones_back_too(old_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(old_book)
    fail_after_migration(monkeypatch, "INSERT INTO nowhere VALUES(1)")
    with pytest.raises(BookUnusable, match="可以用原来版本的程序继续记账"):
        Book.open(old_book)
    assert contents(old_book) == before


def test_a_book_tampered_with_earlier_is_upgraded_and_the_finding_told(old_book: Path) -> None:
    connection = sqlite3.connect(old_book)
    connection.execute("UPDATE person SET role = '负责人'")
    connection.commit()
    connection.close()
    with Book.open(old_book) as book:
        assert "升级以前就有的问题" in book.upgrade_note
        (newest,) = journal.entries(book, limit=1)
        assert newest.detail["findings"] > 0
