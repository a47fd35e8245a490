"""Photos and scans: kept by content, taken along by backups, watched by `verify`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.contract_desk import contract_book
from tests.services.decision_desk import a_decision, standing_decision
from village_ledger.domain.errors import BadInput, NotAllowed
from village_ledger.services import backups, decisions, evidence, integrity
from village_ledger.services.book import Book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book at the accountant's desk, and a scan beside it."""
    (tmp_path / "签到表.jpg").write_bytes(b"signed by everybody")
    with contract_book(tmp_path) as opened:
        opened.actor = "王会计"
        yield opened


def attach(book: Book, uid: str) -> evidence.Evidence:
    """Attach the scan to a decision."""
    return evidence.attach(book, evidence.DECISION, uid, book.path.parent / "签到表.jpg", "签到表", "石桥决〔2025〕3号")


def test_a_scan_lies_under_its_digest_and_may_leave_a_draft(book: Book):
    draft = decisions.save(book, a_decision())
    row = attach(book, draft.uid)
    assert evidence.evidence(book, evidence.DECISION, draft.uid) == (row,)
    assert evidence.place_of(book, row.file).name == f"{row.file.sha256}.jpg"
    with pytest.raises(BadInput, match="内容相同"):
        attach(book, draft.uid)
    assert integrity.verify(book).ok
    evidence.detach(book, evidence.DECISION, draft.uid, row.file.sha256)
    assert evidence.evidence(book, evidence.DECISION, draft.uid) == ()
    with pytest.raises(BadInput, match="已经去掉"):
        evidence.detach(book, evidence.DECISION, draft.uid, row.file.sha256)
    assert integrity.verify(book).ok


def test_a_final_decision_keeps_its_scans(book: Book):
    final = standing_decision(book)
    row = attach(book, final.uid)
    with pytest.raises(NotAllowed, match="只能添加，不能去掉"):
        evidence.detach(book, evidence.DECISION, final.uid, row.file.sha256)
    with pytest.raises(Exception, match="附件不能去掉"):
        book.connection.execute("DELETE FROM evidence")


def test_verify_finds_a_scan_changed_or_noted_outside(book: Book):
    final = standing_decision(book)
    row = attach(book, final.uid)
    evidence.place_of(book, row.file).write_bytes(b"signed by nobody at all")
    assert "决策附件“签到表.jpg”内容被改动过" in integrity.verify(book).findings
    assert evidence.state(book, row.file) == "内容被改动"
    book.connection.execute(
        "INSERT INTO evidence VALUES('decision', ?, ?, '补的.jpg', 3, '', '')", (final.uid, "0" * 64)
    )
    assert "决策附件“补的.jpg”在日志里没有登记，是从外部塞进来的" in integrity.verify(book).findings


def test_backups_take_scans_along_and_bring_them_back(book: Book, tmp_path: Path):
    row = attach(book, standing_decision(book).uid)
    saved = backups.back_up(book, "手动")
    evidence.place_of(book, row.file).unlink()
    assert evidence.state(book, row.file) == "找不到"
    assert backups.lost_attachments(book) == ()
    book.close()
    backups.restore(saved, book.path)
    with Book.open(book.path) as again:
        assert evidence.state(again, row.file) == "完好"
