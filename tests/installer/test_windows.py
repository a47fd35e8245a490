"""The pieces of the Windows packages, without compiler, NSIS or wine."""

import hashlib
import struct
import zipfile
from pathlib import Path

import pytest

from installer import build_windows, icons
from installer.binaries import pe_exports
from installer.windows import launchers, runtime, setup_script
from installer.windows.forwarder import definition
from installer.windows.icon import SIZES, draw_icon
from installer.windows.system_libraries import drop_unused, missing_libraries

from .made_files import dll


def exporting(names: list[str]) -> bytes:
    """A 64-bit Windows library that offers these names."""
    start = 0x1000
    pointers, texts, after = b"", b"", start + 40 + 4 * len(names)
    for name in names:
        pointers += struct.pack("<I", after + len(texts))
        texts += name.encode() + b"\0"
    content = struct.pack("<10I", 0, 0, 0, 0, 1, len(names), len(names), 0, start + 40, 0) + pointers + texts
    made = bytearray(dll([]).ljust(0x400, b"\0")[:0x400] + content)
    tables = 64 + 24 + 112
    struct.pack_into("<II", made, tables, start, 40)
    struct.pack_into("<II", made, tables + 8, 0, 0)
    section = tables + 128
    struct.pack_into("<IIII", made, section + 8, len(content), start, len(content), 0x400)
    return bytes(made)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    for name in ("app/village_ledger/cli/main.py", "app/$odd.txt", "runtime/python311.dll", "VillageLedger.exe"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    return folder


def test_every_export_of_the_runtime_is_handed_on(tmp_path: Path) -> None:
    library = tmp_path / "python311.dll"
    library.write_bytes(exporting(["Py_Main", "PyList_New", "_PyLong_One"]))
    assert pe_exports(library) == ("PyList_New", "Py_Main", "_PyLong_One")
    assert definition("python311.dll", pe_exports(library)).splitlines() == [
        "LIBRARY python3.dll",
        "EXPORTS",
        '  "PyList_New" = "python311.PyList_New"',
        '  "Py_Main" = "python311.Py_Main"',
        '  "_PyLong_One" = "python311._PyLong_One"',
    ]


def test_a_library_without_exports_gives_no_forwarder(tmp_path: Path) -> None:
    library = tmp_path / "none.dll"
    library.write_bytes(dll(["KERNEL32.dll"]))
    with pytest.raises(ValueError, match="exports nothing"):
        definition(library.name, pe_exports(library))


def test_the_setup_takes_away_exactly_what_it_brought(tree: Path, tmp_path: Path) -> None:
    script = setup_script.setup_script(tree, tmp_path / "setup.exe", "0.1.0", tmp_path / "app.ico")
    files = [path for path in tree.rglob("*") if path.is_file()]
    removed = [line.split('"')[1] for line in script.splitlines() if line.startswith('  Delete "$INSTDIR\\')]
    expected = {"$INSTDIR\\" + str(path.relative_to(tree)).replace("/", "\\").replace("$", "$$") for path in files}
    assert set(removed) == expected | {"$INSTDIR\\uninstall.exe"}
    assert script.count('  File "') == len(files)
    assert "RMDir /r" not in script


def test_folders_go_the_deepest_first_and_only_when_empty(tree: Path) -> None:
    lines = setup_script.remove_lines(["app/village_ledger/cli/main.py", "runtime/python311.dll"]).splitlines()
    assert [line.strip() for line in lines if "RMDir" in line] == [
        'RMDir "$INSTDIR\\app\\village_ledger\\cli"',
        'RMDir "$INSTDIR\\app\\village_ledger"',
        'RMDir "$INSTDIR\\app"',
        'RMDir "$INSTDIR\\runtime"',
    ]


def test_the_setup_needs_no_administrator_and_names_its_file_types(tree: Path, tmp_path: Path) -> None:
    script = setup_script.setup_script(tree, tmp_path / "setup.exe", "1.2.3", tmp_path / "app.ico")
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script
    assert '!define NUMBERS "1.2.3.0"' in script
    assert ";@" not in script
    for one in setup_script.FILE_TYPES:
        assert f'WriteRegStr HKCU "Software\\Classes\\{one.ending}" "" "{one.name}"' in script
        assert f'!insertmacro Forget "{one.ending}" "{one.name}"' in script


def test_a_build_takes_the_runtime_of_its_own_patch_level_or_the_newest() -> None:
    assert runtime.donor("3.11.7").python == "3.11.7"
    assert runtime.donor("3.11.2") == runtime.DONORS[-1]
    with pytest.raises(SystemExit, match=r"3\.11"):
        runtime.donor("3.12.1")


def test_the_library_is_packed_the_same_every_time_and_without_what_nobody_runs(tmp_path: Path) -> None:
    library = tmp_path / "Lib"
    for name in ("os.py", "json/__init__.py", "json/tests/test_a.py", "tkinter/__init__.py", "site-packages/x.py"):
        (library / name).parent.mkdir(parents=True, exist_ok=True)
        (library / name).write_text("KNOWN = frozenset({'a', 'b', 'c'})\n", encoding="utf-8")
    digests = set()
    for number in (1, 2):
        archive = tmp_path / f"{number}.zip"
        runtime.pack_library(library, archive, tmp_path)
        digests.add(hashlib.sha256(archive.read_bytes()).hexdigest())
        assert zipfile.ZipFile(archive).namelist() == ["json/__init__.pyc", "os.pyc"]
    assert len(digests) == 1


def test_a_library_that_windows_does_not_bring_is_missed(tmp_path: Path) -> None:
    (tmp_path / "a.dll").write_bytes(dll(["KERNEL32.dll", "b.dll", "api-ms-win-crt-heap-l1-1-0.dll", "icuuc.dll"]))
    (tmp_path / "B.dll").write_bytes(dll(["MSVCP140.dll"]))
    assert missing_libraries(tmp_path) == ["B.dll needs MSVCP140.dll", "a.dll needs icuuc.dll"]


def test_libraries_nobody_asks_for_go(tmp_path: Path) -> None:
    wanted = tmp_path / "used"
    wanted.mkdir()
    (tmp_path / "main.dll").write_bytes(dll(["one.dll"]))
    for name, needs in (("one.dll", []), ("two.dll", ["three.dll"]), ("three.dll", []), ("ucrtbase.dll", [])):
        (wanted / name).write_bytes(dll(needs))
    drop_unused(wanted, tmp_path)
    assert [path.name for path in wanted.iterdir()] == ["one.dll"]


def test_the_launchers_carry_version_and_manifest() -> None:
    script = launchers.resource_script(launchers.WINDOW, "app.ico", "0.10.2")
    assert "FILEVERSION 0,10,2,0" in script
    assert 'VALUE "ProductName", L"村级三资账本"' in script
    assert "asInvoker" in launchers.MANIFEST
    assert "longPathAware" in launchers.MANIFEST


def test_the_icon_holds_every_size(tmp_path: Path) -> None:
    icon = tmp_path / "app.ico"
    draw_icon(icons.DRAWING.read_text("utf-8"), icon)
    kind, count = struct.unpack_from("<HH", icon.read_bytes(), 2)
    widths = sorted(icon.read_bytes()[6 + 16 * number] for number in range(count))
    assert (kind, widths) == (1, list(SIZES))


def test_the_list_of_files_is_sorted_with_digests(tree: Path) -> None:
    lines = list(build_windows.hashes(tree))
    assert lines[0] == f"{hashlib.sha256(b'VillageLedger.exe').hexdigest()}  VillageLedger.exe"
    assert [line[66:] for line in lines] == sorted(line[66:] for line in lines)


def test_the_version_is_read_from_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    assert build_windows.program_version().count(".") == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert build_windows.commit_moment() == 1700000000
