"""The township's comments in the window: taken in, shown where they belong, answered, corrected in red."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.package.reviewing import DESK, OTHER_DESK, a_comment, review_file
from tests.services.township_desk import review_of_book
from tests.ui.ime import commit
from village_ledger import clock
from village_ledger.domain.account import Item
from village_ledger.domain.contract import Contract, Price, Step
from village_ledger.domain.decision import Decision
from village_ledger.domain.period import Period
from village_ledger.domain.review import Comment
from village_ledger.package.signing import public_half
from village_ledger.services import (
    accounts,
    contracts,
    decisions,
    packages,
    people,
    periods,
    review_answers,
    reviews,
    vouchers,
)
from village_ledger.services.book import Book
from village_ledger.ui.contracts.contracts_page import ContractsPage
from village_ledger.ui.decisions.decisions_page import DecisionsPage
from village_ledger.ui.hand_over_dialog import HandOverDialog
from village_ledger.ui.home.home_page import HomePage
from village_ledger.ui.home.summary import read_summary
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.operations import EVERYTHING, PEOPLE, Operations
from village_ledger.ui.periods.month_end_page import MonthEndPage
from village_ledger.ui.review_answer import ReviewAnswerDialog
from village_ledger.ui.reviews.reviews_page import ReviewsPage
from village_ledger.ui.reviews.take_dialog import TakeDialog
from village_ledger.ui.tables import voucher_list_model as columns
from village_ledger.ui.vouchers.entry_page import VoucherEntryPage
from village_ledger.ui.vouchers.list_page import VoucherListPage

FEBRUARY = Period(2025, 2)
TODAY = date(2025, 3, 12)
Answers = Callable[[str, object], None]
SHOP = Contract(
    "HT-01",
    "租赁",
    "门面",
    Item("往来户", "0001", "甲户"),
    date(2025, 1, 1),
    date(2026, 12, 31),
    Price(steps=(Step(1, 1_00),)),
    "112",
    "50102",
)


@pytest.fixture
def village(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """February handed over, a contract and a decision registered; comments on them wait in a file."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    packages.hand_over(book, FEBRUARY, tmp_path / "february.vlp")
    accounts.add_item(book, "往来户", "门面租户")
    party = next(one.item for one in accounts.items(book, "往来户") if one.item.name == "门面租户")
    contracts.save(book, SHOP._replace(party=party))
    decisions.save(book, Decision("石决〔2025〕1号", "修路", "工程建设", "理事会", "集体经济组织", date(2025, 2, 1)))
    return book


def on_february(book: Book) -> tuple[Comment, ...]:
    first, second, *_rest = book.ledger.vouchers(FEBRUARY, FEBRUARY)
    usual = {"period": FEBRUARY, "deadline": date(2025, 3, 31)}
    return (
        a_comment("c1", subject=first.uid, label=f"2025-02 {first.label}", category="票据", clause="第七条", **usual),
        a_comment("c2", subject=second.uid, label=f"2025-02 {second.label}", text="<b>摘要</b>不清", period=FEBRUARY),
        a_comment("c3", kind="合同", subject="HT-01", label="HT-01 门面", text="租金偏低", **usual),
        a_comment("c4", kind="决策", subject="石决〔2025〕1号", label="石决〔2025〕1号", text="没有签到表", **usual),
    )


def file_of(book: Book, folder: Path, key: bytes = DESK, **told: object) -> Path:
    told = {"period": FEBRUARY, "comments": on_february(book), **told}
    return review_file(folder, review_of_book(book, **told), key)


@pytest.fixture
def reviewed(village: Book, tmp_path: Path) -> Book:
    """The comments taken in."""
    reviews.take_in(village, file_of(village, tmp_path))
    return village


@pytest.fixture
def desk(village: Book) -> Operations:
    return Operations(village, synchronous=True)


def shown(qtbot: QtBot, page: QWidget) -> QWidget:
    qtbot.addWidget(page)
    page.resize(1182, 690)
    page.show()
    return page


def dialog_of(page: QWidget, kind: type) -> QWidget:
    found = [widget for widget in page.findChildren(kind) if widget.isVisible()]
    assert found, f"no {kind.__name__} is open"
    return found[-1]


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def buttons(widget: QWidget, text: str) -> list[QPushButton]:
    return [one for one in widget.findChildren(QPushButton) if one.text() == text and one.isVisible()]


def test_a_review_is_taken_in_by_keys(
    village: Book, desk: Operations, tmp_path: Path, answers: Answers, qtbot: QtBot
) -> None:
    page = shown(qtbot, ReviewsPage(desk))
    answers("pick_file", file_of(village, tmp_path, text="请整改"))
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    qtbot.keyClick(page.table, Qt.Key.Key_Insert)
    dialog = dialog_of(page, TakeDialog)
    assert "第一次接收" in dialog.message_bar.text
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert "已接收2025年2月第 1 轮审核意见（退回），意见 4 条" in page.message_bar.text
    assert [page.month_model.index(1, column).data() for column in range(3)] == ["2025年2月", "退回", "4"]
    assert [page.tabs.tabText(place) for place in range(4)] == ["待答复  3", "已答复  0", "已办结  0", "全部  4"]
    page.months.selectRow(1)
    assert "青石镇农经站 孙审核" in page.opinion.text()
    assert "请整改" in page.opinion.text()
    assert reviews.township_key(village) == public_half(DESK)


