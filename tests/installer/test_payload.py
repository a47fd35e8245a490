import zipfile
from pathlib import Path

import pytest

from installer import payload

from .made_files import dll, elf


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def make(folder: Path, contents: dict[str, bytes]) -> Path:
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_everything_locked_is_shipped_with_qt_at_the_version_old_systems_run():
    shipped = dict(payload.locked())
    names = {line.split("==")[0] for line in payload.LOCK.read_text("utf-8").splitlines() if "==" in line}
    assert set(shipped) == names
    assert shipped["PySide6-Essentials"] == shipped["shiboken6"] == "6.8.0.2"


def test_a_line_of_the_lock_that_pins_nothing_is_refused(tmp_path):
    lock = tmp_path / "some.lock"
    lock.write_text("# why\npeewee==4.5.3  # tables\nreportlab>=4\n", "utf-8")
    with pytest.raises(ValueError, match="reportlab>=4"):
        payload.locked(lock)


def test_every_linux_target_accepts_old_wheels_and_none_newer_than_its_floor():
    assert payload.TARGETS["linux-x86_64"].platforms[0] == "manylinux_2_28_x86_64"
    assert payload.TARGETS["linux-aarch64"].platforms[0] == "manylinux_2_31_aarch64"
    assert all(one.platforms[-1].startswith(("manylinux2014", "win")) for one in payload.TARGETS.values())


def test_a_wheel_is_unpacked_without_scripts_stubs_and_tests(tmp_path):
    wheel = tmp_path / "some-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in ("some/__init__.py", "some/__init__.pyi", "some/tests/test_it.py", "some-1.0.dist-info/METADATA"):
            archive.writestr(name, "x")
        archive.writestr("some-1.0.data/scripts/some", "x")
        archive.writestr("some-1.0.data/purelib/beside.py", "x")
    payload.unpack([wheel], tmp_path / "site")
    assert files(tmp_path / "site") == ["beside.py", "some-1.0.dist-info/METADATA", "some/__init__.py"]


def test_qt_keeps_the_modules_our_code_imports_and_what_these_load(tmp_path):
    assert {"QtCore", "QtGui", "QtWidgets", "QtSvg"} <= set(payload.qt_modules())
    pyside = make(
        tmp_path / "PySide6",
        {
            "__init__.py": b"",
            "QtCore.abi3.so": elf(["libQt6Core.so.6", "libc.so.6"]),
            "QtQml.abi3.so": elf(["libQt6Qml.so.6"]),
            "QtCore.pyi": b"",
            "lupdate": elf(),
            "support/deprecated.py": b"",
            "scripts/deploy.py": b"",
            "Qt/lib/libQt6Core.so.6": elf(["libicu.so.73"]),
            "Qt/lib/libicu.so.73": elf(),
            "Qt/lib/libQt6Qml.so.6": elf(),
            "Qt/lib/libQt6XcbQpa.so.6": elf(),
            "Qt/plugins/platforms/libqxcb.so": elf(["libQt6XcbQpa.so.6"]),
            "Qt/plugins/platforms/libqvnc.so": elf(),
            "Qt/plugins/imageformats/libqpdf.so": elf(["libQt6Qml.so.6"]),
            "Qt/translations/qtbase_zh_CN.qm": b"",
            "Qt/translations/qtbase_de.qm": b"",
        },
    )
    payload.trim_qt(pyside, ["QtCore"])
    assert files(pyside) == [
        "Qt/lib/libQt6Core.so.6",
        "Qt/lib/libQt6XcbQpa.so.6",
        "Qt/lib/libicu.so.73",
        "Qt/plugins/platforms/libqxcb.so",
        "Qt/translations/qtbase_zh_CN.qm",
        "QtCore.abi3.so",
        "__init__.py",
        "support/deprecated.py",
    ]
    assert not (pyside / "scripts").exists()


def test_qt_for_windows_is_trimmed_by_the_same_rules(tmp_path):
    pyside = make(
        tmp_path / "PySide6",
        {
            "QtCore.pyd": dll(["qt6core.dll", "KERNEL32.dll"]),
            "Qt6Core.dll": dll(["MSVCP140.dll"]),
            "msvcp140.dll": dll([]),
            "Qt6Qml.dll": dll([]),
            "plugins/platforms/qwindows.dll": dll(["Qt6Core.dll"]),
            "plugins/sqldrivers/qsqlite.dll": dll([]),
        },
    )
    payload.trim_qt(pyside, ["QtCore"])
    assert files(pyside) == ["Qt6Core.dll", "QtCore.pyd", "msvcp140.dll", "plugins/platforms/qwindows.dll"]


def test_the_program_is_copied_whole_but_for_what_running_it_left_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("VILLAGE_LEDGER_RELEASE_KEY", str(tmp_path / "own" / "key.pem"))
    source = make(
        tmp_path / "source",
        {
            "village_ledger/app.py": b"",
            "village_ledger/__pycache__/app.cpython-311.pyc": b"",
            "resources/style.qss": b"",
            "tests/test_it.py": b"",
        },
    )
    payload.copy_program(tmp_path / "target", source)
    wanted = ["resources/style.qss", "resources/update_keys/release.pub", "village_ledger/app.py"]
    assert files(tmp_path / "target") == wanted
    assert not list((tmp_path / "target").rglob("*.pem"))


def test_bytecode_of_equal_sources_is_equal_whenever_and_wherever_it_is_made(tmp_path):
    content = {"one.py": b"NAME = 'one'\n\n\ndef say() -> str:\n    return f'{NAME} two'\n"}
    trees = [make(tmp_path / name, content) for name in ("here", "there")]
    (trees[1] / "one.py").touch()
    for tree in trees:
        payload.compile_tree(tree)
    first, second = (next(tree.rglob("*.pyc")).read_bytes() for tree in trees)
    assert first == second
    assert str(tmp_path).encode() not in first
