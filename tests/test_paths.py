import sys
from pathlib import Path

import pytest

from village_ledger import paths


def test_resources_lie_beside_the_package_when_run_from_source():
    assert Path(__file__).resolve().parents[1] / "resources" == paths.RESOURCES
    assert (paths.RESOURCES / "fonts" / "NotoSansSC-Regular.ttf").is_file()


def test_resources_lie_beside_a_frozen_program(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "village-ledger"))
    assert paths._resources() == tmp_path / "resources"
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "_internal"), raising=False)
    assert paths._resources() == tmp_path / "_internal" / "resources"


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_the_variable_overrides_the_platform_folder(monkeypatch, tmp_path, platform):
    monkeypatch.delenv("VILLAGE_LEDGER_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    assert paths.user_data().name in {"VillageLedger", "village-ledger"}
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path))
    assert paths.user_data() == tmp_path


def test_each_platform_has_its_usual_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("VILLAGE_LEDGER_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", str(tmp_path))
    assert paths.user_data() == tmp_path / "VillageLedger"
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.user_data() == tmp_path / "village-ledger"


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_a_portable_copy_keeps_settings_and_books_beside_itself(monkeypatch, tmp_path, depth):
    monkeypatch.delenv("VILLAGE_LEDGER_HOME", raising=False)
    top = tmp_path / "stick" / "ledger"
    program = top.joinpath("program", "app") if depth == 2 else top.joinpath("program") if depth else top
    program.mkdir(parents=True)
    monkeypatch.setattr(paths, "RESOURCES", program / "resources")
    assert paths.portable_folder() is None
    assert paths.portable_books() is None
    (top / paths.PORTABLE_MARKER).touch()
    assert paths.portable_books() == top / "账簿"
    assert paths.user_data() == top / "设置"
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path))
    assert paths.user_data() == tmp_path
