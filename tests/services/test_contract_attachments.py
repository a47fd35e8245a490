"""Files kept with a contract lie beside the book under the digest of their content."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.contract_desk import a_shop, contract_book
from village_ledger.domain.errors import BadInput
from village_ledger.services import backups, contracts, integrity
from village_ledger.services.book import Book
from village_ledger.services.contract_attachments import attach, attachments, detach, folder_of, place_of, state


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with contract_book(tmp_path) as opened:
        contracts.save(opened, a_shop())
        yield opened


def a_scan(folder: Path, content: bytes = b"signed") -> Path:
    path = folder / "租赁合同.PDF"
    path.write_bytes(content)
    return path


def test_a_file_is_copied_under_its_digest_and_noted(book: Book, tmp_path: Path):
    kept = attach(book, 1, a_scan(tmp_path))
    assert kept.sha256 == hashlib.sha256(b"signed").hexdigest()
    assert place_of(book, kept) == folder_of(book) / f"{kept.sha256}.pdf"
    assert place_of(book, kept).read_bytes() == b"signed"
    assert folder_of(book).name == "石桥村-附件"
    assert attachments(book, 1) == (kept,)
    assert state(book, kept) == "完好"
    assert integrity.verify(book).ok


def test_the_same_content_is_kept_once(book: Book, tmp_path: Path):
    attach(book, 1, a_scan(tmp_path))
    with pytest.raises(BadInput, match="内容相同"):
        attach(book, 1, a_scan(tmp_path))
    assert len(list(folder_of(book).iterdir())) == 1


def test_a_file_that_is_missing_or_was_changed_is_told(book: Book, tmp_path: Path):
    kept = attach(book, 1, a_scan(tmp_path))
    place_of(book, kept).write_bytes(b"forged")
    assert state(book, kept) == "内容被改动"
    assert any("租赁合同.PDF”内容被改动过" in finding for finding in integrity.verify(book).findings)
    place_of(book, kept).unlink()
    assert state(book, kept) == "找不到"
    assert integrity.verify(book).ok, "a book travels without its attachments"


def test_an_attachment_can_be_taken_off_and_the_list_is_proved(book: Book, tmp_path: Path):
    kept = attach(book, 1, a_scan(tmp_path))
    detach(book, 1, kept.sha256)
    assert attachments(book, 1) == ()
    assert integrity.verify(book).ok
    with pytest.raises(BadInput):
        detach(book, 1, kept.sha256)
    attach(book, 1, a_scan(tmp_path))
    book.connection.execute("DELETE FROM contract_file")
    assert any("附件清单" in finding for finding in integrity.verify(book).findings)


def test_an_empty_or_missing_file_is_refused(book: Book, tmp_path: Path):
    with pytest.raises(BadInput, match="空文件"):
        attach(book, 1, a_scan(tmp_path, b""))
    with pytest.raises(BadInput, match="读不出"):
        attach(book, 1, tmp_path / "没有.pdf")
    assert not folder_of(book).exists()


def test_a_backup_brings_the_attachments_and_restoring_puts_them_back(book: Book, tmp_path: Path):
    kept = attach(book, 1, a_scan(tmp_path))
    copy = backups.back_up(book, "手工")
    kept_copy = copy.parent / "附件" / f"{kept.sha256}.pdf"
    assert kept_copy.read_bytes() == b"signed"
    assert "附件 1 个，最后操作" in backups.check_backup(copy)
    place = place_of(book, kept)
    book.close()
    place.write_bytes(b"forged")
    backups.restore(copy, book.path)
    assert place.read_bytes() == b"signed"
    elsewhere = tmp_path / "新电脑" / "账.vlb"
    elsewhere.parent.mkdir()
    backups.restore(copy, elsewhere)
    with Book.open(elsewhere) as opened:
        assert state(opened, kept) == "完好"


def test_a_damaged_copy_is_not_restored_and_is_told(book: Book, tmp_path: Path):
    kept = attach(book, 1, a_scan(tmp_path))
    copy = backups.back_up(book, "手工")
    (copy.parent / "附件" / f"{kept.sha256}.pdf").write_bytes(b"forged")
    assert "其中 1 个找不到或已损坏：租赁合同.PDF" in backups.check_backup(copy)
    place = place_of(book, kept)
    place.unlink()
    assert backups.lost_attachments(book) == ("租赁合同.PDF",)
    book.close()
    backups.restore(copy, book.path)
    assert not place.exists()


def test_a_backup_without_the_attachment_mends_itself_the_next_time(book: Book, tmp_path: Path):
    kept = attach(book, 1, a_scan(tmp_path))
    copy = backups.back_up(book, "手工")
    place = copy.parent / "附件" / f"{kept.sha256}.pdf"
    place.write_bytes(b"half")
    assert place.stat().st_size != kept.size
    backups.back_up(book, "手工")
    assert place.read_bytes() == b"signed"
