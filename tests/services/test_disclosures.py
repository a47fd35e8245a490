"""A notice from making to filing, against a real book; what the log proves of it."""

from datetime import date

import pytest

from tests.services.conftest import a_draft, post_all
from village_ledger import clock
from village_ledger.domain.disclosure import Answer, Objection
from village_ledger.domain.errors import NotAllowed, Refusal
from village_ledger.domain.period import Period
from village_ledger.services import disclosures, people, periods
from village_ledger.services.book import Book
from village_ledger.services.integrity import verify
from village_ledger.services.people import Person

JANUARY = Period(2024, 1)
TODAY = date(2024, 2, 5)


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def closed(book: Book) -> Book:
    """January closed, with an income of 300.00 and a spending of 120.00."""
    people.save_person(book, Person("许监督", "村监会"))
    post_all(book, a_draft(date(2024, 1, 5), "101", "504", 300_00), a_draft(date(2024, 1, 9), "513", "101", 120_00))
    periods.close(book, JANUARY, backup=False)
    return book


def test_the_four_figures_are_those_of_the_month(closed: Book) -> None:
    made = disclosures.prepare(closed, "month", JANUARY, JANUARY)
    assert disclosures.notice_of(closed, made).totals == (1_000_00, 300_00, 120_00, 1_180_00)


def test_an_open_month_gets_no_notice(closed: Book) -> None:
    with pytest.raises(NotAllowed, match="还没有结账"):
        disclosures.prepare(closed, "month", JANUARY.next, JANUARY.next)


def test_a_notice_is_signed_posted_taken_down_and_filed(closed: Book) -> None:
    uid = disclosures.prepare(closed, "month", JANUARY, JANUARY).uid
    with pytest.raises(NotAllowed, match="村监会还没有签字"):
        disclosures.post(closed, uid, TODAY, "村部")
    people.log_in(closed, "许监督")
    disclosures.sign(closed, uid, TODAY)
    closed.actor = "王会计"
    disclosures.post(closed, uid, TODAY, "村部公告栏")
    asked = disclosures.object_to(closed, Objection("", uid, date(2024, 2, 6), "张三", "当面", "记-2", "买了什么？"))
    disclosures.answer(closed, asked.uid, Answer(date(2024, 2, 7), "陈主任", "办公用品，发票在会计处", closes=True))
    disclosures.take_down(closed, uid, date(2024, 2, 12))
    done = disclosures.file(closed, uid, date(2024, 2, 13))
    assert (done.state, done.hung) == ("已归档", 8)
    assert disclosures.objections(closed)[0].closed
    assert verify(closed).ok


def test_supervision_signs_by_itself_or_on_paper(closed: Book) -> None:
    uid = disclosures.prepare(closed, "month", JANUARY, JANUARY).uid
    signed = disclosures.sign(closed, uid, TODAY, "许监督", "村监会")
    assert signed.signed == (("村监会", "许监督", TODAY),)
    assert signed.acts[0].note == "纸面签字"


def test_a_correction_is_the_next_version(closed: Book) -> None:
    first = disclosures.prepare(closed, "month", JANUARY, JANUARY)
    with pytest.raises(NotAllowed, match="已经制作"):
        disclosures.prepare(closed, "month", JANUARY, JANUARY)
    disclosures.void(closed, first.uid, TODAY, "漏了说明")
    second = disclosures.prepare(closed, "month", JANUARY, JANUARY)
    assert (second.version, second.digest != first.digest) == (2, True)


def test_a_notice_hangs_only_after_it_was_posted(closed: Book) -> None:
    uid = disclosures.prepare(closed, "month", JANUARY, JANUARY).uid
    with pytest.raises(Refusal, match="还没有张榜"):
        disclosures.object_to(closed, Objection("", uid, TODAY, "张三", "当面", "", "问"))


def test_months_without_a_posted_notice_are_overdue(closed: Book) -> None:
    assert disclosures.overdue_spans(closed, date(2024, 2, 14)) == ()
    assert [str(span.start) for span in disclosures.overdue_spans(closed, date(2024, 2, 15))] == ["2024-01"]


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ("UPDATE disclosure SET digest = '" + "f" * 64 + "'", "公开榜记录"),
        ("DELETE FROM disclosure_act", "公开榜办理记录"),
    ],
)
def test_a_changed_record_is_found(closed: Book, change: str, finding: str) -> None:
    uid = disclosures.prepare(closed, "month", JANUARY, JANUARY).uid
    disclosures.sign(closed, uid, TODAY, "许监督", "村监会")
    for (name,) in closed.connection.execute(
        "SELECT name FROM sqlite_schema WHERE type='trigger' AND tbl_name LIKE 'disclosure%'"
    ).fetchall():
        closed.connection.execute(f"DROP TRIGGER {name}")
    closed.connection.execute(change)
    assert any(finding in text for text in verify(closed).findings)
