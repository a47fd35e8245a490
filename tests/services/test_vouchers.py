"""The way of a voucher: draft, review, posting, reversal."""

import sqlite3
import threading
from datetime import date
from pathlib import Path

import pytest

from village_ledger.domain.errors import BadInput, BookUnusable, NotAllowed, PeriodClosed, StaleDraft
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import DraftLine
from village_ledger.services import accounts, people, periods, settings, vouchers
from village_ledger.services.book import Book
from village_ledger.services.vouchers import VoucherFilter

from .conftest import a_draft, post_all

JAN = date(2024, 1, 15)


def test_a_voucher_goes_from_draft_to_posted(book: Book) -> None:
    (posted,) = post_all(book, a_draft(JAN, "101", "501", 500_00))
    assert (posted.label, posted.maker, posted.reviewer, posted.poster) == ("记-1", "王会计", "李审核", "李审核")
    assert vouchers.voucher(book, posted.id) == posted
    assert vouchers.find(book, VoucherFilter(state="draft")) == ()


def test_numbers_run_without_gaps_within_each_month(book: Book) -> None:
    posted = post_all(book, *(a_draft(date(2024, month, 3), "101", "501", 1_00) for month in (1, 2, 1, 1, 2)))
    assert [(voucher.period.month, voucher.number) for voucher in posted] == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]


def test_deleting_a_draft_closes_the_gap_in_expected_numbers(book: Book) -> None:
    post_all(book, a_draft(JAN, "101", "501", 1_00))
    first, second, third = (vouchers.save_draft(book, a_draft(JAN, "101", "501", fen)) for fen in (1, 2, 3))
    assert [vouchers.expected_number(book, draft) for draft in (first, second, third)] == [2, 3, 4]
    vouchers.delete_drafts(book, [second.id])
    assert vouchers.expected_number(book, third) == 3
    vouchers.move_draft(book, third.id, -1)
    assert [row.id for row in vouchers.find(book, VoucherFilter(state="draft"))] == [third.id, first.id]
    assert [row.number for row in vouchers.find(book, VoucherFilter(state="draft"))] == [2, 3]


def test_an_unfinished_draft_can_be_kept_but_not_reviewed(book: Book) -> None:
    kept = vouchers.save_draft(book, a_draft(JAN, "101", "501", 5_00)._replace(lines=(DraftLine("电费", "513"),)))
    people.log_in(book, "李审核")
    with pytest.raises(BadInput) as refused:
        vouchers.review(book, [kept.id])
    assert {problem.code for problem in refused.value.problems} == {"too-few-lines", "zero"}


def test_nobody_reviews_what_they_made(book: Book) -> None:
    saved = vouchers.save_draft(book, a_draft(JAN, "101", "501", 5_00))
    with pytest.raises(NotAllowed, match="不能是同一人"):
        vouchers.review(book, [saved.id])
    people.log_in(book, "赵出纳")
    with pytest.raises(NotAllowed, match="出纳"):
        vouchers.review(book, [saved.id])


def test_a_one_person_office_is_a_named_exception(book: Book) -> None:
    with pytest.raises(NotAllowed, match=r"改为一人岗.*陈主任"):
        settings.save_settings(book, book.settings._replace(single_person=True))
    people.log_in(book, "陈主任")
    settings.save_settings(book, book.settings._replace(single_person=True))
    people.log_in(book, "王会计")
    saved = vouchers.save_draft(book, a_draft(JAN, "101", "501", 5_00))
    vouchers.review(book, [saved.id])
    assert book.entity.single_person


def test_an_unreviewed_draft_is_not_posted(book: Book) -> None:
    saved = vouchers.save_draft(book, a_draft(JAN, "101", "501", 5_00))
    with pytest.raises(NotAllowed, match="还没有审核"):
        vouchers.post(book, [saved.id])
    with pytest.raises(BadInput, match="没有已审核"):
        vouchers.post(book)


def test_posting_checks_again_against_the_book_as_it_is_now(book: Book) -> None:
    saved = vouchers.save_draft(book, a_draft(JAN, "101", "113", 5_00, item="张三"))
    people.log_in(book, "李审核")
    vouchers.review(book, [saved.id])
    accounts.change_account(book, "113", disabled=True)
    with pytest.raises(BadInput, match="113 内部往来 已停用"):
        vouchers.post(book)
    assert vouchers.count(book, VoucherFilter(state="reviewed")) == 1


