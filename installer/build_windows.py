"""Builds the Windows packages, on Linux or on Windows: `python -m installer.build_windows --out dist`.

setup.exe, the portable folder as a zip, and the list of files with their SHA-256. Downloads wheels by pip the first
time; needs mingw-w64 and NSIS (docs/packaging-windows.md).
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from village_ledger.paths import PORTABLE_MARKER

from . import icons, payload, sbom, sign_update
from .windows import launchers
from .windows.forwarder import make_forwarder
from .windows.icon import draw_icon
from .windows.runtime import FOLDER, lay_out_runtime
from .windows.setup_script import setup_script
from .windows.system_libraries import drop_unused, missing_libraries
from .windows.toolchain import tool

TARGET = payload.TARGETS["windows-x86_64"]
MAX_SETUP = 100_000_000
NAME = "village-ledger"
PORTABLE = "村级三资账本"
_PORTABLE_NOTE = """\
村级三资账本 便携版

双击“村级三资账本.exe”就能用，不用安装，可以放在U盘里。
账套请放在“账簿”文件夹里；设置和日志记在“设置”文件夹里，都跟着U盘走。
换新版本：把新的 program 文件夹和“村级三资账本.exe”盖过来，“账簿”和“设置”不要动。
请先关闭程序、安全弹出U盘，再拔出。

程序靠文件“village-ledger.portable”知道自己是便携版，请不要删除它。
"""


_OLDER_QT = """

# Before 6.5 `singleShot` took no context object.
from PySide6.QtCore import QTimer  # noqa: E402

_shot = QTimer.singleShot
QTimer.singleShot = staticmethod(lambda wait, *rest: _shot(wait, rest[-1]))
"""
"""What the build to look at under wine gets on top, so that our code runs on Qt 6.4."""


def main() -> int:
    """Build what is asked for and say how large it came out."""
    given = _arguments()
    version = program_version()
    moment = commit_moment()
    out: Path = given.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="village-ledger-") as scratch:
        work = Path(scratch)
        tree, icon = work / "tree", work / "app.ico"
        draw_icon(icons.DRAWING.read_text("utf-8"), icon)
        build_tree(tree, icon, version, work, cache=given.cache.resolve(), qt=given.qt)
        set_times(tree, moment)
        name = f"{NAME}-{version}" + ("" if given.qt == payload.QT_VERSION else f"-qt{given.qt}")
        listing = out / f"{name}-windows-files.txt"
        listing.write_text("".join(f"{line}\n" for line in hashes(tree)), encoding="utf-8", newline="\n")
        setup = out / f"{name}-setup.exe"
        make_setup(tree, setup, version, icon, work, fast=given.fast)
        portable = out / f"{name}-windows-portable.zip"
        make_portable(tree, portable, icon, version, work, moment)
    key = sign_update.private_key(sign_update.key_place(), make=True)
    for path in (setup, portable, listing):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, signature {sign_update.sign(key, path).name}")
    if setup.stat().st_size > MAX_SETUP:
        print(f"{setup.name} is larger than {MAX_SETUP // 1_000_000} MB", file=sys.stderr)
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=payload.ROOT / "dist", help="where the packages go")
    parser.add_argument("--cache", type=Path, default=payload.ROOT / "build" / "wheels", help="downloaded wheels")
    parser.add_argument("--qt", default=payload.QT_VERSION, help="another PySide6, to look at the window under wine")
    parser.add_argument("--fast", action="store_true", help="pack setup.exe quickly instead of tightly")
    return parser.parse_args()


def program_version() -> str:
    """The version the source states, read without running it."""
    text = (payload.ROOT / "village_ledger" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([0-9.]+)"', text, re.MULTILINE)
    if not found:
        raise SystemExit("village_ledger/__init__.py states no version")
    return found[1]


def commit_moment() -> int:
    """The time every file gets, in seconds: SOURCE_DATE_EPOCH, or the commit's. Builds of one commit are then equal."""
    stated = os.environ.get("SOURCE_DATE_EPOCH")
    if stated:
        return int(stated)
    git = ["git", "-C", str(payload.ROOT), "log", "-1", "--format=%ct"]
    return int(subprocess.run(git, check=True, capture_output=True, text=True).stdout)


