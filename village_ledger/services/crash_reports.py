"""Reports of bugs, written on this machine only: what broke and where in our code, nothing of the books or the person.

A message of an error may quote a name or an amount, and a path the name of whoever logs in to the computer. So a report
holds types of errors and places in the code, with files named from the program's own folder on.
"""

import os
import platform
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from .. import __version__, clock
from ..paths import user_data

KEPT = 20
"""Reports that stay; the oldest give way."""
_FAULT = "fault-"
_QUOTED_FILE = re.compile(r'File "([^"]*)"')
_ROOTS = ("village_ledger", "site-packages", "lib")


def report_folder() -> Path:
    """Where reports lie."""
    return user_data() / "logs"


def write_report(error: BaseException, surroundings: str = "") -> Path | None:
    """Write down a bug and return the file; None when even that is impossible. `surroundings`: the version of Qt."""
    return _write([*_heading(surroundings), "", *_chain(error)])


def crash_note(error: BaseException) -> str:
    """A bug in a few lines: its type and the places in the code, never its message."""
    return "\n".join(_chain(error))


def _heading(surroundings: str) -> list[str]:
    system = f"{platform.system()} {platform.release()} {platform.machine()}".strip()
    return [
        "村级三资账本 出错报告（不含账目、姓名和文件名）",
        f"时间 {clock.now()}",
        f"程序 {__version__}　Python {platform.python_version()}　{surroundings}".rstrip("　"),
        f"系统 {system}",
    ]


def _chain(error: BaseException) -> Iterator[str]:
    """An error and what led to it, the first cause last."""
    current: BaseException | None = error
    seen: set[int] = set()
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        if current is not error:
            yield "起因："
        yield f"{type(current).__module__}.{type(current).__qualname__}"
        for frame in traceback.extract_tb(current.__traceback__):
            yield f"  {scrubbed(frame.filename)}:{frame.lineno} {frame.name}"
        current = current.__cause__ or current.__context__


def scrubbed(path: str) -> str:
    """A file of the program without the folders above it, which may bear a person's name."""
    parts = path.replace("\\", "/").split("/")
    for root in _ROOTS:
        if root in parts[:-1]:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return parts[-1]


def _write(lines: list[str]) -> Path | None:
    folder = report_folder()
    target = folder / f"出错报告-{clock.stamp()}.txt"
    number = 2
    while target.exists():
        target = folder / f"出错报告-{clock.stamp()}-{number}.txt"
        number += 1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(lines) + "\n", encoding="utf-8")
        for old in sorted(folder.glob("出错报告-*.txt"))[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return target


def open_fault_file() -> TextIO | None:
    """The file the interpreter writes to when the process itself dies; give it to `faulthandler.enable`."""
    try:
        report_folder().mkdir(parents=True, exist_ok=True)
        return (report_folder() / f"{_FAULT}{os.getpid()}.tmp").open("w", encoding="utf-8")
    except OSError:
        return None


def close_fault_file(file: TextIO) -> None:
    """The program ended as it should: nothing is left to tell."""
    file.close()
    with suppress(OSError):
        Path(file.name).unlink(missing_ok=True)


def collect_faults() -> Path | None:
    """Turn what a process left that died into a report; returns the newest, None if all ended well."""
    found = None
    for path in sorted(report_folder().glob(f"{_FAULT}*.tmp")):
        if _is_running(path.stem.removeprefix(_FAULT)):
            continue
        with suppress(OSError):
            text = path.read_text(encoding="utf-8", errors="replace")
            path.unlink()
            if text.strip():
                told = [
                    _QUOTED_FILE.sub(lambda match: f'File "{scrubbed(match[1])}"', line) for line in text.split("\n")
                ]
                found = _write([*_heading("上次运行时程序中途退出"), "", *told]) or found
    return found


def _is_running(process: str) -> bool:
    """Whether a process of that number lives (ours included); on Windows its open file cannot be removed anyway."""
    if process == str(os.getpid()):
        return True
    if not process.isdigit() or sys.platform == "win32":
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
