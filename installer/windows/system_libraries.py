"""Sees to it that the packages bring every library they need and no others, but for those Windows 10 has itself."""

from collections.abc import Iterable
from pathlib import Path

from installer.binaries import libraries_needed

_NAMES = """
advapi32 authz bcrypt bcryptprimitives cfgmgr32 comctl32 comdlg32 credui crypt32 cryptui d2d1 d3d9 d3d11 d3d12 dcomp
dnsapi dwmapi dwrite dxgi dxva2 gdi32 gdiplus imm32 iphlpapi kernel32 mpr msimg32 msvcrt ncrypt netapi32 ntdll ole32
oleaut32 opengl32 powrprof psapi rpcrt4 secur32 setupapi shcore shell32 shlwapi synchronization ucrtbase
uiautomationcore user32 userenv usp10 uuid uxtheme version wevtapi winhttp winmm winspool ws2_32 wtsapi32
"""
WINDOWS = frozenset(_NAMES.split())
"""Libraries of every Windows 10 from the first (1507) on; `icuuc`, which Qt 6.10 wants, came later and is not here."""


def is_of_windows(library: str) -> bool:
    """Whether Windows 10 brings a library; the `api-ms-win-…` names are its own contracts."""
    stem = library.lower().removesuffix(".dll").removesuffix(".drv")
    return stem in WINDOWS or stem.startswith(("api-ms-win-", "ext-ms-win-"))


def missing_libraries(tree: Path, known: Iterable[str] = ()) -> list[str]:
    """`FILE needs LIBRARY` for every library that is neither in the tree nor part of Windows."""
    there = {path.name.lower() for path in tree.rglob("*") if path.is_file()} | {name.lower() for name in known}
    return [
        f"{path.relative_to(tree).as_posix()} needs {library}"
        for path in sorted(tree.rglob("*"))
        if path.is_file()
        for library in libraries_needed(path)
        if library.lower() not in there and not is_of_windows(library)
    ]


def drop_unused(folder: Path, tree: Path) -> None:
    """Delete the libraries in a folder of the tree that Windows has or nothing asks for; wheels bring them all."""
    for path in folder.glob("*.dll"):
        if is_of_windows(path.name):
            path.unlink()
    while True:
        wanted = {name.lower() for path in tree.rglob("*") if path.is_file() for name in libraries_needed(path)}
        unused = [path for path in sorted(folder.glob("*.dll")) if path.name.lower() not in wanted]
        if not unused:
            return
        for path in unused:
            path.unlink()
