"""What is looked at before a month is handed over."""

from datetime import date
from pathlib import Path

import pytest

from tests.package.reviewing import JANUARY, a_comment
from tests.services.conftest import a_draft, post_all
from tests.services.township_desk import handed_over, sent
from village_ledger import clock
from village_ledger.domain.errors import Cancelled
from village_ledger.domain.period import Period
from village_ledger.services import disclosures, hand_over_checks, packages, people, periods, reviews
from village_ledger.services.book import Book, no_progress
from village_ledger.services.people import Person

FEBRUARY = Period(2024, 2)


@pytest.fixture
def village(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """January and February closed."""
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(clock, "today", lambda: date(2024, 3, 5))
    post_all(book, a_draft(date(2024, 1, 5), "102", "101", 300_00))
    for month in (JANUARY, FEBRUARY):
        periods.close(book, month, backup=False)
    return book


def failed(book: Book, period: Period) -> dict[str, tuple[str, bool]]:
    return {
        one.code: (one.detail, one.blocking)
        for one in hand_over_checks.hand_over_checks(book, period, no_progress)
        if not one.passed
    }


def test_the_newest_month_not_handed_over_is_meant(village, tmp_path):
    assert hand_over_checks.hand_over_choices(village).meant == FEBRUARY
    packages.hand_over(village, FEBRUARY, tmp_path / "f.vlp")
    assert hand_over_checks.hand_over_choices(village).meant == JANUARY
    handed_over(village, tmp_path)
    choices = hand_over_checks.hand_over_choices(village)
    assert choices.meant == FEBRUARY
    assert [one.period for one in choices.months] == [FEBRUARY, JANUARY]


def test_an_open_month_and_a_changed_book_are_kept_back(village):
    assert failed(village, Period(2024, 3))["closed"] == ("先结账才能报送", True)
    village.connection.execute("DROP TRIGGER closed_balance_no_update")
    village.connection.execute("UPDATE closed_balance SET debit_fen = 1 WHERE month = '2024-01'")
    detail, blocking = failed(village, FEBRUARY)["verify"]
    assert "closed_balance_no_update" in detail
    assert blocking


def test_what_the_township_will_ask_about_is_told(village, tmp_path):
    told = failed(village, FEBRUARY)
    assert told == {
        "earlier": ("2024年1月还没有报送", False),
        "notice": ("还没有制作公开榜", False),
    }
    handed_over(village, tmp_path)
    comments = tuple(a_comment(uid, deadline=date(2024, 3, day)) for uid, day in (("c1", 1), ("c2", 31)))
    reviews.take_in(village, sent(village, tmp_path, comments=comments))
    made = disclosures.prepare(village, "month", FEBRUARY, FEBRUARY)
    told = failed(village, FEBRUARY)
    assert told["comments"][0].startswith("还有 2 条没有答复，其中 1 条已过期限")
    assert told["notice"] == ("公开榜已制作（拟制），还没有张榜", False)
    people.save_person(village, Person("许监督", "村监会"))
    disclosures.sign(village, made.uid, date(2024, 3, 5), "许监督", "村监会")
    disclosures.post(village, made.uid, date(2024, 3, 5), "村部")
    assert failed(village, FEBRUARY).keys() == {"comments"}
    reviews.take_in(village, sent(village, tmp_path, opinion="通过", round=2))
    assert failed(village, JANUARY)["passed"] == ("乡镇已通过，一般不用再报送", False)


def test_cancelling_at_the_last_moment_leaves_neither_file_nor_mark(village, tmp_path):
    def cancel(done: int, total: int, _what: str) -> None:
        if done == total:
            raise Cancelled("已取消")

    with pytest.raises(Cancelled):
        packages.hand_over(village, JANUARY, tmp_path / "a.vlp", cancel)
    assert not periods.periods(village)[0].handed_over
    assert not list(tmp_path.glob("*.vlp"))
    assert not list(tmp_path.glob(".export*"))
