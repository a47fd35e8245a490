"""The register of parcels in the window: list, map, cards and changes, worked with keys and clicks."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.ime import commit
from tests.ui.new_books import a_new_book
from village_ledger import clock
from village_ledger.paths import RESOURCES
from village_ledger.services import parcels
from village_ledger.services.book import Book
from village_ledger.services.sample_land import add_land
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.operations import Operations
from village_ledger.ui.resources.change_dialogs import EndDialog, MeasureDialog, MergeDialog
from village_ledger.ui.resources.map_view import MapView
from village_ledger.ui.resources.parcel_dialog import ParcelDialog
from village_ledger.ui.resources.parcels_model import ParcelsModel
from village_ledger.ui.resources.parcels_page import ParcelsPage
from village_ledger.ui.resources.shapes import plan, scale_bar
from village_ledger.ui.resources.split_dialog import SplitDialog

TODAY = date(2025, 12, 31)
Answers = Callable[[str, object], None]


@pytest.fixture
def new_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    book = a_new_book(tmp_path)
    yield book
    book.close()


@pytest.fixture
def land(new_book: Book) -> Book:
    """The sample village's parcels."""
    add_land(new_book, RESOURCES / "sample")
    return new_book


def page_of(book: Book, qtbot: QtBot) -> ParcelsPage:
    page = ParcelsPage(Operations(book, synchronous=True))
    qtbot.addWidget(page)
    page.resize(1182, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.take_focus()
    return page


@pytest.fixture
def page(land: Book, qtbot: QtBot) -> ParcelsPage:
    return page_of(land, qtbot)


def dialog_of(page: ParcelsPage, kind: type) -> object:
    (found,) = [widget for widget in page.findChildren(kind) if widget.isVisible()]
    return found


def codes(page: ParcelsPage) -> list[str]:
    return [record.parcel.code for record in page.model.rows]


def test_the_list_shows_the_parcels_of_today_with_their_sum(page):
    assert len(codes(page)) == 39
    assert "GD012" not in codes(page)
    assert page.count.text().startswith("39 块，共 1,2")
    page.bar.with_ended.setChecked(True)
    assert "GD012" in codes(page)
    assert page.count.text().startswith("39 块")


def test_search_and_filters_narrow_the_list(page, qtbot):
    page.bar.search.setFocus()
    commit(page.bar.search, "鱼塘")
    assert codes(page) == ["SM003"]
    page.bar.search.clear()
    page.bar.class_box.setCurrentText("水面")
    page.bar.management_box.setCurrentText("对外发包")
    assert codes(page) == ["SM001", "SM003"]
    page.bar.management_box.setCurrentText("被占")
    assert codes(page) == []
    assert page.count.text() == "没有符合条件的地块"
    assert page.selected() is None
    assert not page.card_button.isEnabled()


def test_the_card_beside_the_list_tells_the_history(page):
    page.show_parcel("JS001-2")
    assert page.card.heading.text() == "JS001-2 村小学旧址用地"
    assert "2025-05-20　分割" in page.card.past.text()
    page.show_parcel("GD004")
    assert "相差 5.10 亩，请核对" in page.card.facts.text()
    assert page.card.past.text() == ""


def test_an_empty_register_says_what_to_do_first(new_book, qtbot):
    page = page_of(new_book, qtbot)
    assert page.stack.currentWidget() is page.empty
    assert not page.change_button.isEnabled()


def test_a_parcel_is_registered_with_the_keyboard_alone(new_book, qtbot):
    page = page_of(new_book, qtbot)
    qtbot.keyClick(page, Qt.Key.Key_Insert)
    dialog = dialog_of(page, ParcelDialog)
    dialog.save_button.click()
    assert dialog.isVisible()
    assert dialog.left._hints[dialog.area][0].text() == "请填面积"
    for field, text in ((dialog.field("code"), "GD001"), (dialog.field("name"), "东畈"), (dialog.area, "12.5")):
        field.setFocus()
        commit(field, text)
    dialog.management.setCurrentText("家庭承包")
    assert dialog.household.text() == "12.50"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert [record.parcel.household_x100 for record in page.model.rows] == [1250]
    assert page.stack.currentWidget() is page.table


def test_what_the_book_refuses_stands_under_its_field(page, qtbot):
    page.add()
    dialog = dialog_of(page, ParcelDialog)
    dialog.field("code").setText("GD001")
    dialog.field("name").setText("重复")
    dialog.area.setText("1")
    dialog.save_button.click()
    assert dialog.left._hints[dialog.field("code")][0].text() == "地块编号 GD001 已经登记过"


def test_enter_opens_the_card_and_the_change_is_kept(page, land, qtbot):
    page.show_parcel("YD003")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    dialog = dialog_of(page, ParcelDialog)
    assert dialog.field("code").isReadOnly()
    assert dialog.area.isReadOnly()
    dialog.field("holder").setText("桃园合作社")
    dialog.save_button.click()
    assert page.selected().parcel.holder == "桃园合作社"


def test_an_ended_parcel_can_only_be_looked_at(page):
    page.bar.with_ended.setChecked(True)
    page.show_parcel("QT002")
    assert not page.change_button.isEnabled()
    page.open_card()
    dialog = dialog_of(page, ParcelDialog)
    assert not dialog.save_button.isEnabled()


def test_a_split_tells_what_is_left_and_is_carried_out(page, land, qtbot):
    page.show_parcel("GD011")  # 50.06 mu, of which 46.06 are contracted to households
    page.split_action.trigger()
    dialog = dialog_of(page, SplitDialog)
    first, second = dialog.parts
    first.area.setText("30")
    assert dialog.left_over.text() == "原地块 50.06 亩，还剩 20.06 亩没有分；承包到户面积还差 46.06 亩"
    second.area.setText("20.06")
    first.household.setText("30")
    second.household.setText("16.06")
    assert dialog.left_over.text() == "原地块 50.06 亩，刚好分完"
    dialog.accept_button.click()
    assert dialog.form._hints[dialog.reason][0].text() == "请填变更原因"
    dialog.reason.setText("分给两个小组")
    dialog.accept_button.click()
    assert page.selected().parcel.code == "GD011-1"
    assert page.message_bar.text == "GD011 已分割为 GD011-1、GD011-2"
    assert {"GD011-1", "GD011-2"} <= set(codes(page))


def test_a_third_part_can_be_added_and_nonsense_is_told(page):
    page.show_parcel("GD001")
    page.split()
    dialog = dialog_of(page, SplitDialog)
    dialog.add_part()
    assert [part.code.text() for part in dialog.parts] == ["GD001-1", "GD001-2", "GD001-3"]
    dialog.parts[0].area.setText("一亩")
    assert dialog.left_over.text() == "有一格面积看不懂，只能填亩数"
    dialog.reason.setText("分")
    dialog.accept_button.click()
    assert dialog.isVisible()


def test_only_parcels_that_fit_are_offered_for_merging(page):
    page.show_parcel("GD006")
    page.merge()
    dialog = dialog_of(page, MergeDialog)
    offered = [dialog.list.item(row).text().split()[0] for row in range(dialog.list.count())]
    assert offered == ["GD006", "GD007", "GD008", "GD010", "GD014", "GD015"]
    assert dialog.codes() == ("GD006",)
    assert not dialog.accept_button.isEnabled()
    dialog.list.item(1).setCheckState(Qt.CheckState.Checked)
    assert dialog.total.text() == "2 块，合并后 54.62 亩"
    dialog.code.setText("GD020")
    dialog.name.setText("河边机动地")
    dialog.reason.setText("连片流转")
    dialog.accept_button.click()
    assert page.selected().parcel.area_x100 == 5462
    assert "GD006" not in codes(page)


def test_measuring_and_ending_leave_their_trace(page, land):
    page.show_parcel("QT001")
    page.measure()
    dialog = dialog_of(page, MeasureDialog)
    dialog.area.setText("1.80")
    dialog.reason.setText("实测")
    dialog.accept_button.click()
    assert page.selected().area_x100 == 180
    page.end()
    dialog = dialog_of(page, EndDialog)
    dialog.reason.setText("征收")
    dialog.accept_button.click()
    assert "QT001" not in codes(page)
    assert [change.kind for change in parcels.history(land, "QT001")] == ["measure", "end"]


def test_a_refused_change_is_told_in_the_dialog(page):
    page.show_parcel("GD001")
    page.end()
    dialog = dialog_of(page, EndDialog)
    dialog.day.setText("2020-01-01")
    dialog.day.setModified(True)
    dialog.reason.setText("征收")
    dialog.accept_button.click()
    assert "早于地块 GD001 的登记日期" in dialog.message_bar.text


def test_the_register_is_imported_through_the_window(new_book, qtbot, tmp_path):
    page = page_of(new_book, qtbot)
    for action, path, rows in (
        (page.import_action, "resources.csv", 40),
        (page.outline_action, "boundaries.geojson", 40),
    ):
        action.trigger()
        dialog = dialog_of(page, ImportDialog)
        dialog.set_path(RESOURCES / "sample" / path)
        dialog.import_button.click()
        assert f"文件共 {rows} 行" in page.message_bar.text
    assert len(codes(page)) == 40


def test_outlines_are_exported_through_the_window(page, tmp_path, answers):
    target = tmp_path / "边界"
    answers("save_file", target)
    page.export_action.trigger()
    assert len(json.loads(target.with_suffix(".geojson").read_text("utf-8"))["features"]) == 39


def test_another_write_refreshes_the_page(page, land):
    parcels.end_parcel(land, "GD001", TODAY, "征收")
    page.refresh()
    assert "GD001" not in codes(page)


def test_a_read_only_book_can_only_be_looked_at(land, qtbot):
    path = land.path
    with Book.open(path, read_only=True) as book:
        page = page_of(book, qtbot)
        assert not page.add_button.isEnabled()
        assert not page.change_button.isEnabled()
        page.open_card()
        assert not dialog_of(page, ParcelDialog).save_button.isEnabled()


def test_the_model_keeps_qts_rules(land, qtmodeltester: ModelTester):
    model = ParcelsModel()
    model.show_rows(parcels.records(land, TODAY, ended=True))
    qtmodeltester.check(model)


@pytest.fixture
def on_map(page: ParcelsPage, qtbot: QtBot) -> MapView:
    page.show_parcel("GD001")
    qtbot.keyClick(page, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert page.stack.currentWidget() is page.map
    QApplication.processEvents()
    return page.map


def test_a_click_on_the_map_chooses_the_parcel_and_its_card(page, on_map, qtbot):
    place = on_map.point_of("SM001").toPoint()
    qtbot.mouseClick(on_map, Qt.MouseButton.LeftButton, pos=place)
    assert on_map.code == "SM001"
    assert page.card.heading.text() == "SM001 石桥水库"
    qtbot.mouseDClick(on_map, Qt.MouseButton.LeftButton, pos=place)
    assert dialog_of(page, ParcelDialog).field("name").text() == "石桥水库"


def test_of_parcels_over_each_other_the_small_one_is_clicked(on_map, qtbot):
    on_map.choose("SM004")
    qtbot.mouseClick(on_map, Qt.MouseButton.LeftButton, pos=on_map.point_of("SM004").toPoint())
    assert on_map.code == "SM004"


def test_keys_step_zoom_and_pan(page, on_map, qtbot):
    whole = on_map.scale
    qtbot.keyClick(on_map, Qt.Key.Key_PageDown)
    assert (on_map.code, page.selected().parcel.code) == ("GD002", "GD002")
    qtbot.keyClick(on_map, Qt.Key.Key_PageUp)
    qtbot.keyClick(on_map, Qt.Key.Key_PageUp)
    assert on_map.code == "CD002"
    qtbot.keyClick(on_map, Qt.Key.Key_Plus)
    assert on_map.scale == pytest.approx(whole * 1.25)
    before = on_map.centre
    qtbot.keyClick(on_map, Qt.Key.Key_Right)
    assert on_map.centre.x() > before.x()
    qtbot.keyClick(on_map, Qt.Key.Key_Home)
    assert on_map.scale == pytest.approx(whole)
    qtbot.keyClick(on_map, Qt.Key.Key_Return)
    assert dialog_of(page, ParcelDialog).field("code").text() == "CD002"


def test_the_wheel_zooms_at_the_pointer(on_map):
    under = QPointF(200, 150)
    back, _ = on_map._transform().inverted()
    before = back.map(under)
    turn = QWheelEvent(
        under,
        on_map.mapToGlobal(under),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(on_map, turn)
    back, _ = on_map._transform().inverted()
    after = back.map(under)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


def test_dragging_moves_the_map_and_chooses_nothing(on_map, qtbot):
    before, code = on_map.centre, on_map.code
    start = on_map.point_of("SM001").toPoint()
    qtbot.mousePress(on_map, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(on_map, start + QPoint(40, 30))
    qtbot.mouseRelease(on_map, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 30))
    moved = (before - on_map.centre) * on_map.scale
    assert (moved.x(), moved.y()) == pytest.approx((40, 30))
    assert on_map.code == code


def test_colours_tell_the_class_or_who_works_the_land(page, on_map):
    by_class = on_map.grab().toImage()
    page.bar.colour_box.setCurrentIndex(1)
    by_management = on_map.grab().toImage()
    assert by_class != by_management


def test_a_filter_narrows_the_map_too(page, on_map):
    page.bar.class_box.setCurrentText("水面")
    assert on_map.point_of("SM001") is not None
    assert on_map.point_of("GD001") is None


def test_without_outlines_the_map_says_how_to_get_them(new_book, qtbot):
    page = page_of(new_book, qtbot)
    parcels.add_parcel(new_book, parcels.Parcel("A", "甲", "耕地", 100, date(2025, 1, 1)))
    page.refresh()
    page.switch_view()
    assert page.stack.currentWidget() is page.no_map


def test_the_plan_is_in_metres_around_the_village(land):
    found = plan(parcels.records(land, TODAY))
    assert found is not None
    assert 1200 < found.box.width() < 1600
    pond = found.find("SM004")
    assert found.at(pond.label).parcel.code == "SM004"
    garden = found.find("YD001")
    assert not garden.path.contains(pond.label)
    assert plan(()) is None


@pytest.mark.parametrize(
    ("metres_per_pixel", "expected"),
    [
        (1.0, (100, "100 米")),
        (0.03, (2, "2 米")),
        (4.0, (500, "500 米")),
        (30.0, (2000, "2 千米")),
        (0.001, (1, "1 米")),
    ],
)
def test_the_scale_bar_has_a_round_length(metres_per_pixel, expected):
    assert scale_bar(metres_per_pixel, 160) == expected
