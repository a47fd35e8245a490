"""Opening a book for one report: only what reading needs, so that the command line answers at once."""

import os
import sqlite3
from importlib import import_module
from types import TracebackType
from typing import Protocol

from ..storage.accounts import load_chart
from ..storage.connection import SCHEMA_VERSION, connect, schema_version
from ..storage.ledger import StoredLedger
from ..storage.meta import Settings, entity_of, load_meta, newest_hash, settings_of


class Readable(Protocol):
    """What a report needs of a book; `Book` and `Reading` both have it."""

    connection: sqlite3.Connection

    @property
    def ledger(self) -> StoredLedger:
        """Posted figures."""

    @property
    def settings(self) -> Settings:
        """How the book is kept."""

    @property
    def log_head(self) -> str:
        """The hash of the newest log record, printed on whatever leaves the book."""


class Reading:
    """A book opened read-only, its settings and chart read once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        meta = load_meta(connection)
        self.settings = settings_of(meta)
        self.ledger = StoredLedger(connection, entity_of(meta), load_chart(connection))
        self.log_head = newest_hash(connection)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> "Reading":
        """Open a book of this program's schema version; another version is first upgraded, or refused."""
        connection = connect(path, read_only=True)
        if schema_version(connection) != SCHEMA_VERSION:
            connection.close()
            import_module("village_ledger.services.book").Book.open(path).close()
            connection = connect(path, read_only=True)
        return cls(connection)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> "Reading":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
