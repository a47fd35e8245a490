"""The entry page worked with real keys, as a bookkeeper does: no mouse from the first letter to the posted sheet."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.voucher_desk import ALT, CONTROL, SHIFT, Desk, a_desk, a_draft, enter, entry_page, focused, press, write
from village_ledger.domain.voucher import DraftLine
from village_ledger.services import accounts, people, vouchers
from village_ledger.services.vouchers import VoucherFilter
from village_ledger.ui.tables.draft_rows import Column
from village_ledger.ui.tables.finder_editors import AccountEdit, FinderCellEdit, SummaryEdit
from village_ledger.ui.vouchers.entry_page import VoucherEntryPage


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Desk:
    return a_desk(tmp_path, monkeypatch)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> VoucherEntryPage:
    return entry_page(qtbot, desk)


def lines(page: VoucherEntryPage) -> tuple[DraftLine, ...]:
    return page.paper.draft.lines


def cell(page: VoucherEntryPage) -> tuple[int, int]:
    index = page.paper.table.currentIndex()
    return index.row(), index.column()


def typed(page: VoucherEntryPage) -> str:
    editor = focused()
    assert isinstance(editor, QLineEdit)
    return editor.text()


def electricity(page: VoucherEntryPage) -> None:
    """付办公室电费, 386.50 in cash, in the fewest keys."""
    write("付办公室电费")
    enter()
    write("sdf")
    enter()
    write("386.5")
    enter(2)
    write("101")
    enter(2)
    write("=")


def test_a_whole_voucher_is_typed_saved_reviewed_and_posted_by_keyboard(page: VoucherEntryPage, desk: Desk) -> None:
    press(Qt.Key.Key_Up)
    write("5")
    enter()
    write("2")
    enter()
    electricity(page)
    assert page.paper.totals.capital.text() == "叁佰捌拾陆元伍角整"
    press(Qt.Key.Key_S, modifiers=CONTROL)

    assert "已保存 记字第 1 号" in page.paper.strip.notice
    assert page.paper.heading.number.text() == "2 号"
    assert page.paper.draft.day == date(2025, 3, 5)
    assert cell(page) == (0, Column.SUMMARY)
    (row,) = vouchers.find(desk.book, VoucherFilter())
    saved = vouchers.draft(desk.book, row.id)
    assert (saved.day, saved.attachments, saved.maker) == (date(2025, 3, 5), 2, "王会计")
    assert saved.lines == (
        DraftLine("付办公室电费", "51304", debit_fen=386_50),
        DraftLine("付办公室电费", "101", credit_fen=386_50),
    )

    press(Qt.Key.Key_PageUp, modifiers=CONTROL)
    people.log_in(desk.book, "李审核")
    press(Qt.Key.Key_F9)
    assert page.stage == "reviewed"
    press(Qt.Key.Key_F9, modifiers=CONTROL)
    assert page.stage == "posted"
    (row,) = vouchers.find(desk.book, VoucherFilter())
    assert (row.posted, row.number, row.maker, row.reviewer) == (True, 1, "王会计", "李审核")
    assert page.paper.signatures.name("审核") == "李审核"


def test_the_maker_may_not_review_and_is_offered_to_hand_over(page: VoucherEntryPage, desk: Desk) -> None:
    electricity(page)
    press(Qt.Key.Key_F9)
    assert page.stage == "draft"
    assert "不能是同一人" in page.message_bar.text
    page.acts.switch_operator()
    dialog = page.acts.dialog
    assert dialog is not None
    dialog.choices[0].click()  # type: ignore[attr-defined]
    assert page.facts.actor == "李审核"
    page.review()
    assert page.stage == "reviewed"


def test_enter_in_an_empty_summary_copies_the_one_above(page: VoucherEntryPage) -> None:
    write("付电费")
    enter()
    write("101")
    enter()
    write("5")
    enter()
    assert cell(page) == (1, Column.SUMMARY)
    enter()
    assert cell(page) == (1, Column.ACCOUNT)
    assert page.paper.model.state.rows[1].line.summary == "付电费"


@pytest.mark.parametrize(
    ("keys", "expected"), [("..", "第二行"), ("。。", "第二行"), ("//", "第一行"), ("、、", "第一行")]
)
def test_dots_copy_the_line_above_and_slashes_the_first(page: VoucherEntryPage, keys: str, expected: str) -> None:
    page.paper.model.replace_lines((DraftLine("第一行", "101", (), 5), DraftLine("第二行", "101", (), 0, 3)), "")
    page.paper.table.start_typing()
    assert cell(page) == (2, Column.SUMMARY)
    write(keys)
    assert typed(page) == expected
    enter()
    assert page.paper.model.state.rows[2].line.summary == expected


def test_letters_in_an_amount_keep_the_cursor_and_say_why(page: VoucherEntryPage) -> None:
    page.paper.table.go_to(0, Column.DEBIT)
    write("12a")
    enter()
    assert cell(page) == (0, Column.DEBIT)
    assert "不能识别" in page.paper.strip.messages[0]
    assert typed(page) == "12a"
    press(Qt.Key.Key_Backspace)
    enter()
    assert lines(page)[0].debit_fen == 12_00
    assert not any("不能识别" in message for message in page.paper.strip.messages)


def test_letters_left_behind_by_the_mouse_stay_visible_and_block_saving(page: VoucherEntryPage) -> None:
    electricity(page)
    page.paper.table.go_to(0, Column.DEBIT)
    write("38b")
    page.paper.table.go_to(1, Column.SUMMARY)
    assert page.paper.model.index(0, Column.DEBIT).data() == "38b"
    press(Qt.Key.Key_S, modifiers=CONTROL)
    assert "38b" in page.message_bar.text
    assert cell(page) == (0, Column.DEBIT)


def test_sums_and_full_width_digits_are_calculated(page: VoucherEntryPage) -> None:
    page.paper.table.go_to(0, Column.DEBIT)
    write("10+3.23*2")
    enter()
    page.paper.table.go_to(1, Column.DEBIT)
    write("１２。５")
    enter()
    assert [line.debit_fen for line in lines(page)] == [16_46, 12_50]


def test_equals_after_a_sum_shows_its_result_first(page: VoucherEntryPage) -> None:
    page.paper.table.go_to(0, Column.DEBIT)
    write("100/8=")
    assert typed(page) == "12.50"
    enter()
    assert lines(page)[0].debit_fen == 12_50


def test_space_flips_the_side_and_minus_makes_it_red(page: VoucherEntryPage) -> None:
    page.paper.table.go_to(0, Column.DEBIT)
    write("88 ")
    assert cell(page) == (0, Column.CREDIT)
    assert lines(page)[0].credit_fen == 88_00
    write("-")
    assert lines(page)[0].credit_fen == -88_00
    write("\u3000")
    assert lines(page)[0].debit_fen == -88_00
    write("-5")
    enter()
    assert lines(page)[0].debit_fen == 5_00 or lines(page)[0].debit_fen == -5_00


def test_equals_goes_to_the_other_side_rather_than_red(page: VoucherEntryPage) -> None:
    page.paper.model.replace_lines((DraftLine("收款", "101", (), 700), DraftLine("收款", "102")), "")
    page.paper.table.go_to(1, Column.DEBIT)
    write("=")
    assert cell(page) == (1, Column.CREDIT)
    assert lines(page)[1].credit_fen == 7_00


def test_a_parents_code_narrows_to_its_leaves_and_arrows_choose(page: VoucherEntryPage) -> None:
    page.paper.table.go_to(0, Column.ACCOUNT)
    write("513")
    editor = focused()
    assert isinstance(editor, AccountEdit)
    assert editor.is_list_open
    assert {choice.value[:3] for choice in editor.choices_for("513")} == {"513"}
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    enter()
    assert lines(page)[0].account == "51303"


def test_a_code_typed_in_full_width_and_a_name_find_the_account(page: VoucherEntryPage) -> None:
    for row, text, code in ((0, "５１３０４", "51304"), (1, "电话", "51305"), (2, "ＡＢＣ没有", "")):
        page.paper.table.go_to(row, Column.ACCOUNT)
        write(text)
        enter()
        assert page.paper.model.state.rows[row].line.account == code
    assert "没有叫" in page.paper.strip.messages[0]


def test_f7_lists_all_accounts_and_escape_closes_the_list(page: VoucherEntryPage) -> None:
    press(Qt.Key.Key_F7)
    editor = focused()
    assert isinstance(editor, AccountEdit)
    assert editor.is_list_open
    press(Qt.Key.Key_Escape)
    assert not editor.is_list_open
    press(Qt.Key.Key_F7)
    assert editor.is_list_open


def test_a_dimension_is_found_by_pinyin_and_a_new_member_added_after_a_second_enter(
    page: VoucherEntryPage, desk: Desk
) -> None:
    page.paper.table.go_to(0, Column.ACCOUNT)
    write("nbwl")
    enter()
    assert cell(page) == (0, Column.ITEMS)
    write("ljw")
    enter()
    assert lines(page)[0].items == (("往来户", "刘家湾合作社"),)
    page.paper.table.go_to(0, Column.ITEMS)
    write("赵六")
    enter()
    assert all(record.item.name != "赵六" for record in accounts.items(desk.book))
    enter()
    assert lines(page)[0].items == (("往来户", "赵六"),)
    assert any(record.item.name == "赵六" for record in accounts.items(desk.book))
    assert cell(page) == (0, Column.DEBIT)


def test_a_name_that_is_not_registered_is_not_taken_silently(page: VoucherEntryPage) -> None:
    page.paper.table.go_to(0, Column.ACCOUNT)
    write("nbwl")
    enter()
    write("钱七")
    press(Qt.Key.Key_Escape)
    enter()
    assert cell(page) == (0, Column.ITEMS)
    assert "往来户里没有“钱七”" in page.paper.strip.messages[0]


def test_dimensions_that_need_not_be_given_are_passed_over_by_enter_but_not_by_tab(page: VoucherEntryPage) -> None:
    page.paper.table.go_to(0, Column.ACCOUNT)
    write("sdf")
    enter()
    assert cell(page) == (0, Column.DEBIT)
    page.paper.table.go_to(0, Column.ACCOUNT)
    press(Qt.Key.Key_Tab)
    assert cell(page) == (0, Column.ITEMS)
    write("cdyh")
    press(Qt.Key.Key_Tab)
    assert cell(page) == (0, Column.ITEMS)
    press(Qt.Key.Key_Tab)
    assert lines(page)[0].items == (("项目", "村道硬化"),)
    press(Qt.Key.Key_Backtab, modifiers=SHIFT)
    assert cell(page) == (0, Column.ITEMS)


def test_quantity_and_price_appear_for_accounts_counted_in_units(page: VoucherEntryPage) -> None:
    assert page.paper.table.isColumnHidden(Column.QUANTITY)
    page.paper.table.go_to(0, Column.ACCOUNT)
    write("12103")
    enter()
    assert cell(page) == (0, Column.QUANTITY)
    assert not page.paper.table.isColumnHidden(Column.QUANTITY)
    write("12.5")
    enter()
    write("3.2")
    enter()
    assert cell(page) == (0, Column.DEBIT)
    assert lines(page)[0] == DraftLine("", "12103", debit_fen=40_00, quantity=12500)


def test_undo_first_restores_the_cell_then_the_voucher(page: VoucherEntryPage) -> None:
    electricity(page)
    before = lines(page)
    page.paper.table.go_to(0, Column.DEBIT)
    write("9")
    press(Qt.Key.Key_Z, modifiers=CONTROL)
    assert typed(page) == "386.50"
    press(Qt.Key.Key_Z, modifiers=CONTROL)
    assert lines(page)[1].credit_fen == 0
    press(Qt.Key.Key_Y, modifiers=CONTROL)
    assert lines(page) == before


def test_lines_are_inserted_moved_and_deleted_by_keys(page: VoucherEntryPage) -> None:
    electricity(page)
    press(Qt.Key.Key_Up, modifiers=ALT)
    assert [line.account for line in lines(page)] == ["101", "51304"]
    press(Qt.Key.Key_Down, modifiers=ALT)
    assert [line.account for line in lines(page)] == ["51304", "101"]
    press(Qt.Key.Key_I, modifiers=CONTROL)
    assert cell(page) == (1, Column.SUMMARY)
    write("插入")
    enter()
    press(Qt.Key.Key_D, modifiers=CONTROL)
    assert [line.account for line in lines(page)] == ["51304", "101"]
    assert page.paper.model.state.rows[1].line.account == "101"


def test_rows_copied_from_a_spreadsheet_become_lines(page: VoucherEntryPage) -> None:
    QGuiApplication.clipboard().setText("收张三还款\t101\t\t50.00\t\r\n收张三还款\t113\t张三\t\t50.00\r\n")
    press(Qt.Key.Key_V, modifiers=CONTROL)
    assert lines(page) == (
        DraftLine("收张三还款", "101", debit_fen=50_00),
        DraftLine("收张三还款", "113", (("往来户", "张三"),), credit_fen=50_00),
    )
    assert page.paper.totals.badge.text() == "借贷平衡"
    press(Qt.Key.Key_Z, modifiers=CONTROL)
    assert lines(page) == ()


def test_one_cell_is_pasted_as_text(page: VoucherEntryPage) -> None:
    QGuiApplication.clipboard().setText("付电费")
    press(Qt.Key.Key_V, modifiers=CONTROL)
    assert typed(page) == "付电费"


def test_arrows_walk_between_rows_and_cells(page: VoucherEntryPage) -> None:
    electricity(page)
    page.paper.table.go_to(1, Column.DEBIT)
    press(Qt.Key.Key_Up)
    assert cell(page) == (0, Column.DEBIT)
    press(Qt.Key.Key_Left)
    assert cell(page) == (0, Column.ITEMS)
    press(Qt.Key.Key_Left)
    assert cell(page) == (0, Column.ACCOUNT)
    press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert cell(page) == (0, Column.CREDIT)
    press(Qt.Key.Key_Down)
    assert cell(page) == (1, Column.CREDIT)


@pytest.mark.parametrize("key", [Qt.Key.Key_Up, Qt.Key.Key_Backtab])
def test_the_date_is_reached_from_the_first_cell_and_nothing_typed_is_lost(page: VoucherEntryPage, key: Qt.Key) -> None:
    write("abc")
    press(key)
    assert page.paper.heading.day.hasFocus()
    assert page.paper.model.state.rows[0].line.summary == "abc"
    write("9")
    enter(2)
    assert page.paper.draft.day == date(2025, 3, 9)
    assert page.paper.table.hasFocus() or page.paper.table.isAncestorOf(QApplication.focusWidget())


def test_arrows_step_the_date_and_nonsense_is_refused(page: VoucherEntryPage) -> None:
    page.paper.heading.day.setFocus()
    assert page.paper.draft.day == date(2025, 3, 12)
    press(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down)
    assert page.paper.draft.day == date(2025, 3, 13)
    write("2.30")
    enter()
    assert "日期“2.30”不对" in page.paper.strip.messages[0]
    assert page.paper.draft.day == date(2025, 3, 13)


def test_a_date_in_a_closed_month_is_named_under_the_grid(page: VoucherEntryPage, qtbot: QtBot) -> None:
    electricity(page)
    page.paper.heading.day.setFocus()
    write("2.28")
    enter()
    qtbot.waitUntil(lambda: any("早于建账月份" in message for message in page.paper.strip.messages))
    press(Qt.Key.Key_S, modifiers=CONTROL)
    assert "早于建账月份" in page.message_bar.text
    assert focused() is page.paper.heading.day


def test_problems_are_listed_and_painted_after_a_pause(page: VoucherEntryPage, qtbot: QtBot) -> None:
    page.paper.model.replace_lines((DraftLine("付款", "513", (), 5), DraftLine("付款", "101", (), 0, 5)), "")
    qtbot.waitUntil(lambda: any("有下级" in message for message in page.paper.strip.messages))
    assert page.paper.model.index(0, Column.ACCOUNT).data(Qt.ItemDataRole.ToolTipRole)


def test_a_new_voucher_is_dated_like_the_last_one_of_the_month(desk: Desk, qtbot: QtBot) -> None:
    vouchers.save_draft(desk.book, a_draft(day=21))
    page = entry_page(qtbot, desk)
    assert page.paper.draft.day == date(2025, 3, 21)
    assert page.paper.heading.number.text() == "2 号"


def test_earlier_summaries_are_suggested_but_enter_keeps_what_was_typed(page: VoucherEntryPage) -> None:
    page.paper.set_context(page.paper.model.context._replace(summaries=("付办公室电费", "付村部电费")))
    page.paper.table.go_to(0, Column.SUMMARY)
    write("电费")
    editor = focused()
    assert isinstance(editor, SummaryEdit)
    assert editor.is_list_open
    enter()
    assert page.paper.model.state.rows[0].line.summary == "电费"
    page.paper.table.go_to(1, Column.SUMMARY)
    write("电费")
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    enter()
    assert page.paper.model.state.rows[1].line.summary == "付村部电费"
    assert isinstance(focused(), FinderCellEdit)


def test_a_check_does_not_disturb_a_word_being_composed(page: VoucherEntryPage) -> None:
    QApplication.sendEvent(focused(), QInputMethodEvent("fu'dian", []))
    page.paper.model.set_problems(page.paper.problems())
    page.paper.set_context(page.paper.model.context)
    commit = QInputMethodEvent()
    commit.setCommitString("付电费")
    QApplication.sendEvent(focused(), commit)
    enter()
    assert page.paper.model.state.rows[0].line.summary == "付电费"
    assert cell(page) == (0, Column.ACCOUNT)
