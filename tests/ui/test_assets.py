"""The pages of assets worked with keys and clicks: cards, depreciation, changes, counts, stock."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.services.asset_desk import FEBRUARY, JANUARY, desk, drafts, truck
from tests.services.conftest import a_draft, post_all
from village_ledger.domain.period import Period
from village_ledger.services import asset_cards, asset_changes, asset_counts, asset_runs, stock
from village_ledger.services.book import Book
from village_ledger.ui.assets import cards_page, changes_page
from village_ledger.ui.assets.card_dialog import CardDialog
from village_ledger.ui.assets.cards_page import CardsPage
from village_ledger.ui.assets.change_dialog import ChangeDialog
from village_ledger.ui.assets.changes_page import ChangesPage
from village_ledger.ui.assets.count_dialogs import ApproveCountDialog, StartDialog
from village_ledger.ui.assets.count_model import COUNTED, STATUS
from village_ledger.ui.assets.count_page import CountPage
from village_ledger.ui.assets.depreciation_page import DepreciationPage
from village_ledger.ui.assets.step_dialogs import ApproveDialog, FileDialog, SettleDialog
from village_ledger.ui.assets.stock_dialogs import ItemDialog, MoveDialog
from village_ledger.ui.assets.stock_page import StockPage
from village_ledger.ui.assets.surplus_dialog import SurplusDialog
from village_ledger.ui.assets.usage_dialog import UsageDialog
from village_ledger.ui.choices import account_choice
from village_ledger.ui.operations import Operations
from village_ledger.ui.page import Page

__all__ = ["desk"]
Answers = Callable[[str, object], None]
PageT = TypeVar("PageT", bound=Page)
DialogT = TypeVar("DialogT", bound=QDialog)


@pytest.fixture
def shown(desk: Book, qtbot: QtBot) -> Callable[[type[Any]], Any]:
    """Make and show a page over the small book of assets."""

    def show(kind: type[PageT]) -> PageT:
        page = kind(Operations(desk, synchronous=True))
        qtbot.addWidget(page)
        page.resize(1182, 690)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.take_focus()
        return page

    return show


def dialog_of(page: QWidget, kind: type[DialogT]) -> DialogT:
    return page.findChildren(kind)[-1]


def choose(field: Any, book: Book, code: str) -> None:
    field.set_choice(account_choice(book.chart, code))


def test_the_list_shows_what_each_asset_stands_at(shown: Any, qtmodeltester: ModelTester):
    page = shown(CardsPage)
    qtmodeltester.check(page.model)
    assert [row.now.card.code for row in page.model.rows] == ["ZC-0001", "SW-0001"]
    assert page.count.text() == "2 项，原值合计 62,000.00，净值合计 56,000.00（2024年1月）"
    assert page.bar.tie_button.text() == "账卡相符"
    assert "400.00" in page.panel.facts.text()
    page.bar.search.setText("茶园")
    assert [row.now.card.code for row in page.model.rows] == ["SW-0001"]
    page.bar.search.clear()
    page.bar.status_box.setCurrentText("已处置")
    assert page.count.text() == "没有符合条件的资产"


def test_a_purchase_without_a_card_is_offered_and_its_card_is_filled_in(shown: Any, desk: Book, qtbot: QtBot):
    post_all(desk, a_draft(date(2024, 1, 8), "151", "101", 960_00, "购抽水机"))
    page = shown(CardsPage)
    assert "“购抽水机”960.00 还没有资产卡片" in page.message_bar.text
    assert page.bar.tie_button.text() == "账卡不符，查看原因"
    qtbot.keyClick(page, Qt.Key.Key_Insert)
    dialog = dialog_of(page, CardDialog)
    form = dialog.form
    assert (form.name.text(), form.original.value_fen(), form.entered.text()) == ("购抽水机", 960_00, "2024-01")
    form.category.setCurrentText("机器设备")
    assert (form.years.value(), form.depreciation_account.value()) == (10, "152")
    choose(form.expense_account, desk, "513")
    dialog.save_button.click()
    assert asset_cards.tie(desk, JANUARY).tied
    assert page.selected().now.card.name == "购抽水机"


def test_what_is_wrong_with_a_card_stands_under_its_field(shown: Any):
    page = shown(CardsPage)
    page.add()
    dialog = dialog_of(page, CardDialog)
    dialog.form.quantity.setText("x")
    dialog.save_button.click()
    assert dialog.isVisible()
    assert "数量“x”不对" in dialog.form.forms[dialog.form.quantity]._hints[dialog.form.quantity][0].text()
    dialog.form.quantity.setText("1")
    dialog.save_button.click()
    assert dialog.form.currentIndex() == 0, "the first field that is wrong is shown"
    assert dialog.form.forms[dialog.form.name]._hints[dialog.form.name][0].text() == "没有资产名称"


def test_a_card_charged_already_keeps_its_figures(shown: Any, desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    page = shown(CardsPage)
    page.open_card()
    dialog = dialog_of(page, CardDialog)
    assert not dialog.form.original.isEnabled()
    dialog.form.name.setText("农用运输车")
    dialog.save_button.click()
    assert truck(desk).name == "农用运输车"


def test_a_months_depreciation_is_run_and_undone(shown: Any, desk: Book, answers: Answers, qtmodeltester: ModelTester):
    page = shown(DepreciationPage)
    qtmodeltester.check(page.model)
    assert page.sum.text() == "应提 500.00"
    page.run_button.click()
    assert page.sum.text() == "2024年1月已计提 500.00"
    assert page.done.cell(page.done.rows[0], 4) == "待记账"
    assert "凭证草稿已生成" in page.message_bar.text
    assert len(drafts(desk, JANUARY)) == 1
    answers("ask", True)
    page.undo_button.click()
    assert (page.sum.text(), drafts(desk, JANUARY)) == ("应提 500.00", ())


def test_a_month_out_of_turn_says_which_one_comes_first(shown: Any):
    page = shown(DepreciationPage)
    page.picker.set_period(FEBRUARY)
    page.refresh()
    page.run_button.click()
    assert "2024年1月还没有计提折旧" in page.message_bar.text


def test_units_are_entered_for_the_month(shown: Any, desk: Book):
    card = truck(desk)
    hours = card._replace(id=0, code="ZC-0002", method="工作量法", total_units=10_000_000, units_name="公里")
    asset_cards.add_card(desk, hours)
    page = shown(DepreciationPage)
    assert "还没有登记工作量：ZC-0002" in page.words.text()
    page.usage_action.trigger()
    dialog = dialog_of(page, UsageDialog)
    (field,) = dialog.fields.values()
    field.setText("100")
    dialog.save_button.click()
    # 43,200.00 over 10,000 km: 4.32 a km
    assert page.sum.text() == "应提 932.00"


def applied(page: CardsPage, kind: str) -> ChangeDialog:
    page.change(kind)
    return dialog_of(page, ChangeDialog)


def test_a_disposal_goes_from_application_to_settlement(shown: Any, desk: Book, answers: Answers):
    asset_runs.depreciate(desk, JANUARY)
    cards = shown(CardsPage)
    dialog = applied(cards, "报废")
    dialog.day.setText("2024-01-20")
    dialog.reason.setText("无法修复")
    dialog.save_button.click()
    assert "已提交申请" in cards.message_bar.text
    page = shown(ChangesPage)
    assert (page.approve_button.isEnabled(), page.settle_button.isEnabled()) == (True, False)
    page.approve_button.click()
    step: Any = dialog_of(page, ApproveDialog)
    assert step.approval.who.currentText() == "陈主任"
    step.accept_button.click()
    page.file_button.click()
    step = dialog_of(page, FileDialog)
    step.accept_button.click()
    assert "请填写备案单位" in step.form._hints[step.filing][0].text()
    step.filing.who.setCurrentText("镇农经站")
    step.accept_button.click()
    page.settle_button.click()
    step = dialog_of(page, SettleDialog)
    step.proceeds.setText("100")
    choose(step.money, desk, "101")
    step.accept_button.click()
    change = asset_changes.changes(desk)[0].change
    assert (change.state, change.proceeds_fen) == ("已备案", 100_00)
    assert len(drafts(desk, JANUARY)) == 3
    answers("ask", True)
    page.settle_button.click()
    page.withdraw_button.click()
    assert len(drafts(desk, JANUARY)) == 1
    assert asset_changes.changes(desk)[0].change.state == "已撤销"


def test_a_refused_change_keeps_the_form_open(shown: Any):
    page = shown(CardsPage)
    dialog = applied(page, "出售")
    dialog.save_button.click()
    assert dialog.isVisible()
    assert "请先计提 2024年1月 的折旧" in dialog.message_bar.text


def test_a_transfer_is_approved_at_once(shown: Any, desk: Book):
    page = shown(CardsPage)
    dialog = applied(page, "移交")
    dialog.custodian.setText("张三")
    dialog.at_once.setChecked(True)
    dialog.save_button.click()
    assert page.selected().now.custodian == "张三"
    assert "移交" in page.panel.past.text()
    assert drafts(desk, JANUARY) == ()


def test_forms_are_written_for_printing(shown: Any, desk: Book, monkeypatch: pytest.MonkeyPatch):
    opened: list[str] = []
    monkeypatch.setattr("village_ledger.ui.assets.fields._open", opened.append)
    page = shown(CardsPage)
    dialog = applied(page, "移交")
    dialog.custodian.setText("张三")
    dialog.save_button.click()
    page.print_action.trigger()
    changes = shown(ChangesPage)
    changes.print_button.click()
    assert [Path(path).name for path in opened] == ["asset-card.pdf", "asset-change-form.pdf"]
    assert all(Path(path).read_bytes().startswith(b"%PDF") for path in opened)
    assert cards_page.show_form is changes_page.show_form


def test_a_count_is_filled_in_approved_and_shown(shown: Any, desk: Book, qtmodeltester: ModelTester):
    asset_runs.depreciate(desk, JANUARY)
    page = shown(CountPage)
    page.start_button.click()
    start = dialog_of(page, StartDialog)
    assert start.name.text() == "2024年度清产核资"
    start.start_button.click()
    qtmodeltester.check(page.model)
    model = page.model
    row = model.find(lambda line: line.card == truck(desk).id)
    assert not model.setData(model.index(row, COUNTED), "3"), "more than the card says is a surplus"
    assert not model.setData(model.index(row, STATUS), "丢了")
    assert model.setData(model.index(row, COUNTED), "1")
    assert page.save_button.isEnabled()
    page.save_button.click()
    page.approve_button.click()
    dialog_of(page, ApproveCountDialog).accept_button.click()
    assert "登记变动 1 项" in page.message_bar.text
    assert asset_counts.counts(desk)[0].state == "已批准"
    assert not model.flags(model.index(row, COUNTED)) & Qt.ItemFlag.ItemIsEditable


def test_unsaved_figures_of_a_count_are_not_lost_without_asking(shown: Any, answers: Answers):
    page = shown(CountPage)
    page.start()
    dialog_of(page, StartDialog).start_button.click()
    page.model.setData(page.model.index(0, COUNTED), "0")
    answers("ask", False)
    assert not page.may_leave()
    page.refresh()
    assert page.model.changed
    answers("ask", True)
    assert page.may_leave()


def test_a_surplus_is_registered_from_the_count(shown: Any, desk: Book):
    page = shown(CountPage)
    page.start()
    dialog_of(page, StartDialog).start_button.click()
    page.surplus_action.trigger()
    dialog = dialog_of(page, SurplusDialog)
    assert dialog.form.code.text() == "ZC-0002"
    dialog.form.name.setText("旧水泵")
    dialog.form.category.setCurrentText("机器设备")
    dialog.form.original.set_value_fen(500_00)
    choose(dialog.form.expense_account, desk, "513")
    dialog.save_button.click()
    assert "盘盈资产已登记" in page.message_bar.text
    assert len(drafts(desk, JANUARY)) == 1


def test_goods_come_in_and_go_out_at_the_average(shown: Any, desk: Book, answers: Answers, qtmodeltester: ModelTester):
    page = shown(StockPage)
    assert page.stack.currentIndex() == 1
    page.item_button.click()
    item = dialog_of(page, ItemDialog)
    for field, text in ((item.code, "WZ-1"), (item.name, "化肥"), (item.unit, "袋")):
        field.setText(text)
    choose(item.account, desk, "121")
    item.save_button.click()
    page.in_button.click()
    move = dialog_of(page, MoveDialog)
    move.quantity.setText("3")
    move.amount.setText("100")
    choose(move.counter, desk, "101")
    move.save_button.click()
    page.out_button.click()
    move = dialog_of(page, MoveDialog)
    move.quantity.setText("1")
    assert move.amount.text() == "33.33"
    choose(move.counter, desk, "511")
    move.save_button.click()
    qtmodeltester.check(page.moves)
    assert [page.moves.cell(row, 2) for row in page.moves.rows] == ["出库", "入库"]
    assert stock.stock(desk)[0].balance == (2000, 66_67)
    answers("ask", True)
    page.undo_button.click()
    assert len(page.moves.rows) == 1


def test_a_read_only_book_is_looked_at_and_not_changed(desk: Book, qtbot: QtBot):
    desk.read_only = True
    for kind in (CardsPage, DepreciationPage, ChangesPage, CountPage, StockPage):
        page = kind(Operations(desk, synchronous=True))
        qtbot.addWidget(page)
        page.show()
    assert Period(2024, 1) == JANUARY
