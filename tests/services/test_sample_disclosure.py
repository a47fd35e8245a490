"""The sample village's notices: a year of them on the wall, a question answered, one waiting, one notice overdue."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from village_ledger.domain.period import Period
from village_ledger.services import benefits, disclosures, evidence, notice_check, notices
from village_ledger.services.book import Book


@pytest.fixture(scope="module")
def village(sample_village: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    path = tmp_path_factory.mktemp("disclosure") / "示例村.vlb"
    shutil.copy(sample_village, path)
    with Book.open(path, actor="周敏") as book:
        yield book


def test_eleven_months_were_on_the_wall_as_long_as_the_rule_asks(village: Book) -> None:
    made = [one for one in disclosures.disclosures(village) if one.edition == "month"]
    assert [str(one.start) for one in made] == [f"2025-{month:02d}" for month in range(1, 12)]
    for one in made:
        assert one.state == "已归档"
        assert one.posted is not None
        assert (one.hung or 0) >= one.days
        assert one.posted.day.day <= 15
        assert notice_check.verify(village, one.code).ok


def test_december_is_overdue_from_the_middle_of_january(village: Book) -> None:
    assert disclosures.overdue_spans(village, date(2026, 1, 14)) == ()
    assert [str(one.start) for one in disclosures.overdue_spans(village, date(2026, 1, 15))] == ["2025-12"]


def test_photos_of_the_wall_are_kept_by_their_hash(village: Book) -> None:
    photos = [
        row.file.name
        for one in disclosures.disclosures(village)
        for row in evidence.evidence(village, evidence.DISCLOSURE, one.uid)
    ]
    assert photos == ["6月公开榜照片.jpg", "11月公开榜照片.jpg"]


def test_questions_and_answers_stand_in_the_next_notice(village: Book) -> None:
    answered, waiting = disclosures.objections(village)
    assert (answered.closed, waiting.answers) == (True, ())
    assert asked_in(village, Period(2025, 6)) == []
    assert asked_in(village, Period(2025, 7)) == [("李根旺", "已办结")]
    assert asked_in(village, Period(2025, 8)) == []
    assert asked_in(village, Period(2025, 12)) == [("王铁柱", "正在办理")]


def asked_in(book: Book, month: Period) -> list[tuple[object, object]]:
    notice = notices.build(book, "month", month, month)
    (table,) = (sheet.table for sheet in notice.sheets if sheet.key == "objections")
    return [(row.cells[1], row.cells[-1]) for row in table.rows]


def test_the_list_of_compensation_is_what_november_paid(village: Book) -> None:
    (batch,) = (one for one in benefits.batches(village) if one.kind == "征地补偿")
    month = Period(2025, 11)
    vouchers = {f"{month} {one.label}": one for one in village.ledger.vouchers(month, month)}
    paid = {
        item.name: line.debit_fen for line in vouchers[batch.voucher].lines for item in line.items if line.debit_fen
    }
    assert {row.name: row.amount_fen for row in batch.rows} == paid
    assert batch.total_fen == 45_000_00


def test_what_was_paid_to_farmers_was_put_up_at_once(village: Book) -> None:
    (special,) = (one for one in disclosures.disclosures(village) if one.edition == "special")
    notice = disclosures.notice_of(village, special)
    assert notice.title == "石桥村股份经济合作社通道绿化征地补偿专项公开榜"
    assert [sheet.key for sheet in notice.full] == ["benefits"]
    assert special.posted is not None
    assert special.posted.day == date(2025, 11, 6)
