"""Opening the desk's store, on SQLite or PostgreSQL, and the one gate for writing to it.

A write is one transaction that holds the head of the log from its beginning, so that two officials write one after the
other, and that cannot commit without a log record of its own.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import peewee

from ...domain.chain import GENESIS, canonical_text, record_hash
from ...domain.errors import BookDamaged, BookUnusable, NotAllowed
from .tables import TABLES, LogRow, MetaRow

APPLICATION_ID = 0x564C4744  # "VLGD"
SCHEMA_VERSION = 1
POSTGRES = ("postgresql://", "postgres://")
_HEADER = b"SQLite format 3\x00"
_SQLITE_TRIGGERS = (
    "CREATE TRIGGER log_no_update BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log never changes'); END",
    "CREATE TRIGGER log_no_delete BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log never changes'); END",
    "CREATE TRIGGER received_no_delete BEFORE DELETE ON received"
    " BEGIN SELECT RAISE(ABORT, 'what was taken in is kept'); END",
)
_POSTGRES_TRIGGERS = (
    "CREATE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the log never changes'; END $$",
    "CREATE TRIGGER log_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON log"
    " FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep()",
    "CREATE TRIGGER received_keep BEFORE DELETE OR TRUNCATE ON received"
    " FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep()",
)


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

    def all(self, query: Any) -> list[Any]:
        """The rows of a query."""
        with troubles(self.place):
            return list(query.execute(self.database))

    def one(self, query: Any) -> Any:
        """The first row of a query, or None."""
        found = self.all(query.limit(1))
        return found[0] if found else None

    def run(self, query: Any) -> int:
        """Execute a statement that changes rows; how many."""
        with troubles(self.place):
            return int(query.execute(self.database) or 0)

    def statement(self, sql: str) -> None:
        """Run SQL that peewee has no words for."""
        self.database.execute_sql(sql)  # type: ignore[no-untyped-call]  # peewee's own code is not typed throughout

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
            with troubles(self.place):
                query.execute(self.database)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction without a log record, for reading one state of things and for making the tables."""
        with troubles(self.place), self.database.atomic():
            yield

    def close(self) -> None:
        """Close the connection."""
        self.database.close()


def _key_fields(model: Any) -> tuple[str, ...]:
    key = model._meta.primary_key
    return tuple(key.field_names) if isinstance(key, peewee.CompositeKey) else (key.name,)


class DeskTransaction:
    """A write to the desk. Leaving the `with` block by an exception rolls everything back."""

    def __init__(self, store: DeskDatabase, actor: str, at: str) -> None:
        self.store = store
        self.actor = actor
        self.at = at
        self._recorded = 0
        self._seq, self._head = 0, GENESIS

    def __enter__(self) -> "DeskTransaction":
        with troubles(self.store.place):
            if self.store.is_postgres:
                self._atomic = self.store.database.atomic()
                self._atomic.__enter__()
                self.store.statement("SELECT value FROM meta WHERE key = 'head' FOR UPDATE")
            else:
                self._atomic = self.store.database.atomic("IMMEDIATE")
                self._atomic.__enter__()
        newest = self.store.one(LogRow.select(LogRow.seq, LogRow.hash).order_by(LogRow.seq.desc()).tuples())
        self._seq, self._head = newest or (0, GENESIS)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        if kind is None and not self._recorded:
            self._atomic.__exit__(RuntimeError, RuntimeError(), None)
            raise RuntimeError("a transaction must record what it did")
        with troubles(self.store.place):
            self._atomic.__exit__(kind, error, trace)

    def record(self, action: str, subject: str = "", detail: Any = None) -> str:
        """Append one act to the desk's log and return its hash, the new head of the chain."""
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

    @property
    def head(self) -> str:
        """The hash of the newest log record."""
        return self._head


@contextmanager
def troubles(place: str) -> Iterator[None]:
    """Turn the database's errors into sentences the official can act on."""
    try:
        yield
    except peewee.OperationalError as error:
        raise _unusable(place, str(error)) from error
    except peewee.DatabaseError as error:
        if "malformed" in str(error) or "not a database" in str(error):
            raise BookDamaged(f"乡镇端数据文件已损坏：{place}\n请不要继续使用它，从最近的备份恢复") from error
        raise


