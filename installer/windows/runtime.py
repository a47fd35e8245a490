"""The Python that goes with the program: the official Windows build, as the panda3d wheel on PyPI carries it.

The wheel holds python311.dll and its extension modules, signed by the Python Software Foundation, but no `Lib`. That
comes from the Python that runs the build, which has the same files on every system, compiled into one archive. So the
build's Python should have a runtime of its own patch level here; with another 3.11 the newest runtime is taken.
"""

import hashlib
import platform
import py_compile
import shutil
import sysconfig
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple


class Donor(NamedTuple):
    """A release of panda3d for CPython 3.11 on 64-bit Windows; the Python, OpenSSL and SQLite inside it."""

    python: str
    openssl: str
    sqlite: str
    release: str
    sha256: str

    def parts(self) -> tuple[tuple[str, str, str], ...]:
        """Name, version and licence of what is taken."""
        return (
            ("python", self.python, "PSF-2.0"),
            ("openssl", self.openssl, "Apache-2.0"),
            ("sqlite", self.sqlite, "blessing"),
        )


DONORS = (
    Donor("3.11.7", "3.0.11", "3.43.1", "1.10.14", "1ddf01040b9c5497fb8659e3c5ef793a26c869cfdfb1b75e6d04d6fba0c03b73"),
    Donor("3.11.9", "3.0.13", "3.45.1", "1.10.16", "37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82"),
)
FOLDER = "runtime"
ARCHIVE = "python311.zip"
SEARCH_PATH = f"{ARCHIVE}\n.\n..\\app\n"
"""`python311._pth`: these folders and no others, whatever is installed or set on the computer."""
_INSIDE = "deploy_libs/"
_LEFT_OUT = ("api-ms-win-", "tcl", "tk86", "_tkinter", "_msi", "winsound", "libssl", "_ssl")
"""Part of Windows 10 itself; Tk; installer and sound; network encryption, which an offline program never asks for."""
_LIBRARY_LEFT_OUT = {
    "config-3.11-x86_64-linux-gnu", "distutils", "ensurepip", "idlelib", "lib-dynload", "lib2to3", "pydoc_data",
    "site-packages", "test", "tkinter", "turtle.py", "turtledemo", "venv", "__pycache__",
}  # fmt: skip
_EPOCH = (1980, 1, 1, 0, 0, 0)


def donor(version: str) -> Donor:
    """The runtime for a build run by Python `version`: of the same patch level, or the newest there is."""
    if not version.startswith("3.11."):
        raise SystemExit(
            f"The Windows packages are built with Python 3.11, not {version}: bytecode must fit the runtime"
        )
    return next((one for one in DONORS if one.python == version), DONORS[-1])


def lay_out_runtime(wheel_of: Callable[[str], Path], target: Path) -> Donor:
    """Make the `runtime` folder at `target`; `wheel_of` gets the wheel of a requirement. Returns what was taken."""
    chosen = donor(platform.python_version())
    if chosen.python != platform.python_version():
        print(f"note: no runtime for Python {platform.python_version()}; its library goes with Python {chosen.python}")
    wheel = wheel_of(f"panda3d=={chosen.release}")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if digest != chosen.sha256:
        raise SystemExit(f"{wheel.name} is not the file known: its SHA-256 is {digest}")
    target.mkdir(parents=True)
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            short = name.removeprefix(_INSIDE)
            if name.startswith(_INSIDE) and short.endswith((".dll", ".pyd")) and not short.startswith(_LEFT_OUT):
                with archive.open(name) as source, (target / short.lower()).open("wb") as copy:
                    shutil.copyfileobj(source, copy)
    (target / "python311._pth").write_text(SEARCH_PATH, encoding="ascii", newline="\r\n")
    pack_library(Path(sysconfig.get_path("stdlib")), target / ARCHIVE, target.parent)
    return chosen


def library_files(library: Path) -> Iterator[Path]:
    """The modules of the standard library the program may need, as paths below `library`."""
    for path in sorted(library.rglob("*.py")):
        short = path.relative_to(library)
        if short.parts[0] not in _LIBRARY_LEFT_OUT and not {"test", "tests", "__pycache__"} & set(short.parts[:-1]):
            yield short


def pack_library(library: Path, archive: Path, work: Path) -> None:
    """Compile the standard library into one archive, the same bytes every time; stored, so that it loads quickly."""
    compiled = work / "module.pyc"
    with zipfile.ZipFile(archive, "w") as target:
        for short in library_files(library):
            py_compile.compile(
                str(library / short),
                str(compiled),
                short.as_posix(),
                doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
            entry = zipfile.ZipInfo(short.with_suffix(".pyc").as_posix(), _EPOCH)
            entry.create_system = 3  # the same on every build machine
            target.writestr(entry, compiled.read_bytes())
    compiled.unlink()
