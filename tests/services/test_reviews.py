"""The township's review taken in: whose it must be, whose key, what it locks, and what the log proves of it."""

import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tests.package.reviewing import DESK, JANUARY, OTHER_DESK, a_comment, review_file
from tests.services.conftest import a_draft, post_all
from tests.services.township_desk import handed_over, review_of_book, sent
from village_ledger.domain.errors import BadInput, BookUnusable, IntegrityFailure, NotAllowed
from village_ledger.domain.period import Period
from village_ledger.domain.review import Settlement
from village_ledger.package.signing import public_half
from village_ledger.services import accounts, journal, packages, people, periods, review_answers, reviews
from village_ledger.services.book import Book
from village_ledger.services.integrity import verify
from village_ledger.services.package_check import check_package
from village_ledger.services.settings import save_entity

FEBRUARY = Period(2024, 2)
DEADLINE = date(2024, 3, 31)


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path / "home"))


@pytest.fixture
def village(book: Book, tmp_path: Path) -> Book:
    """January closed and handed over."""
    post_all(book, a_draft(date(2024, 1, 5), "102", "101", 300_00), a_draft(date(2024, 1, 8), "513", "101", 50_00))
    periods.close(book, JANUARY, backup=False)
    handed_over(book, tmp_path)
    return book


def voucher_uid(book: Book, number: int = 1) -> str:
    return book.ledger.vouchers(JANUARY, JANUARY)[number - 1].uid


def test_a_review_is_kept_logged_and_proved(village, tmp_path):
    comment = a_comment("c1", subject=voucher_uid(village), category="票据", clause="制度第7条", deadline=DEADLINE)
    incoming = reviews.take_in(village, sent(village, tmp_path, comments=(comment,)))
    assert incoming.note == "已接收2024年1月第 1 轮审核意见（退回），意见 1 条，其中 1 条要求限期答复"
    (taken,) = reviews.reviews(village)
    assert (taken.review, taken.taken_by) == (incoming.review, "王会计")
    (record,) = journal.entries(village, "township-review")
    assert record.subject == "2024-01 第1轮 退回"
    assert record.detail["review"]["comments"][0]["clause"] == "制度第7条"
    assert verify(village).ok
    assert [one.state for one in reviews.month_standings(village)] == ["退回"]


def test_another_village_s_review_is_refused(village, tmp_path):
    with pytest.raises(NotAllowed, match="审的是“柳树村”，不是本账（石桥村股份经济合作社）"):
        reviews.take_in(village, sent(village, tmp_path, village="柳树村"))
    with pytest.raises(NotAllowed, match="340000000000"):
        reviews.take_in(village, sent(village, tmp_path, region_code="340000000000"))
    assert reviews.reviews(village) == ()
    assert journal.entries(village, "township-key") == ()


def test_a_review_of_the_village_s_other_book_is_refused(village, tmp_path):
    """The same name and month, but another close record: another book of that name, or another closing."""
    with pytest.raises(NotAllowed, match="审的不是本账的2024年1月"):
        reviews.take_in(village, sent(village, tmp_path, head="a" * 64))
    periods.close(village, FEBRUARY, backup=False)
    packages.hand_over(village, FEBRUARY, tmp_path / "february.vlp")
    head = review_of_book(village).head
    with pytest.raises(NotAllowed, match="审的不是本账的2024年2月"):
        reviews.take_in(village, sent(village, tmp_path, period=FEBRUARY, head=head))


def test_a_village_renamed_since_takes_the_review_under_the_name_it_handed_over(village, tmp_path):
    told = sent(village, tmp_path)
    save_entity(village, village.entity._replace(name="石桥村经济联合社"))
    assert not reviews.take_in(village, told).taken


def test_a_month_never_handed_over_has_no_review(village, tmp_path):
    periods.close(village, FEBRUARY, backup=False)
    with pytest.raises(NotAllowed, match="2024年2月还没有报送过"):
        reviews.take_in(village, sent(village, tmp_path, period=FEBRUARY))


def test_the_same_file_twice_changes_nothing(village, tmp_path):
    place = sent(village, tmp_path)
    reviews.take_in(village, place)
    head = village.log_head
    again = reviews.take_in(village, place)
    assert (again.taken, village.log_head) == (True, head)
    assert "以前已经接收过" in again.note


def test_an_older_round_and_another_file_of_the_same_round_are_refused(village, tmp_path):
    first = sent(village, tmp_path)
    reviews.take_in(village, sent(village, tmp_path, round=2, text="第二次"))
    with pytest.raises(NotAllowed, match="已经接收过第 2 轮审核意见，这份是更早的第 1 轮"):
        reviews.take_in(village, first)
    with pytest.raises(NotAllowed, match="第 2 轮审核意见已经接收过，内容和这份不一样"):
        reviews.take_in(village, sent(village, tmp_path, round=2, text="又一次"))


def test_a_changed_key_must_be_confirmed_and_is_logged(village, tmp_path):
    reviews.take_in(village, sent(village, tmp_path))
    second = sent(village, tmp_path, OTHER_DESK, round=2)
    assert reviews.look_at(village, second).key_changed
    with pytest.raises(NotAllowed, match="电话核对"):
        reviews.take_in(village, second)
    assert reviews.township_key(village) == public_half(DESK)
    reviews.take_in(village, second, new_key=True)
    assert reviews.township_key(village) == public_half(OTHER_DESK)
    newer, older = journal.entries(village, "township-key")
    assert (newer.detail["replaces"], older.detail["replaces"]) == (public_half(DESK), "")
    assert verify(village).ok


