"""Builds the Linux packages: `python -m installer.build_linux [--out dist] [--quick] [--machine x86_64]`.

One folder tree serves both: a .deb that installs it under /opt, and a portable folder for a USB stick. `--quick`
makes the folder only. Build output is a function of the commit: times come from it, bytecode is hash-based.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from village_ledger import __version__
from village_ledger.paths import PORTABLE_MARKER

from . import check_floor, icons, payload, sbom, sign_update
from .binaries import rename_version
from .debian import Apt
from .linux_runtime import ARCHITECTURES, COMPAT_NAME, runtime

NAME = "village-ledger"
HERE = Path(__file__).resolve().parent / "linux"
CACHE = payload.ROOT / "build" / "cache"
PLACE = Path("opt") / NAME
QT = Path("lib/python3.11/dist-packages/PySide6/Qt")
XCB = ("libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-render-util0", "libxcb-util1")
"""Small helpers of the X11 plug-in that a desktop without Qt 6 may lack; they run on any glibc."""
FCITX = ("fcitx5-frontend-qt6", "libfcitx5-qt6-1")
"""The plug-in that types Chinese through Fcitx, which UOS and Kylin use; Qt itself brings the one for IBus only."""


def build_time() -> int:
    """The second the commit was made: what every file of a package is dated."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    asked = ["git", "log", "-1", "--format=%ct"]
    return int(subprocess.run(asked, cwd=payload.ROOT, check=True, capture_output=True, text=True).stdout)


def bundle(folder: Path, machine: str = "x86_64", cache: Path = CACHE) -> None:
    """Put the whole program into `folder`: runtime, libraries, our code, launcher, licences, bill of materials."""
    made = runtime(cache.parent / "runtime" / f"linux-{machine}", cache, machine)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns("recipe", "versions.json"))
    target, library = payload.TARGETS[f"linux-{machine}"], folder / "lib" / "python3.11"
    payload.build(target, folder / "app", cache=cache / "wheels", site=library / "dist-packages")
    (library / "dist-packages" / f"{NAME}.pth").write_text("../../../app\n", "utf-8")
    launcher = folder / "bin" / NAME
    shutil.copy(HERE / "village-ledger.sh", launcher)
    versions = {**json.loads((made / "versions.json").read_text("utf-8")), **add_system_parts(folder, machine, cache)}
    licences(folder / "share" / "licences", cache / "debian" / machine, cache / "sources")
    wheels = payload.download(payload.locked(), target, cache / "wheels" / target.name)
    parts = [*map(sbom.of_wheel, wheels), *sbom.of_debian(versions), *sbom.of_fonts()]
    sbom.write(folder / "share" / "sbom.cdx.json", NAME, __version__, build_time(), parts)
    payload.compile_tree(folder, folder / "bin" / "python3.11" if machine == os.uname().machine else None)
    for path in sorted(folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.parent == folder / "bin" else 0o644)
    if found := check_floor.problems(folder):
        raise SystemExit("\n".join(["the package would not start on old systems:", *found]))


def add_system_parts(folder: Path, machine: str, cache: Path) -> dict[str, str]:
    """Copy the X11 helpers and the Fcitx plug-in from Debian's packages next to Qt's own; their versions."""
    unpacked = cache / "debian" / machine
    if not (unpacked / "versions.json").is_file():
        shutil.rmtree(unpacked, ignore_errors=True)
        architecture = ARCHITECTURES[machine]
        found = Apt(cache / f"apt-{architecture}", architecture).packages((*XCB, *FCITX), unpacked)
        (unpacked / "versions.json").write_text(json.dumps(found), "utf-8")
    libraries = next((unpacked / "usr" / "lib").glob("*-linux-gnu"))
    shutil.move(folder / "lib" / COMPAT_NAME, folder / QT / "lib")
    for path in libraries.glob("*.so.*"):
        if path.is_symlink():  # the name others load it by
            _adapt(path.resolve(), folder / QT / "lib" / path.name, "$ORIGIN")
    plugins = folder / QT / "plugins" / "platforminputcontexts"
    for path in libraries.glob("qt6/plugins/platforminputcontexts/*.so"):
        _adapt(path, plugins / path.name, "$ORIGIN/../../lib")
    return {str(name): str(version) for name, version in json.loads((unpacked / "versions.json").read_text()).items()}


def _adapt(source: Path, place: Path, search: str) -> None:
    """Copy one of Debian's libraries so that it finds its neighbours, and does without the newest libstdc++."""
    shutil.copyfile(source, place)
    if rename_version(place, "GLIBCXX_3.4.29", "CXXABI_1.3"):
        subprocess.run(["patchelf", "--add-needed", COMPAT_NAME, str(place)], check=True)
    subprocess.run(["patchelf", "--set-rpath", search, str(place)], check=True)  # both at once spoil each other


