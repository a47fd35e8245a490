"""Debian's mingw-w64: the launchers and the forwarder are compiled with it, the same bytes every time."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

_PREFIX = "x86_64-w64-mingw32-"
_STEADY = ("-s", "-Wl,--no-insert-timestamp")
"""No symbols, and no time of day in the header: two builds give equal files."""


class ToolMissing(RuntimeError):
    """A program of the build machine is not there; the text says what to install."""


def tool(name: str, package: str) -> str:
    """The path of a program, or ToolMissing naming the Debian package that has it."""
    found = shutil.which(name)
    if not found:
        raise ToolMissing(f"{name} is missing: install {package}")
    return found


def compiler_tool(name: str) -> str:
    """One program of the 64-bit Windows compiler; on Windows itself its name has no prefix."""
    found = shutil.which(_PREFIX + name) or shutil.which(name + ".exe")
    return found or tool(_PREFIX + name, "gcc-mingw-w64-x86-64-win32 binutils-mingw-w64-x86-64 (Debian), or w64devkit")


def compile_program(sources: Sequence[Path], target: Path, options: Sequence[str] = ()) -> None:
    """Compile C sources and resource objects into one program or library."""
    run([compiler_tool("gcc"), "-municode", "-Os", "-Wall", "-Wextra", "-Werror", *_STEADY, *options, *sources], target)


def compile_library(definition: Path, target: Path) -> None:
    """A library without code of its own: it only hands names on, as its definition file says."""
    gcc = compiler_tool("gcc")
    run([gcc, "-shared", "-nostdlib", *_STEADY, "-Wl,--image-base,0x180000000", "-Wl,-e,0", definition], target)


def compile_resources(script: Path, target: Path) -> None:
    """Icon and version of a program, as an object to link in. Names inside the script are relative to its folder."""
    windres = compiler_tool("windres")
    run([windres, "--codepage=65001", "-I", script.parent, "-O", "coff", script], target, cwd=script.parent)


def run(command: Sequence[str | Path], target: Path, cwd: Path | None = None) -> None:
    """Run a compiler with `-o TARGET`; what it complains of is shown."""
    subprocess.run([*map(str, command), "-o", str(target)], check=True, cwd=cwd)