def test_a_reviewed_draft_is_changed_only_after_the_review_is_taken_back(book: Book) -> None:
    saved = vouchers.save_draft(book, a_draft(JAN, "101", "501", 5_00))
    people.log_in(book, "李审核")
    vouchers.review(book, [saved.id])
    with pytest.raises(NotAllowed, match="取消审核"):
        vouchers.save_draft(book, vouchers.draft(book, saved.id))
    with pytest.raises(NotAllowed, match="取消审核"):
        vouchers.delete_drafts(book, [saved.id])
    vouchers.unreview(book, [saved.id])
    again = vouchers.draft(book, saved.id)
    assert vouchers.save_draft(book, again).version == again.version + 1


def test_a_draft_changed_in_another_window_is_not_overwritten(book: Book) -> None:
    saved = vouchers.save_draft(book, a_draft(JAN, "101", "501", 5_00))
    with Book.open(book.path, actor="王会计") as other:
        vouchers.save_draft(other, saved._replace(attachments=2))
    with pytest.raises(StaleDraft, match="另一个窗口"):
        vouchers.save_draft(book, saved._replace(attachments=3))
    with Book.open(book.path, actor="王会计") as other:
        vouchers.delete_drafts(other, [saved.id])
    with pytest.raises(StaleDraft, match="记账或删除"):
        vouchers.save_draft(book, saved)


def test_a_posted_voucher_is_cancelled_by_a_red_one_linked_both_ways(book: Book) -> None:
    (original,) = post_all(book, a_draft(JAN, "101", "501", 500_00, "多记收入"))
    book.actor = "王会计"
    draft = vouchers.reverse(book, original.id, date(2024, 2, 1))
    assert [(line.debit_fen, line.credit_fen) for line in draft.lines] == [(-500_00, 0), (0, -500_00)]
    assert "冲销2024年1月记-1号凭证" in draft.lines[0].summary
    with pytest.raises(NotAllowed, match="待记账的红字冲销"):
        vouchers.reverse(book, original.id, date(2024, 2, 1))
    people.log_in(book, "李审核")
    vouchers.review(book, [draft.id])
    (red,) = vouchers.post(book)
    assert red.reverses == original.id
    assert vouchers.voucher(book, original.id).reversed_by == red.id
    with pytest.raises(NotAllowed, match="已经被"):
        vouchers.reverse(book, original.id, date(2024, 2, 2))
    with pytest.raises(NotAllowed, match="本身就是"):
        vouchers.reverse(book, red.id, date(2024, 2, 2))
    january = {row.account: row.closing_fen for row in book.ledger.balances(Period(2024, 1), Period(2024, 2))}
    assert january == {"101": 1_000_00, "301": -1_000_00}


def test_a_closed_month_takes_no_vouchers(book: Book) -> None:
    post_all(book, a_draft(JAN, "101", "501", 1_00))
    periods.close(book, Period(2024, 1))
    with pytest.raises(PeriodClosed, match="红字冲销"):
        vouchers.save_draft(book, a_draft(JAN, "101", "501", 1_00))
    with pytest.raises(BadInput, match="早于建账月份"):
        vouchers.save_draft(book, a_draft(date(2023, 12, 31), "101", "501", 1_00))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE voucher SET day = '2024-01-16', month = '2024-01'",
        "UPDATE voucher SET total_fen = 1",
        "DELETE FROM voucher",
        "UPDATE voucher_line SET summary = '改'",
        "UPDATE voucher_line SET debit_fen = debit_fen + 1 WHERE debit_fen <> 0",
        "DELETE FROM voucher_line",
        "INSERT OR REPLACE INTO voucher_line SELECT * FROM voucher_line LIMIT 1",
        "INSERT INTO voucher_line SELECT voucher_id, 9, month, carried, account_id, combination_id, 1, 0, 0, 'x'"
        " FROM voucher_line LIMIT 1",
        "INSERT INTO voucher SELECT 99, 'x', month, day, word, 7, 0, kind, maker, reviewer, cashier, poster, 0, '',"
        " 2, 1 FROM voucher LIMIT 1",
        "UPDATE log SET actor = '别人'",
        "DELETE FROM log WHERE seq = 1",
        "UPDATE opening SET balance_fen = 1",
        "UPDATE account SET code = '109' WHERE code = '101'",
        "UPDATE item SET code = '9' WHERE code = '0001'",
    ],
)
def test_no_program_can_change_what_was_posted(book: Book, statement: str) -> None:
    post_all(book, a_draft(JAN, "101", "501", 5_00))
    stranger = sqlite3.connect(book.path)
    try:
        stranger.execute("PRAGMA recursive_triggers=ON")
        with pytest.raises(sqlite3.IntegrityError):
            stranger.execute(statement)
    finally:
        stranger.close()


