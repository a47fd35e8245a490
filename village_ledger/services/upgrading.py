"""Bringing a book of another schema version up to date, or refusing it. Loaded only when a book needs it.

The book is copied first, migrated, and then proved: its facts are what they were, and `verify` runs over the whole.
What fails puts the copy back, so that the older program goes on with the book as it was.
"""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from .. import clock
from ..domain.errors import BookUnusable, Refusal
from ..storage import migrations
from ..storage.connection import connect, schema_version
from ..storage.copy import copy_database
from ..storage.fingerprint import fact_columns, fingerprint, put_back
from ..storage.integrity import database_problem
from ..storage.transaction import Transaction
from .book import Book
from .integrity import verify

UPGRADED_BY = "程序升级"


class Upgrade(NamedTuple):
    """What was done to a book at its first opening by a newer program; `findings` are what `verify` found afterwards.

    They stem from before the upgrade, which changes no facts.
    """

    before: int
    after: int
    backup: Path
    findings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """For the person who opened the book."""
        head = f"这本账是旧版本程序建立的，已升级格式（{self.before} → {self.after}）。\n"
        head += f"升级前的账簿保留为：{self.backup}\n"
        if not self.findings:
            return f"{head}升级后已核验：凭证、余额和日志与升级前一致。"
        more = f"\n……共 {len(self.findings)} 处" if self.findings[3:] else ""
        listed = "\n".join(f"✗ {finding}" for finding in self.findings[:3])
        return f"{head}凭证、余额和日志与升级前一致，但核验发现升级以前就有的问题，请尽快查清：\n{listed}{more}"


def upgrade(path: Path, connection: sqlite3.Connection, *, read_only: bool) -> Upgrade | None:
    """Back an older book up, migrate and prove it; a newer one is refused. None when there was nothing to do."""
    if not migrations.needs_migration(connection):
        return None
    if read_only:
        raise BookUnusable("这本账是旧版本程序建立的，要先升级格式。请复制到硬盘上，以可写方式打开一次")
    before, columns = schema_version(connection), fact_columns(connection)
    wanted = fingerprint(connection, columns)
    backup = _backup(path)
    copy_database(connection, backup)
    try:
        migrations.migrate(connection)
        if problem := database_problem(connection):
            raise BookUnusable(problem)
        if fingerprint(connection, columns) != wanted:
            raise BookUnusable("升级后的凭证、余额或日志与升级前不一致")
    except BaseException as error:
        _put_back(connection, backup)
        if isinstance(error, Refusal | sqlite3.Error):
            raise BookUnusable(
                f"账簿升级没有成功，已恢复成升级前的样子，可以用原来版本的程序继续记账：{path}\n"
                f"原因：{error}\n升级前的备份：{backup}"
            ) from error
        raise
    found = verify(Book(path, connection, read_only=False, actor="")).findings
    done = Upgrade(before, schema_version(connection), backup, found)
    with Transaction(connection, UPGRADED_BY, clock.now()) as transaction:
        detail = {"from": done.before, "to": done.after, "backup": backup.name, "findings": len(found)}
        transaction.record("migrate", f"{done.before} → {done.after}", detail)
    return done


def _put_back(connection: sqlite3.Connection, backup: Path) -> None:
    copy = connect(backup, read_only=True)
    try:
        put_back(connection, copy)
    finally:
        copy.close()


def _backup(path: Path) -> Path:
    """Where the copy goes that is made before a book's format is upgraded: among its backups, and kept for good."""
    folder = path.parent / f"{path.stem}-备份"
    folder.mkdir(exist_ok=True)
    target = folder / f"{path.stem}_{clock.stamp()}_升级前.vlb"
    number = 2
    while target.exists():
        target = folder / f"{path.stem}_{clock.stamp()}-{number}_升级前.vlb"
        number += 1
    return target
