"""A month's way between village and desk: comment, sent back, answered, corrected, passed, closed for good."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.services.conftest import post_all
from village_ledger.domain.desk import Doubt
from village_ledger.domain.errors import BadInput, NotAllowed
from village_ledger.domain.period import Period
from village_ledger.domain.review import Comment
from village_ledger.package.review import read_review
from village_ledger.services import periods, review_answers, reviews, vouchers
from village_ledger.services.book import Book
from village_ledger.services.township import flags, importing, months, reviewing, sending
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.ledgers import village_voucher
from village_ledger.storage.desk import doubts

from .villages import Made, close, make_village, one_more, reopen

JANUARY, FEBRUARY, MARCH = (Period(2024, month) for month in (1, 2, 3))
TODAY = date(2024, 4, 20)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The township's own machine."""
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path / "township"))
    return tmp_path


@pytest.fixture
def handed_over(desk: Desk, stone: Made, home: Path) -> Made:
    """A village whose first two months are at the desk."""
    made = stone.copied(home / "village")
    for month in (1, 2):
        importing.take(desk, made.packages[month])
    return made


def a_comment(desk: Desk, label: str = "记-3", **more: object) -> Comment:
    village = desk.villages[0]
    voucher = village_voucher(desk, village, label=f"2024-02 {label}")
    told = Comment("", FEBRUARY, "凭证", voucher.uid, f"2024-02 {label}", "办公费没有发票")
    return reviewing.comment(desk, village, told._replace(**more))


def test_a_month_goes_to_the_village_and_back_until_it_is_passed(desk: Desk, handed_over: Made, home: Path):
    village = desk.villages[0]
    kept = a_comment(desk, demand="补发票", deadline=date(2024, 4, 1), severity="严重")
    assert reviewing.standing(desk, village, FEBRUARY).state == "审核中"
    with pytest.raises(NotAllowed, match="严重问题"):
        sending.send(desk, village, FEBRUARY, "通过", "", home / "no.vlr")
    assert not (home / "no.vlr").exists()
    sent = sending.send(desk, village, FEBRUARY, "退回", "", home / "1.vlr")
    assert reviewing.standing(desk, village, FEBRUARY).state == "退回"
    signed = read_review(home / "1.vlr")
    assert (signed.review, signed.key) == (sent.review, sending.public_key(desk))
    assert [one.text for one in signed.review.comments] == ["办公费没有发票"]

    def correct(book: Book) -> None:
        """Take the review in, add what was forgotten after reopening, and answer."""
        reviews.take_in(book, home / "1.vlr")
        reopen_from(book, 2)
        one_more(book, 2)
        for month in (2, 3, 4):
            close(book, month)
        review_answers.answer(book, kept.uid, "发票已补，另补记电费", "2024-02 记-4")

    handed_over.act(correct)
    again = handed_over.hand_over(2)
    taken = importing.take(desk, again, replace=True)
    assert (taken.result, taken.answers, taken.received.state) == ("更换", 1, "收到")
    assert "凭证 2024-02 记-4" in [one.what for one in taken.differences]
    (thread,) = reviewing.threads(desk, village, FEBRUARY)
    assert [(one.text, one.voucher) for one in thread.answers] == [("发票已补，另补记电费", "2024-02 记-4")]
    assert thread.state == "已答复"

    reviewing.settle(desk, village, kept.uid, "已整改", "")
    sending.send(desk, village, FEBRUARY, "通过", "同意", home / "2.vlr")
    with pytest.raises(NotAllowed, match="已经审核通过"):
        a_comment(desk)
    handed_over.act(lambda book: reviews.take_in(book, home / "2.vlr") and None)

    def refused(book: Book) -> None:
        book.actor = "陈主任"
        for month in (4, 3):
            periods.reopen(book, Period(2024, month), "改账")
        with pytest.raises(NotAllowed, match="审核通过"):
            periods.reopen(book, FEBRUARY, "改账")

    handed_over.act(refused)
    assert desk.verify() == ""


def reopen_from(book: Book, first: int) -> None:
    for month in (4, 3, 2, 1):
        if month >= first:
            reopen(book, month)


def test_the_same_closing_with_answers_is_no_changed_month(desk: Desk, handed_over: Made, home: Path):
    village = desk.villages[0]
    kept = a_comment(desk)
    sending.send(desk, village, FEBRUARY, "补正后通过", "", home / "1.vlr")

    def answer(book: Book) -> None:
        reviews.take_in(book, home / "1.vlr")
        review_answers.answer(book, kept.uid, "已补发票", "")

    handed_over.act(answer)
    taken = importing.take(desk, handed_over.hand_over(2))
    assert (taken.result, taken.answers) == ("已有", 1)
    assert reviewing.standing(desk, village, FEBRUARY).state == "通过"
    assert importing.take(desk, handed_over.hand_over(2)).answers == 0


def test_what_a_comment_and_an_opinion_must_say(desk: Desk, handed_over: Made, home: Path):
    village = desk.villages[0]
    with pytest.raises(BadInput, match="没有保存"):
        a_comment(desk, text=" ")
    with pytest.raises(BadInput, match="说明原因"):
        sending.send(desk, village, FEBRUARY, "退回", " ", home / "a.vlr")
    with pytest.raises(BadInput, match="结论只能是"):
        sending.send(desk, village, FEBRUARY, "好", "", home / "a.vlr")
    with pytest.raises(NotAllowed, match="还没有报送"):
        sending.send(desk, village, MARCH, "通过", "", home / "a.vlr")
    kept = a_comment(desk)
    with pytest.raises(BadInput, match="理由"):
        reviewing.settle(desk, village, kept.uid, "已排除", " ")
    with pytest.raises(BadInput, match="没有这条意见"):
        reviewing.settle(desk, village, "0" * 32, "已整改", "")


