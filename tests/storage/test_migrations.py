"""Bringing older books up to the format of this program."""

import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tests.services.township_desk import sent
from village_ledger.domain.errors import BookUnusable
from village_ledger.domain.period import Period
from village_ledger.domain.related_person import RelatedPerson
from village_ledger.domain.source_document import SourceDocument
from village_ledger.services import documents, related
from village_ledger.services.book import Book
from village_ledger.services.integrity import verify
from village_ledger.services.log_in import access, log_in
from village_ledger.services.reading import Reading
from village_ledger.services.reviews import take_in
from village_ledger.storage.connection import SCHEMA_VERSION
from village_ledger.storage.migrations import MIGRATIONS

VERSION_1 = Path(__file__).parent.parent / "files" / "schema-1.vlb"
VERSION_10 = VERSION_1.with_name("schema-10.vlb")
HANDED_OVER = VERSION_1.with_name("schema-10-handed-over.vlb")
"""Of version 10: January 2024 closed and handed over as a package; two vouchers."""


@pytest.fixture
def old_book(tmp_path: Path) -> Path:
    """A copy of a book written by the first version: January 2024 closed, one voucher and one draft in February."""
    return Path(shutil.copy(VERSION_1, tmp_path / "石桥村.vlb"))


def version_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def test_the_version_books_are_checked_against_is_the_last_step():
    assert len(MIGRATIONS) == SCHEMA_VERSION


def test_a_book_of_the_first_version_is_backed_up_and_upgraded_with_nothing_lost(old_book: Path):
    with Book.open(old_book) as book:
        assert book.open_period == Period(2024, 2)
        assert book.ledger.balances(Period(2024, 1), Period(2024, 2))
        assert book.connection.execute("SELECT count(*) FROM voucher").fetchone() == (3,)
        assert book.connection.execute("SELECT count(*) FROM draft").fetchone() == (1,)
        assert verify(book).ok
    assert version_of(old_book) == SCHEMA_VERSION
    (backup,) = (old_book.parent / "石桥村-备份").glob("石桥村_*_升级前.vlb")
    assert version_of(backup) == 1


def test_an_upgraded_book_asks_nobody_to_log_in(old_book: Path):
    with Book.open(old_book) as book:
        assert not book.settings.log_in
        assert {one.state for one in access(book).values()} == {"免密"}
        for name in access(book):
            assert log_in(book, name).name == name
        assert verify(book).ok


def test_an_upgraded_book_has_the_same_tables_and_triggers_as_a_new_one(old_book: Path, tmp_path: Path):
    new = sqlite3.connect(tmp_path / "new.vlb")
    for step in MIGRATIONS:
        step(new)
    wanted = set(new.execute("SELECT type, name, sql FROM sqlite_master"))
    new.close()
    with Book.open(old_book) as book:
        assert set(book.connection.execute("SELECT type, name, sql FROM sqlite_master")) == wanted


def test_reading_a_book_of_the_first_version_upgrades_it(old_book: Path):
    with Reading.open(old_book) as reading:
        assert reading.ledger.balances(Period(2024, 1), Period(2024, 2))


def test_a_book_of_a_newer_version_is_refused_unchanged(old_book: Path):
    connection = sqlite3.connect(old_book)
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    connection.close()
    before = old_book.read_bytes()
    with pytest.raises(BookUnusable, match="更新版本"):
        Book.open(old_book)
    assert old_book.read_bytes() == before


def rows_of(connection: sqlite3.Connection, tables: list[str]) -> dict[str, list[tuple[object, ...]]]:
    return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables}


def test_a_book_of_version_10_keeps_every_row_and_can_register_papers(tmp_path: Path):
    """January 2024 closed, a list of benefits, a request drawn up, a voucher and a draft in February."""
    path = Path(shutil.copy(VERSION_10, tmp_path / "石桥村.vlb"))
    old = sqlite3.connect(path)
    tables = [name for (name,) in old.execute("SELECT name FROM sqlite_schema WHERE type='table' AND name <> 'log'")]
    before = rows_of(old, [name for name in tables if not name.startswith("sqlite_")])
    old.close()
    assert [len(before[name]) for name in ("voucher", "draft", "benefit_row", "request")] == [3, 1, 1, 1]
    with Book.open(path, actor="王会计") as book:
        assert rows_of(book.connection, list(before)) == before
        assert "10 → " in book.upgrade_note
        made = documents.register(
            book, SourceDocument("付", "税务发票", date(2024, 2, 4), 60_00, "1", "", "店"), draft=4
        )
        related.register(book, RelatedPerson("陈主任", "理事长", "配偶", "李四", date(2024, 1, 1)))
        assert [one.document.uid for one in documents.attached(book, draft=4)] == [made.uid]
        assert verify(book).ok
    assert version_of(path) == SCHEMA_VERSION


def test_a_book_from_before_the_township_s_reviews_takes_one_in(tmp_path: Path):
    old = Path(shutil.copy(HANDED_OVER, tmp_path / "石桥村.vlb"))
    assert version_of(old) == 10
    with Book.open(old, actor="王会计") as book:
        assert book.ledger.balances(Period(2024, 1), Period(2024, 1))
        told = sent(book, tmp_path, opinion="通过")
        assert take_in(book, told).review.passed
        assert verify(book).ok
        with pytest.raises(sqlite3.IntegrityError, match="不能反结账"):
            book.connection.execute("UPDATE period SET closed = 0")
    assert version_of(old) == SCHEMA_VERSION
