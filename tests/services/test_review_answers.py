"""The township's comments as they stand, the village's answers, and how these travel."""

from datetime import date
from pathlib import Path

import pytest

from tests.package.reviewing import JANUARY, a_comment
from tests.services.conftest import a_draft, post_all
from tests.services.packing import unpacked
from tests.services.township_desk import handed_over, sent
from village_ledger import clock
from village_ledger.domain.errors import BadInput, IntegrityFailure, NotAllowed
from village_ledger.domain.period import Period
from village_ledger.domain.review import Settlement
from village_ledger.domain.review_standing import CommentStanding
from village_ledger.package.review import ANSWERS
from village_ledger.services import journal, packages, people, periods, review_answers, reviews, village_key, vouchers
from village_ledger.services.book import Book
from village_ledger.services.integrity import verify
from village_ledger.services.package_check import check_package
from village_ledger.services.vouchers import VoucherFilter

from .packing import forged

FEBRUARY = Period(2024, 2)
DEADLINE = date(2024, 3, 31)
TODAY = date(2024, 3, 1)


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path / "home"))


@pytest.fixture
def village(book: Book, tmp_path: Path) -> Book:
    """January sent back with three comments: one on 记-1 with a deadline, one on 记-2 without, one on a contract."""
    post_all(book, a_draft(date(2024, 1, 5), "102", "101", 300_00), a_draft(date(2024, 1, 8), "513", "101", 50_00))
    periods.close(book, JANUARY, backup=False)
    handed_over(book, tmp_path)
    first, second = book.ledger.vouchers(JANUARY, JANUARY)
    comments = (
        a_comment("c1-long-uid", subject=first.uid, text="发票没有附上", deadline=DEADLINE),
        a_comment("c2-long-uid", subject=second.uid, label="2024-01 记-2", text="摘要请写详细"),
        a_comment(
            "c3-long-uid", kind="合同", subject="HT-01", label="HT-01 门面", text="没有附决议", deadline=DEADLINE
        ),
    )
    reviews.take_in(book, sent(book, tmp_path, comments=comments))
    return book


def reversed_january(book: Book) -> vouchers.Voucher:
    """The red voucher of 记-1, posted in February."""
    first = book.ledger.vouchers(JANUARY, JANUARY)[0]
    draft = vouchers.reverse(book, first.id, date(2024, 2, 5))
    people.log_in(book, "李审核")
    vouchers.review(book, [draft.id])
    (posted,) = vouchers.post(book, [draft.id])
    people.log_in(book, "王会计")
    return posted


def states(book: Book) -> list[str]:
    return [one.state for one in review_answers.standings(book)]


def test_what_waits_is_counted_with_its_deadline(village):
    assert states(village) == ["待答复", "供参考", "待答复"]
    assert review_answers.waiting(village, TODAY) == (2, 0, DEADLINE)
    assert review_answers.waiting(village, date(2024, 4, 1)) == (2, 2, DEADLINE)


def test_comments_are_found_at_what_they_are_on(village):
    uid = village.ledger.vouchers(JANUARY, JANUARY)[1].uid
    assert [one.comment.uid for one in review_answers.standings_on(village, "凭证", uid)] == ["c2-long-uid"]
    assert [one.comment.uid for one in review_answers.standings_on(village, "合同", "HT-01")] == ["c3-long-uid"]
    assert review_answers.standings_on(village, "决策", "HT-01") == ()


def test_an_answer_is_kept_and_logged(village):
    given = review_answers.answer(village, "c1-l", "  发票已补，见附件  ")
    assert (given.comment, given.text, given.author) == ("c1-long-uid", "发票已补，见附件", "王会计")
    assert states(village) == ["已答复", "供参考", "待答复"]
    (record,) = journal.entries(village, "review-answer")
    assert record.detail == given._asdict()
    assert verify(village).ok


def test_an_answer_names_only_a_posted_voucher_that_is_not_the_one_commented(village):
    for wrong, reason in (
        ("记-1", "请写成"),
        ("2024-02 记-9", "没有已记账的凭证 2024-02 记-9"),
        ("2024-01 记-1", "就是意见指出的凭证"),
    ):
        with pytest.raises(BadInput, match=reason):
            review_answers.answer(village, "c1-long-uid", "已更正", wrong)
    red = reversed_january(village)
    assert review_answers.answer(village, "c1-long-uid", "已冲销", " 2024-02  记-1 ").voucher == f"2024-02 {red.label}"


def test_the_red_voucher_is_offered_first(village):
    post_all(village, a_draft(date(2024, 2, 1), "102", "101", 1_00))
    red = reversed_january(village)
    post_all(village, a_draft(date(2024, 2, 9), "102", "101", 2_00))
    comment = review_answers.standing(village, "c1-long-uid").comment
    offered = review_answers.corrections(village, comment)
    assert review_answers.label_of(offered.red) == f"2024-02 {red.label}"
    assert [review_answers.label_of(one) for one in offered.others] == ["2024-02 记-3", "2024-02 记-1", "2024-01 记-2"]
    contract = review_answers.standing(village, "c3-long-uid").comment
    offered = review_answers.corrections(village, contract)
    labels = [review_answers.label_of(one) for one in offered.others]
    assert (offered.red, labels[:3], labels[3:]) == (
        None,
        ["2024-02 记-3", "2024-02 记-2", "2024-02 记-1"],
        ["2024-01 记-2", "2024-01 记-1"],
    )