def test_a_comment_can_be_withdrawn_only_before_it_was_sent(desk: Desk, handed_over: Made, home: Path):
    village = desk.villages[0]
    first, second = a_comment(desk), a_comment(desk, "记-2")
    reviewing.withdraw(desk, village, first.uid)
    sent = sending.send(desk, village, FEBRUARY, "退回", "", home / "a.vlr")
    assert [one.uid for one in sent.review.comments] == [second.uid]
    with pytest.raises(NotAllowed, match="不能撤回"):
        reviewing.withdraw(desk, village, second.uid)


def test_a_withdrawn_comment_is_gone_for_every_window(desk: Desk, handed_over: Made, home: Path):
    village = desk.villages[0]
    kept = a_comment(desk)
    reviewing.withdraw(desk, village, kept.uid)
    written = desk.log_head
    for act in (
        lambda: reviewing.withdraw(desk, village, kept.uid),
        lambda: reviewing.settle(desk, village, kept.uid, "已整改", ""),
    ):
        with pytest.raises(BadInput, match="没有这条意见"):
            act()
    assert desk.log_head == written


def test_a_doubt_is_dealt_with_as_it_stands_now(desk: Desk, handed_over: Made, home: Path):
    village = desk.villages[0]
    seen = Doubt(village.code, 2024, "no-papers", "k" * 32, FEBRUARY, "凭证 2024-02 记-3", "没有附件", (), 0, ())
    with pytest.raises(BadInput, match="已经不在了"):
        flags.resolve(desk, seen, "已核排除", "附件后补")
    with desk.write(village.code) as transaction:
        doubts.store_doubts(desk.store, village.code, 2024, (seen,))
        transaction.record("flags", village.name)
    flags.resolve(desk, seen, "已核属实", "确实没有")
    flags.resolve(desk, seen, "已整改", "附件已补")  # by a window that still shows 待核
    newest = desk.log(1)[0]
    assert (newest.action, newest.detail["before"], newest.detail["status"]) == ("flag-status", "已核属实", "已整改")
    (kept,) = (one for one in flags.doubts_of(desk, village=village.code, year=2024) if one.key == seen.key)
    assert (kept.status, kept.reason) == ("已整改", "附件已补")


def test_a_review_that_cannot_be_written_leaves_the_month_as_it_was(desk: Desk, handed_over: Made, home: Path):
    village = desk.villages[0]
    a_comment(desk)
    head = desk.log_head
    with pytest.raises(Exception, match="没有导出成功"):
        sending.send(desk, village, FEBRUARY, "退回", "", home / "no such folder" / "a.vlr")
    assert reviewing.standing(desk, village, FEBRUARY).state == "审核中"
    assert desk.log_head == head
    assert not reviewing.threads(desk, village)[0].sent


def test_the_grid_tells_where_every_month_stands(
    desk: Desk, handed_over: Made, a_village: Callable[..., Made], willow: Made, home: Path
):
    importing.take(desk, willow.packages[2])
    village = desk.village("石桥村")
    a_comment(desk, deadline=date(2024, 4, 1))
    a_comment(desk, "记-2")
    sending.send(desk, village, JANUARY, "通过", "", home / "a.vlr")
    found = reviewing.grid(desk, JANUARY, Period(2024, 4), TODAY)
    states = {
        (one.name, month.month): found.cells[one.code, month].state
        for one in found.villages
        for month in found.months
        if (one.code, month) in found.cells
    }
    assert states == {
        ("石桥村", 1): "通过",
        ("石桥村", 2): "审核中",
        ("石桥村", 3): "逾期",  # due on 15 April
        ("石桥村", 4): "未报",
        ("柳溪村", 2): "收到",  # its first month here; January came along with it
        ("柳溪村", 3): "逾期",
        ("柳溪村", 4): "未报",
    }
    cell = found.cells[village.code, FEBRUARY]
    assert (cell.open_comments, cell.answered, cell.overdue) == (2, 0, 1)


def test_red_letter_vouchers_are_listed_and_found_by_their_amount(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = make_village(tmp_path_factory.mktemp("red"), "东山村股份经济合作社", months=1)

    def cancel(book: Book) -> None:
        wrong = next(one for one in book.ledger.vouchers(JANUARY, JANUARY) if one.label == "记-3")
        post_all(book, vouchers.reverse(book, wrong.id, date(2024, 2, 6)))
        close(book, 2)

    made.act(cancel)
    for path in (made.packages[1], made.hand_over(2)):
        taken = importing.take(desk, path)
    red = ("记-1", -5_01)

    def listed(text: str = "", least: int = 0) -> list[tuple[str, int]]:
        found = months.vouchers(desk, taken.village, FEBRUARY, text, least)
        return [(f"{one.word}-{one.number}", one.total_fen) for one in found]

    assert listed() == [red]
    assert listed(least=5_01) == [red]
    assert listed(least=5_02) == []
    assert listed("5.01") == [red]
    assert listed("-5.01") == [red]
