"""收件 through real drops, clicks and keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from village_ledger.domain.errors import Cancelled
from village_ledger.services.township.desk import Desk
from village_ledger.ui.key_text import key_lines
from village_ledger.ui.places import Place
from village_ledger.ui.township import inbox_page
from village_ledger.ui.township.inbox_dialogs import ChangedDialog, KeyDialog
from village_ledger.ui.township.takes import take_each
from village_ledger.ui.township.window import TownshipWindow

from .conftest import STONE, STONE_CODE, WILLOW, Open, Parcels, copied


def drop(widget: QWidget, *paths: Path) -> None:
    """What the system sends when files are dropped."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    kind, buttons, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(10, 10), kind, data, buttons, none)
    QApplication.sendEvent(widget, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(10, 10), kind, data, buttons, none))


def results(page: inbox_page.InboxPage) -> list[str]:
    return [one.result for one in page.model.rows]


def test_files_and_folders_dropped_are_taken_in_by_month_and_a_bad_one_stops_none(
    opened: Open, parcels: Parcels, tmp_path: Path
) -> None:
    window = opened()
    page = window.page("inbox")
    assert window.current_key == "inbox"
    folder = tmp_path / "U盘"
    copied(parcels.stone[2], folder)
    copied(parcels.stone[1], folder)
    drop(page, folder, parcels.bad, parcels.willow[1])
    assert {one.path.name: one.result for one in page.model.rows} == {
        "1.vlp": "收到",
        "2.vlp": "收到",
        "坏的.vlp": "没有收",
    }
    assert "收到 3 个" in page.message_bar.text
    assert "没有收 1 个" in page.message_bar.text
    assert page.reason_title.text() == "没有收：坏的.vlp"
    assert "改动" in page.reason.text()
    assert [one.name for one in window.facts.villages] == [STONE, WILLOW]


def test_the_same_file_again_is_told_as_known(full: TownshipWindow, parcels: Parcels) -> None:
    page = full.page("inbox")
    page.take([parcels.stone[1]])
    assert results(page) == ["已有"]
    assert "没有改动" in page.reason.text()


def test_a_stick_is_looked_through(
    opened: Open, parcels: Parcels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened()
    page = window.page("inbox")
    monkeypatch.setattr(inbox_page, "usb_sticks", lambda: ())
    page.usb_button.click()
    assert "没有发现U盘" in page.message_bar.text
    stick = tmp_path / "stick" / "报送"
    stick.mkdir(parents=True)
    copied(parcels.willow[1], stick)
    monkeypatch.setattr(inbox_page, "usb_sticks", lambda: (Place("U盘", tmp_path / "stick", usb=True),))
    page.usb_button.click()
    assert results(page) == ["收到"]


def test_a_new_village_shows_its_key_in_groups(opened: Open, parcels: Parcels) -> None:
    page = opened().page("inbox")
    page.take([parcels.willow[1]])
    page.table.selectRow(0)
    key = page.model.rows[0].outcome.taken.received.key
    assert key_lines(key) in page.reason.text()


def test_a_changed_month_shows_what_changed_and_is_kept_or_replaced(
    full: TownshipWindow, parcels: Parcels, desk: Desk, qtbot: QtBot
) -> None:
    page = full.page("inbox")
    full.show_page("inbox")
    page.take([parcels.changed])
    assert results(page) == ["有改动"]
    before = desk.village(STONE_CODE)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    dialog = page.findChildren(ChangedDialog)[-1]
    shown = [one.what for one in dialog.table.rows.rows]
    assert "凭证 2024-02 记-4" in shown
    assert dialog.table.rows.rows[shown.index("凭证 2024-02 记-4")].before == "没有"
    assert "补记电费 3.33 元" in dialog.table.rows.rows[shown.index("凭证 2024-02 记-4")].after
    dialog.keep_button.click()
    assert results(page) == ["有改动"]
    page.act_button.click()
    page.findChildren(ChangedDialog)[-1].replace_button.click()
    assert results(page) == ["更换"]
    assert "补记电费" in page.reason.text()
    assert before == desk.village(STONE_CODE)


def test_another_key_is_shown_beside_the_old_one_and_refused_or_accepted(
    full: TownshipWindow, parcels: Parcels, desk: Desk
) -> None:
    page = full.page("inbox")
    full.show_page("inbox")
    page.take([parcels.rekeyed])
    assert results(page) == ["换了密钥"]
    old = desk.village(STONE_CODE).key
    page.act_button.click()
    dialog = page.findChildren(KeyDialog)[-1]
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert key_lines(old) in words
    assert "记有这次更换" in words
    dialog.refuse_button.click()
    assert desk.village(STONE_CODE).key == old
    page.act_button.click()
    page.findChildren(KeyDialog)[-1].accept_button.click()
    assert results(page) == ["收到"]
    assert desk.village(STONE_CODE).key != old


def test_a_month_that_was_missing_is_tried_again(opened: Open, parcels: Parcels) -> None:
    page = opened(parcels.stone[1]).page("inbox")
    page.take([parcels.rekeyed])
    assert "还缺" in page.reason.text() or "密钥" in page.reason.text()
    assert page.retry_button.isEnabled()
    page.take([parcels.stone[2]])
    page.retry_button.click()
    assert results(page) == ["换了密钥", "收到"]


def test_stopping_keeps_what_was_taken_in(desk: Desk, parcels: Parcels) -> None:
    seen: list[str] = []

    def progress(done: int, _total: int, what: str) -> None:
        seen.append(what)
        if done == 1:
            raise Cancelled("停")

    taking = take_each(desk, [parcels.stone[1], parcels.stone[2], parcels.willow[1]], progress)
    assert [one.result for one in taking.fates] == ["收到"]
    assert taking.left == 2
    assert "还有 2 个没有收" in taking.said
    assert len(desk.villages) == 1


def test_enter_on_a_file_taken_in_opens_its_month_and_escape_leads_back(
    opened: Open, parcels: Parcels, qtbot: QtBot
) -> None:
    window = opened()
    page = window.page("inbox")
    page.take([parcels.stone[1]])
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.current_key == "month"
    qtbot.keyClick(window.page("month"), Qt.Key.Key_Escape)
    assert window.current_key == "inbox"


def test_a_read_only_desk_takes_nothing_in(desk: Desk, parcels: Parcels, qtbot: QtBot, opened: Open) -> None:
    desk.read_only = True
    window = opened()
    page = window.page("inbox")
    assert not page.file_button.isEnabled()
    assert "只读" in window.banner_text.text()
    assert window.banner.isVisible()