def test_two_windows_racing_take_each_number_once(book: Book) -> None:
    book.actor = "王会计"
    saved = [vouchers.save_draft(book, a_draft(JAN, "101", "501", fen)) for fen in range(1, 41)]
    people.log_in(book, "李审核")
    vouchers.review(book, [draft.id for draft in saved])
    failures: list[BaseException] = []

    def work(path: Path, ids: list[int]) -> None:
        try:
            with Book.open(path, actor="李审核") as window:
                for draft_id in ids:
                    vouchers.post(window, [draft_id])
        except BaseException as error:  # noqa: BLE001  (shown by the assertion below)
            failures.append(error)

    ids = [draft.id for draft in saved]
    windows = [threading.Thread(target=work, args=(book.path, ids[start::2])) for start in (0, 1)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert not failures
    posted = book.ledger.vouchers(Period(2024, 1), Period(2024, 1))
    assert [voucher.number for voucher in posted] == list(range(1, 41))


def test_a_book_locked_by_another_window_says_so(book: Book) -> None:
    book.connection.execute("PRAGMA busy_timeout=0")
    other = sqlite3.connect(book.path, isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BookUnusable, match="另一个窗口占用"):
            vouchers.save_draft(book, a_draft(JAN, "101", "501", 1_00))
        other.execute("ROLLBACK")
    finally:
        other.close()
    assert vouchers.save_draft(book, a_draft(JAN, "101", "501", 1_00)).id


def test_the_list_finds_by_text_amount_account_and_household(book: Book) -> None:
    post_all(
        book,
        a_draft(JAN, "101", "501", 500_00, "收土地承包费"),
        a_draft(JAN, "113", "101", 80_00, "借支", item="张三"),
    )
    vouchers.save_draft(book, a_draft(JAN, "514", "101", 33_00, "慰问老人"))

    def found(wanted: VoucherFilter) -> list[str]:
        return [row.summary for row in vouchers.find(book, wanted)]

    assert found(VoucherFilter()) == ["收土地承包费", "借支", "慰问老人"]
    assert found(VoucherFilter(text="承包")) == ["收土地承包费"]
    assert found(VoucherFilter(text="张三")) == ["借支"]
    assert found(VoucherFilter(text="33.00")) == ["慰问老人"]
    assert found(VoucherFilter(text="公益支出")) == ["慰问老人"]
    assert found(VoucherFilter(account="501")) == ["收土地承包费"]
    assert found(VoucherFilter(low_fen=50_00, high_fen=100_00)) == ["借支"]
    assert found(VoucherFilter(state="posted", number=2)) == ["借支"]
    assert found(VoucherFilter(start=Period(2024, 2))) == []
    assert vouchers.count(book, VoucherFilter(state="posted")) == 2


def test_templates_are_kept_by_name(book: Book) -> None:
    lines = (DraftLine("付电费", "51301"), DraftLine("付电费", "102", (("银行账户", "农商行"),)))
    vouchers.save_template(book, "电费", lines[:1])
    vouchers.save_template(book, "电费", lines)
    (template,) = vouchers.templates(book)
    assert (template.name, template.lines) == ("电费", lines)
    vouchers.delete_template(book, template.id)
    assert vouchers.templates(book) == ()


def test_summaries_and_accounts_used_lately_are_remembered(book: Book) -> None:
    post_all(book, a_draft(JAN, "101", "501", 1_00, "甲"), a_draft(JAN, "101", "502", 1_00, "乙"))
    assert vouchers.recent_summaries(book) == ("乙", "甲")
    assert vouchers.account_usage(book) == {"101": 2, "501": 1, "502": 1}


def test_three_words_are_numbered_apart(book: Book) -> None:
    settings.save_settings(book, book.settings._replace(words="收付转"))
    posted = post_all(
        book,
        a_draft(JAN, "101", "501", 1_00)._replace(word="收"),
        a_draft(JAN, "513", "101", 1_00)._replace(word="付"),
        a_draft(JAN, "101", "502", 1_00)._replace(word="收"),
    )
    assert sorted(voucher.label for voucher in posted) == ["付-1", "收-1", "收-2"]


def test_a_draft_cannot_claim_a_reversal_that_waits_already(book: Book) -> None:
    (posted,) = post_all(book, a_draft(JAN, "101", "501", 1_00))
    vouchers.reverse(book, posted.id, JAN)
    claims = vouchers.save_draft(book, a_draft(JAN, "101", "501", 2_00))
    with pytest.raises(NotAllowed, match="已经有一张待记账的红字冲销凭证"):
        vouchers.save_draft(book, claims._replace(reverses=posted.id))
