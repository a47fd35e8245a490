import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from village_ledger.domain.period import Period
from village_ledger.services.book import Book
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.home.summary import read_summary


def words(page):
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def test_the_summary_counts_what_waits_and_adds_the_money_up(book):
    summary = read_summary(book)
    assert (summary.month, summary.drafts, summary.reviewed, summary.posted) == (Period(2025, 3), 1, 2, 0)
    assert {fund.name for fund in summary.funds} == {"库存现金", "农商行基本户", "农商行一事一议专户"}
    assert summary.funds_fen == sum(fund.closing_fen for fund in summary.funds) > 0
    assert [status.closed for status in summary.months] == [True, True, False]
    assert summary.results[0][0] > 0
    assert summary.results[2] == (0, 0)


def test_it_says_when_months_lie_open_and_backups_are_missing(book, tmp_path):
    texts = [notice.text for notice in read_summary(book).notices]
    assert any("还没有结账" in text for text in texts)
    assert any("备份" in text for text in texts)


def test_it_reminds_of_urgent_exceptions_until_they_are_made_good(sample_village):
    with Book.open(sample_village, read_only=True) as book:
        (found,) = [notice for notice in read_summary(book).notices if notice.page == "exceptions-list"]
    assert found.text == "1 笔紧急例外（1,180.00 元）的手续还没有补齐"


def test_the_page_shows_the_four_steps(window):
    page = window.page("home")
    assert "1 张草稿等待审核" in words(page)
    assert "2 张已审核，等待记账" in words(page)
    assert page.steps[2].button.isEnabled()


def test_posting_from_the_page_asks_and_then_posts(window, qtbot):
    page = window.page("home")
    qtbot.mouseClick(page.steps[2].button, Qt.MouseButton.LeftButton)
    question = page.findChild(Dialog)
    assert question.isVisible()
    question.accept()
    assert "已记账 2 张" in page.message_bar.text
    assert not page.steps[2].button.isEnabled()
    assert "本月已记账 2 张" in words(page)


@pytest.mark.parametrize(("step", "key"), [(1, "voucher-list"), (3, "month-end")])
def test_the_steps_lead_to_their_pages(window, qtbot, step, key):
    qtbot.mouseClick(window.page("home").steps[step].button, Qt.MouseButton.LeftButton)
    assert window.current_key == key


def test_a_new_voucher_begins_with_enter(window, qtbot):
    qtbot.mouseClick(window.page("home").steps[0].button, Qt.MouseButton.LeftButton)
    assert window.current_key == "voucher-entry"
