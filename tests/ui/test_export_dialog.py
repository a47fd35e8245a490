import pytest

from village_ledger.domain.errors import Cancelled, ExportFailed
from village_ledger.domain.period import Period
from village_ledger.services import publishing
from village_ledger.ui import machine, places
from village_ledger.ui.export.export_dialog import ExportDialog


@pytest.fixture
def dialog(operations, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(
        places, "usb_sticks", lambda: (places.Place("U盘 KINGSTON（剩余 900 MB）", tmp_path, usb=True),)
    )
    made = ExportDialog(operations)
    qtbot.addWidget(made)
    made.show()
    return made


def test_usb_sticks_come_first_and_the_last_posted_month_is_proposed(dialog, tmp_path):
    assert dialog.place.currentText().startswith("U盘")
    assert dialog.folder() == tmp_path
    assert dialog.period.period() == Period(2025, 2)


def test_a_month_is_written_and_its_files_are_listed(dialog, tmp_path):
    dialog.start()
    assert dialog.message_bar.kind == "success"
    assert dialog.files.count() >= 6
    assert dialog.folder_button.isVisible()
    assert any(path.suffix == ".xlsx" for path in tmp_path.rglob("*.xlsx"))
    assert machine.text("export_folder") == str(tmp_path)


@pytest.mark.parametrize("refusal", [Cancelled("已取消"), ExportFailed("磁盘已满，什么都没有写")])
def test_a_refusal_stays_in_the_dialog(dialog, monkeypatch, refusal):
    def refuse(*_args):
        raise refusal

    monkeypatch.setattr(publishing, "export_month", refuse)
    dialog.start()
    assert dialog.message_bar.text == str(refusal)
    assert dialog.files.isHidden()


def test_another_folder_can_be_chosen(dialog, answers, tmp_path):
    answers("pick_folder", tmp_path / "别处")
    dialog._choose()
    assert dialog.folder() == tmp_path / "别处"
    answers("pick_folder", None)
    dialog._choose()
    assert dialog.folder() == tmp_path / "别处"


def test_places_fall_back_to_what_there_is(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "usb_sticks", tuple)
    found = places.places(str(tmp_path))
    assert found[0].path == tmp_path
    assert all(place.path.is_dir() for place in found)
