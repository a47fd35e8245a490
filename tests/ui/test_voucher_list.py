"""The voucher list: found a page at a time, and everything that can be done with a selection."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.voucher_desk import ALT, CONTROL, SHIFT, Desk, a_desk, a_draft, list_page, posted, press
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Draft
from village_ledger.services import people, vouchers
from village_ledger.services.vouchers import VoucherFilter, VoucherSummary
from village_ledger.ui.tables import voucher_list_model as columns
from village_ledger.ui.tables.voucher_list_model import PAGE, ListRow, VoucherListModel
from village_ledger.ui.vouchers import list_page as list_page_module
from village_ledger.ui.vouchers.list_page import VoucherListPage


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Desk:
    return a_desk(tmp_path, monkeypatch)


def a_row(number: int, state: str = "posted", reverses: str = "", reversed_by: str = "") -> ListRow:
    summary = VoucherSummary(
        number, state == "posted", state, "2025-03-05", "记", number, f"第{number}张", 100, 0, "王", "李", "李", 0, 0
    )
    return ListRow(summary, reverses, reversed_by)


def shown(page: VoucherListPage, column: int) -> list[str]:
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


def select(page: VoucherListPage, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    page.table.clearSelection()
    for row in rows:
        page.table.selectionModel().setCurrentIndex(page.model.index(row, 0), flags.Select | flags.Rows)


def test_the_list_model_keeps_qts_rules_and_fetches_by_pages(qtmodeltester: ModelTester) -> None:
    model = VoucherListModel()
    wanted: list[int] = []
    model.page_wanted.connect(wanted.append)
    model.restart(30_000, tuple(a_row(n) for n in range(PAGE)))
    qtmodeltester.check(model)
    model.fetchMore(columns.ROOT)
    assert wanted == [PAGE]
    assert not model.canFetchMore(columns.ROOT)
    model.add_page(model.serial, tuple(a_row(n) for n in range(PAGE)))
    assert model.rowCount() == 2 * PAGE
    assert wanted == [PAGE, 2 * PAGE]


def test_a_page_of_an_earlier_query_is_dropped() -> None:
    model = VoucherListModel()
    model.restart(1000, (a_row(1),))
    serial = model.serial
    model.restart(1, (a_row(2),))
    model.add_page(serial, (a_row(3),))
    assert [row.voucher.id for row in model.rows] == [2]
    assert not model.canFetchMore(columns.ROOT)


def test_states_numbers_and_links_are_written_as_people_read_them() -> None:
    model = VoucherListModel()
    model.restart(2, (a_row(12, "posted", "记-3", "记-30"), a_row(13, "draft")))
    texts = [[model.index(row, column).data() for column in (0, 2, 9)] for row in (0, 1)]
    assert texts == [["已记账", "记-12", "冲销 记-3，被 记-30 冲销"], ["草稿", "（记-13）", ""]]


def test_a_long_list_is_fetched_while_it_is_scrolled(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (columns, list_page_module):
        monkeypatch.setattr(module, "PAGE", 25)
    for number in range(60):
        vouchers.save_draft(desk.book, a_draft(day=1 + number % 31, fen=100 + number))
    page = list_page(qtbot, desk)
    assert page.model.rowCount() == 25
    assert page.count.text() == "共 60 张"
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: page.model.rowCount() > 25)
    while page.model.canFetchMore(columns.ROOT):
        page.model.fetchMore(columns.ROOT)
    assert page.model.rowCount() == 60


def test_vouchers_are_found_by_text_state_account_and_amount(desk: Desk, qtbot: QtBot) -> None:
    posted(desk.book, a_draft(summary="付电费", fen=5_00))
    vouchers.save_draft(desk.book, a_draft(summary="付电话费", fen=50_00, debit="51305"))
    page = list_page(qtbot, desk)
    assert shown(page, columns.SUMMARY) == ["付电费", "付电话费"]
    page.filter.text.setText("电话")
    qtbot.waitUntil(lambda: shown(page, columns.SUMMARY) == ["付电话费"])
    page.filter.clear()
    page.filter.state.setCurrentIndex(3)
    page.filter.changed.emit()
    assert shown(page, columns.STATE) == ["已记账"]
    page.filter.clear()
    page.filter.low.setText("20")
    page.filter.changed.emit()
    assert shown(page, columns.SUMMARY) == ["付电话费"]
    page.filter.low.setText("二十")
    page.filter.changed.emit()
    assert page.model.rowCount() == 2
    assert page.filter.low.property("wrong")
    page.filter.clear()
    page.filter.account.set_choice(page.filter.account._find("51305")[0])
    page.filter.changed.emit()
    assert shown(page, columns.SUMMARY) == ["付电话费"]
    page.filter.clear()
    page.filter.show_months(Period(2025, 4), Period(2025, 4))
    assert page.model.rowCount() == 0


def test_drafts_are_reviewed_and_posted_by_keys(desk: Desk, qtbot: QtBot) -> None:
    for summary in ("一", "二", "三"):
        vouchers.save_draft(desk.book, a_draft(summary=summary))
    people.log_in(desk.book, "李审核")
    page = list_page(qtbot, desk)
    press(Qt.Key.Key_A, modifiers=CONTROL)
    assert "选中 3 张，金额 300.00" in page.count.text()
    press(Qt.Key.Key_F9)
    assert shown(page, columns.STATE) == ["已审核"] * 3
    select(page, 0)
    press(Qt.Key.Key_F9, modifiers=SHIFT)
    assert shown(page, columns.STATE) == ["草稿", "已审核", "已审核"]
    select(page, 1)
    press(Qt.Key.Key_F9, modifiers=CONTROL)
    assert shown(page, columns.STATE) == ["已记账", "草稿", "已审核"]
    page.buttons["review_all"].click()
    page.buttons["post_all"].click()
    assert shown(page, columns.NUMBER) == ["记-1", "记-2", "记-3"]
    assert shown(page, columns.SUMMARY) == ["二", "一", "三"]
    page.buttons["post_all"].click()
    assert "没有已审核、等待记账的凭证" in page.message_bar.text


def test_one_wrong_draft_stops_the_whole_review_and_is_named(desk: Desk, qtbot: QtBot) -> None:
    vouchers.save_draft(desk.book, a_draft())
    wrong = a_draft()
    vouchers.save_draft(desk.book, wrong._replace(lines=wrong.lines[:1]))
    people.log_in(desk.book, "李审核")
    page = list_page(qtbot, desk)
    page.buttons["review_all"].click()
    assert "借贷不平" in page.message_bar.text
    assert shown(page, columns.STATE) == ["草稿", "草稿"]


def test_drafts_are_moved_and_deleted_and_numbers_close_up(desk: Desk, qtbot: QtBot) -> None:
    for summary in ("一", "二", "三"):
        vouchers.save_draft(desk.book, a_draft(summary=summary))
    page = list_page(qtbot, desk)
    select(page, 2)
    press(Qt.Key.Key_Up, modifiers=ALT)
    assert shown(page, columns.SUMMARY) == ["一", "三", "二"]
    assert [voucher.summary for voucher in page.selected()] == ["三"]
    press(Qt.Key.Key_Delete)
    assert page.acts.dialog is not None
    page.acts.dialog.accept()
    assert shown(page, columns.SUMMARY) == ["一", "二"]
    assert shown(page, columns.NUMBER) == ["（记-1）", "（记-2）"]


def test_enter_opens_a_draft_to_edit_and_a_posted_voucher_to_view(desk: Desk, qtbot: QtBot) -> None:
    (voucher,) = posted(desk.book, a_draft())
    draft = vouchers.save_draft(desk.book, a_draft())
    page = list_page(qtbot, desk)
    select(page, 0)
    with qtbot.waitSignal(page.open_voucher_requested) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == [voucher.id]
    select(page, 1)
    with qtbot.waitSignal(page.open_draft_requested) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == [draft.id]


def test_a_reversal_is_made_from_the_list_and_both_rows_name_each_other(desk: Desk, qtbot: QtBot) -> None:
    posted(desk.book, a_draft())
    page = list_page(qtbot, desk)
    select(page, 0)
    press(Qt.Key.Key_R, modifiers=CONTROL)
    assert page.acts.dialog is not None
    with qtbot.waitSignal(page.open_draft_requested) as asked:
        page.acts.dialog.button.click()  # type: ignore[attr-defined]
    people.log_in(desk.book, "李审核")
    vouchers.review(desk.book, asked.args)
    vouchers.post(desk.book, asked.args)
    page.refresh()
    assert shown(page, columns.LINKS) == ["被 记-2 冲销", "冲销 记-1"]
    assert page.model.index(1, columns.AMOUNT).data() == "-100.00"


def test_a_copy_is_handed_to_the_entry_page(desk: Desk, qtbot: QtBot) -> None:
    posted(desk.book, a_draft(summary="付电费"))
    page = list_page(qtbot, desk)
    select(page, 0)
    with qtbot.waitSignal(page.copy_requested) as asked:
        page.buttons["copy"].click()
    draft: Draft = asked.args[0]
    assert draft.id == 0
    assert draft.lines[0].summary == "付电费"


@pytest.mark.parametrize("paper", [0, 1, 2])
def test_posted_vouchers_are_printed_to_a_pdf_and_opened(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paper: int
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    posted(desk.book, a_draft(), a_draft(), a_draft())
    page = list_page(qtbot, desk)
    press(Qt.Key.Key_A, modifiers=CONTROL)
    press(Qt.Key.Key_P, modifiers=CONTROL)
    dialog = page.acts.dialog
    assert dialog is not None
    dialog.papers.button(paper).click()  # type: ignore[attr-defined]
    dialog.path.setText(str(tmp_path / "凭证"))  # type: ignore[attr-defined]
    dialog.button.click()  # type: ignore[attr-defined]
    assert (tmp_path / "凭证.pdf").read_bytes().startswith(b"%PDF")
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path / "凭证.pdf"]
    assert page.message_bar.text == f"凭证 PDF 已生成，请打开这个文件打印：{tmp_path / '凭证.pdf'}"


def test_printing_into_a_missing_folder_is_refused_in_the_dialog(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    posted(desk.book, a_draft())
    page = list_page(qtbot, desk)
    select(page, 0)
    page.buttons["print"].click()
    dialog = page.acts.dialog
    assert dialog is not None
    dialog.path.setText(str(tmp_path / "没有" / "凭证.pdf"))  # type: ignore[attr-defined]
    dialog.button.click()  # type: ignore[attr-defined]
    assert "文件夹不存在" in dialog.message_bar.text


def test_buttons_are_offered_only_where_they_make_sense(desk: Desk, qtbot: QtBot) -> None:
    posted(desk.book, a_draft())
    vouchers.save_draft(desk.book, a_draft())
    page = list_page(qtbot, desk)
    select(page, 0)
    usable = {name for name, button in page.buttons.items() if button.isEnabled()}
    assert usable == {"review_all", "post_all", "new", "reverse", "copy", "print"}
    select(page, 1)
    usable = {name for name, button in page.buttons.items() if button.isEnabled()}
    assert usable == {"review_all", "post_all", "new", "review", "up", "down", "delete", "copy"}


def test_the_way_back_leads_to_the_same_row(desk: Desk, qtbot: QtBot) -> None:
    for number in range(5):
        vouchers.save_draft(desk.book, a_draft(day=1 + number))
    page = list_page(qtbot, desk)
    select(page, 3)
    state = page.state()
    page.table.clearSelection()
    page.refresh()
    page.restore(state)
    assert page.table.currentIndex().row() == 3
    assert vouchers.count(desk.book, VoucherFilter(start=Period.of(date(2025, 3, 1)))) == 5
