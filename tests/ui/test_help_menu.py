"""The tour, the about dialog, and the check of an update file."""

from pathlib import Path

import pytest

from village_ledger import __version__
from village_ledger.domain.errors import IntegrityFailure
from village_ledger.services import licences, updates
from village_ledger.ui import tour
from village_ledger.ui.about import AboutDialog
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.update_check import UpdateCheckDialog

ROOT = Path(__file__).parents[2]


def test_the_tour_leads_through_five_pages_and_can_begin_anew(window: MainWindow) -> None:
    shown = tour.start(window)
    seen = [window.current_key]
    for _step in range(4):
        shown.next_button.click()
        seen.append(window.current_key)
    assert seen == [step.page for step in tour.STEPS]
    assert shown.next_button.text() == "完成"
    shown.back_button.click()
    assert window.current_key == "month-end"
    assert tour.start(window) is shown
    assert (shown.place, window.current_key) == (0, "voucher-entry")


def test_the_tour_blocks_nothing_and_ends_at_any_step(window: MainWindow) -> None:
    shown = tour.start(window)
    window.show_page("parcels")
    assert window.current_key == "parcels"
    shown.open_button.click()
    assert window.current_key == "voucher-entry"
    shown.close_button.click()
    assert not shown.isVisible()
    assert window.isVisible()


def test_the_tour_names_the_keys_of_this_machine(window: MainWindow) -> None:
    shown = tour.start(window)
    for place in range(len(tour.STEPS)):
        shown.show_step(place)
        assert "{" not in shown.text.text()
    assert "不是示例村" in shown.text.text()


@pytest.mark.parametrize("zoom", [100])
def test_the_tour_leaves_room_on_a_small_screen(window: MainWindow, zoom: int) -> None:
    window.resize(1366, 728)
    for place in range(len(tour.STEPS)):
        tour.start(window).show_step(place)
        assert window.minimumSizeHint().height() <= 728
        assert window.minimumSizeHint().width() <= 1366


def test_about_shows_the_licence_of_every_part(window: MainWindow, tmp_path: Path) -> None:
    dialog = AboutDialog(window)
    assert dialog.sbom is None
    for place in range(dialog.list.count()):
        dialog.list.setCurrentRow(place)
        assert "许可" in dialog.text.toPlainText()
    names = [one.name for one in dialog.notices]
    assert {"Noto Sans SC", "PySide6-Essentials", "SQLite"} <= set(names)


def test_every_locked_package_is_among_the_notices_with_its_version() -> None:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    locked = {line.split("==")[0]: line.split("==")[1].split()[0] for line in lines if "==" in line and line[0] != "#"}
    listed = {one.name: one.version for one in licences.notices()}
    assert {name: listed.get(name) for name in locked} == locked  # else run: python installer/licences.py
    assert all(one.text.strip() for one in licences.notices())


def test_a_list_of_parts_beside_the_program_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(licences, "RESOURCES", tmp_path / "resources")
    assert licences.sbom_file() is None
    (tmp_path / "sbom.cdx.json").write_text("{}")
    assert licences.sbom_file() == tmp_path / "sbom.cdx.json"


def test_a_genuine_update_and_a_false_one(window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    dialog = UpdateCheckDialog(window.operations, window)
    assert not dialog.check_button.isEnabled()
    monkeypatch.setattr(updates, "check_update", lambda path: updates.GenuineUpdate(path, "9.0.0", 1))
    dialog.path.setText(str(tmp_path / "village-ledger-9.0.0-setup.exe"))
    dialog.check_button.click()
    assert dialog.message_bar.kind == "success"
    assert "双击这个安装文件" in dialog.advice.text()
    assert __version__ not in dialog.advice.text()

    def false(_path: Path) -> None:
        raise IntegrityFailure("签名不对")

    monkeypatch.setattr(updates, "check_update", false)
    dialog.check_button.click()
    assert (dialog.message_bar.kind, dialog.advice.text()) == ("danger", "")