def test_a_strange_file_is_refused_and_a_known_one_is_told(
    reviewed: Book, desk: Operations, tmp_path: Path, qtbot: QtBot
) -> None:
    page = shown(qtbot, ReviewsPage(desk))
    page.take_file(tmp_path / "february.vlp")
    assert "这是报送包" in page.message_bar.text
    page.take_file(file_of(reviewed, tmp_path, village="柳树村"))
    assert "不是本账" in page.message_bar.text
    page.take_file(file_of(reviewed, tmp_path))
    assert "以前已经接收过" in page.message_bar.text
    assert not [one for one in page.findChildren(TakeDialog) if one.isVisible()]


def test_another_key_is_taken_only_after_it_was_compared(
    reviewed: Book, desk: Operations, tmp_path: Path, qtbot: QtBot
) -> None:
    page = shown(qtbot, ReviewsPage(desk))
    page.take_file(file_of(reviewed, tmp_path, OTHER_DESK, round=2))
    dialog = dialog_of(page, TakeDialog)
    assert "不是乡镇以前的密钥" in dialog.message_bar.text
    assert not dialog.take_button.isEnabled()
    dialog.checked.click()
    click(qtbot, dialog.take_button)
    assert reviews.township_key(reviewed) == public_half(OTHER_DESK)


def test_a_comment_is_answered_from_the_list(reviewed: Book, desk: Operations, qtbot: QtBot) -> None:
    page = shown(qtbot, ReviewsPage(desk))
    page.table.selectRow(0)
    page.table.activated.emit(page.table.currentIndex())
    dialog = dialog_of(page, ReviewAnswerDialog)
    click(qtbot, dialog.save_button)
    assert dialog.isVisible()
    commit(dialog.text, "发票已补齐")
    dialog.voucher.setText("没有这张")
    click(qtbot, dialog.save_button)
    assert dialog.isVisible()
    dialog.voucher.clear()
    click(qtbot, dialog.save_button)
    assert not dialog.isVisible()
    (given,) = review_answers.standing(reviewed, "c1").answers
    assert (given.text, given.voucher, given.author) == ("发票已补齐", "", "石小梅")
    assert page.tabs.tabText(0) == "待答复  2"
    page.tabs.setCurrentIndex(1)
    assert "发票已补齐" in page.words.text()


def test_texts_of_the_township_are_shown_as_they_are(reviewed: Book, desk: Operations, qtbot: QtBot) -> None:
    page = shown(qtbot, ReviewsPage(desk))
    page.tabs.setCurrentIndex(3)
    page.table.selectRow(1)
    assert "&lt;b&gt;摘要&lt;/b&gt;不清" in page.words.text()


def test_the_list_leads_to_what_a_comment_is_on(reviewed: Book, desk: Operations, qtbot: QtBot) -> None:
    page = shown(qtbot, ReviewsPage(desk))
    page.table.selectRow(0)
    with qtbot.waitSignal(page.open_voucher_requested) as opened:
        click(qtbot, page.open_button)
    assert opened.args == [reviewed.ledger.vouchers(FEBRUARY, FEBRUARY)[0].id]
    for row, register in ((1, "contract"), (2, "decision")):
        page.table.selectRow(row)
        with qtbot.waitSignal(page.open_origin_requested) as origin:
            click(qtbot, page.open_button)
        assert origin.args[0].register == register


def test_a_voucher_shows_its_comment_and_is_corrected_in_red_and_answered(
    reviewed: Book, desk: Operations, qtbot: QtBot
) -> None:
    page = shown(qtbot, VoucherEntryPage(desk))
    first = reviewed.ledger.vouchers(FEBRUARY, FEBRUARY)[0]
    page.open_voucher(first.id)
    assert page.reviews.isVisible()
    (red,) = buttons(page.reviews, "红字更正…")
    click(qtbot, red)
    click(qtbot, page.acts.dialog.button)
    draft = page.paper.draft
    assert draft.reverses == first.id
    assert not page.reviews.isVisible()
    people.log_in(reviewed, "石大山")
    vouchers.review(reviewed, [draft.id])
    people.log_in(reviewed, "石小梅")
    (posted,) = vouchers.post(reviewed, [draft.id])
    desk.announce(EVERYTHING)
    page.open_voucher(first.id)
    assert not buttons(page.reviews, "红字更正…")
    (answer,) = buttons(page.reviews, "答复…")
    click(qtbot, answer)
    dialog = dialog_of(page, ReviewAnswerDialog)
    label = f"{posted.period} {posted.label}"
    assert dialog.voucher.value() == label
    commit(dialog.text, "已红字冲销")
    click(qtbot, dialog.save_button)
    assert review_answers.standing(reviewed, "c1").answers[0].voucher == label
    assert page.reviews.standings[0].state == "已答复"


