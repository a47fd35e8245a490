"""The desk's store, open: queries, and the one gate for writing to it.

A write is one transaction that cannot commit without a log record of its own. On SQLite it has the file to itself from
its beginning. On PostgreSQL writes about one village wait only for each other (and for those about the desk as a
whole); the head of the log is held from a write's first record to its end, so that there is one chain.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import peewee

from ...domain.chain import GENESIS, canonical_text, record_hash
from ...domain.errors import BookDamaged, BookUnusable
from .tables import LogRow, MetaRow

POSTGRES = ("postgresql://", "postgres://")
_WAITED = ("lock timeout", "deadlock", "could not serialize", "statement timeout")
_READ_ONLY = ("readonly", "read-only", "permission denied", "must be owner")


class DeskDatabase:
    """The store, opened. `place` is a file, `:memory:` or a PostgreSQL URL."""

    def __init__(self, place: str, database: peewee.Database) -> None:
        self.place = place
        self.database = database

    @property
    def is_postgres(self) -> bool:
        """Whether it is a PostgreSQL database."""
        return isinstance(self.database, peewee.PostgresqlDatabase)

    @property
    def folder(self) -> Path | None:
        """Where files taken in are kept, beside a store that is a file; None for a store that names another place."""
        if self.is_postgres or self.place == ":memory:":
            return None
        return Path(self.place).with_name(f"{Path(self.place).stem} 报送文件")

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn the database's errors into sentences the official can act on; a lost connection is made anew next."""
        try:
            yield
        except peewee.PeeweeException as error:
            self.let_go_if_lost()
            raise refusal(self.place, error) from error

    def let_go_if_lost(self) -> None:
        """Forget a connection the server has ended, so that the next statement makes another."""
        if self.is_postgres and not self.database.is_closed() and not self.database.in_transaction():
            with suppress(peewee.PeeweeException):
                if self.database.connection().closed:  # type: ignore[no-untyped-call]  # peewee's own code
                    self.database.close()

    def all(self, query: Any) -> list[Any]:
        """The rows of a query."""
        with self.guarded():
            return list(query.execute(self.database))

    def one(self, query: Any) -> Any:
        """The first row of a query, or None."""
        found = self.all(query.limit(1))
        return found[0] if found else None

    def run(self, query: Any) -> int:
        """Execute a statement that changes rows; how many."""
        with self.guarded():
            return int(query.execute(self.database) or 0)

    def statement(self, sql: str, *values: Any) -> None:
        """Run SQL that peewee has no words for."""
        with self.guarded():
            self.database.execute_sql(sql, values or None)  # type: ignore[no-untyped-call]  # peewee's own code

    def insert(self, model: Any, rows: Iterable[dict[str, Any]], *, replace: bool = False) -> None:
        """Insert rows; `replace` overwrites those of the same key."""
        found = list(rows)
        step = 80 if self.is_postgres else max(1, 900 // max(len(model._meta.fields), 1))
        for start in range(0, len(found), step):
            query = model.insert_many(found[start : start + step])
            if replace:
                keys = _key_fields(model)
                rest = [field for name, field in model._meta.fields.items() if name not in keys]
                query = query.on_conflict(
                    conflict_target=[model._meta.fields[name] for name in keys], preserve=rest, update={}
                )
            with self.guarded():
                query.execute(self.database)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction without a log record, for reading one state of things and for making the tables."""
        with self.guarded(), self.database.atomic():
            if self.is_postgres:
                self.statement("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield

    def close(self) -> None:
        """Close the connection."""
        self.database.close()


def _key_fields(model: Any) -> tuple[str, ...]:
    key = model._meta.primary_key
    return tuple(key.field_names) if isinstance(key, peewee.CompositeKey) else (key.name,)


class DeskTransaction:
    """A write to the desk, about one village or about the desk as a whole (`village` empty). Leaving the `with` block
    by an exception rolls everything back.
    """

    def __init__(self, store: DeskDatabase, actor: str, at: str, village: str = "") -> None:
        self.store = store
        self.actor = actor
        self.at = at
        self._village = village
        self._recorded = 0
        self._seq, self._head = 0, GENESIS

    def __enter__(self) -> "DeskTransaction":
        with self.store.guarded():
            self._atomic = self.store.database.atomic(*(() if self.store.is_postgres else ("IMMEDIATE",)))
            self._atomic.__enter__()
        try:
            self._take_turns()
        except BaseException as error:
            self.__exit__(type(error), error, None)
            raise
        return self

    def _take_turns(self) -> None:
        """Let no other write about the same village, or about the whole desk, run meanwhile. SQLite has seen to it."""
        if not self.store.is_postgres:
            return
        shared = "_shared" if self._village else ""
        self.store.statement(f"SELECT pg_advisory_xact_lock{shared}(hashtextextended(current_schema() || ' desk', 0))")
        if self._village:
            self.store.statement(
                "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' ' || %s, 1))", self._village
            )

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        forgotten = kind is None and not self._recorded
        try:
            with self.store.guarded():
                self._atomic.__exit__(*((RuntimeError, RuntimeError(), None) if forgotten else (kind, error, trace)))
        except BookUnusable:
            if kind is None:  # otherwise the reason for rolling back is what is to be told
                raise
        if forgotten:
            raise RuntimeError("a transaction must record what it did")

    def record(self, action: str, subject: str = "", detail: Any = None) -> str:
        """Append one act to the desk's log and return its hash, the new head of the chain."""
        if not self._recorded:
            self._hold_head()
        self._seq += 1
        self._recorded += 1
        text = canonical_text(detail)
        newest = record_hash(self._seq, self.at, self.actor, action, subject, text, self._head)
        values = (self._seq, self.at, self.actor, action, subject, text, self._head, newest)
        names = ("seq", "at", "actor", "action", "subject", "detail", "previous", "hash")
        self.store.insert(LogRow, [dict(zip(names, values, strict=True))])
        self.store.insert(MetaRow, [{"key": "head", "value": f"{self._seq} {newest}"}], replace=True)
        self._head = newest
        return newest

    def _hold_head(self) -> None:
        if self.store.is_postgres:
            self.store.statement("SELECT value FROM meta WHERE key = 'head' FOR UPDATE")
        newest = self.store.one(LogRow.select(LogRow.seq, LogRow.hash).order_by(LogRow.seq.desc()).tuples())
        self._seq, self._head = newest or (0, GENESIS)


def refusal(place: str, error: Exception) -> Exception:
    """The sentence for a database's error; the error itself where only the program can be wrong."""
    text = str(error)
    if isinstance(error, peewee.OperationalError | peewee.InterfaceError | peewee.InternalError):
        return _unusable(place, text)
    if any(sign in text for sign in _READ_ONLY):
        return _unusable(place, text)
    if "malformed" in text or "not a database" in text:
        return BookDamaged(f"乡镇端数据文件已损坏：{place}\n请不要继续使用它，从最近的备份恢复")
    return error


def _unusable(place: str, text: str) -> BookUnusable:
    shown = place.partition("@")[2] or place
    if "locked" in text or "busy" in text or any(sign in text for sign in _WAITED):
        return BookUnusable("乡镇端数据正被另一个窗口占用，请等它保存完，再试一次")
    if any(sign in text for sign in _READ_ONLY):
        return BookUnusable(f"乡镇端数据是只读的，不能写入：{shown}\n请换到能写入的位置，或请管理员给写入的权限")
    if "full" in text or "No space" in text:
        return BookUnusable("磁盘已满，这次操作没有保存，数据没有变化。请清理磁盘后再试")
    if place.startswith(POSTGRES):
        return BookUnusable(
            f"连不上数据库服务器，或连接断了：{shown}\n这次操作没有保存。请检查网络、地址、用户名和密码，再试一次"
            f"（{text.strip()[:200]}）"
        )
    return BookUnusable(f"读写乡镇端数据文件出错：{shown}\n这次操作没有保存（{text[:200]}）")
