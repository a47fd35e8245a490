"""Opening the desk's store, on SQLite or PostgreSQL, and making a new one."""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import peewee

from ...domain.chain import GENESIS
from ...domain.errors import BookUnusable, NotAllowed
from .database import POSTGRES, DeskDatabase, refusal
from .tables import TABLES, MetaRow

APPLICATION_ID = 0x564C4744  # "VLGD"
SCHEMA_VERSION = 1
_PATIENCE = 15_000
"""Milliseconds to wait for another official's write on a server."""
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


def is_url(place: str) -> bool:
    """Whether a place is a PostgreSQL database."""
    return place.startswith(POSTGRES)


def open_store(place: str, *, create: bool = False, read_only: bool = False) -> DeskDatabase:
    """Open a store, or make a new one. Raises BookUnusable with a Chinese reason."""
    store = (
        _postgres(place, read_only=read_only) if is_url(place) else _sqlite(place, create=create, read_only=read_only)
    )
    try:
        with store.guarded():
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
    store = DeskDatabase(place, database)
    with store.guarded():
        database.connect()
    return store


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


def _postgres(url: str, *, read_only: bool) -> DeskDatabase:
    try:
        address: Any = import_module("playhouse.db_url")
        own = address.parse(url).get("options", "")
        options = f"{own} -c lock_timeout={_PATIENCE} -c default_transaction_read_only={'on' if read_only else 'off'}"
        database: peewee.Database = address.connect(
            url,
            unquote_user=True,
            unquote_password=True,
            thread_safe=False,
            connect_timeout=10,
            options=options.strip(),
            keepalives_idle=60,
        )
        database.connect()
    except (ImportError, peewee.ImproperlyConfigured) as error:
        raise BookUnusable("本机没有装 PostgreSQL 的连接组件（psycopg2），请先安装，或改用文件形式的乡镇端") from error
    except (ValueError, TypeError, RuntimeError) as error:
        raise BookUnusable("数据库地址写得不对，应像 postgresql://用户:密码@服务器/数据库") from error
    except peewee.PeeweeException as error:
        raise refusal(url, error) from error
    return DeskDatabase(url, database)


def _make(store: DeskDatabase) -> None:
    with store.transaction():
        for model in TABLES:
            peewee.SchemaManager(model, store.database).create_all(safe=False)
        if store.is_postgres:
            statements: tuple[str, ...] = (*_plain_order(), *_POSTGRES_TRIGGERS)
        else:
            statements = (*_SQLITE_TRIGGERS, f"PRAGMA application_id={APPLICATION_ID}")
        for statement in statements:
            store.statement(statement)
        store.insert(
            MetaRow, [{"key": "schema", "value": str(SCHEMA_VERSION)}, {"key": "head", "value": f"0 {GENESIS}"}]
        )


def _plain_order() -> Iterator[str]:
    """Text is compared sign by sign as SQLite does it, not by the rules of the server's language."""
    for model in TABLES:
        for field in model._meta.sorted_fields:
            if isinstance(field, peewee.TextField):
                table, column = model._meta.table_name, field.column_name
                yield f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE text COLLATE "C"'
