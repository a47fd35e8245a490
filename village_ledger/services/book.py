"""An open book: one file, one connection, one person working. Everything the services do starts from it."""

import os
import sqlite3
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import TracebackType

from .. import clock
from ..domain.account import Chart
from ..domain.duties import OPEN_TO_ALL, refusal_text
from ..domain.errors import BookUnusable, NotAllowed
from ..domain.period import Period
from ..domain.view import Entity
from ..storage import accounts, credentials, meta, periods
from ..storage.connection import SCHEMA_VERSION, connect, data_version, schema_version
from ..storage.ledger import StoredLedger
from ..storage.meta import Settings as Settings
from ..storage.meta import settings_meta as settings_meta
from ..storage.meta import settings_of
from ..storage.transaction import Transaction

Progress = Callable[[int, int, str], None]


class Book:
    """One open book file. Not for two threads at once; the window gives it to a single worker."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool, actor: str) -> None:
        self.path = path
        self.connection = connection
        self.read_only = read_only
        self.actor = actor
        self._session = ""
        self._chart = Chart(())
        self._meta: dict[str, str] = {}
        self._state = (-1, -1, False)
        self.upgrade_note = ""
        """What happened to the book's format at this opening, for the person; empty as a rule."""

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False, actor: str = "") -> "Book":
        """Open a book, migrating an older one after backing it up. Raises BookUnusable with a Chinese reason."""
        path = Path(path)
        connection = connect(path, read_only=read_only)
        upgraded = None
        try:
            if schema_version(connection) != SCHEMA_VERSION:
                upgrade = import_module("village_ledger.services.upgrading").upgrade
                upgraded = upgrade(path, connection, read_only=read_only)
        except sqlite3.Error as error:
            connection.close()
            raise BookUnusable(f"账簿文件已损坏或无法读取：{path}\n请从最近的备份恢复（{error}）") from error
        except BaseException:
            connection.close()
            raise
        book = cls(path, connection, read_only=read_only, actor=actor)
        book.upgrade_note = upgraded.text if upgraded else ""
        return book

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> "Book":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, act: str) -> Transaction:
        """Begin the one transaction of an act of `duties.DUTIES`; it must record itself in the log to commit.

        Refused when the act is not the duty of who is at the keyboard. Somebody the book does not know may act only
        in a book that asks nobody to log in, as files imported from the command line do.
        """
        if self.read_only:
            raise BookUnusable("账簿以只读方式打开，不能修改。请复制到电脑硬盘上再打开")
        self.authorise(act)
        return Transaction(self.connection, self.actor or "未登录", clock.now())

    def authorise(self, act: str) -> None:
        """Refuse an act that is not the duty of who is at the keyboard, or that needs a log-in they have not made."""
        post = credentials.load_post(self.connection, self.actor)
        if act not in OPEN_TO_ALL:
            self._require_log_in(post)
        if post is not None and (text := refusal_text(act, post.role)):
            raise NotAllowed(text)

    def _require_log_in(self, post: credentials.Post | None) -> None:
        if post is not None and not post.active:
            raise NotAllowed(f"{self.actor} 已经停用，不能办理业务，请切换操作员")
        if post is not None and post.hash:
            if post.hash != self._session:
                raise NotAllowed(f"{self.actor} 设有密码，请先登录再办理（命令行请加 --user 姓名）")
            if post.must_change:
                raise NotAllowed("现在用的是临时密码，请先改成自己的密码，再办理业务")
        elif self.settings.log_in:
            raise NotAllowed("这本账要登录以后才能办理业务，请先登录（命令行请加 --user 姓名）")

    def enter(self, name: str, session: str = "") -> None:
        """Put a person at the keyboard. `session` is the hash their password proved: a new password ends it."""
        self.actor = name
        self._session = session

    def _refresh(self) -> None:
        """Read settings and chart again when this or another window wrote since."""
        connection = self.connection
        # in_transaction, because a rollback takes changes back that total_changes has counted
        state = (data_version(connection), connection.total_changes, connection.in_transaction)
        if state != self._state:
            self._meta = meta.load_meta(connection)
            self._chart = accounts.load_chart(connection)
            self._state = state

    @property
    def entity(self) -> Entity:
        """The village whose book it is."""
        self._refresh()
        return meta.entity_of(self._meta)

    @property
    def settings(self) -> Settings:
        """How the book is kept."""
        self._refresh()
        return settings_of(self._meta)

    @property
    def chart(self) -> Chart:
        """The accounts."""
        self._refresh()
        return self._chart

    @property
    def ledger(self) -> StoredLedger:
        """Posted figures, as reports read them."""
        return StoredLedger(self.connection, self.entity, self.chart)

    @property
    def log_head(self) -> str:
        """The hash of the newest log record."""
        return meta.newest_hash(self.connection)

    @property
    def open_period(self) -> Period:
        """The first month that is not closed."""
        closed = periods.last_closed(self.connection)
        return closed.next if closed else self.entity.first_period


def no_progress(_done: int, _total: int, _what: str) -> None:
    """A progress listener that does not listen."""


def is_writable(path: Path) -> bool:
    """Whether a book can be opened for writing where it lies."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