def test_answers_that_say_nothing_or_belong_nowhere_are_refused(village):
    with pytest.raises(BadInput, match="请写明答复"):
        review_answers.answer(village, "c1-long-uid", "  ")
    with pytest.raises(BadInput, match="最多 2000 个字"):
        review_answers.answer(village, "c1-long-uid", "长" * 2001)
    with pytest.raises(BadInput, match="没有编号是“c9”"):
        review_answers.answer(village, "c9", "已办")
    people.log_in(village, "赵出纳")
    with pytest.raises(NotAllowed, match="出纳不能答复审核意见"):
        review_answers.answer(village, "c1-long-uid", "已办")


def test_the_township_s_last_word_settles_or_sends_back(village, tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: "2024-02-20T01:00:00Z")
    review_answers.answer(village, "c1-long-uid", "发票已补")
    review_answers.answer(village, "c3-long-uid", "决议已补")
    later = "2024-02-21T01:00:00Z"
    told = (
        Settlement("c1-long-uid", "已整改", "", "孙审核", later),
        Settlement("c3-long-uid", "重新整改", "决议没有签字", "孙审核", later),
    )
    changed = a_comment(
        "c3-long-uid", kind="合同", subject="HT-01", label="HT-01 门面", text="没有附决议", deadline=date(2024, 4, 30)
    )
    reviews.take_in(village, sent(village, tmp_path, round=2, settlements=told, comments=(changed,)))
    assert states(village) == ["已整改", "供参考", "重新整改"]
    assert review_answers.waiting(village, TODAY) == (1, 0, date(2024, 4, 30))
    with pytest.raises(NotAllowed, match="已经办结（已整改）"):
        review_answers.answer(village, "c1-long-uid", "再说一句")
    monkeypatch.setattr(clock, "now", lambda: "2024-02-22T01:00:00Z")
    review_answers.answer(village, "c3-long-uid", "签字的决议已补")
    assert states(village)[2] == "已答复"
    reviews.take_in(village, sent(village, tmp_path, round=3, settlements=told, comments=(changed,)))
    assert states(village)[2] == "已答复"  # the same word told again is not a new one
    assert verify(village).ok


def test_a_comment_without_a_deadline_may_be_sent_back_too():
    last = Settlement("c", "重新整改", at="2024-02-21T01:00:00Z")
    one = CommentStanding(a_comment("c"), (), (last,))
    assert (one.state, one.waits, one.overdue(TODAY)) == ("重新整改", True, False)


def test_answers_go_along_in_packages_until_the_township_settles_them(village, tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: "2024-02-20T01:00:00Z")
    periods.close(village, FEBRUARY, backup=False)
    before = packages.hand_over(village, FEBRUARY, tmp_path / "b.vlp")
    assert check_package(before.path).answers == ()
    answers = (
        review_answers.answer(village, "c1-long-uid", "发票已补"),
        review_answers.answer(village, "c2-long-uid", "=HYPERLINK(1) 已写详细"),
    )
    made = packages.hand_over(village, FEBRUARY, tmp_path / "c.vlp")
    assert check_package(made.path).answers == answers
    old, new = unpacked(before.path), unpacked(made.path)
    assert {name for name in new if new[name] != old[name]} == {
        *("manifest.json", "SHA256SUMS", "signature.bin", ANSWERS)
    }
    told = (Settlement("c1-long-uid", "已整改", "", "孙审核", "2024-02-21T01:00:00Z"),)
    reviews.take_in(village, sent(village, tmp_path, round=2, settlements=told))
    assert check_package(packages.hand_over(village, FEBRUARY, tmp_path / "d.vlp").path).answers == answers[1:]


def test_answers_a_forger_puts_into_a_package_must_be_well_formed(village, tmp_path):
    """Even with the village's own key."""
    made, key = tmp_path / "january.vlp", village_key.village_key(village)
    with pytest.raises(IntegrityFailure, match="答复"):
        check_package(forged(made, lambda files: files.update({ANSWERS: b"[1]"}), key=key))
    with pytest.raises(IntegrityFailure, match=r"缺少文件：review/answers\.json"):
        check_package(forged(made, lambda files: files.pop(ANSWERS), key=key))


def test_vouchers_with_comments_are_marked_and_found(village):
    first, second = village.ledger.vouchers(JANUARY, JANUARY)
    assert review_answers.voucher_marks(village) == {first.id: "待答复", second.id: "供参考"}
    found = review_answers.find_commented(village, VoucherFilter())
    assert [one.id for one in found] == [first.id, second.id]
    assert review_answers.find_commented(village, VoucherFilter(start=FEBRUARY)) == ()
    assert [one.id for one in review_answers.find_commented(village, VoucherFilter(account="513"))] == [second.id]