def licences(folder: Path, unpacked: Path, sources: Path) -> None:
    """The licence texts of what came from Debian, beside those the wheels bring in their dist-info."""
    folder.mkdir(parents=True)
    for path in sorted(unpacked.glob("usr/share/doc/*/copyright")):
        shutil.copyfile(path, folder / f"{path.parent.name}.txt")
    for path in sorted(sources.glob("*/debian/copyright")):
        shutil.copyfile(path, folder / f"{path.parents[1].name}.txt")


def deb(folder: Path, tree: Path, out: Path, machine: str) -> Path:
    """Make the .deb: the tree under /opt, a command, menu entry, file types, icons. It has no scripts of its own."""
    root = tree / "deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(folder, root / PLACE)
    share = root / "usr" / "share"
    for source, place in (("village-ledger.desktop", "applications"), ("village-ledger.xml", "mime/packages")):
        (share / place).mkdir(parents=True)
        shutil.copyfile(HERE / source, share / place / source)
    icons.write(share / "icons" / "hicolor")
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / NAME).symlink_to(Path("/") / PLACE / "bin" / NAME)
    architecture = ARCHITECTURES[machine]
    needed, good = check_floor.packages(folder)
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file()) // 1024
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(
        f"Package: {NAME}\nVersion: {__version__}\nArchitecture: {architecture}\nSection: misc\nPriority: optional\n"
        f"Installed-Size: {size}\nMaintainer: Village Ledger developers\n"
        f"Depends: {', '.join(needed)}\nRecommends: {', '.join(good)}\n"
        "Description: 村级三资账本 books of a village collective, offline\n"
        " 村集体经济组织的资金、资产、资源账。不联网，一个村一个账簿文件；自带运行环境。\n"
        " 卸载本程序不会动任何账簿。\n",
        "utf-8",
    )
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    sums = [
        f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}"
        for path in files
        if path.parent.name != "DEBIAN"
    ]
    (root / "DEBIAN" / "md5sums").write_text("\n".join(sums) + "\n", "utf-8")
    _date(root)
    path = out / f"{NAME}_{__version__}_{architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(root), str(path)]
    subprocess.run(
        command, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(build_time())}, stdout=subprocess.DEVNULL
    )
    return path


def portable(folder: Path, tree: Path, out: Path, machine: str) -> Path:
    """Make the folder for a USB stick, as a .tar.xz: program, a place for books, and the mark that keeps all there."""
    root = tree / NAME
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(folder, root / "program")
    (root / "账簿").mkdir()
    (root / PORTABLE_MARKER).write_text("有这个文件，账簿和设置都留在本文件夹里。\n", "utf-8")
    shutil.copy(HERE / "portable-start.sh", root / "打开账本.sh")
    (root / "打开账本.sh").chmod(0o755)
    shutil.copy(HERE / "portable-readme.txt", root / "使用说明.txt")
    path = out / f"{NAME}-{__version__}-linux-{machine}-portable.tar.xz"
    tar = ["tar", "--sort=name", f"--mtime=@{build_time()}", "--owner=0", "--group=0", "--numeric-owner"]
    subprocess.run([*tar, "--use-compress-program=xz -6 -T2", "-cf", str(path), NAME], cwd=tree, check=True)
    return path


def _date(root: Path) -> None:
    for path in [root, *root.rglob("*")]:
        os.utime(path, (build_time(), build_time()), follow_symlinks=False)


def main() -> int:
    """Build what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=payload.ROOT / "dist")
    parser.add_argument("--machine", choices=ARCHITECTURES, default="x86_64")
    parser.add_argument("--quick", action="store_true", help="the program's folder only, no packages")
    parser.add_argument("--again", action="store_true", help="pack the folder that is there")
    asked = parser.parse_args()
    asked.out = asked.out.resolve()
    tree = payload.ROOT / "build" / f"linux-{asked.machine}"
    folder = tree / "program"
    if not asked.again:
        bundle(folder, asked.machine)
    print(f"{folder}: newest glibc asked for {check_floor.highest(folder)}")
    if not asked.quick:
        asked.out.mkdir(parents=True, exist_ok=True)
        for path in (deb(folder, tree, asked.out, asked.machine), portable(folder, tree, asked.out, asked.machine)):
            signature = sign_update.sign(sign_update.private_key(sign_update.key_place(), make=True), path)
            print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, signature {signature.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