def _unusable(place: str, text: str) -> BookUnusable:
    shown = place.partition("@")[2] or place
    if "locked" in text or "busy" in text:
        return BookUnusable("乡镇端数据正被另一个窗口占用，请等它保存完，再试一次")
    if "readonly" in text or "read-only" in text:
        return BookUnusable(f"乡镇端数据文件是只读的，不能写入：{shown}\n请复制到电脑硬盘上再打开")
    if "full" in text or "No space" in text:
        return BookUnusable("磁盘已满，这次操作没有保存，数据没有变化。请清理磁盘后再试")
    if place.startswith(POSTGRES):
        return BookUnusable(f"连不上数据库服务器：{shown}\n请检查地址、用户名、密码和网络（{text.strip()[:200]}）")
    return BookUnusable(f"读写乡镇端数据文件出错：{shown}\n这次操作没有保存（{text[:200]}）")


def is_url(place: str) -> bool:
    """Whether a place is a PostgreSQL database."""
    return place.startswith(POSTGRES)


def open_store(place: str, *, create: bool = False, read_only: bool = False) -> DeskDatabase:
    """Open a store, or make a new one. Raises BookUnusable with a Chinese reason."""
    store = _postgres(place) if is_url(place) else _sqlite(place, create=create, read_only=read_only)
    try:
        with troubles(place):
            known = store.database.table_exists("meta")
        if create:
            if known:
                raise NotAllowed(f"这里已经有乡镇端数据，不能重新建立：{place.partition('@')[2] or place}")
            _make(store)
        elif not known:
            raise BookUnusable(f"这里还没有乡镇端数据：{place.partition('@')[2] or place}\n请先新建乡镇端")
        _check_version(store)
    except BaseException:
        store.close()
        raise
    return store


def _check_version(store: DeskDatabase) -> None:
    told = store.one(MetaRow.select(MetaRow.value).where(MetaRow.key == "schema").tuples())
    if told is None or int(told[0]) > SCHEMA_VERSION:
        raise BookUnusable("这是用更新版本的程序建立的乡镇端数据，请升级程序后再打开。数据没有被改动")


def _sqlite(place: str, *, create: bool, read_only: bool) -> DeskDatabase:
    if place != ":memory:":
        path = Path(place)
        if create and path.exists():
            raise NotAllowed(f"文件已经存在，不能新建：{path}")
        if not create:
            _check_file(path)
            read_only = read_only or not os.access(path, os.W_OK)
    pragmas = {"foreign_keys": 1, "synchronous": "EXTRA", "cache_size": -64_000, "trusted_schema": 0}
    name = (
        place
        if place == ":memory:"
        else f"{Path(place).resolve().as_uri()}?mode={_mode(create=create, read_only=read_only)}"
    )
    database = peewee.SqliteDatabase(
        name, pragmas=pragmas, timeout=5, uri=place != ":memory:", thread_safe=False, check_same_thread=False
    )
    with troubles(place):
        database.connect()
    return DeskDatabase(place, database)


def _mode(*, create: bool, read_only: bool) -> str:
    return "rwc" if create else "ro" if read_only else "rw"


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise BookUnusable(f"找不到乡镇端数据文件：{path}\n请检查U盘是否插好、文件是否被移动")
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise BookUnusable(f"读不出乡镇端数据文件：{path}") from error
    if not head.startswith(_HEADER) or int.from_bytes(head[68:72]) != APPLICATION_ID:
        raise BookUnusable(f"这不是乡镇端数据文件（.vld）：{path}")


def _postgres(url: str) -> DeskDatabase:
    try:
        connect: Any = import_module("playhouse.db_url").connect
        database: peewee.Database = connect(url)
        with troubles(url):
            database.connect()
    except (ImportError, peewee.ImproperlyConfigured) as error:
        raise BookUnusable("本机没有装 PostgreSQL 的连接组件（psycopg2），请先安装，或改用文件形式的乡镇端") from error
    except ValueError as error:
        raise BookUnusable("数据库地址写得不对，应像 postgresql://用户:密码@服务器/数据库") from error
    return DeskDatabase(url, database)


def _make(store: DeskDatabase) -> None:
    with store.transaction():
        for model in TABLES:
            peewee.SchemaManager(model, store.database).create_all(safe=False)
        if store.is_postgres:
            statements: tuple[str, ...] = _POSTGRES_TRIGGERS
        else:
            statements = (*_SQLITE_TRIGGERS, f"PRAGMA application_id={APPLICATION_ID}")
        for statement in statements:
            store.statement(statement)
        store.insert(
            MetaRow, [{"key": "schema", "value": str(SCHEMA_VERSION)}, {"key": "head", "value": f"0 {GENESIS}"}]
        )
