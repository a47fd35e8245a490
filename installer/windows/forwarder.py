"""python3.dll: the library of the stable ABI, made from what the runtime's own python3XX.dll offers.

Wheels tagged abi3 (PySide6, shiboken6, cryptography) ask for `python3.dll`; the runtime that comes in a wheel has only
the versioned library. Every name it exports is handed on, so the stable ABI, a part of them, is there whole.
"""

from collections.abc import Iterable
from pathlib import Path

from installer.binaries import pe_exports

from .toolchain import compile_library

NAME = "python3.dll"


def definition(library: str, names: Iterable[str]) -> str:
    """A module definition file that hands every name on to a library (given with or without .dll)."""
    stem = library.removesuffix(".dll")
    lines = [f'  "{name}" = "{stem}.{name}"' for name in names]
    if not lines:
        raise ValueError(f"{library} exports nothing")
    return "\n".join([f"LIBRARY {NAME}", "EXPORTS", *lines, ""])


def make_forwarder(library: Path, work: Path) -> Path:
    """Build python3.dll beside a runtime library and return it; `work` holds the intermediate file."""
    listing = work / "python3.def"
    listing.write_text(definition(library.name, pe_exports(library)), encoding="ascii")
    target = library.with_name(NAME)
    compile_library(listing, target)
    return target