def test_a_changed_file_and_a_truncated_one_write_nothing(village, tmp_path):
    place = sent(village, tmp_path)
    content = place.read_bytes()
    head = village.log_head
    place.write_bytes(content.replace("退回".encode(), "通过".encode()))
    with pytest.raises(IntegrityFailure):
        reviews.take_in(village, place)
    place.write_bytes(content[: len(content) // 2])
    with pytest.raises(IntegrityFailure, match="没有复制完"):
        reviews.take_in(village, place)
    with pytest.raises(BadInput, match="这是报送包"):
        reviews.take_in(village, tmp_path / "january.vlp")
    assert village.log_head == head


def test_a_read_only_book_shows_but_takes_nothing_in(village, tmp_path):
    place = sent(village, tmp_path)
    with Book.open(village.path, read_only=True, actor="王会计") as reading:
        assert reviews.look_at(reading, place).review.opinion == "退回"
        with pytest.raises(BookUnusable, match="只读"):
            reviews.take_in(reading, place)


def reopened(book: Book, period: Period = JANUARY) -> None:
    people.log_in(book, "陈主任")
    try:
        periods.reopen(book, period, "更正")
    finally:
        people.log_in(book, "王会计")


@pytest.mark.parametrize("opinion", ["通过", "补正后通过"])
def test_a_passed_month_stays_closed(village, tmp_path, opinion):
    reviews.take_in(village, sent(village, tmp_path, opinion=opinion))
    wanted = r"乡镇已审核通过2024年1月（青石镇农经站 2024-02-10 第 1 轮），不能反结账；需要更正请在以后的月份用红字冲销"
    with pytest.raises(NotAllowed, match=wanted):
        reopened(village)
    with pytest.raises(sqlite3.IntegrityError, match="乡镇已审核通过的月份不能反结账"):
        village.connection.execute("UPDATE period SET closed = 0 WHERE month = '2024-01'")
    assert village.open_period == FEBRUARY


@pytest.mark.parametrize("opinion", ["退回", "移交"])
def test_a_month_not_passed_can_be_reopened_and_goes_to_the_township_again(village, tmp_path, opinion):
    reviews.take_in(village, sent(village, tmp_path, opinion=opinion))
    reopened(village)
    assert [one.state for one in reviews.month_standings(village)] == ["报送后反结账"]
    periods.close(village, JANUARY, backup=False)
    assert periods.periods(village)[0].review == "待重新报送"
    made = packages.hand_over(village, JANUARY, tmp_path / "again.vlp")
    assert periods.periods(village)[0].review == "审核中"
    check_package(made.path)
    reviews.take_in(village, sent(village, tmp_path, round=2, opinion="通过"))
    assert periods.periods(village)[0].review == "已通过"
    with pytest.raises(NotAllowed, match="第 2 轮"):
        reopened(village)
    assert verify(village).ok


def test_what_the_township_passed_before_it_was_closed_anew_locks_nothing(village, tmp_path):
    late = sent(village, tmp_path, opinion="通过")
    reopened(village)
    periods.close(village, JANUARY, backup=False)
    reviews.take_in(village, late)
    assert periods.periods(village)[0].review == "待重新报送"
    reopened(village)


def test_a_later_word_of_the_township_unlocks(village, tmp_path):
    reviews.take_in(village, sent(village, tmp_path, opinion="通过"))
    reviews.take_in(village, sent(village, tmp_path, opinion="退回", round=2))
    reopened(village)


def test_states_are_not_told_in_a_village_whose_township_sends_no_reviews(village, tmp_path):
    assert periods.periods(village)[0].review == ""
    assert [one.state for one in reviews.month_standings(village)] == ["已报送"]


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ("UPDATE township_review SET opinion = '通过'", "乡镇审核意见 .* 和登记的不一样"),
        ("UPDATE review_comment SET text = '没有问题'", "乡镇审核意见 .* 和登记的不一样"),
        ("UPDATE review_settlement SET state = '已整改'", "乡镇审核意见 .* 和登记的不一样"),
        ("UPDATE review_answer SET text = '改过'", "对审核意见的答复 .* 和登记的不一样"),
        ("DELETE FROM review_answer", "对审核意见的答复 .* 被删掉了"),
        (
            "INSERT INTO review_answer(uid, comment, text, voucher, author, at) VALUES('x', 'c1', 'y', '', '', '')",
            "对审核意见的答复 x 在日志里没有登记",
        ),
    ],
)
def test_a_changed_row_is_refused_by_the_book_and_found_by_verify(village, tmp_path, change, finding):
    again = Settlement("c0", "重新整改", "还缺发票", "孙审核", "2024-02-10T01:00:00Z")
    told = sent(village, tmp_path, comments=(a_comment("c1", subject=voucher_uid(village)),), settlements=(again,))
    reviews.take_in(village, told)
    review_answers.answer(village, "c1", "已补发票")
    if not change.startswith("INSERT"):
        with pytest.raises(sqlite3.IntegrityError, match=r"不能修改|不能删除"):
            village.connection.execute(change)
    for (name,) in village.connection.execute(
        "SELECT name FROM sqlite_schema WHERE type='trigger' AND name LIKE '%review%'"
    ).fetchall():
        village.connection.execute(f"DROP TRIGGER {name}")
    village.connection.execute(change)
    found = "\n".join(verify(village).findings)
    assert len([text for text in found.splitlines() if "防改写保护" not in text and "数据库结构" not in text]) == 1
    assert re.search(finding, found)


def test_a_village_that_changed_an_item_s_name_meanwhile_still_takes_it_in(village, tmp_path):
    accounts.change_item(village, accounts.items(village, "往来户")[0].item, name="改正的名字")
    assert not reviews.take_in(village, review_file(tmp_path, review_of_book(village))).taken
