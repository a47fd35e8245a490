"""The ways in: start page, menu, double click; a desk opened, made, remembered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from village_ledger import app
from village_ledger.paths import user_data
from village_ledger.services.township import sample
from village_ledger.services.township.desk import Desk, DeskSettings
from village_ledger.ui import machine
from village_ledger.ui.township.desk_dialog import DeskDialog
from village_ledger.ui.township.places import shown_place, with_password, without_password

from .conftest import Parcels


@pytest.fixture
def program(qapp: QApplication) -> Iterator[app.Desk]:
    made = app.Desk()
    yield made
    for window in list(made.townships):
        window.close()
    if made.start is not None:
        made.start.close()
    qapp.processEvents()


def dialog_of(program: app.Desk) -> DeskDialog:
    assert program.start is not None
    return program.start.findChildren(DeskDialog)[-1]


def test_a_new_desk_is_made_from_the_start_page_and_remembered(program: app.Desk, qtbot: QtBot, tmp_path: Path) -> None:
    program.show_start()
    assert program.start is not None
    program.start.page.desk_button.click()
    dialog = dialog_of(program)
    assert dialog.new.isChecked()
    dialog.open_button.click()
    dialog.place.setEditText(str(tmp_path / "河口镇"))
    dialog.open_button.click()
    dialog.official.setText("张敏")
    dialog.open_button.click()
    qtbot.waitUntil(lambda: "名称" in dialog.message_bar.text)
    dialog.fresh.name.setText("河口镇三资代管中心")
    dialog.open_button.click()
    qtbot.waitUntil(lambda: bool(program.townships))
    window = program.townships[0]
    assert window.facts.settings.name == "河口镇三资代管中心"
    assert window.facts.actor == "张敏"
    assert (tmp_path / "河口镇.vld").is_file()
    assert machine.recent_desks() == (str(tmp_path / "河口镇.vld"),)
    assert program.start is None


def test_a_desk_named_on_the_command_line_asks_who_works_at_it(program: app.Desk, qtbot: QtBot, tmp_path: Path) -> None:
    place = tmp_path / "河口镇.vld"
    Desk.create(place, DeskSettings("河口镇")).close()
    assert program.open_place(str(place)) is not None
    dialog = dialog_of(program)
    assert dialog.existing.isChecked()
    assert dialog.place.currentText() == str(place)
    dialog.official.setText("李立")
    dialog.open_button.click()
    qtbot.waitUntil(lambda: bool(program.townships))
    assert program.townships[0].facts.actor == "李立"


def test_what_cannot_be_opened_is_explained_in_the_dialog(program: app.Desk, qtbot: QtBot, tmp_path: Path) -> None:
    program.ask_for_desk(str(tmp_path / "没有.vld"))
    dialog = dialog_of(program)
    dialog.official.setText("李立")
    dialog.open_button.click()
    qtbot.waitUntil(lambda: "找不到" in dialog.message_bar.text)
    dialog.reject()


def test_a_package_that_is_double_clicked_is_looked_at(program: app.Desk, qtbot: QtBot, parcels: Parcels) -> None:
    window = program.open_place(str(parcels.willow[1]))
    assert window is not None
    qtbot.waitUntil(lambda: window.page("audit").taken is not None, timeout=20_000)
    assert window.facts.audit
    assert "柳树湾村" in window.page("audit").verdict.text()


def test_a_review_file_is_for_the_village_to_take_in(
    program: app.Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("village_ledger.ui.dialogs.tell", lambda _parent, title, text: told.append(f"{title} {text}"))
    assert program.open_place(str(tmp_path / "石桥村 2024-01 审核意见1.vlr")) is None
    assert "乡镇审核" in told[0]


def test_a_password_is_never_written_down() -> None:
    url = "postgresql://zhang:g%23heim@10.0.0.5:5432/hekou"
    assert without_password(url) == "postgresql://zhang@10.0.0.5:5432/hekou"
    assert "heim" not in shown_place(url)
    assert with_password("postgresql://zhang@10.0.0.5/hekou", "g#heim") == "postgresql://zhang:g%23heim@10.0.0.5/hekou"
    assert with_password("postgresql://zhang:x@10.0.0.5/hekou", "y") == "postgresql://zhang:x@10.0.0.5/hekou"
    assert with_password("/home/a.vld", "y") == "/home/a.vld"


def test_a_url_asks_for_a_password_and_a_file_does_not(program: app.Desk) -> None:
    program.ask_for_desk()
    dialog = dialog_of(program)
    dialog.place.setEditText("/home/a.vld")
    assert not dialog.password.isVisible()
    dialog.place.setEditText("postgresql://zhang@10.0.0.5/hekou")
    assert dialog.password.isVisible()
    dialog.reject()


def test_the_sample_township_is_opened_from_the_dialog_and_from_help(program: app.Desk, qtbot: QtBot) -> None:
    place = user_data() / sample.NAME  # built before: what building makes is proved by tests/flow/test_sample_township
    place.parent.mkdir(parents=True, exist_ok=True)
    Desk.create(place, DeskSettings("清河镇三资代管中心")).close()
    program.ask_for_desk()
    dialog_of(program).sample_button.click()
    qtbot.waitUntil(lambda: bool(program.townships))
    window = program.townships[0]
    assert (window.facts.settings.name, window.facts.actor) == ("清河镇三资代管中心", "孙立军")
    assert machine.recent_desks() == (str(place),)
    window.open_sample()
    qtbot.waitUntil(lambda: len(program.townships) == 2)
