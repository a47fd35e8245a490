"""The one gate for writing: one transaction, which cannot commit without a line in the hash-chained log."""

import sqlite3
from types import TracebackType
from typing import Any

from ..domain.chain import GENESIS, canonical_text, record_hash
from .log import head


class Transaction:
    """A write transaction on an open book. Leaving the `with` block by an exception rolls everything back."""

    def __init__(self, connection: sqlite3.Connection, actor: str, at: str) -> None:
        self.connection = connection
        self.actor = actor
        self.at = at
        self._recorded = 0
        self._seq = 0
        self._head = GENESIS

    def __enter__(self) -> "Transaction":
        self.connection.execute("BEGIN IMMEDIATE")
        self._seq, self._head = head(self.connection)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            if not self._recorded:
                self._roll_back()
                raise RuntimeError("a transaction must record what it did")
            try:
                self.connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            return
        self._roll_back()

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def record(self, action: str, subject: str = "", detail: Any = None) -> str:
        """Append one act to the log and return its hash, the new head of the chain."""
        self._seq += 1
        self._recorded += 1
        text = canonical_text(detail)
        newest = record_hash(self._seq, self.at, self.actor, action, subject, text, self._head)
        self.connection.execute(
            "INSERT INTO log(seq, at, actor, action, subject, detail, previous, hash) VALUES(?,?,?,?,?,?,?,?)",
            (self._seq, self.at, self.actor, action, subject, text, self._head, newest),
        )
        self._head = newest
        return newest

    @property
    def recorded(self) -> int:
        """How many acts this transaction has recorded so far."""
        return self._recorded

    @property
    def head(self) -> str:
        """The hash of the newest log record."""
        return self._head

    @property
    def seq(self) -> int:
        """The number of the newest log record."""
        return self._seq