def test_the_voucher_list_marks_and_finds_what_was_commented(reviewed: Book, desk: Operations, qtbot: QtBot) -> None:
    page = shown(qtbot, VoucherListPage(desk))
    page.filter.show_months(FEBRUARY, FEBRUARY)
    marks = [page.model.index(row, columns.LINKS).data() for row in range(3)]
    assert marks == ["审核意见待答复", "审核意见供参考", ""]
    everything = page.model.total
    page.filter.state.setCurrentText("有审核意见")
    page.refresh()
    assert everything > page.model.total == 2
    assert not page.buttons["review_all"].isEnabled()


def test_a_contract_and_a_decision_tell_what_the_township_says(reviewed: Book, desk: Operations, qtbot: QtBot) -> None:
    contract = shown(qtbot, ContractsPage(desk))
    assert "租金偏低" in contract.panel.remarks.text()
    decision = shown(qtbot, DecisionsPage(desk))
    assert "没有签到表" in decision.panel.words.text()


def test_the_home_page_reminds_with_the_first_deadline(
    reviewed: Book, desk: Operations, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (notice,) = (one for one in read_summary(reviewed).notices if one.page == "township-reviews")
    assert (notice.text, notice.kind) == ("3 条乡镇审核意见待答复，最早的 2025-03-31 到期", "warning")
    monkeypatch.setattr(clock, "today", lambda: date(2025, 4, 1))
    (notice,) = (one for one in read_summary(reviewed).notices if one.page == "township-reviews")
    assert notice.text.endswith("到期，3 条已逾期")
    assert notice.kind == "danger"
    page = shown(qtbot, HomePage(desk))
    qtbot.waitUntil(lambda: bool(buttons(page, "去答复")))
    with qtbot.waitSignal(page.open_page_requested) as led:
        click(qtbot, buttons(page, "去答复")[0])
    assert led.args == ["township-reviews"]


def test_the_month_end_page_says_where_a_month_stands(
    reviewed: Book, desk: Operations, tmp_path: Path, qtbot: QtBot
) -> None:
    page = shown(qtbot, MonthEndPage(desk))
    page.table.selectRow(page.model.row_of(FEBRUARY))
    assert "乡镇退回" in page.panel.state.text()
    assert page.panel.reopen_button.isVisible()
    reviews.take_in(reviewed, file_of(reviewed, tmp_path, round=2, opinion="通过", comments=()))
    page.refresh()
    assert "乡镇已审核通过" in page.panel.state.text()
    assert not page.panel.reopen_button.isVisible()
    assert page.panel.state_card.heading.text() == "2025年2月　已通过"


def test_handing_over_begins_on_the_page_too(reviewed: Book, desk: Operations, qtbot: QtBot) -> None:
    page = shown(qtbot, ReviewsPage(desk))
    click(qtbot, page.hand_over_button)
    dialog = dialog_of(page, HandOverDialog)
    assert dialog.period == Period(2025, 1)
    dialog.check()
    assert any("没有答复" in check.text() for check in dialog.checks.findChildren(type(page.words)))


def test_a_village_that_never_handed_over_is_told_how_it_works(book: Book, qtbot: QtBot) -> None:
    page = shown(qtbot, ReviewsPage(Operations(book, synchronous=True)))
    assert page.stack.currentIndex() == 1
    assert not page.answer_button.isEnabled()


def test_a_read_only_book_shows_comments_but_offers_no_answer(reviewed: Book, qtbot: QtBot) -> None:
    with Book.open(reviewed.path, read_only=True, actor="石小梅") as reading:
        desk = Operations(reading, synchronous=True)
        page = shown(qtbot, ReviewsPage(desk))
        assert page.model.rowCount() == 3
        assert not page.answer_button.isEnabled()
        assert not page.take_button.isEnabled()
        entry = shown(qtbot, VoucherEntryPage(desk))
        entry.open_voucher(reading.ledger.vouchers(FEBRUARY, FEBRUARY)[0].id)
        assert entry.reviews.isVisible()
        assert not buttons(entry.reviews, "答复…")


def test_the_window_leads_from_the_page_to_the_contract(
    reviewed: Book, operations: Operations, window: MainWindow, qtbot: QtBot
) -> None:
    operations.announce(PEOPLE)
    window.show_page("township-reviews")
    page = window.page("township-reviews")
    page.refresh()
    page.table.selectRow(1)
    click(qtbot, page.open_button)
    assert window.page("contracts").isVisible()
    assert window.page("contracts").selected().code == "HT-01"


def test_the_models_keep_qts_rules(reviewed: Book, desk: Operations, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    page = shown(qtbot, ReviewsPage(desk))
    qtmodeltester.check(page.model)
    qtmodeltester.check(page.month_model)
    assert periods.periods(reviewed)[1].review == "退回"
