"""Proves that a folder's programs and libraries run on old systems: `python -m installer.check_floor FOLDER [2.28]`.

Every ELF file is read: no symbol may ask for a newer glibc, libstdc++ or libgcc than the oldest system we promise
has, and every library it loads must be in the folder or among the few that every desktop has.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from .binaries import Elf, is_elf, read_elf

FLOOR = "2.28"
"""glibc of UOS 20 and Debian 10; Kylin V10 has 2.31."""
CEILINGS = {"GLIBCXX": "3.4.25", "CXXABI": "1.3.11", "GCC": "8.0.0"}
"""libstdc++ and libgcc of GCC 8, which came with that glibc."""

SYSTEM = {
    "ld-linux-x86-64.so.2": "libc6 (>= 2.28)",
    "ld-linux-aarch64.so.1": "libc6 (>= 2.28)",
    "libc.so.6": "libc6 (>= 2.28)",
    "libdl.so.2": "libc6 (>= 2.28)",
    "libm.so.6": "libc6 (>= 2.28)",
    "libpthread.so.0": "libc6 (>= 2.28)",
    "librt.so.1": "libc6 (>= 2.28)",
    "libutil.so.1": "libc6 (>= 2.28)",
    "libstdc++.so.6": "libstdc++6 (>= 8)",
    "libgcc_s.so.1": "libgcc-s1 | libgcc1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libglib-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgthread-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Libraries every desktop has, with the Debian package they are in: the package declares these."""
OPTIONAL = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""Libraries only Wayland plug-ins load; without them Qt speaks X11."""


def elf_files(folder: Path) -> dict[Path, Elf]:
    """Every ELF file below the folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path: read_elf(path) for path in files if is_elf(path)}


def problems(folder: Path, floor: str = FLOOR) -> list[str]:
    """What would not start on the oldest system; empty when all is well."""
    files = elf_files(folder)
    there = _names(files)
    given = {version for elf in files.values() for version in elf.provides}
    found = [] if files else [f"{folder}: no program in it"]
    for path, elf in files.items():
        place = path.relative_to(folder).as_posix()
        found += [f"{place}: {text}" for text in _too_new(elf, floor, given)]
        outside = [name for name in elf.needed if name not in there and name not in SYSTEM and name not in OPTIONAL]
        found += [f"{place}: loads {name}, which is neither in the package nor on every desktop" for name in outside]
    return found


def packages(folder: Path) -> tuple[list[str], list[str]]:
    """The Debian packages the folder's files need, and those that are only good to have."""
    files = elf_files(folder)
    names = {name for elf in files.values() for name in elf.needed} - _names(files)
    needed = {SYSTEM[name] for name in names if name in SYSTEM}
    return sorted(needed), sorted({OPTIONAL[name] for name in names if name in OPTIONAL})


def highest(folder: Path) -> str:
    """The newest glibc any file asks for, such as "2.28"."""
    asked = (version for elf in elf_files(folder).values() for _, version in elf.versions)
    numbers = [match[1] for version in asked if (match := re.fullmatch(r"GLIBC_([\d.]+)", version))]
    return max(numbers, key=_key, default="none")


def _names(files: Mapping[Path, Elf]) -> set[str]:
    return {path.name for path in files} | {elf.soname for elf in files.values()}


def _too_new(elf: Elf, floor: str, given: set[str]) -> Iterator[str]:
    for library, version in elf.versions:
        family, _, number = version.partition("_")
        limit = floor if family == "GLIBC" else CEILINGS.get(family)
        if limit is None or version in given:
            continue
        if not re.fullmatch(r"[\d.]+", number):
            yield f"asks {library} for {version}, which old systems do not have"
        elif _key(number) > _key(limit):
            yield f"asks {library} for {version}, newer than {family}_{limit}"


def _key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def main(words: list[str]) -> int:
    """Check a folder, tell what is wrong, return 1 if anything is."""
    folder, floor = Path(words[0]), words[1] if len(words) > 1 else FLOOR
    found = problems(folder, floor)
    print(
        "\n".join(found) or f"{len(elf_files(folder))} ELF files, newest glibc asked for: {highest(folder)} (≤ {floor})"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
