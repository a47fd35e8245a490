"""Opening the SQLite file behind a book, with the settings its safety rests on.

Rollback journal with synchronous=EXTRA: a committed voucher survives a power cut, the book at rest is one
single file, and a book on a read-only stick still opens (docs/decisions/0004).
"""

import os
import sqlite3
from collections.abc import Callable
from typing import Any

from ..domain.errors import BookDamaged, BookUnusable, system_reason

FilePath = str | os.PathLike[str]
"""No pathlib here: loading it would cost a text report on the command line 8 ms."""

APPLICATION_ID = 0x564C4247  # "VLBG"
SCHEMA_VERSION = 12
HEADER = b"SQLite format 3\x00"
BUSY_SECONDS = 5


def connect(path: FilePath, *, read_only: bool = False, create: bool = False) -> "BookConnection":
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
            f"{_uri(path)}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=BUSY_SECONDS,
            check_same_thread=False,
            factory=BookConnection,
        )
    except sqlite3.Error as error:
        raise unusable(path, error) or BookUnusable(f"打不开账簿文件：{path}\n{error}") from error
    connection.path = path
    for setting in ("foreign_keys=ON", "recursive_triggers=ON", "trusted_schema=OFF", "synchronous=EXTRA"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("PRAGMA cache_size=-16000")
    schema_version(connection)  # the first read: a file that is no database is refused here
    return connection


def path_of(connection: sqlite3.Connection) -> str:
    """The file a connection is to."""
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


def set_durable(connection: sqlite3.Connection, *, durable: bool) -> None:
    """Whether each commit waits for the disk. Only a book being built, which is thrown away if that fails, need not."""
    connection.execute(f"PRAGMA synchronous={'EXTRA' if durable else 'OFF'}")


def schema_version(connection: sqlite3.Connection) -> int:
    """The version the file says it has."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def data_version(connection: sqlite3.Connection) -> int:
    """A number that changes when another connection has written to the file."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _uri(path: FilePath) -> str:
    """The file as SQLite's URI (sqlite.org/uri.html), which only needs these three signs escaped."""
    name = os.path.realpath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    if os.sep == "\\":
        name = name.replace("\\", "/")  # C:/… gets a slash in front, //server/… keeps its two
    return f"file://{'' if name.startswith('/') else '/'}{name}"


def check_file(path: FilePath) -> None:
    """Refuse what is plainly no whole SQLite file, before SQLite touches it."""
    if not os.path.exists(path):
        raise BookUnusable(f"找不到账簿文件：{path}\n请检查U盘是否插好、文件是否被移动")
    if os.path.isdir(path):
        raise BookUnusable(f"这是一个文件夹，不是账簿文件：{path}")
    try:
        with open(path, "rb") as file:
            head = file.read(100)
        size = os.stat(path).st_size
    except OSError as error:
        raise BookUnusable(f"读不出账簿文件：{path}\n{system_reason(error)}") from error
    if len(head) < 100 or not head.startswith(HEADER):
        raise BookUnusable(f"这不是村级账簿文件（.vlb）：{path}\n请选择本程序建立的账簿，或从备份恢复")
    if int.from_bytes(head[68:72]) != APPLICATION_ID:
        raise BookUnusable(f"这不是村级账簿文件（.vlb），可能是别的程序的数据库：{path}")
    page_size = int.from_bytes(head[16:18])
    page_size = 65536 if page_size == 1 else page_size
    pages = int.from_bytes(head[28:32])
    if size < pages * page_size:
        raise BookDamaged(
            f"账簿文件不完整（应有 {pages * page_size} 字节，只有 {size} 字节），可能没有复制完：{path}\n"
            "请重新复制，或从备份恢复"
        )


def unusable(path: FilePath, error: sqlite3.Error) -> BookUnusable | None:
    """Turn SQLite's error into a sentence the accountant can act on; None if it is no trouble with the file."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return BookUnusable("账簿正被另一个窗口占用，请等它保存完，再试一次")
    if "readonly" in text or "read-only" in text:
        return BookUnusable(f"账簿文件是只读的，不能写入：{path}\n请复制到电脑硬盘上再打开")
    if "is full" in text:
        return BookUnusable("磁盘已满，这次操作没有保存，账簿没有变化。请清理磁盘后再试")
    if "malformed" in text or "not a database" in text:
        return BookDamaged(f"账簿文件已损坏：{path}\n请不要继续使用它，从最近的备份恢复")
    if "disk I/O" in text or "unable to open" in text:
        return BookUnusable(f"读写账簿文件出错（U盘是否已拔出？）：{path}\n这次操作没有保存")
    return None


class BookConnection(sqlite3.Connection):
    """A connection whose troubles with the file come as BookUnusable, wherever they show up."""

    path: FilePath = ""

    def cursor(self, factory: Callable[..., Any] | None = None) -> sqlite3.Cursor:  # type: ignore[override]  # no overloads here
        """Every statement, peewee's too, runs on a cursor that translates errors."""
        return super().cursor(factory or _BookCursor)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """As `sqlite3.Connection.execute`."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        """As `sqlite3.Connection.executemany`."""
        return self.cursor().executemany(sql, parameters)


class _BookCursor(sqlite3.Cursor):
    def execute(self, sql: str, parameters: Any = (), /) -> "_BookCursor":
        try:
            super().execute(sql, parameters)
        except sqlite3.DatabaseError as error:
            self._translate(error)
        return self

    def executemany(self, sql: str, parameters: Any, /) -> "_BookCursor":
        try:
            super().executemany(sql, parameters)
        except sqlite3.DatabaseError as error:
            self._translate(error)
        return self

    def _translate(self, error: sqlite3.DatabaseError) -> None:
        path = self.connection.path if isinstance(self.connection, BookConnection) else ""
        # The error's trace keeps this cursor, a cursor the file; Windows deletes no file that is open.
        self.close()
        trouble = unusable(path, error)
        if trouble is None:
            raise error
        raise trouble from error
