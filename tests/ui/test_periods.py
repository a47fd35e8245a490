"""Month-end: the check list, closing, the sheet, reopening, handing over, and the year's distribution."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.ime import commit
from tests.ui.new_books import STAFF, a_new_book, posted
from village_ledger.domain.account import Item
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Draft
from village_ledger.services import accounts, integrity, people, periods, vouchers
from village_ledger.services.book import Book
from village_ledger.services.periods import PeriodStatus
from village_ledger.ui.hand_over_dialog import HandOverDialog
from village_ledger.ui.operations import PEOPLE, PERIODS, Operations
from village_ledger.ui.periods.carry_preview import CarryPreview
from village_ledger.ui.periods.closing_sheet import ClosingSheetDialog, read_sheet
from village_ledger.ui.periods.distribution_dialog import DistributionDialog, RateError, Result, read_rate, read_result
from village_ledger.ui.periods.members_model import AMOUNT_COLUMN, SHARE_COLUMN, MembersModel
from village_ledger.ui.periods.month_end_page import MonthEndPage
from village_ledger.ui.periods.months_model import MonthsModel, state_text
from village_ledger.ui.periods.reopen_dialog import ReopenDialog, may_reopen

NOVEMBER, DECEMBER = Period(2025, 11), Period(2025, 12)
Answers = Callable[[str, object], None]


@pytest.fixture
def year_end(tmp_path: Path) -> Iterator[Book]:
    """November has one voucher and is ready to be closed."""
    book = a_new_book(tmp_path, "2025-11")
    posted(book, "2025-11-05", ("101", 500_00), ("501", -500_00))
    yield book
    book.close()


@pytest.fixture
def desk(year_end: Book) -> Operations:
    return Operations(year_end, synchronous=True)


@pytest.fixture
def page(desk: Operations, qtbot: QtBot) -> MonthEndPage:
    made = MonthEndPage(desk)
    qtbot.addWidget(made)
    made.resize(1182, 650)
    made.show()
    return made


def dialog_of(page: QWidget, kind: type) -> object:
    found = [widget for widget in page.findChildren(kind) if widget.isVisible()]
    assert found, f"no {kind.__name__} is open"
    return found[-1]


def status(period: Period, **changes: object) -> PeriodStatus:
    return PeriodStatus(period, False, "", "", 0, False, False, 0, 0, 0)._replace(**changes)


def close_november(page: MonthEndPage, answers: Answers) -> ClosingSheetDialog:
    answers("ask", True)
    page.panel.close_button.click()
    return dialog_of(page, ClosingSheetDialog)


def test_the_models_keep_qts_rules(qtmodeltester: ModelTester) -> None:
    months = MonthsModel()
    months.show_months((status(NOVEMBER, closed=True), status(DECEMBER, drafts=1)), DECEMBER)
    qtmodeltester.check(months)
    assert months.data(months.index(0, 2)) == "0＋1"
    qtmodeltester.check(MembersModel((Item("往来户", "0001", "张三"), Item("往来户", "0002", "李四"))))


def test_a_months_state_is_said_in_a_few_words() -> None:
    assert state_text(status(DECEMBER), NOVEMBER) == "未到"
    assert state_text(status(NOVEMBER), NOVEMBER) == "待结账"
    assert state_text(status(NOVEMBER, reopened=1), NOVEMBER) == "待重新结账"
    assert state_text(status(NOVEMBER, closed=True), DECEMBER) == "已结账"
    assert state_text(status(NOVEMBER, closed=True, handed_over=True), DECEMBER) == "已报送"
    changed = status(NOVEMBER, closed=True, handed_over=True, changed_after_hand_over=True)
    assert state_text(changed, DECEMBER) == "报送后改过"
    assert state_text(changed._replace(review="待重新报送"), DECEMBER) == "待重新报送"


def test_a_month_in_order_is_closed_and_its_sheet_shows_the_head(
    page: MonthEndPage, year_end: Book, answers: Answers
) -> None:
    assert page.chosen == NOVEMBER
    assert page.panel.close_button.isEnabled()
    sheet = close_november(page, answers)
    assert year_end.open_period == DECEMBER
    kept = read_sheet(year_end, NOVEMBER)
    assert kept is not None
    assert integrity.verify(year_end, kept.head).ok
    sheet.copy_button.click()
    assert kept.head in QApplication.clipboard().text()
    assert page.message_bar.text == "2025年11月已结账"
    assert not page.panel.close_row.isVisible()
    assert page.panel.closed_row.isVisible()


def test_closing_goes_over_the_worker_thread(tmp_path: Path, answers: Answers, qtbot: QtBot) -> None:
    book = a_new_book(tmp_path, "2025-11")
    posted(book, "2025-11-05", ("101", 500_00), ("501", -500_00))
    desk = Operations(book)
    page = MonthEndPage(desk)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.panel.close_button.isEnabled)
    answers("ask", True)
    page.panel.close_button.click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(ClosingSheetDialog)))
    qtbot.waitUntil(lambda: desk.idle and page.model.rowCount() == 2)
    assert page.facts.open_period == DECEMBER
    page.close()
    desk.close()


def test_the_button_that_closes_is_in_sight_at_the_year_end_too(year_end: Book, desk: Operations, qtbot: QtBot) -> None:
    periods.close(year_end, NOVEMBER)
    desk.announce(PERIODS)
    page = MonthEndPage(desk)
    qtbot.addWidget(page)
    page.resize(1182, 520)
    page.show()
    button = page.panel.close_button
    assert page.panel.year_card.isVisible()
    assert page.rect().contains(button.mapTo(page, button.rect().bottomRight()))
    assert button.visibleRegion().boundingRect() == button.rect()


def test_saying_no_closes_nothing(page: MonthEndPage, year_end: Book, answers: Answers) -> None:
    answers("ask", False)
    page.close_month()
    assert year_end.open_period == NOVEMBER


def test_what_fails_is_named_with_a_way_to_it(page: MonthEndPage, year_end: Book, qtbot: QtBot) -> None:
    vouchers.save_draft(year_end, Draft(date(2025, 11, 6), "记"))
    page.panel.again_button.click()
    assert not page.panel.close_button.isEnabled()
    assert page.panel.why_not.text() == "有 1 项没有通过，处理好以后才能结账"
    button = next(one for one in page.panel.checks.findChildren(QPushButton) if one.text() == "去处理凭证")
    with qtbot.waitSignal(page.open_page_requested) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == ["voucher-list"]
    with qtbot.waitSignal(page.open_report_requested) as wanted:
        page.panel.checks.place_wanted.emit("pending-loss")
    assert wanted.args[0] == "subsidiary-ledger"
    assert wanted.args[1].account == "181"


def test_the_carry_forward_is_shown_before_december_is_closed(
    page: MonthEndPage, year_end: Book, answers: Answers
) -> None:
    close_november(page, answers).accept()
    page.table.selectRow(0)
    assert page.panel.year_card.isVisible()
    page.panel.preview_button.click()
    preview = dialog_of(page, CarryPreview)
    assert [preview.tree.topLevelItem(row).text(1) for row in range(2)] == ["500.00", "500.00"]
    preview.accept()
    page.panel.close_button.click()
    assert year_end.open_period == Period(2026, 1)
    assert {row.account: row.closing_fen for row in year_end.ledger.balances(DECEMBER, DECEMBER)}["32202"] == -500_00


def test_only_an_authorised_person_may_reopen() -> None:
    assert may_reopen(STAFF, "张书记") == ""
    assert "张书记" in may_reopen(STAFF, "王会计")
    assert "还没有登记" in may_reopen(STAFF[:2], "王会计")
    assert may_reopen([STAFF[2]._replace(active=False)], "张书记")


def test_the_accountant_is_told_who_may_reopen(page: MonthEndPage, answers: Answers) -> None:
    close_november(page, answers).accept()
    page.panel.reopen_button.click()
    dialog = dialog_of(page, ReopenDialog)
    assert not dialog.reopen_button.isEnabled()
    assert "张书记" in dialog.message_bar.text


def test_reopening_needs_a_reason_and_leaves_a_mark_after_handing_over(
    page: MonthEndPage, year_end: Book, desk: Operations, answers: Answers, qtbot: QtBot
) -> None:
    close_november(page, answers).accept()
    page.panel.hand_over_button.click()
    dialog_of(page, HandOverDialog).paper_button.click()
    assert page.status.handed_over
    assert page.message_bar.text == "2025年11月已标记为报送"
    people.log_in(year_end, "张书记")
    desk.announce(PEOPLE)
    page.panel.reopen_button.click()
    dialog = dialog_of(page, ReopenDialog)
    qtbot.mouseClick(dialog.reopen_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert year_end.open_period == DECEMBER
    commit(dialog.reason, "科目用错")
    qtbot.mouseClick(dialog.reopen_button, Qt.MouseButton.LeftButton)
    assert year_end.open_period == NOVEMBER
    assert page.status.changed_after_hand_over
    assert "报送乡镇以后改过" in page.panel.state.text()


def test_the_sheet_of_a_closed_month_is_shown_again(page: MonthEndPage, answers: Answers) -> None:
    close_november(page, answers).accept()
    page.panel.sheet_button.click()
    assert dialog_of(page, ClosingSheetDialog).windowTitle() == "2025年11月结账单"


def test_exporting_asks_the_window_for_the_chosen_month(page: MonthEndPage, answers: Answers, qtbot: QtBot) -> None:
    close_november(page, answers).accept()
    with qtbot.waitSignal(page.export_requested) as asked:
        page.panel.export_button.click()
    assert asked.args == [NOVEMBER]


@pytest.mark.parametrize(("text", "rate"), [("10", 1000), ("12.5%", 1250), ("", 0), ("100", 10_000), (" 0.05 ", 5)])
def test_a_rate_is_read_as_hundredths_of_a_per_cent(text: str, rate: int) -> None:
    assert read_rate(text) == rate


@pytest.mark.parametrize("text", ["abc", "1.234", "101", "-1"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(RateError):
        read_rate(text)


def test_shares_split_an_amount_to_the_fen_and_strange_entries_are_refused() -> None:
    model = MembersModel(tuple(Item("往来户", f"{n:04d}", name) for n, name in enumerate(("甲", "乙", "丙"))))
    notices: list[str] = []
    model.noticed.connect(notices.append)
    assert model.setData(model.index(2, SHARE_COLUMN), "0")
    model.share_out(101)
    assert [fen for _item, fen in model.amounts()] == [51, 50]
    assert not model.setData(model.index(0, SHARE_COLUMN), "一")
    assert not model.setData(model.index(0, AMOUNT_COLUMN), "x")
    assert not model.setData(model.index(0, AMOUNT_COLUMN), "-1")
    assert len(notices) == 3
    assert model.total_fen == 101


def test_shares_are_pasted_from_a_sheet_and_those_not_named_get_none() -> None:
    model = MembersModel(tuple(Item("往来户", f"{n:04d}", name) for n, name in enumerate(("甲", "乙", "丙"))))
    assert model.paste("户名\t份额") == (0, ("户名 份额",))
    assert model.paste("乙\t3\n丙\t1\n丁\t5\n\n") == (2, ("丁 5",))
    model.share_out(400)
    assert [(item.name, fen) for item, fen in model.amounts()] == [("乙", 300), ("丙", 100)]


@pytest.fixture
def distribution(desk: Operations, year_end: Book, qtbot: QtBot) -> DistributionDialog:
    for name in ("张三", "李四"):
        accounts.add_item(year_end, "往来户", name)
    desk.announce(frozenset({"items"}))
    dialog = DistributionDialog(desk, Result(2025, 500_00, -100_00))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_losses_are_covered_before_the_reserve_is_taken(distribution: DistributionDialog) -> None:
    shown = {key: label.text() for key, label in distribution.figures.items()}
    assert shown == {
        "result": "500.00",
        "opening": "100.00",
        "distributable": "400.00",
        "loss": "100.00",
        "reserve": "40.00",
        "left": "360.00",
    }


def test_what_goes_beyond_the_distributable_or_is_not_shared_out_cannot_be_saved(
    distribution: DistributionDialog, qtbot: QtBot
) -> None:
    assert distribution.save_button.isEnabled()
    distribution.members.setFocus()
    qtbot.keyClicks(distribution.members, "400")
    assert "超过了可分配收益" in distribution.error.text()
    assert not distribution.save_button.isEnabled()
    distribution.members.setText("300")
    assert distribution.given.text() == "已分 0.00　还差 300.00"
    assert not distribution.save_button.isEnabled()
    qtbot.mouseClick(distribution.share_button, Qt.MouseButton.LeftButton)
    assert distribution.save_button.isEnabled()


def test_other_distribution_leaves_its_account_to_be_chosen_on_the_voucher(
    distribution: DistributionDialog, year_end: Book, qtbot: QtBot
) -> None:
    periods.close(year_end, NOVEMBER)
    distribution.other.setText("10")
    with qtbot.waitSignal(distribution.saved) as saved:
        distribution.save_button.click()
    assert [line.credit_fen for line in saved.args[0].lines if not line.account] == [10_00]


def test_a_second_distribution_of_a_year_is_warned_of(year_end: Book, desk: Operations, qtbot: QtBot) -> None:
    assert read_result(year_end, 2025) == Result(2025, 500_00, 0, 0)
    posted(year_end, "2025-11-30", ("32201", 40_00), ("311", -40_00))
    result = read_result(year_end, 2025)
    assert result == Result(2025, 500_00, 0, 40_00)
    dialog = DistributionDialog(desk, result)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "已经分配过 40.00" in dialog.message_bar.text


def test_a_distribution_becomes_a_draft_by_household(
    distribution: DistributionDialog, year_end: Book, qtbot: QtBot
) -> None:
    periods.close(year_end, NOVEMBER)
    distribution.members.setText("300")
    distribution.share_button.click()
    with qtbot.waitSignal(distribution.saved) as saved:
        qtbot.mouseClick(distribution.save_button, Qt.MouseButton.LeftButton)
    (draft,) = saved.args
    assert draft.day == date(2025, 12, 31)
    assert draft.debit_total_fen == draft.credit_total_fen == 340_00
    assert [(line.items, line.credit_fen) for line in draft.lines if line.account == "113"] == [
        ((("往来户", "张三"),), 150_00),
        ((("往来户", "李四"),), 150_00),
    ]
