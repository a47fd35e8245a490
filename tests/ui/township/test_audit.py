"""审计查看: a package is proven and looked through; nothing of it is kept."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from village_ledger.domain.period import Period
from village_ledger.services import packages
from village_ledger.services.book import Book
from village_ledger.services.township.desk import Desk
from village_ledger.ui.township import voucher_page
from village_ledger.ui.township.operations import DeskOperations
from village_ledger.ui.township.window import TownshipWindow

from .conftest import Parcels


@pytest.fixture(scope="module")
def november(sample_village: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample village's November with its papers."""
    path = tmp_path_factory.mktemp("november") / "11月.vlp"
    with pytest.MonkeyPatch.context() as patch, Book.open(sample_village, actor="周敏") as book:
        patch.setenv("VILLAGE_LEDGER_HOME", str(path.parent / "home"))
        packages.hand_over(book, Period(2025, 11), path, attachments=True)
    return path


def look(path: Path, qtbot: QtBot) -> TownshipWindow:
    window = TownshipWindow(DeskOperations(Desk.in_memory("审计查看"), synchronous=True), path)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def test_the_books_of_a_package_that_is_not_sound_are_not_shown(parcels: Parcels, qtbot: QtBot) -> None:
    window = look(parcels.bad, qtbot)
    page = window.page("audit")
    assert page.verdict.text() == "没有通过核验"
    window.show_page("month")
    assert window.current_key == "audit"
    assert "核验通过以后" in page.message_bar.text


def test_what_was_proven_comes_first_then_the_books(parcels: Parcels, qtbot: QtBot) -> None:
    window = look(parcels.stone[1], qtbot)
    page = window.page("audit")
    assert window.current_key == "audit"
    assert page.verdict.text() == "核验通过：石桥村股份经济合作社 2024年1月"
    taken = page.taken
    assert taken is not None
    assert "".join(page._labels["公钥"].text().split()) == taken.received.key
    assert "".join(page._labels["结账记录"].text().split()) == taken.received.head
    assert window.banner.isVisible()
    assert "没有收入任何乡镇端" in window.banner_text.text()
    page.open_button.click()
    month = window.page("month")
    assert window.current_key == "month"
    assert month.vouchers.model.rowCount() == 3
    assert not month.comment_button.isVisible()
    assert not month.send_button.isVisible()
    assert not month.tabs.isTabVisible(3)
    qtbot.keyClick(month.vouchers.table, Qt.Key.Key_Return)
    assert window.current_key == "voucher"
    assert not window.page("voucher").comment_button.isVisible()
    qtbot.keyClick(window.page("voucher").sheet.table, Qt.Key.Key_Escape)
    qtbot.keyClick(month.vouchers.table, Qt.Key.Key_Escape)
    assert window.current_key == "audit"


def test_a_package_that_is_not_sound_shows_the_exact_reason(parcels: Parcels, qtbot: QtBot) -> None:
    window = look(parcels.bad, qtbot)
    page = window.page("audit")
    assert page.verdict.text() == "没有通过核验"
    assert "改动" in page.words.text()
    assert not page.open_button.isEnabled()
    window.show_page("month")
    assert window.current_key == "audit"


def test_papers_are_taken_out_of_the_package_that_is_looked_at(
    november: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(voucher_page, "_open", shown.append)
    window = look(november, qtbot)
    window.page("audit").open_button.click()
    window.open_voucher(window.facts.villages[0].code, "2025-11 记-1")
    page = window.page("voucher")
    row = page.trail.rows.find(lambda one: one["stage"] == "附件")
    assert row >= 0
    page.trail.selectRow(row)
    page.trail.setCurrentIndex(page.trail.rows.index(row, 0))
    qtbot.keyClick(page.trail, Qt.Key.Key_Return)
    assert [path.is_file() for path in shown] == [True]


def test_nothing_is_left_behind(parcels: Parcels, qtbot: QtBot, tmp_path: Path) -> None:
    before = sorted(parcels.stone[1].parent.iterdir())
    window = look(parcels.stone[1], qtbot)
    window.close()
    assert sorted(parcels.stone[1].parent.iterdir()) == before
