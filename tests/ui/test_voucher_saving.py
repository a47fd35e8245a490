"""Saving, parking, leaving, two windows on one draft, and finding unsaved typing again after a power cut."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.voucher_desk import CONTROL, SHIFT, Desk, a_desk, a_draft, entry_page, posted, press, show, write
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services import people, periods, vouchers
from village_ledger.services.book import Book
from village_ledger.services.vouchers import VoucherFilter
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.operations import Operations
from village_ledger.ui.tables.draft_rows import Column
from village_ledger.ui.vouchers.entry_page import VoucherEntryPage
from village_ledger.ui.vouchers.leave_dialog import StaleDialog, UnsavedDialog
from village_ledger.ui.vouchers.list_page import VoucherListPage
from village_ledger.ui.vouchers.recovery import RecoveryCopy


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Desk:
    return a_desk(tmp_path, monkeypatch)


def stored(desk: Desk) -> tuple[Draft, ...]:
    return tuple(
        vouchers.draft(desk.book, row.id) for row in vouchers.find(desk.book, VoucherFilter()) if not row.posted
    )


def answer(button: str) -> None:
    """Press a button of the next question as soon as it is on the screen."""

    def click() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, UnsavedDialog)
        {"save": dialog.save_button.click, "discard": dialog.discard_button.click, "stay": dialog.reject}[button]()

    QTimer.singleShot(0, click)


def test_an_unfinished_voucher_is_not_saved_but_can_be_parked(desk: Desk, qtbot: QtBot) -> None:
    page = entry_page(qtbot, desk)
    page.paper.model.replace_lines((DraftLine("付电费", "51304", (), 5_00),), "")
    press(Qt.Key.Key_S, modifiers=CONTROL)
    assert stored(desk) == ()
    assert "还没有填完" in page.message_bar.text
    press(Qt.Key.Key_S, modifiers=CONTROL | SHIFT)
    (draft,) = stored(desk)
    assert draft.debit_total_fen == 5_00
    assert page.stage == "draft"
    assert not page.saving.has_unsaved


def test_missing_cells_are_painted_once_saving_was_asked_for(desk: Desk, qtbot: QtBot) -> None:
    page = entry_page(qtbot, desk)
    page.paper.model.replace_lines((DraftLine("", "51304", (), 5_00), DraftLine("付电费", "101", (), 0, 5_00)), "")
    page.paper.check()
    tool_tip = Qt.ItemDataRole.ToolTipRole
    assert page.paper.model.index(0, Column.SUMMARY).data(tool_tip) is None
    press(Qt.Key.Key_S, modifiers=CONTROL)
    assert "没有摘要" in page.paper.model.index(0, Column.SUMMARY).data(tool_tip)
    assert page.paper.table.currentIndex().row() == 0


def test_nothing_is_saved_from_an_empty_page(desk: Desk, qtbot: QtBot) -> None:
    page = entry_page(qtbot, desk)
    press(Qt.Key.Key_S, modifiers=CONTROL)
    assert stored(desk) == ()
    assert page.may_leave()


@pytest.mark.parametrize(("button", "left", "saved"), [("save", True, 1), ("discard", True, 0), ("stay", False, 0)])
def test_leaving_unsaved_typing_asks(desk: Desk, qtbot: QtBot, button: str, left: bool, saved: int) -> None:
    page = entry_page(qtbot, desk)
    write("something")
    press(Qt.Key.Key_Return)
    write("101")
    press(Qt.Key.Key_Return)
    answer(button)
    assert page.may_leave() is left
    assert len(stored(desk)) == saved
    if button == "stay":
        assert page.paper.draft.lines == (DraftLine("something", "101"),)


def test_a_saved_voucher_changed_by_another_window_is_not_overwritten_silently(desk: Desk, qtbot: QtBot) -> None:
    first = vouchers.save_draft(desk.book, a_draft())
    page = entry_page(qtbot, desk)
    page.open_draft(first.id)
    page.paper.model.set_cell(0, Column.SUMMARY, "我改的")
    vouchers.save_draft(desk.book, first._replace(attachments=9))

    press(Qt.Key.Key_S, modifiers=CONTROL)

    assert "另一个窗口" in page.message_bar.text
    assert page.paper.draft.lines[0].summary == "我改的"
    dialog = page.findChild(StaleDialog)
    assert dialog is not None
    dialog.mine_wanted.emit()
    (draft,) = stored(desk)
    assert draft.lines[0].summary == "我改的"
    assert draft.id == first.id


def test_the_other_windows_version_can_be_taken_instead(desk: Desk, qtbot: QtBot) -> None:
    first = vouchers.save_draft(desk.book, a_draft())
    page = entry_page(qtbot, desk)
    page.open_draft(first.id)
    page.paper.model.set_cell(0, Column.SUMMARY, "我改的")
    vouchers.save_draft(desk.book, first._replace(attachments=9))
    page.saving.save(lambda _draft: None)
    dialog = page.findChild(StaleDialog)
    assert dialog is not None
    dialog.theirs_wanted.emit()
    assert page.paper.draft.attachments == 9
    assert page.paper.draft.lines[0].summary == "付办公室电费"


def test_typing_on_a_draft_deleted_elsewhere_is_saved_as_a_new_voucher(desk: Desk, qtbot: QtBot) -> None:
    first = vouchers.save_draft(desk.book, a_draft())
    page = entry_page(qtbot, desk)
    page.open_draft(first.id)
    page.paper.model.set_cell(0, Column.SUMMARY, "我改的")
    vouchers.delete_drafts(desk.book, [first.id])
    page.saving.save(lambda _draft: None)
    dialog = page.findChild(StaleDialog)
    assert dialog is not None
    dialog.copy_wanted.emit()
    (draft,) = stored(desk)
    assert draft.lines[0].summary == "我改的"
    assert page.paper.draft.id == draft.id


def test_a_closed_month_says_why_nothing_can_be_saved(desk: Desk, qtbot: QtBot) -> None:
    draft = vouchers.save_draft(desk.book, a_draft(day=31))
    page = entry_page(qtbot, desk)
    page.open_draft(draft.id)
    page.paper.model.set_cell(0, Column.SUMMARY, "我改的")
    vouchers.delete_drafts(desk.book, [draft.id])
    periods.close(desk.book, desk.book.open_period)
    page.saving.save(lambda _draft: None, complete=False)
    assert "已经结账" in page.message_bar.text
    assert page.paper.draft.lines[0].summary == "我改的"
    page.refresh()
    assert any("已经结账" in message for message in page.paper.strip.messages)


def test_a_read_only_book_shows_vouchers_and_takes_no_typing(desk: Desk, qtbot: QtBot) -> None:
    (voucher,) = posted(desk.book, a_draft())
    desk.operations.close()
    operations = Operations(Book.open(desk.path, read_only=True, actor="王会计"), synchronous=True)
    page = entry_page(qtbot, desk._replace(operations=operations))
    assert page.stage == "viewed"
    page.open_voucher(voucher.id)
    write("abc")
    press(Qt.Key.Key_S, modifiers=CONTROL)
    assert page.paper.draft.lines[0].summary == "付办公室电费"
    assert not page.actions_bar.buttons["save"].isVisible()


def left_behind(qtbot: QtBot, desk: Desk) -> None:
    """A page whose program ended without saving."""
    page = entry_page(qtbot, desk)
    page.paper.model.replace_lines((DraftLine("没来得及保存", "113", (("往来户", "张三"),), 5_00),), "")
    page.saving.keep_copy()
    page.saving.copy.release()


def test_unsaved_typing_is_found_again_after_a_power_cut(desk: Desk, qtbot: QtBot) -> None:
    left_behind(qtbot, desk)
    page = entry_page(qtbot, desk)
    assert "已经找回" in page.message_bar.text
    assert page.paper.draft.lines == (DraftLine("没来得及保存", "113", (("往来户", "张三"),), 5_00),)
    assert page.saving.has_unsaved
    press(Qt.Key.Key_S, modifiers=CONTROL | SHIFT)
    assert len(stored(desk)) == 1
    assert page.saving.copy.recall() is None


def test_looking_at_a_voucher_first_does_not_cost_the_typing_of_the_last_session(desk: Desk, qtbot: QtBot) -> None:
    (voucher,) = posted(desk.book, a_draft())
    left_behind(qtbot, desk)
    page = VoucherEntryPage(desk.operations)
    page.open_voucher(voucher.id)
    show(qtbot, page)
    page.saving.keep_copy()
    assert page.stage == "posted"
    assert page.message_bar.text == ""
    page.new_draft()
    assert page.paper.draft.lines == (DraftLine("没来得及保存", "113", (("往来户", "张三"),), 5_00),)
    assert "已经找回" in page.message_bar.text


def test_a_number_asked_for_another_voucher_is_not_shown_on_this_one(desk: Desk, qtbot: QtBot) -> None:
    first, _second = (vouchers.save_draft(desk.book, a_draft()) for _number in range(2))
    page = entry_page(qtbot, desk)
    page.open_draft(first.id)
    page._number_told((0, 3))  # the answer for the blank voucher that was shown before
    assert page.paper.heading.number.text() == "1 号"


def test_typing_found_again_can_be_dropped(desk: Desk, qtbot: QtBot) -> None:
    left_behind(qtbot, desk)
    page = entry_page(qtbot, desk)
    page._drop_typing()
    assert page.paper.model.is_blank
    assert page.saving.copy.recall() is None
    assert page.may_leave()


def test_a_second_window_on_the_book_leaves_the_firsts_copy_alone(desk: Desk, qtbot: QtBot) -> None:
    first = entry_page(qtbot, desk)
    first.paper.model.replace_lines((DraftLine("正在录入", "101", (), 5_00),), "")
    first.saving.keep_copy()
    second = entry_page(qtbot, desk)
    assert second.paper.model.is_blank
    second.saving.forget_copy()
    assert first.saving.copy.recall() is not None


@pytest.mark.parametrize("damage", ["", "{", '{"lines": 5}', "[]", '{"day": "x", "word": "记", "lines": []}'])
def test_a_damaged_recovery_copy_is_ignored(desk: Desk, damage: str) -> None:
    copy = RecoveryCopy(desk.path)
    copy.keep(a_draft())
    assert copy.recall() == a_draft()
    copy.path.write_text(damage, encoding="utf-8")
    assert copy.recall() is None


def test_the_complaint_goes_when_everything_is_filled_in(desk: Desk, qtbot: QtBot) -> None:
    page = entry_page(qtbot, desk)
    page.paper.model.replace_lines((DraftLine("付电费", "51304", (), 5_00), DraftLine("付电费", "101")), "")
    press(Qt.Key.Key_S, modifiers=CONTROL)
    assert "还没有填完" in page.message_bar.text
    page.paper.model.balance(1, Column.CREDIT)
    qtbot.waitUntil(lambda: not page.message_bar.text)


def test_coming_back_shows_the_voucher_that_was_left(desk: Desk, qtbot: QtBot) -> None:
    first, second = posted(desk.book, a_draft(summary="一"), a_draft(summary="二"))
    page = entry_page(qtbot, desk)
    page.open_voucher(first.id)
    state = page.state()
    page.open_voucher(second.id)
    page.restore(state)
    assert page.paper.draft.lines[0].summary == "一"
    page.restore(page.state())
    page.restore(None)
    assert page.paper.draft.lines[0].summary == "一"


def test_a_posted_voucher_is_viewed_with_links_and_reversed(desk: Desk, qtbot: QtBot) -> None:
    (voucher,) = posted(desk.book, a_draft())
    page = entry_page(qtbot, desk)
    page.open_voucher(voucher.id)
    assert page.stage == "posted"
    assert page.paper.heading.number.text() == "1 号"
    press(Qt.Key.Key_R, modifiers=CONTROL)
    dialog = page.acts.dialog
    assert dialog is not None
    dialog.reason.setText("金额录错")  # type: ignore[attr-defined]
    dialog.day.set_day(date(2025, 3, 20))  # type: ignore[attr-defined]
    dialog.button.click()  # type: ignore[attr-defined]
    red = page.paper.draft
    assert (red.reverses, red.day, red.debit_total_fen) == (voucher.id, date(2025, 3, 20), -100_00)
    assert red.lines[0].summary == "冲销2025年3月记-1号凭证（金额录错）：付办公室电费"
    assert "2025年3月 记-1" in page.links.reverses.text()
    people.log_in(desk.book, "李审核")
    page.review()
    press(Qt.Key.Key_F9, modifiers=CONTROL)
    page.links.reverses.click()
    assert "记-2" in page.links.reversed_by.text()
    page.links.reversed_by.click()
    assert page.paper.heading.number.text() == "2 号"


def test_a_second_reversal_is_refused_in_the_dialog(desk: Desk, qtbot: QtBot) -> None:
    (voucher,) = posted(desk.book, a_draft())
    vouchers.reverse(desk.book, voucher.id, date(2025, 3, 20))
    page = entry_page(qtbot, desk)
    page.open_voucher(voucher.id)
    page.reverse()
    dialog = page.acts.dialog
    assert dialog is not None
    dialog.button.click()  # type: ignore[attr-defined]
    assert "已经有一张待记账的红字冲销凭证" in dialog.message_bar.text


def test_a_line_of_a_posted_voucher_leads_to_its_ledger(desk: Desk, qtbot: QtBot) -> None:
    (voucher,) = posted(desk.book, a_draft())
    page = entry_page(qtbot, desk)
    page.open_voucher(voucher.id)
    page.paper.table.go_to(1, Column.ACCOUNT)
    with qtbot.waitSignal(page.open_report_requested) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args[0] == "subsidiary-ledger"
    assert asked.args[1].account == "101"


def test_vouchers_are_leafed_through_from_drafts_to_posted_and_back(desk: Desk, qtbot: QtBot) -> None:
    posted(desk.book, a_draft(summary="一"), a_draft(summary="二"))
    vouchers.save_draft(desk.book, a_draft(summary="三"))
    page = entry_page(qtbot, desk)
    seen = []
    for _ in range(4):
        press(Qt.Key.Key_PageUp, modifiers=CONTROL)
        seen.append(page.paper.draft.lines[0].summary)
    assert seen == ["三", "二", "一", "一"]
    assert "第一张" in page.message_bar.text
    press(Qt.Key.Key_PageDown, modifiers=CONTROL)
    assert page.paper.draft.lines[0].summary == "二"


def test_copying_a_voucher_begins_an_unsaved_one_in_the_open_month(desk: Desk, qtbot: QtBot) -> None:
    (voucher,) = posted(desk.book, a_draft())
    page = entry_page(qtbot, desk)
    page.open_voucher(voucher.id)
    page.actions_bar.buttons["copy"].click()
    assert page.stage == "new"
    assert page.saving.has_unsaved
    assert page.paper.draft.lines[0].debit_fen == 100_00
    press(Qt.Key.Key_S, modifiers=CONTROL)
    assert len(stored(desk)) == 1


def test_a_template_is_kept_and_used(desk: Desk, qtbot: QtBot) -> None:
    page = entry_page(qtbot, desk)
    page.paper.model.replace_lines(a_draft().lines, "")
    page._slots()["keep_template"]()
    keeper = page.acts.dialog
    assert keeper is not None
    keeper.name.setText("每月电费")  # type: ignore[attr-defined]
    keeper._keep()  # type: ignore[attr-defined]
    assert "每月电费" in page.message_bar.text
    press(Qt.Key.Key_S, modifiers=CONTROL)
    page._slots()["pick_template"]()
    picker = page.acts.dialog
    assert picker is not None
    picker.filter.setText("电费")  # type: ignore[attr-defined]
    picker._use()  # type: ignore[attr-defined]
    assert page.paper.draft.lines == a_draft().lines
    assert page.saving.has_unsaved


def test_unreview_makes_a_reviewed_voucher_editable_again(desk: Desk, qtbot: QtBot) -> None:
    draft = vouchers.save_draft(desk.book, a_draft())
    people.log_in(desk.book, "李审核")
    vouchers.review(desk.book, [draft.id])
    page = entry_page(qtbot, desk)
    page.open_draft(draft.id)
    assert page.stage == "reviewed"
    assert page.paper.model.read_only
    press(Qt.Key.Key_F9, modifiers=SHIFT)
    assert page.stage == "draft"
    assert not page.paper.model.read_only


def test_a_draft_is_deleted_after_a_question(desk: Desk, qtbot: QtBot) -> None:
    draft = vouchers.save_draft(desk.book, a_draft())
    page = entry_page(qtbot, desk)
    page.open_draft(draft.id)
    page._slots()["delete_draft"]()
    assert page.acts.dialog is not None
    page.acts.dialog.accept()
    assert stored(desk) == ()
    assert page.stage == "new"


def test_a_draft_reviewed_or_posted_elsewhere_is_shown_as_it_is_now(desk: Desk, qtbot: QtBot) -> None:
    draft = vouchers.save_draft(desk.book, a_draft())
    page = entry_page(qtbot, desk)
    page.open_draft(draft.id)
    people.log_in(desk.book, "李审核")
    vouchers.review(desk.book, [draft.id])
    page.refresh()
    assert page.stage == "reviewed"
    vouchers.post(desk.book)
    page.refresh()
    assert page.stage == "new"
    assert "已经被记账或删除" in page.message_bar.text


def test_a_refresh_leaves_what_is_being_typed_alone(desk: Desk, qtbot: QtBot) -> None:
    page = entry_page(qtbot, desk)
    page.paper.table.go_to(0, Column.ACCOUNT)
    write("10")
    desk.operations.announce(frozenset({"vouchers", "accounts"}))
    page.refresh()
    write("1")
    press(Qt.Key.Key_Return)
    assert page.paper.draft.lines == (DraftLine(account="101"),)


def test_the_only_cashier_signs_unless_somebody_else_is_chosen(desk: Desk, qtbot: QtBot) -> None:
    page = entry_page(qtbot, desk)
    page.paper.model.replace_lines(a_draft().lines, "")
    page._slots()["park"]()
    assert stored(desk)[0].cashier == "赵出纳"
    page.paper.signatures.cashier_chosen.emit("")
    assert page.saving.has_unsaved
    page._slots()["park"]()
    assert stored(desk)[0].cashier == ""


def test_saving_goes_through_the_worker_without_losing_the_next_keys(desk: Desk, qtbot: QtBot) -> None:
    operations = Operations(desk.book)
    page = entry_page(qtbot, desk._replace(operations=operations))
    qtbot.waitUntil(lambda: operations.idle)
    page.paper.model.replace_lines(a_draft().lines, "")
    press(Qt.Key.Key_S, modifiers=CONTROL)
    qtbot.waitUntil(lambda: operations.idle and page.paper.model.is_blank)
    write("next")
    press(Qt.Key.Key_Return)
    write("101")
    press(Qt.Key.Key_Return)
    answer("save")
    assert page.may_leave()
    qtbot.waitUntil(lambda: operations.idle)
    operations.close()
    with Book.open(desk.path) as book:
        assert [row.summary for row in vouchers.find(book, VoucherFilter())] == ["付办公室电费", "next"]


def test_the_windows_key_for_a_new_voucher_works_on_every_page(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    window.show_page("voucher-list")
    page = window.page("voucher-list")
    assert isinstance(page, VoucherListPage)
    page.table.selectRow(0)
    press(Qt.Key.Key_Return)
    assert window.current_key == "voucher-entry"
    entry = window.page("voucher-entry")
    assert isinstance(entry, VoucherEntryPage)
    assert entry.stage == "reviewed"
    press(Qt.Key.Key_F5)
    assert entry.stage == "new"
    write("abc")
    press(Qt.Key.Key_Return)
    assert entry.paper.model.state.rows[0].line.summary == "abc"
