"""From an amount on the balance sheet down to the decision by keys alone, and back again."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from village_ledger.services import trail as trails
from village_ledger.services.book import Book
from village_ledger.services.origins import Origin
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.reports.report_page import ReportPage
from village_ledger.ui.trail.trail_page import TrailPage

ENTER = Qt.Key.Key_Return


@pytest.fixture
def book(sample_village: Path, tmp_path: Path) -> Iterator[Book]:
    """The sample village with its scans."""
    folder = tmp_path / "village"
    shutil.copytree(sample_village.parent, folder)
    with Book.open(folder / sample_village.name, actor="周敏") as opened:
        yield opened


def report(window: MainWindow) -> ReportPage:
    page = window.page(window.current_key)
    assert isinstance(page, ReportPage)
    return page


def press_on(window: MainWindow, qtbot: QtBot, wanted: str) -> None:
    """Find a row by its text, as one does with Ctrl+F, and press Enter on it."""
    page = report(window)
    page.search.setText(wanted)
    qtbot.keyClick(page.search, ENTER)
    found = (one for one in page.view.tables if one.current_row() >= 0)
    shown = next(one for one in found if wanted in str(one.report_model.row(one.current_row()).cells))
    qtbot.keyClick(shown, ENTER)


def choose(page: TrailPage, stage: str, number: str = "") -> None:
    """Go to the first line of a stage."""
    row = page.model.find(lambda one: one.stage == stage and number in one.number)
    assert row >= 0, stage
    page.table.selectRow(row)
    page.table.setCurrentIndex(page.model.index(row, 0))


def opened(window: MainWindow, book: Book, label: str) -> TrailPage:
    window.open_voucher(trails.find(book, label))
    window.page("voucher-entry").show_trail()
    page = window.page("trail")
    assert isinstance(page, TrailPage)
    return page


def test_an_amount_on_the_balance_sheet_leads_by_keys_to_the_decision_and_back(
    window: MainWindow, book: Book, qtbot: QtBot
):
    window.show_page("balance-sheet")
    press_on(window, qtbot, "应付款项")
    assert window.current_key == "trial-balance"
    press_on(window, qtbot, "211")
    assert window.current_key == "subsidiary-ledger"
    press_on(window, qtbot, "付路灯亮化工程款")
    assert window.current_key == "voucher-entry"
    qtbot.keyClick(window.page("voucher-entry"), Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert window.current_key == "trail"
    page = window.page("trail")
    assert page.trail.label == "2025-10 记-28"
    choose(page, "决策")
    qtbot.keyClick(page.table, ENTER)
    assert window.current_key == "decisions"
    assert window.page("decisions").selected().decision.number == "石村议〔2025〕10号"
    for key in ("trail", "voucher-entry", "subsidiary-ledger", "trial-balance", "balance-sheet"):
        window.go_back()
        assert window.current_key == key


def test_a_decision_leads_back_to_the_vouchers_it_moved(window: MainWindow, book: Book, qtbot: QtBot):
    window.open_origin(Origin("decision", 0, "决策 石村议〔2025〕14号"))
    page = window.page("decisions")
    table = page.panel.moved
    assert [page.panel.voucher().label] == ["2025-11 记-1"]
    assert table.model().rowCount() == 2
    table.activated.emit(table.model().index(0, 0))
    assert window.current_key == "voucher-entry"
    assert window.page("voucher-entry").links.origin.text() == "来自：用款申请 用2025-019"


def test_the_trail_opens_statement_ledger_project_and_voucher(window: MainWindow, book: Book, qtbot: QtBot):
    page = opened(window, book, "2025-10 记-28")
    ways = {
        "报表": "balance-sheet",
        "分录": "subsidiary-ledger",
        "用款申请": "requests",
        "工程项目": "projects",
        "凭证": "voucher-entry",
    }
    for stage, key in ways.items():
        choose(page, stage)
        qtbot.keyClick(page.table, ENTER)
        assert window.current_key == key
        window.go_back()
        assert window.current_key == "trail"
        assert page.model.value(page.table.currentIndex().row()).stage == stage, "back at the line it was left at"


def test_a_payment_by_exception_shows_it_in_the_colour_of_danger(window: MainWindow, book: Book):
    page = opened(window, book, "2025-11 记-20")
    choose(page, "紧急例外")
    row = page.model.value(page.table.currentIndex().row())
    assert row.alarming
    assert "还没有补齐" in row.detail


def test_the_sheet_is_written_where_the_user_says(window: MainWindow, book: Book, answers, tmp_path: Path):
    page = opened(window, book, "2025-10 记-28")
    answers("save_file", tmp_path / "溯源单.pdf")
    page.save_as()
    assert (tmp_path / "溯源单.pdf").stat().st_size > 5_000
    assert "已导出" in page.message_bar.text


def test_the_page_says_how_to_get_a_trail_when_there_is_none(window: MainWindow, book: Book):
    window.show_page("trail")
    page = window.page("trail")
    assert page.empty.isVisible()
    assert not page.print_button.isEnabled()
    page.preview()
    page.open_voucher()
    page.follow()
    assert window.current_key == "trail"
