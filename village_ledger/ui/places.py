"""Where an export or a package may go: USB sticks first, then the folder used last, then the desktop and documents."""

import ctypes
import sys
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QStandardPaths, QStorageInfo

_REMOVABLE = 2
_UNIX_MEDIA = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


class Place(NamedTuple):
    """A folder with the words it is offered under."""

    title: str
    path: Path
    usb: bool = False


def places(last: str = "") -> tuple[Place, ...]:
    """The places to offer, best first."""
    found = [*usb_sticks()]
    if last and Path(last).is_dir():
        found.append(Place(f"上次的文件夹：{last}", Path(last)))
    for kind, title in (
        (QStandardPaths.StandardLocation.DesktopLocation, "桌面"),
        (QStandardPaths.StandardLocation.DocumentsLocation, "我的文档"),
    ):
        folder = QStandardPaths.writableLocation(kind)
        if folder and Path(folder).is_dir() and folder != last:
            found.append(Place(title, Path(folder)))
    return tuple(found) or (Place("用户文件夹", Path.home()),)


def usb_sticks() -> tuple[Place, ...]:
    """Removable drives that can be written to, with the room they have left."""
    sticks = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        if volume.isReady() and not volume.isReadOnly() and _is_removable(root):
            free = volume.bytesAvailable() // 1_000_000
            name = volume.displayName() or root
            sticks.append(Place(f"U盘 {name}（剩余 {free} MB）", Path(root), usb=True))
    return tuple(sticks)


def _is_removable(root: str) -> bool:
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOVABLE)
    return root.startswith(_UNIX_MEDIA)
