"""Copying a book safely while it is open: SQLite's backup API into a temporary file, checked, then renamed."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from ..domain.errors import BookUnusable, ExportFailed
from ..placing import put_in_place
from .log import head


def copy_database(source: sqlite3.Connection, target: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Copy an open book to `target`, reopen the copy and check it; nothing half-written stays behind."""
    temporary = target.with_name(target.name + ".part")

    def report(_status: int, remaining: int, total: int) -> None:
        if progress:
            progress(total - remaining, total)

    try:
        temporary.unlink(missing_ok=True)
        copy = sqlite3.connect(temporary)
        try:
            source.backup(copy, pages=1000, progress=report)
            _check_copy(source, copy, target)
        finally:
            copy.close()
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        put_in_place(temporary, target)
    except (OSError, sqlite3.Error) as error:
        temporary.unlink(missing_ok=True)
        raise ExportFailed(f"备份没有成功（磁盘已满、U盘已拔出或没有写入权限）：{target}\n{error}") from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _check_copy(source: sqlite3.Connection, copy: sqlite3.Connection, target: Path) -> None:
    (state,) = copy.execute("PRAGMA quick_check").fetchone()
    has_log = copy.execute("SELECT 1 FROM sqlite_schema WHERE name='log'").fetchone()
    if state != "ok" or (has_log and head(copy) != head(source)):
        raise BookUnusable(f"备份检查没有通过，请换一个磁盘再备份：{target}")
