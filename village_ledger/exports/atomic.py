"""Writing an output file whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EDQUOT, EIO, ENODEV, ENOENT, ENOSPC, ENOTDIR, ENXIO, EPERM, EROFS
from pathlib import Path
from typing import BinaryIO

from village_ledger.domain.errors import ExportFailed
from village_ledger.placing import put_in_place

_REASONS = {
    ENOSPC: "磁盘空间不足，请清理磁盘或换一个位置再导出",
    EDQUOT: "磁盘空间不足，请清理磁盘或换一个位置再导出",
    **dict.fromkeys((EIO, ENODEV, ENXIO), "磁盘读写出错，U盘可能被拔出或已损坏。请插好或换一个位置再导出"),
    EROFS: "该磁盘是只读的，请换一个位置再导出",
    EACCES: "文件正被其他程序打开，或者没有写入权限。请关闭已打开的文件，或换一个位置再导出",
    EPERM: "文件正被其他程序打开，或者没有写入权限。请关闭已打开的文件，或换一个位置再导出",
    ENOENT: "文件夹不存在，请先建立文件夹，或换一个位置再导出",
    ENOTDIR: "文件夹不存在，请先建立文件夹，或换一个位置再导出",
}


@contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """A binary file that takes `path`'s place, durably, when the block ends, and vanishes if the block fails.

    Raises ExportFailed for whatever the disk refuses; an earlier file at `path` is then untouched.
    """
    path = Path(os.path.realpath(path))  # behind a link, the file it points to
    if path.exists() and not path.is_file():
        raise ExportFailed(f"“{path.name}”没有导出成功：那里已经有一个文件夹或设备，请换一个文件名")
    temporary = path.with_name(f".export-{os.getpid()}-{id(path):x}.tmp")
    try:
        try:
            with temporary.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            put_in_place(temporary, path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"系统提示：{error.strerror or error}")
        raise ExportFailed(f"“{path.name}”没有导出成功：{reason}") from error
    with suppress(OSError):  # the file is in place; some network disks cannot sync a folder
        _settle(path.parent)


def _settle(folder: Path) -> None:
    """Make the renaming itself durable where folders can be synced (not on Windows)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