def build_tree(tree: Path, icon: Path, version: str, work: Path, *, cache: Path, qt: str) -> None:
    """Everything that is installed: the launchers, `runtime` and `app`."""
    app = tree / "app"
    app.mkdir(parents=True)
    wheels = [one._replace(version=qt) if one.name in payload.QT_PACKAGES else one for one in payload.locked()]
    payload.copy_program(app)
    files = payload.download(wheels, TARGET, cache / f"{TARGET.name}-qt{qt}")
    payload.unpack(files, app)
    shutil.copyfile(Path(__file__).parent / "windows" / "windows_start.py", app / "windows_start.py")
    if qt.startswith("6.4."):
        with (app / "windows_start.py").open("a", encoding="utf-8") as file:
            file.write(_OLDER_QT)
    payload.compile_tree(app)

    def wheel_of(requirement: str) -> Path:
        name, _, release = requirement.partition("==")
        wanted = payload.Requirement(name, release)
        return payload.download([wanted], TARGET, cache / f"{TARGET.name}-runtime")[0]

    runtime = tree / FOLDER
    donor = lay_out_runtime(wheel_of, runtime)
    parts = [*map(sbom.of_wheel, files), *sbom.of_parts(donor.parts()), *sbom.of_fonts()]
    (tree / "share").mkdir()
    sbom.write(tree / "share" / "sbom.cdx.json", NAME, version, commit_moment(), parts)
    (tree / "icons").mkdir()
    for kind in icons.FILES:
        draw_icon(icons.file_drawing(kind), tree / "icons" / f"{kind}.ico")
    make_forwarder(runtime / "python311.dll", work)
    for launcher in (launchers.WINDOW, launchers.COMMAND):
        launchers.build_launcher(launcher, icon, version, tree, work)
    drop_unused(app / "shiboken6", tree)
    if missing := missing_libraries(tree):
        raise SystemExit("\n".join(["the packages lack libraries:", *missing]))
    print(f"Python {donor.python}, PySide6 {qt}: {sum(1 for _ in tree.rglob('*'))} files, {size(tree) / 1e6:.1f} MB")


def size(tree: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())


def hashes(tree: Path) -> Iterator[str]:
    """`SHA-256  name` of every file, sorted by name."""
    for path in sorted(tree.rglob("*")):
        if path.is_file():
            yield f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(tree).as_posix()}"


def set_times(tree: Path, moment: int) -> None:
    """Give every file and folder one time."""
    for path in (*tree.rglob("*"), tree):
        os.utime(path, (moment, moment))


def make_setup(tree: Path, target: Path, version: str, icon: Path, work: Path, *, fast: bool = False) -> None:
    """Pack a tree into setup.exe."""
    script = work / "setup.nsi"
    script.write_text(setup_script(tree, target, version, icon), encoding="utf-8-sig")
    packing = ["zlib"] if fast else ["/SOLID", "lzma"]
    options = ["-V2", "-INPUTCHARSET", "UTF8", f"-XSetCompressor {' '.join(packing)}"]
    options += [] if fast else ["-XSetCompressorDictSize 64"]
    subprocess.run([tool("makensis", "nsis"), *options, str(script)], check=True)


def make_portable(tree: Path, target: Path, icon: Path, version: str, work: Path, moment: int) -> None:
    """Zip the tree with a launcher, the marker and a folder for the books beside it."""
    top = work / "top"
    top.mkdir()
    launchers.build_launcher(launchers.WINDOW, icon, version, top, work, name=f"{PORTABLE}.exe")
    (top / PORTABLE_MARKER).touch()
    (top / "使用说明.txt").write_text(_PORTABLE_NOTE, encoding="utf-8-sig", newline="\r\n")
    (top / "账簿").mkdir()
    set_times(top, moment)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for base, below in ((top, PORTABLE), (tree, f"{PORTABLE}/program")):
            for path in sorted(base.rglob("*")):
                entry = zipfile.ZipInfo.from_file(path, f"{below}/{path.relative_to(base).as_posix()}")
                entry.create_system, entry.external_attr = 0, 0x10 if path.is_dir() else 0
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, b"" if path.is_dir() else path.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
