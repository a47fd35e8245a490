"""The account tree and the dimension members, worked with the keyboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.ime import commit
from tests.ui.new_books import a_new_book
from village_ledger.domain.account import Account, Auxiliary, Chart
from village_ledger.services import accounts
from village_ledger.services.book import Book
from village_ledger.services.catalog import chart_definition
from village_ledger.ui.accounts.account_dialog import AccountDialog, account_problems, next_code
from village_ledger.ui.accounts.account_tree_model import AccountTreeModel, matching_codes
from village_ledger.ui.accounts.accounts_page import AccountsPage
from village_ledger.ui.accounts.item_dialog import ItemDialog, ItemListDialog, name_problem, read_list
from village_ledger.ui.accounts.items_model import ItemsModel, filtered
from village_ledger.ui.accounts.items_page import ItemsPage
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.operations import Operations

CHART = Chart(chart_definition("rural-2023").accounts)
Answers = Callable[[str, object], None]


@pytest.fixture
def new_book(tmp_path: Path) -> Iterator[Book]:
    book = a_new_book(tmp_path)
    yield book
    book.close()


@pytest.fixture
def desk(new_book: Book) -> Operations:
    return Operations(new_book, synchronous=True)


@pytest.fixture
def page(desk: Operations, qtbot: QtBot) -> AccountsPage:
    made = AccountsPage(desk)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def items_page(desk: Operations, qtbot: QtBot) -> ItemsPage:
    made = ItemsPage(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def dialog_of(page: object, kind: type) -> object:
    found = [widget for widget in page.findChildren(kind) if widget.isVisible()]
    assert found, f"no {kind.__name__} is open"
    return found[-1]


def test_the_tree_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = AccountTreeModel()
    model.show_accounts(CHART, [account.code for account in CHART])
    qtmodeltester.check(model)
    parent = model.index_of("322")
    assert model.rowCount(parent) == 2
    assert model.parent(model.index_of("32201")) == parent


def test_the_items_model_keeps_qts_rules(new_book: Book, qtmodeltester: ModelTester) -> None:
    accounts.add_items(new_book, "往来户", [("张三", "一组"), ("李四", "")])
    model = ItemsModel()
    model.show_rows(accounts.items(new_book))
    qtmodeltester.check(model)
    assert model.data(model.index(0, 1)) == "张三"


@pytest.mark.parametrize("text", ["322", "收益分配", "wfpsy"])
def test_searching_finds_by_code_name_or_initials_with_what_is_above(new_book: Book, text: str) -> None:
    codes = matching_codes(new_book.chart, text)
    assert "322" in codes
    assert "32202" in codes
    assert "101" not in codes


def test_a_category_and_disabled_accounts_can_be_left_out(new_book: Book) -> None:
    accounts.change_account(new_book, "111", disabled=True)
    codes = matching_codes(new_book.chart, "", "资产", with_disabled=False)
    assert "101" in codes
    assert not {"111", "201"} & codes


def test_the_next_free_code_follows_the_last_one_and_ends_on_the_sixth_level() -> None:
    assert next_code(CHART, "322") == "32203"
    assert next_code(CHART, "101") == "10101"
    deep = Chart([*CHART, *(Account("1010101010101"[:length], "x", "资产", "debit") for length in (5, 7, 9, 11, 13))])
    assert next_code(deep, "10101010101") == "1010101010102"
    assert next_code(deep, "1010101010101") == ""


def test_codes_and_names_that_cannot_be_are_told_beside_the_field() -> None:
    assert account_problems(CHART, "322", "32201", "新")["code"].startswith("编码 32201 已用于")
    assert "code" in account_problems(CHART, "322", "3220", "新")
    assert "code" in account_problems(CHART, "322", "10101", "新")
    assert account_problems(CHART, "322", "32203", "未分配收益")["name"] == "同一上级下面已有“未分配收益”"
    assert account_problems(CHART, "322", "32203", " ") == {"name": "请填写科目名称"}
    assert account_problems(CHART, "322", "32203", "新") == {}


def test_a_detail_is_added_with_the_keyboard_alone(page: AccountsPage, new_book: Book, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.search, "513")
    assert page.selected().code == "513"
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.keyClick(page.tree, Qt.Key.Key_Insert)
    dialog = dialog_of(page, AccountDialog)
    assert dialog.code.text() == "51301"
    commit(dialog.name, "办公费")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert new_book.chart["51301"].name == "办公费"
    assert new_book.chart["51301"].auxiliaries == new_book.chart["513"].auxiliaries
    assert page.selected().code == "51301"


def test_save_and_go_on_offers_the_next_code(page: AccountsPage, new_book: Book, qtbot: QtBot) -> None:
    page.select("102")
    page.add()
    dialog = dialog_of(page, AccountDialog)
    for name in ("农商行基本户", "邮储银行"):
        commit(dialog.name, name)
        qtbot.mouseClick(dialog.again_button, Qt.MouseButton.LeftButton)
    assert dialog.code.text() == "10203"
    assert dialog.name.text() == ""
    assert new_book.chart["10202"].name == "邮储银行"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_wrong_name_keeps_the_dialog_open_and_what_was_typed(page: AccountsPage, qtbot: QtBot) -> None:
    page.select("322")
    page.add()
    dialog = dialog_of(page, AccountDialog)
    commit(dialog.name, "未分配收益")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.name.text() == "未分配收益"
    assert dialog.name.property("wrong") is True


def test_dimensions_and_unit_are_changed_and_a_regulations_name_is_fixed(
    page: AccountsPage, new_book: Book, qtbot: QtBot
) -> None:
    page.select("121")
    page.change()
    dialog = dialog_of(page, AccountDialog)
    assert dialog.name.isReadOnly()
    dialog.auxiliaries.kept["项目"].click()
    dialog.auxiliaries.required["项目"].click()
    commit(dialog.unit, "吨")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert new_book.chart["121"].auxiliaries == (Auxiliary("项目", required=False),)
    assert new_book.chart["121"].unit == "吨"


def test_disabling_and_deleting_ask_first(page: AccountsPage, new_book: Book, answers: Answers, qtbot: QtBot) -> None:
    accounts.add_account(new_book, Account("10101", "备用金", "", "debit"))
    page.operations.announce(frozenset({"accounts"}))
    page.refresh()
    page.select("10101")
    answers("ask", False)
    page.switch()
    page.delete()
    assert not new_book.chart["10101"].disabled
    answers("ask", True)
    page.switch()
    assert new_book.chart["10101"].disabled
    page.tree.setFocus()
    qtbot.keyClick(page.tree, Qt.Key.Key_Delete)
    assert "10101" not in new_book.chart
    assert page.message_bar.text == "已删除 10101 备用金"
    page.select("101")
    assert not page.delete_button.isEnabled()


def test_accounts_are_imported_and_a_bad_file_lists_every_row(
    page: AccountsPage, new_book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    page.import_file()
    dialog = dialog_of(page, ImportDialog)
    bad = tmp_path / "bad.csv"
    bad.write_text("科目编码,科目名称\n9,错\n10101,备用金\n77701,错\n", encoding="utf-8")
    dialog.set_path(bad)
    qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    assert dialog.problems.count() == 2
    assert "10101" not in new_book.chart
    good = tmp_path / "good.csv"
    good.write_text("科目编码,科目名称\n10101,备用金\n", encoding="utf-8")
    dialog.set_path(good)
    assert dialog.problems.isHidden()
    qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    assert new_book.chart["10101"].name == "备用金"
    assert "写入 1 行" in page.message_bar.text
    assert page.model.index_of("10101") != QModelIndex()


def test_a_file_that_is_not_there_is_told_beside_the_field(page: AccountsPage, tmp_path: Path) -> None:
    page.import_file()
    dialog = dialog_of(page, ImportDialog)
    dialog.path.setText(str(tmp_path / "没有.csv"))
    assert not dialog.import_button.isEnabled()
    dialog.copy_button.click()
    assert QApplication.clipboard().text().startswith("科目编码\t科目名称")


def test_names_of_members_are_checked() -> None:
    assert name_problem("往来户", " ", ()) == "请填写往来户名称"
    assert name_problem("往来户", "张；三", ()) == "名称里不能有分号和冒号"
    assert "二组" in name_problem("往来户", "张三", ("张三",))
    assert name_problem("往来户", "李四", ("张三",)) == ""


def test_a_pasted_list_is_sorted_out_line_by_line() -> None:
    found = read_list("往来户", "张三\n\n李四\t一组\t旧\n李四\n王:五\n", ("张三",))
    assert found.new == (("李四", "一组 旧"),)
    assert found.known == ("张三", "李四")
    assert found.wrong == ("第 5 行“王:五”：名称里不能有分号和冒号",)


def test_a_household_is_added_and_renamed_with_the_keyboard(
    items_page: ItemsPage, new_book: Book, qtbot: QtBot
) -> None:
    qtbot.keyClick(items_page, Qt.Key.Key_Insert)
    dialog = dialog_of(items_page, ItemDialog)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.isVisible()
    commit(dialog.name, "张三")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert items_page.selected().item.name == "张三"
    assert items_page.tabs.tabText(0) == "往来户  1"
    items_page.change()
    dialog = dialog_of(items_page, ItemDialog)
    commit(dialog.name, "张三丰")
    commit(dialog.note, "二组")
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    (record,) = accounts.items(new_book)
    assert (record.item.name, record.note) == ("张三丰", "二组")


def test_a_list_of_projects_is_added_at_once(items_page: ItemsPage, new_book: Book, qtbot: QtBot) -> None:
    items_page.tabs.setCurrentIndex(1)
    items_page.add_list()
    dialog = dialog_of(items_page, ItemListDialog)
    assert not dialog.save_button.isEnabled()
    commit(dialog.text, "村道")
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    commit(dialog.text, "路灯")
    assert dialog.summary.text() == "将增加 2 个项目"
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert [record.item.name for record in accounts.items(new_book, "项目")] == ["村道", "路灯"]
    assert items_page.model.rowCount() == 2


def test_members_are_searched_and_disabled(items_page: ItemsPage, new_book: Book, answers: Answers) -> None:
    accounts.add_items(new_book, "往来户", [("张三", ""), ("李四", "")])
    items_page.operations.announce(frozenset({"items"}))
    items_page.refresh()
    items_page.search.setText("ls")
    assert items_page.selected().item.name == "李四"
    answers("ask", True)
    items_page.switch()
    items_page.with_disabled.setChecked(False)
    assert items_page.model.rowCount() == 0
    assert [r.item.name for r in filtered(accounts.items(new_book), "", with_disabled=False)] == ["张三"]


def test_an_empty_dimension_says_what_it_is_for(items_page: ItemsPage) -> None:
    assert items_page.stack.currentWidget() is items_page.empty
    assert "往来户" in items_page.empty.text()
