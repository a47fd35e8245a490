"""Opening the SQLite file behind a book, with the settings its safety rests on.

Rollback journal with synchronous=EXTRA: a committed voucher survives a power cut, the book at rest is one
single file, and a book on a read-only stick still opens (docs/decisions/0004).
"""

import os
import sqlite3
from pathlib import Path

from ..domain.errors import BookUnusable

APPLICATION_ID = 0x564C4247  # "VLBG"
HEADER = b"SQLite format 3\x00"
BUSY_SECONDS = 5


def connect(path: Path, *, read_only: bool = False, create: bool = False) -> sqlite3.Connection:
    """A connection with the house settings. Raises BookUnusable with a Chinese reason."""
    if not create:
        check_file(path)
    if not read_only and not create and not os.access(path, os.W_OK):
        raise BookUnusable(
            f"账簿文件是只读的，不能记账：{path}\n请把它复制到电脑硬盘上再打开，或者取消文件的“只读”属性"
        )
    mode = "ro" if read_only else "rwc" if create else "rw"
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=BUSY_SECONDS,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA recursive_triggers=ON")
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("PRAGMA cache_size=-16000")
        connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error as error:
        raise unusable(path, error) from error
    return connection


def check_file(path: Path) -> None:
    """Refuse what is plainly no whole SQLite file, before SQLite touches it."""
    if not path.exists():
        raise BookUnusable(f"找不到账簿文件：{path}\n请检查U盘是否插好、文件是否被移动")
    if path.is_dir():
        raise BookUnusable(f"这是一个文件夹，不是账簿文件：{path}")
    try:
        with path.open("rb") as file:
            head = file.read(100)
        size = path.stat().st_size
    except OSError as error:
        raise BookUnusable(f"读不出账簿文件：{path}\n{error.strerror or error}") from error
    if len(head) < 100 or not head.startswith(HEADER):
        raise BookUnusable(f"这不是村级账簿文件（.vlb）：{path}\n请选择本程序建立的账簿，或从备份恢复")
    if int.from_bytes(head[68:72]) != APPLICATION_ID:
        raise BookUnusable(f"这不是村级账簿文件（.vlb），可能是别的程序的数据库：{path}")
    page_size = int.from_bytes(head[16:18])
    page_size = 65536 if page_size == 1 else page_size
    pages = int.from_bytes(head[28:32])
    if size < pages * page_size:
        raise BookUnusable(
            f"账簿文件不完整（应有 {pages * page_size} 字节，只有 {size} 字节），可能没有复制完：{path}\n"
            "请重新复制，或从备份恢复"
        )


def unusable(path: Path, error: sqlite3.Error) -> BookUnusable:
    """Turn SQLite's error into a sentence the accountant can act on."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return BookUnusable("账簿正被另一个窗口占用，请等它保存完，再试一次")
    if "readonly" in text or "read-only" in text:
        return BookUnusable(f"账簿文件是只读的，不能写入：{path}\n请复制到电脑硬盘上再打开")
    if "full" in text:
        return BookUnusable("磁盘已满，这次操作没有保存，账簿没有变化。请清理磁盘后再试")
    if "malformed" in text or "not a database" in text:
        return BookUnusable(f"账簿文件已损坏：{path}\n请不要继续使用它，从最近的备份恢复")
    if "disk I/O" in text or "unable to open" in text:
        return BookUnusable(f"读写账簿文件出错（U盘是否已拔出？）：{path}\n这次操作没有保存")
    return BookUnusable(f"账簿文件出错：{path}\n{text}")
