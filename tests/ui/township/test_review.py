"""审核, a month and a voucher of it, comments and the review file, with the keyboard and the mouse."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from tests.township import villages
from tests.ui.ime import commit
from village_ledger.domain.desk import Received, Village
from village_ledger.domain.period import Period
from village_ledger.domain.review import Answer, Comment
from village_ledger.services import publishing
from village_ledger.services.township import reviewing
from village_ledger.services.township.desk import Desk
from village_ledger.storage.desk import reviews
from village_ledger.ui.township.comment_dialog import CommentDialog
from village_ledger.ui.township.grid_model import GridModel
from village_ledger.ui.township.operations import EVERYTHING
from village_ledger.ui.township.review_page import ReviewPage
from village_ledger.ui.township.send_dialog import SendDialog
from village_ledger.ui.township.settle_dialog import SettleDialog
from village_ledger.ui.township.window import TownshipWindow

from .conftest import STONE_CODE, WILLOW_CODE, Open, Parcels

JANUARY, FEBRUARY = Period(2024, 1), Period(2024, 2)


def shown(page: ReviewPage, row: int) -> list[str]:
    return [str(page.model.index(row, column).data() or "") for column in range(page.model.columnCount())]


def at(page: ReviewPage) -> QModelIndex:
    return page.table.currentIndex()


def test_the_grid_says_where_every_month_stands(full: TownshipWindow) -> None:
    page = full.page("review")
    assert full.current_key == "review"
    assert shown(page, 0)[:5] == ["石桥村", "收到", "收到", "未报", "未报"]
    assert shown(page, 1)[:5] == ["柳树湾村", "收到", "逾期", "未报", "未报"]
    assert "逾期</b></span> 1" in page.legend.text()
    assert page.table.horizontalHeader().model().headerData(3, Qt.Orientation.Horizontal) == "3月"


def test_arrows_move_and_enter_opens_a_month_and_escape_leads_back_to_the_cell(
    full: TownshipWindow, qtbot: QtBot
) -> None:
    page = full.page("review")
    assert (at(page).row(), at(page).column()) == (0, 1)
    qtbot.keyClick(page.table, Qt.Key.Key_Right)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert full.current_key == "month"
    month = full.page("month")
    assert month.heading.text() == "石桥村 2024年2月"
    qtbot.keyClick(month.vouchers.table, Qt.Key.Key_Return)
    assert full.current_key == "voucher"
    qtbot.keyClick(full.page("voucher").sheet.table, Qt.Key.Key_Escape)
    assert full.current_key == "month"
    qtbot.keyClick(month.vouchers.table, Qt.Key.Key_Escape)
    assert full.current_key == "review"
    assert (at(page).row(), at(page).column()) == (0, 2)


def test_a_month_that_was_not_handed_over_is_said_so(full: TownshipWindow, qtbot: QtBot) -> None:
    page = full.page("review")
    row, column = page.model.place(WILLOW_CODE, FEBRUARY)
    page.table.setCurrentIndex(page.model.index(row, column))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert "还没有报送2024年2月" in page.message_bar.text
    assert full.current_key == "review"


def test_years_are_switched_and_villages_found(full: TownshipWindow, qtbot: QtBot) -> None:
    page = full.page("review")
    page.after_button.click()
    assert page.year.text() == "2025 年"
    assert shown(page, 0)[:3] == ["石桥村", "未报", "未报"]
    page.before_button.click()
    commit(page.search, "柳树")
    assert page.model.rowCount() == 1
    page.search.clear()
    page.which.setCurrentIndex(2)
    assert [shown(page, row)[0] for row in range(page.model.rowCount())] == ["柳树湾村"]


def test_a_year_without_anything_begins_with_the_last_that_has(
    opened: Open, parcels: Parcels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("village_ledger.clock.today", lambda: date(2026, 1, 5))
    page = opened(parcels.stone[1]).page("review")
    assert page.year.text() == "2024 年"
    assert shown(page, 0)[1] == "收到"


def test_vouchers_are_found_by_text_and_amount(full: TownshipWindow, qtbot: QtBot) -> None:
    full.open_month(STONE_CODE, JANUARY)
    panel = full.page("month").vouchers
    assert panel.model.rowCount() == 3
    assert panel.count.text() == "3 张，合计 125.53 元"  # 100.01 + 20.51 + 5.01
    commit(panel.search, "张三")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    assert panel.model.cell(panel.model.rows[0], 0) == "记-2"
    panel.search.clear()
    commit(panel.search, "5.01")
    qtbot.waitUntil(lambda: [one.number for one in panel.model.rows] == [3])
    panel.search.clear()
    commit(panel.search, "管理费用")
    qtbot.waitUntil(lambda: [one.number for one in panel.model.rows] == [3])
    panel.search.clear()
    panel.least.setText("50")
    panel.least.amount_changed.emit()
    qtbot.waitUntil(lambda: [one.number for one in panel.model.rows] == [1])


def test_a_voucher_is_shown_as_on_paper(full: TownshipWindow, qtbot: QtBot) -> None:
    full.open_voucher(STONE_CODE, "2024-01 记-2")
    page = full.page("voucher")
    rows = [[page.sheet.model.cell(line, column) for column in range(4)] for line in page.sheet.model.rows]
    assert rows == [["业务", "113 内部往来　往来户：张三", "20.51", ""], ["业务", "102 银行存款", "", "20.51"]]
    assert page.sheet.totals.capital.text() == "贰拾元伍角壹分"
    assert page.sheet.day.text() == "2024年1月8日"
    assert [row["title"] for row in page.trail.rows.rows if row["stage"] == "凭证"] == ["业务"]
    page.after_button.click()
    assert page.heading.text() == "石桥村 2024年1月 记-3"
    page.after_button.click()
    assert "最后一张" in page.message_bar.text
    qtbot.keyClick(page.sheet.table, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.heading.text() == "石桥村 2024年1月 记-2"


def test_statements_are_chosen_by_name_and_lead_down_to_the_voucher(full: TownshipWindow, qtbot: QtBot) -> None:
    full.open_month(STONE_CODE, FEBRUARY)
    month = full.page("month")
    month.tabs.setCurrentIndex(1)
    names = [month.reports.names.item(row).text() for row in range(month.reports.names.count())]
    assert names[:3] == ["资产负债表", "收益及收益分配表", "收支明细表"]
    month.reports.names.setCurrentRow(names.index("科目余额表"))
    report = month.reports._report
    assert report is not None
    cash = next(row for row in report.rows if row.cells[0] == "101")
    assert cash.cells[-2:] == (789_94, 0)  # 1,000.00 - 100.01 - 5.01 - 100.02 - 5.02
    month.reports.view.opened.emit(cash)
    assert "明细账" in month.reports.head.text()
    line = next(row for row in month.reports._report.rows if row.target and row.target.kind == "voucher")
    month.reports.view.opened.emit(line)
    assert full.current_key == "voucher"
    qtbot.keyClick(full.page("voucher").sheet.table, Qt.Key.Key_Escape)
    assert full.current_key == "month"
    month.reports.back_button.click()
    assert "科目余额表" in month.reports.head.text()


def test_months_are_turned_over_and_stay_where_nothing_was_handed_over(full: TownshipWindow, qtbot: QtBot) -> None:
    full.open_month(STONE_CODE, JANUARY)
    month = full.page("month")
    month.after_button.click()
    assert month.heading.text() == "石桥村 2024年2月"
    qtbot.keyClick(month, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert month.heading.text() == "石桥村 2024年2月"
    assert "没有报送2024年3月" in month.message_bar.text


def test_a_comment_is_written_at_the_voucher_with_words_to_choose_from(
    full: TownshipWindow, desk: Desk, qtbot: QtBot
) -> None:
    full.open_voucher(STONE_CODE, "2024-02 记-3")
    page = full.page("voucher")
    page.comment_button.click()
    dialog = page.findChildren(CommentDialog)[-1]
    dialog.save_button.click()
    assert "请写明意见" in dialog.message_bar.text
    dialog.category.setCurrentIndex(dialog.category.findText("审批手续不全"))
    assert dialog.demand.toPlainText().startswith("请按审批权限补办")
    assert dialog.clause.count() == 2
    commit(dialog.text, "没有审批单")
    dialog.deadline.setText("二月")
    dialog.save_button.click()
    assert "二月" in dialog.message_bar.text
    dialog.deadline.setText("2024-04-30")
    dialog.severity.setCurrentText("严重")
    dialog.save_button.click()
    (thread,) = reviewing.threads(desk, desk.village(STONE_CODE))
    assert (thread.comment.kind, thread.comment.label, thread.comment.subject) == (
        "凭证",
        "2024-02 记-3",
        page.seen.voucher.uid,
    )
    assert (thread.comment.category, thread.comment.severity) == ("审批手续不全", "严重")
    assert thread.comment.deadline == date(2024, 4, 30)
    assert page.comments.model.rowCount() == 1
    qtbot.keyClick(page.sheet.table, Qt.Key.Key_Escape)
    full.show_page("review")
    assert shown(full.page("review"), 0)[2] == "审核中 意见1"


def test_a_comment_not_sent_is_taken_back_and_an_answered_one_settled(
    full: TownshipWindow, desk: Desk, qtbot: QtBot
) -> None:
    village = desk.village(STONE_CODE)
    first = reviewing.comment(desk, village, Comment("", JANUARY, "其他", "", "", "第一条"))
    second = reviewing.comment(desk, village, Comment("", JANUARY, "其他", "", "", "第二条", deadline=date(2024, 3, 1)))
    reviews.mark_sent(desk.store, village.code, (second.uid,))
    answer = Answer("a1", second.uid, "已补齐", "2024-03 记-1", "王会计", "2024-03-05T00:00:00Z")
    reviews.add_answers(desk.store, village.code, (answer,), "x")
    full.operations.announce(EVERYTHING)
    full.open_month(STONE_CODE, JANUARY)
    month = full.page("month")
    month.tabs.setCurrentIndex(3)
    panel = month.comments
    assert [one.state for one in panel.model.rows] == ["已答复", "未发出"]
    assert "村里答复：已补齐（更正凭证 2024-03 记-1）　王会计" in panel.told.text()
    assert not panel.withdraw_button.isEnabled()
    panel.settle_button.click()
    dialog = panel.findChildren(SettleDialog)[-1]
    dialog.state.setCurrentText("重新整改")
    dialog.save_button.click()
    assert "理由" in dialog.message_bar.text
    dialog.state.setCurrentText("已整改")
    dialog.save_button.click()
    states = {one.comment.uid: one.state for one in reviewing.threads(desk, village)}
    assert states == {first.uid: "未发出", second.uid: "已整改"}
    panel.table.selectRow(panel.model.find(lambda one: one.comment.uid == first.uid))
    panel.withdraw_button.click()
    assert {one.comment.uid: one.state for one in reviewing.threads(desk, village)}[first.uid] == "已撤回"


def test_a_review_file_is_written_and_shows_the_desks_key(
    full: TownshipWindow, desk: Desk, qtbot: QtBot, tmp_path: Path, answers: object
) -> None:
    village = desk.village(STONE_CODE)
    reviewing.comment(desk, village, Comment("", JANUARY, "其他", "", "", "少一张银行回单", severity="严重"))
    full.open_month(STONE_CODE, JANUARY)
    month = full.page("month")
    month.send_button.click()
    dialog = month.findChildren(SendDialog)[-1]
    assert dialog.opinion.currentText() == "退回"
    dialog.place.insertItem(0, "这里", str(tmp_path))
    dialog.place.setCurrentIndex(0)
    dialog.opinion.setCurrentText("通过")
    dialog.save_button.click()
    assert "不能直接通过" in dialog.message_bar.text
    dialog.opinion.setCurrentText("补正后通过")
    dialog.save_button.click()
    assert dialog.message_bar.kind == "success", dialog.message_bar.text
    assert dialog.path().is_file()
    assert dialog.path().name == "石桥村股份经济合作社 2024-01 审核意见1.vlr"
    assert len("".join(dialog.key.text().partition("\n")[2].split())) == 64
    dialog.reject()
    assert month.badge.text() == "通过"
    assert not month.send_button.isEnabled()
    assert not month.comment_button.isEnabled()
    assert month.package.reviews.rowCount() == 1


def test_a_contract_or_asset_is_commented_on_from_its_register_row(full: TownshipWindow) -> None:
    full.open_month(STONE_CODE, JANUARY)
    month = full.page("month")
    month.tabs.setCurrentIndex(1)
    month.reports.comment_button.click()
    dialog = month.findChildren(CommentDialog)[-1]
    assert dialog._draft.kind == "账表"
    assert dialog._draft.label == "资产负债表"
    dialog.reject()


def test_what_a_month_rests_on_is_shown_with_earlier_files(
    opened: Open, parcels: Parcels, desk: Desk, qtbot: QtBot
) -> None:
    window = opened(parcels.stone[1], parcels.stone[2])
    window.page("inbox").take([parcels.changed])
    window.page("inbox")._take_again(window.page("inbox").model.rows[0], replace=True)
    window.open_month(STONE_CODE, FEBRUARY)
    panel = window.page("month").package
    assert [one.current for one in panel.revisions.rows] == [False, True]
    panel.files.selectRow(0)
    panel.compare_button.click()
    table = panel.findChildren(type(panel.files))
    shown_rows = [one for view in table if hasattr(view, "rows") for one in view.rows.rows]
    assert ("凭证 2024-02 记-4", "没有") in [(one.what, one.before) for one in shown_rows]


def test_three_hundred_villages_are_looked_up_not_asked_for() -> None:
    model = GridModel()
    months = tuple(JANUARY.through(Period(2024, 12)))
    names = tuple(Village(f"{code:012}", f"第{code}村") for code in range(300))
    received = Received("x", JANUARY, 1, "", 0, "", True)
    cells = {(one.code, month): reviewing.Cell("收到", received, 1, 0, 0, 2) for one in names for month in months}
    model.show_grid(reviewing.Grid(names, months, cells), names)
    assert (model.rowCount(), model.columnCount()) == (300, 13)
    assert model.index(299, 12).data() == "收到 意见1 疑点2"


def test_escape_leads_back_from_every_tab(full: TownshipWindow, qtbot: QtBot) -> None:
    full.open_month(STONE_CODE, JANUARY)
    month = full.page("month")
    for tab in range(month.tabs.count()):
        full.show_page("review")
        full.open_month(STONE_CODE, JANUARY)
        month.tabs.setCurrentIndex(tab)
        focus = {1: month.reports.view.tables[0], 2: month.registers.names}.get(tab, month.tabs.currentWidget())
        qtbot.keyClick(focus.focusProxy() or focus, Qt.Key.Key_Escape)
        assert full.current_key == "review", tab


def test_an_unsigned_workbook_is_looked_through_but_not_answered(
    opened: Open, parcels: Parcels, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = villages.make_village(tmp_path_factory.mktemp("paper"), "东山村股份经济合作社", months=1)
    folder = made.folder / "导出"
    made.act(lambda book: publishing.export_month_into(book, JANUARY, folder) and None)
    window = opened(parcels.stone[1])
    inbox = window.page("inbox")
    inbox.take([folder])
    (fate,) = inbox.model.rows
    assert fate.result == "收到", fate.told
    assert "未签名" in fate.told
    window.open_month(fate.outcome.taken.village.code, JANUARY)
    month = window.page("month")
    assert "未签名" in month.sub_heading.text()
    assert not month.send_button.isEnabled()
    assert "未签名的 Excel 文件里没有凭证" in month.vouchers.count.text()
    month.tabs.setCurrentIndex(1)
    assert month.reports._report is not None
