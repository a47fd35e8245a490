"""What goes into an installed program, derived from requirements.lock: locked wheels, a trimmed Qt, our code, bytecode.

Linux and Windows use the same recipe; only the wheels' platform differs. Nothing here knows of a runtime or a package.
"""

import ast
import fnmatch
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from . import sign_update
from .binaries import libraries_needed

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
QT_VERSION = "6.8.0.2"
"""The last PySide6 whose wheels run on glibc 2.28 (x86-64) and 2.31 (arm64), and on any Windows 10."""
QT_PACKAGES = ("PySide6-Essentials", "shiboken6")
PYTHON = "3.11"


class Target(NamedTuple):
    """A platform to build for: the wheel platforms pip may take, newest first."""

    name: str
    platforms: tuple[str, ...]


def _linux(machine: str, newest: int) -> tuple[str, ...]:
    """Every wheel platform down to manylinux2014, as pip wants them named one by one."""
    steps = [f"manylinux_2_{minor}_{machine}" for minor in range(newest, 16, -1)]
    return (*steps, f"manylinux2014_{machine}")


TARGETS = {
    one.name: one
    for one in (
        Target("linux-x86_64", _linux("x86_64", 28)),
        Target("linux-aarch64", _linux("aarch64", 31)),
        Target("windows-x86_64", ("win_amd64",)),
    )
}

QT_PLUGINS = (
    "platforms/*offscreen*",
    "platforms/*minimal.*",
    "platforms/*xcb.*",
    "platforms/*wayland*",
    "platforms/*windows*",
    "wayland-decoration-client/*",
    "wayland-graphics-integration-client/*wayland-egl*",
    "wayland-shell-integration/*xdg-shell*",
    "xcbglintegrations/*",
    "platforminputcontexts/*compose*",
    "platforminputcontexts/*ibus*",
    "platformthemes/*xdgdesktopportal*",
    "iconengines/*",
    "imageformats/*",
    "styles/*",
)
"""Plug-ins of Qt that are kept: windows, Chinese input, themes, icons and pictures."""
QT_WITHOUT = ("imageformats/*pdf*", "imageformats/*icns*", "imageformats/*tga*", "imageformats/*wbmp*")
"""Of those, what would drag in libraries for nothing."""
QT_TRANSLATIONS = ("qtbase_zh_CN.qm",)
WHEEL_WITHOUT = ("*.pyi", "*.c", "*.h", "*.cpp", "*.pxd", "*.pyx", "*/tests/*", "*/test/*", "*/__pycache__/*")
"""Parts of wheels that nobody runs."""


class Requirement(NamedTuple):
    """One line of the lock."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name}=={self.version}"


def locked(lock: Path = LOCK) -> list[Requirement]:
    """What the lock asks for, with Qt at the version that is shipped."""
    found = []
    for line in lock.read_text("utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if not text:
            continue
        name, sign, version = text.partition("==")
        if not sign or ";" in version or "[" in name:
            raise ValueError(f"{lock.name}: cannot read {text!r}; a line is NAME==VERSION")
        found.append(Requirement(name, QT_VERSION if name in QT_PACKAGES else version))
    return found


def download(requirements: Iterable[Requirement], target: Target, folder: Path) -> list[Path]:
    """Fetch one wheel for each requirement by pip. A folder filled before is used again; strange wheels in it go."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = list(requirements)
    if len(_wheels(wanted, folder)) < len(wanted):
        platforms = [word for platform in target.platforms for word in ("--platform", platform)]
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--only-binary=:all:", "--implementation=cp", f"--python-version={PYTHON}", *platforms]
        subprocess.run([*command, f"--dest={folder}", *map(str, wanted)], check=True)
    found = _wheels(wanted, folder)
    if missing := [str(one) for one in wanted if one not in found]:
        raise FileNotFoundError(f"no wheel for {', '.join(missing)}")
    for stranger in set(folder.glob("*.whl")) - set(found.values()):
        stranger.unlink()
    return [found[one] for one in wanted]


