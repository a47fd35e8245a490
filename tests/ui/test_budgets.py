"""The budget in the window: drawing it up, pasting, approving, adjusting, and remarks while a voucher is typed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.services.contract_desk import post_drafts
from tests.services.project_desk import ROAD, project_book
from tests.services.test_budgets import PLAN, spent
from village_ledger import clock
from village_ledger.domain.budget import Budget, BudgetItem
from village_ledger.services import budgets, vouchers
from village_ledger.services.book import Book
from village_ledger.services.works_rules import reception_rules
from village_ledger.ui import dialogs, theme
from village_ledger.ui.budgets.act_dialogs import AdjustDialog, ApproveDialog
from village_ledger.ui.budgets.budget_dialog import BudgetDialog
from village_ledger.ui.budgets.budget_page import BudgetPage
from village_ledger.ui.budgets.execution_model import RATE_COLUMN
from village_ledger.ui.budgets.items_model import ACCOUNTS, AMOUNT, NAME, PROJECT, SIDE, ItemsModel
from village_ledger.ui.budgets.rate_delegate import RATE_ROLE
from village_ledger.ui.budgets.reception_dialog import ReceptionDialog
from village_ledger.ui.operations import Operations
from village_ledger.ui.vouchers.reads import read_start


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """The book of the village road, on 30 June 2025."""
    theme.apply(QApplication.instance())
    monkeypatch.setattr(clock, "today", lambda: date(2025, 6, 30))
    with project_book(tmp_path) as opened:
        yield opened


@pytest.fixture
def page(book: Book, qtbot: QtBot) -> BudgetPage:
    made = BudgetPage(Operations(book, synchronous=True))
    qtbot.addWidget(made)
    made.resize(1182, 690)
    made.show()
    return made


def texts(page: BudgetPage, column: int) -> list[str]:
    return [page.model.data(page.model.index(row, column)) for row in range(page.model.rowCount())]


def approved(book: Book) -> Budget:
    budgets.save_budget(book, PLAN)
    return budgets.approve(book, 2025, "石桥决〔2025〕1号", date(2025, 1, 20))


def test_a_year_without_a_budget_says_what_to_do(page: BudgetPage) -> None:
    assert page.stack.currentWidget() is page.empty
    assert "2025年还没有编制预算" in page.empty.text()
    assert page.edit_button.isEnabled()
    assert not page.approve_button.isEnabled()
    assert not page.adjust_button.isEnabled()


def test_the_page_shows_execution_with_a_bar_and_what_is_overspent(page: BudgetPage, book: Book) -> None:
    approved(book)
    for draft in (spent("51303", 1_200_00, date(2025, 1, 8)), spent("51306", 60_00, date(2025, 1, 9))):
        vouchers.save_draft(book, draft)
    post_drafts(book)
    page.refresh()
    assert texts(page, 1)[1:] == ["办公费", "村道硬化", "未列预算：管理费用-差旅费", "支出合计"]
    assert texts(page, 6)[1] == "1,200.00"
    assert page.model.data(page.model.index(1, RATE_COLUMN), RATE_ROLE) == (12_000, True)
    assert "超支：办公费" in page.message_bar.text
    assert "石桥决〔2025〕1号 批准" in page.state.text()
    ModelTester(None).check(page.model)
    page.grab()


def test_a_budget_is_typed_and_pasted_and_saved(page: BudgetPage, qtbot: QtBot) -> None:
    dialog = BudgetDialog(page.operations, Budget(2025), page)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.add_item()
    QApplication.clipboard().setText("办公费\t支出\t51303\t\t3,000\n村道\t支出\t\t村道硬化\t100000\n")
    dialog.table.setCurrentIndex(dialog.model.index(0, NAME))
    dialog.paste()
    assert [(one.name, one.accounts, one.project_name, one.amount_fen) for one in dialog.model.items] == [
        ("办公费", ("51303",), "", 3_000_00),
        ("村道", (), "村道硬化", 100_000_00),
    ]
    assert "支出 103,000.00" in dialog.total.text()
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()


def test_a_wrong_item_is_marked_in_the_table(page: BudgetPage, qtbot: QtBot) -> None:
    dialog = BudgetDialog(page.operations, Budget(2025, (BudgetItem("1", "办公费", "支出", ("59999",)),)), page)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.save_button.click()
    assert "第 1 行：科目 59999 不存在" in dialog.message_bar.text
    tip = dialog.model.data(dialog.model.index(0, ACCOUNTS), Qt.ItemDataRole.ToolTipRole)
    assert tip == "科目 59999 不存在"


def test_cells_that_cannot_be_read_are_refused_with_a_reason(qtbot: QtBot) -> None:
    model = ItemsModel(lambda: {ROAD.name: ROAD})
    model.set_items((BudgetItem("1", "办公费"), BudgetItem("2", "村道")))
    heard: list[str] = []
    model.complaint.connect(heard.append)
    for column, text in ((SIDE, "其他"), (PROJECT, "没有的项目"), (AMOUNT, "十元")):
        assert not model.setData(model.index(0, column), text)
    assert ["收支只能是" in heard[0], "请先在" in heard[1], "不能识别" in heard[2]] == [True] * 3
    assert model.move(1, -1) == 0
    assert [one.code for one in model.items] == ["2", "1"]
    model.remove(0)
    assert model.add(0) == 1
    assert [one.code for one in model.items] == ["1", "2"]
    ModelTester(None).check(model)


def test_a_budget_begins_from_the_accounts_or_from_last_year(
    page: BudgetPage, book: Book, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved(book)
    vouchers.save_draft(book, spent("51303", 700_00))
    post_drafts(book)
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_named: True)
    dialog = BudgetDialog(page.operations, Budget(2026), page)
    qtbot.addWidget(dialog)
    dialog.propose()
    assert [(one.name, one.amount_fen) for one in dialog.model.items] == [("管理费用-办公费", 700_00)]
    dialog.copy_last()
    assert [one.name for one in dialog.model.items] == ["办公费", "村道硬化"]


def test_approving_and_moving_money_between_items(page: BudgetPage, book: Book, qtbot: QtBot) -> None:
    made = budgets.save_budget(book, PLAN)
    page.refresh()
    approve = ApproveDialog(page.operations, made, date(2025, 1, 20), page)
    qtbot.addWidget(approve)
    approve.decision.setText("石桥决〔2025〕1号")
    with qtbot.waitSignal(approve.done_text):
        approve.save_button.click()
    page.refresh()
    assert not page.edit_button.isEnabled()
    found = budgets.budget(book, 2025)
    assert found is not None
    adjust = AdjustDialog(page.operations, found, "1", date(2025, 6, 1), page)
    qtbot.addWidget(adjust)
    adjust.amount.setText("200")
    adjust.source.setCurrentIndex(adjust.source.findData("2"))
    adjust.decision.setText("石桥决〔2025〕9号")
    adjust.reason.setText("调剂")
    with qtbot.waitSignal(adjust.done_text):
        adjust.save_button.click()
    found = budgets.budget(book, 2025)
    assert found is not None
    assert [(one.code, one.fen) for one in found.adjustments] == [("1", 200_00), ("2", -200_00)]
    page.refresh()
    assert "2025-06-01 追加 200.00（石桥决〔2025〕9号，调剂）" in page.history.text()


def test_the_entry_of_a_voucher_knows_the_budget(book: Book) -> None:
    approved(book)
    watch = read_start(book).context.watch
    assert watch.execution is not None
    assert watch.execution.budget.decision == "石桥决〔2025〕1号"
    assert watch.reception is None  # no control, no gate


def test_the_head_says_whether_there_may_be_reception(page: BudgetPage, book: Book, qtbot: QtBot) -> None:
    book.actor = ""
    day = date(2025, 6, 1)
    dialog = ReceptionDialog(page.operations, reception_rules(book, day), day, page)
    qtbot.addWidget(dialog)
    dialog.rule.setCurrentIndex(1)
    dialog.basis.setText("某市村务卡管理办法")
    with qtbot.waitSignal(dialog.done_text):
        dialog.save_button.click()
    assert not reception_rules(book, day).zero
    assert reception_rules(book, date(2025, 5, 31)).zero
