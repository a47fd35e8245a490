"""Bringing a book of another schema version up to date, or refusing it. Loaded only when a book needs it."""

import sqlite3
from pathlib import Path

from .. import clock
from ..domain.errors import BookUnusable
from ..storage import migrations
from ..storage.copy import copy_database


def upgrade(path: Path, connection: sqlite3.Connection, *, read_only: bool) -> None:
    """Back an older book up and migrate it; a newer one is refused."""
    if not migrations.needs_migration(connection):
        return
    if read_only:
        raise BookUnusable("这本账是旧版本程序建立的，要先升级格式。请复制到硬盘上，以可写方式打开一次")
    copy_database(connection, _backup(path))
    migrations.migrate(connection)


def _backup(path: Path) -> Path:
    """Where the copy goes that is made before a book's format is upgraded."""
    folder = path.parent / f"{path.stem}-备份"
    folder.mkdir(exist_ok=True)
    return folder / f"{path.stem}-升级前-{clock.stamp()}.vlb"
