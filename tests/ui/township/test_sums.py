"""汇总 and 村际往来, settings and log, through the window."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.services.conftest import a_draft, post_all
from tests.township import villages
from tests.ui.ime import commit
from village_ledger.domain.period import Period
from village_ledger.reports.notices.model import Chart, Series
from village_ledger.services import accounts
from village_ledger.services.township import links
from village_ledger.services.township.desk import Desk
from village_ledger.ui import theme
from village_ledger.ui.township.chart_view import ChartView
from village_ledger.ui.township.links_page import LinkDialog
from village_ledger.ui.township.sums_page import SumsPage
from village_ledger.ui.township.villages_dialog import VillagesDialog
from village_ledger.ui.township.window import TownshipWindow

from .conftest import STONE, STONE_CODE, WILLOW, WILLOW_CODE, Open, Parcels

Answers = Callable[[str, object], None]
_KEY = Qt.ItemDataRole.UserRole


def choose(page: SumsPage, key: str) -> None:
    for row in range(page.names.topLevelItemCount()):
        group = page.names.topLevelItem(row)
        for place in range(group.childCount()):
            if group.child(place).data(0, _KEY) == key:
                page.names.setCurrentItem(group.child(place))


def cash(page: SumsPage) -> object:
    """货币资金, first line of the balance sheet."""
    report = page.report
    assert report is not None
    line = next(row for row in report.rows if row.cells[0] == "货币资金")
    return line.cells[2]


@pytest.fixture
def january(full: TownshipWindow) -> SumsPage:
    full.show_page("sums")
    page = full.page("sums")
    page.month.set_period(Period(2024, 1))
    page.month.changed.emit(Period(2024, 1))
    return page


def test_a_sum_is_over_all_villages_or_some(january: SumsPage) -> None:
    page = january
    choose(page, "balance-sheet-sum")
    each = 1_000_00 - 5_01 - 20_51  # the bank's money counts too; the office and 张三's advance are gone
    assert cash(page) == 2 * each
    page.which.click()
    dialog = page.findChildren(VillagesDialog)[-1]
    dialog.none_button.click()
    dialog.save_button.click()
    assert "至少选一个" in dialog.message_bar.text
    commit(dialog.search, "柳树")
    dialog.every_button.click()
    dialog.save_button.click()
    assert page.which.text().startswith("1 个村")
    assert cash(page) == each


def test_a_ranking_asks_by_which_line_and_draws(january: SumsPage) -> None:
    page = january
    assert not page.line.isVisible()
    choose(page, "ranking")
    assert page.line.isVisible()
    page.line.setCurrentText("货币资金")
    page.line.activated.emit(page.line.currentIndex())
    report = page.report
    assert report is not None
    assert "货币资金" in report.title
    assert page.chart_button.isEnabled()
    page.chart_button.click()
    assert page.stack.currentIndex() == 1
    page.grab()


def test_a_chart_of_two_series_is_drawn_with_its_legend(qtbot: QtBot) -> None:
    series = (Series("面积", (3_00, 61_00)), Series("已承包发包", (0, 26_00)))
    view = ChartView(Chart("bars", "各地类面积（亩）", ("其他", "四荒"), series))
    qtbot.addWidget(view)
    view.resize(600, 200)
    drawn = view.grab().toImage()
    above = {drawn.pixelColor(x, y).name() for x in range(300, 600) for y in range(34)}
    assert {theme.current().colour("income").name(), theme.current().colour("expense").name()} <= above


def test_a_sum_is_exported_and_all_of_them_too(january: SumsPage, answers: Answers, tmp_path: Path) -> None:
    page = january
    choose(page, "balance-sheet-sum")
    answers("save_file", tmp_path / "汇总.xlsx")
    page.xlsx_button.click()
    assert openpyxl.load_workbook(tmp_path / "汇总.xlsx").worksheets[0].title == "资产负债汇总表"
    answers("pick_folder", tmp_path)
    page.all_button.click()
    assert {path.name for path in tmp_path.glob("2024-01 汇总.*")} == {"2024-01 汇总.xlsx", "2024-01 汇总.pdf"}
    assert "已导出" in page.message_bar.text


def test_without_villages_the_page_says_what_it_is_for(opened: Open) -> None:
    window = opened()
    window.show_page("sums")
    assert window.page("sums").empty.isVisible()


@pytest.fixture(scope="module")
def neighbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """January of 柳树湾村, which has the village 石桥村 and a 石桥村委会 among its counterparties."""
    made = villages.make_village(tmp_path_factory.mktemp("neighbour"), WILLOW, WILLOW_CODE, months=1)

    def deal(book: object) -> None:
        villages.reopen(book, 1)
        accounts.add_item(book, "往来户", STONE)
        accounts.add_item(book, "往来户", "老石桥")
        post_all(
            book,
            a_draft(date(2024, 1, 21), "113", "101", 30_00, item=STONE),
            a_draft(date(2024, 1, 22), "113", "101", 40_00, item="老石桥"),
        )
        villages.close(book, 1)

    made.act(deal)
    return made.hand_over(1, "往来.vlp")


def test_dealings_between_villages_are_proposed_confirmed_added_and_removed(
    opened: Open, parcels: Parcels, neighbour: Path, desk: Desk, qtbot: QtBot
) -> None:
    window = opened(parcels.stone[1], neighbour)
    window.show_page("links")
    page = window.page("links")
    (row,) = page.proposals.rows
    assert row[:4] == (WILLOW, STONE, STONE, "名称相同")
    qtbot.keyClick(page.proposed, Qt.Key.Key_Return)
    assert [one[:3] for one in page.confirmed.rows] == [(WILLOW, STONE, STONE)]
    assert page.none.isVisible()
    page.add_button.click()
    dialog = page.findChildren(LinkDialog)[-1]
    dialog.village.setCurrentIndex(dialog.village.findData(WILLOW_CODE))
    dialog.other.setCurrentIndex(dialog.other.findData(WILLOW_CODE))
    dialog.party.setText("老石桥")
    dialog.save_button.click()
    assert "本村自己" in dialog.message_bar.text
    dialog.other.setCurrentIndex(dialog.other.findData(STONE_CODE))
    dialog.save_button.click()
    assert len(links.links(desk)) == 2
    page.linked.selectRow(0)
    page.remove_button.click()
    assert len(links.links(desk)) == 1


def test_settings_are_changed_and_the_log_tells_and_proves_it(full: TownshipWindow, desk: Desk) -> None:
    full.show_page("desk-settings")
    page = full.page("desk-settings")
    assert len("".join(page.key.text().split())) == 64
    page.name.clear()
    page.save_button.click()
    page.name.setText("河口镇农经站")
    page.due.setValue(10)
    page.save_button.click()
    assert (desk.settings.name, desk.settings.due_days) == ("河口镇农经站", 10)
    assert full.windowTitle().startswith("河口镇农经站")
    page.verify_button.click()
    assert "核验通过" in page.result.text()
    full.show_page("desk-log")
    log = full.page("desk-log")
    assert log.model.cell(log.model.rows[0], 3) == "修改设置"
    commit(log.search, "收报送包")
    assert {log.model.cell(one, 3) for one in log.model.rows} == {"收报送包"}


def test_every_act_in_the_log_has_a_name(full: TownshipWindow) -> None:
    full.show_page("desk-log")
    log = full.page("desk-log")
    assert all(not log.model.cell(one, 3).isascii() for one in log.model.rows)