def _wheels(wanted: Iterable[Requirement], folder: Path) -> dict[Requirement, Path]:
    there = {tuple(path.name.split("-")[:2]): path for path in sorted(folder.glob("*.whl"))}
    keys = {(_normal(name), version): path for (name, version), path in there.items()}
    return {one: keys[key] for one in wanted if (key := (_normal(one.name), one.version)) in keys}


def _normal(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")


def unpack(wheels: Iterable[Path], site: Path) -> None:
    """Install wheels into a site-packages folder, without scripts, headers, stubs and tests, with Qt trimmed."""
    site.mkdir(parents=True, exist_ok=True)
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.infolist():
                name = _place(member.filename)
                if (
                    name is None
                    or member.is_dir()
                    or any(fnmatch.fnmatch(f"/{name}", f"*{one}") for one in WHEEL_WITHOUT)
                ):
                    continue
                place = site / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(archive.read(member))
                place.chmod(0o644)
    if (site / "PySide6").is_dir():
        trim_qt(site / "PySide6")


def _place(name: str) -> str | None:
    """Where a member of a wheel goes below site-packages; None for scripts, headers and shared data."""
    top, _, rest = name.partition("/")
    if not top.endswith(".data"):
        return name
    kind, _, inside = rest.partition("/")
    return inside if kind in {"purelib", "platlib"} else None


def qt_modules(package: Path = ROOT / "village_ledger") -> list[str]:
    """The Qt modules our code imports, QtCore always."""
    names = {"QtCore"}
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("PySide6"):
                names |= {node.module.partition(".")[2] or alias.name for alias in node.names}
    return sorted(names)


def trim_qt(pyside: Path, modules: Iterable[str] | None = None) -> None:
    """Keep the modules, plug-ins and translation that are used, and the libraries these load; the rest goes."""
    wanted = list(qt_modules() if modules is None else modules)
    kept = {path for path in pyside.rglob("*") if path.is_file() and _is_wanted(path.relative_to(pyside), wanted)}
    by_name = {path.name.lower(): path for path in pyside.rglob("*") if path.is_file() and _is_library(path)}
    to_read = list(kept)
    while to_read:
        for name in libraries_needed(to_read.pop()):
            library = by_name.get(name.lower())
            if library is not None and library not in kept:
                kept.add(library)
                to_read.append(library)
    for path in sorted(pyside.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept:
            path.unlink()


def _is_library(path: Path) -> bool:
    return ".so" in path.suffixes or path.suffix == ".dll"


def _is_wanted(path: Path, modules: Iterable[str]) -> bool:
    parts = PurePosixPath(*path.parts).parts
    if "translations" in parts:
        return path.name in QT_TRANSLATIONS
    if "plugins" in parts:
        plugin = "/".join(parts[parts.index("plugins") + 1 :])
        return _matches(plugin, QT_PLUGINS) and not _matches(plugin, QT_WITHOUT)
    if len(parts) == 1:
        return path.suffix == ".py" or (path.name.partition(".")[0] in modules and path.suffix in {".so", ".pyd"})
    return path.parent.name == "support" and path.suffix == ".py"


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


def copy_program(folder: Path, root: Path = ROOT) -> None:
    """Our own code and what it reads: `village_ledger/` and `resources/` side by side, as paths.py expects them.

    With it goes the public half of the release key, by which the program knows a genuine update.
    """
    for name in ("village_ledger", "resources"):
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc", "*.vlb*"))
    key = sign_update.private_key(sign_update.key_place(), make=True)
    sign_update.write_public(key, folder / sign_update.PUBLIC_PLACE)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def compile_tree(folder: Path, python: Path | str | None = None) -> None:
    """Write bytecode beside every module, such that it never looks at times: equal sources give equal bytes.

    `python` must be the version that will run it; the running one will do when that is the same.
    """
    command = [str(python or sys.executable), "-I", "-m", "compileall", "-q", "-j1", "-f"]
    command += ["--invalidation-mode", "unchecked-hash", "-s", str(folder), str(folder)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""})


def build(target: Target, folder: Path, *, cache: Path, site: Path | None = None) -> None:
    """Put program and wheels into an empty folder. `cache` keeps downloaded wheels. Bytecode is left to the runtime."""
    copy_program(folder)
    unpack(download(locked(), target, cache / target.name), site or folder)
