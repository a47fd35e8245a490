"""A notice from making to filing, against a real book; what the log proves of it."""

import json
import zlib
from datetime import date

import pytest

from tests.services.conftest import a_draft, post_all
from village_ledger import clock
from village_ledger.domain.disclosure import Answer, Objection
from village_ledger.domain.errors import BadInput, Cancelled, NotAllowed, Refusal
from village_ledger.domain.period import Period
from village_ledger.services import (
    disclosure_majors,
    disclosure_profiles,
    disclosures,
    notice_sheets,
    notices,
    people,
    periods,
)
from village_ledger.services.book import Book
from village_ledger.services.integrity import verify
from village_ledger.services.people import Person
from village_ledger.services.settings import save_settings
from village_ledger.storage.disclosures import load_content
from village_ledger.storage.log import log_from

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


def test_making_a_year_can_be_cancelled_and_keeps_what_was_made(closed: Book) -> None:
    for month in (JANUARY.next, JANUARY.next.next):
        periods.close(closed, month, backup=False)

    def progress(done: int, _total: int, _what: str) -> None:
        if done == 2:
            raise Cancelled("已取消")

    with pytest.raises(Cancelled):
        disclosures.prepare_year(closed, 2024, progress)
    assert [str(one.start) for one in disclosures.disclosures(closed)] == ["2024-01", "2024-02"]
    assert len(disclosures.prepare_year(closed, 2024, lambda *_: None)) == 1
    with pytest.raises(BadInput, match="都制作过"):
        disclosures.prepare_year(closed, 2024, lambda *_: None)


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


def test_changed_words_of_a_notice_are_found(closed: Book) -> None:
    uid = disclosures.prepare(closed, "month", JANUARY, JANUARY).uid
    content = load_content(closed.connection, uid)
    assert content is not None
    doctored = json.dumps(content.notice).replace("30000", "30001")
    closed.connection.execute("DROP TRIGGER disclosure_content_no_update")
    closed.connection.execute("UPDATE disclosure_content SET content = ?", (zlib.compress(doctored.encode()),))
    assert any("保存的内容" in text for text in verify(closed).findings)


def test_a_notice_is_printed_as_it_was_made_whatever_came_after(closed: Book) -> None:
    made = disclosures.prepare(closed, "month", JANUARY, JANUARY)
    before = disclosures.notice_of(closed, made)
    settings = closed.settings
    save_settings(closed, settings._replace(phones="镇农经站 0555-7654321", disclosure="quarter-8"))
    assert disclosures.notice_of(closed, made) == before
    signed = disclosures.sign(closed, made.uid, TODAY, "许监督", "村监会")
    wall = disclosures.notice_of(closed, signed).wall
    assert wall.signature("村务监督委员会") == "许监督 2月5日"
    assert wall.signature("会计") == ""


def test_a_special_notice_tells_of_an_open_month_at_once(closed: Book) -> None:
    with pytest.raises(BadInput, match="至少选一张表"):
        disclosures.prepare_special(closed, "债务", (), JANUARY, JANUARY)
    with pytest.raises(BadInput, match="没有内容"):
        disclosures.prepare_special(closed, "补贴", ("benefits",), JANUARY, JANUARY)
    post_all(
        closed, a_draft(date(2024, 2, 1), "513", "101", 60_000), a_draft(date(2024, 2, 2), "101", "504", 60_000_00)
    )
    february = JANUARY.next
    assert [one.label for one in disclosure_majors.waiting(closed, date(2024, 2, 7))] == ["2024-02 记-2"]
    assert disclosure_majors.waiting(closed, date(2024, 2, 6)) == ()
    made = disclosures.prepare_special(closed, "大额收入", ("large",), february, february)
    notice = disclosures.notice_of(closed, made)
    assert (notice.draft, notice.title) == (False, f"{closed.entity.name}大额收入专项公开榜")
    (sheet,) = notice.full
    assert [row.cells[-1] for row in sheet.table.rows if row.kind == "line"] == [60_000_00]
    disclosures.sign(closed, made.uid, TODAY, "许监督", "村监会")
    disclosures.post(closed, made.uid, TODAY, "村部")
    assert disclosure_majors.waiting(closed, date(2024, 2, 28)) == ()
    assert [span.start for span in disclosures.overdue_spans(closed, date(2024, 3, 20))] == [JANUARY, february]
    second = disclosures.prepare_special(closed, "大额支出", ("large",), february, february)
    assert [(row.subject, row.made.version) for row in disclosures.spans(closed, "special") if row.made] == [
        ("大额支出", second.version),
        ("大额收入", 1),
    ]


def test_the_village_keeps_its_own_way_as_versions_that_the_log_names(closed: Book) -> None:
    people.save_person(closed, Person("陈主任", "负责人"))
    closed.actor = "陈主任"
    shipped = disclosure_profiles.profile_of(closed)
    sheets = tuple(
        one._replace(without=("handler",), titles=(("reason", "做什么用"),)) if one.key == "income-spending" else one
        for one in shipped.sheets
    )
    disclosure_profiles.save_own(closed, shipped._replace(due_day=8, sheets=sheets), TODAY)
    own = disclosure_profiles.profile_of(closed)
    assert (own.due_day, own.posting_days, own.words) == (8, shipped.posting_days, shipped.words)
    table = notices.build(closed, "month", JANUARY, JANUARY).sheets[0].table
    assert [column.title for column in table.columns if column.key in {"handler", "reason"}] == ["做什么用"]
    assert any("disclosure" in entry.subject for entry in log_from(closed.connection) if entry.action == "rules")
    disclosure_profiles.drop_own(closed, TODAY)
    assert disclosure_profiles.profile_of(closed) == shipped
    wrong = tuple(one._replace(without=("amount",)) for one in shipped.sheets)
    with pytest.raises(BadInput, match="不能省去"):
        disclosure_profiles.save_own(closed, shipped._replace(sheets=wrong), TODAY)
    assert verify(closed).ok


@pytest.mark.parametrize("profile", disclosure_profiles.profiles(), ids=lambda one: one.key)
def test_every_shipped_way_of_disclosing_can_be_used(profile: disclosure_profiles.Profile) -> None:
    assert disclosure_profiles.profile_problem(profile) == ""
    assert notice_sheets.checked(profile) is profile
    assert {sheet.key for sheet in profile.sheets} == set(notice_sheets.TITLES) == set(notices.SHEETS)
