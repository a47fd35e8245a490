"""Adding drafts by plain SQL: thirty times faster than a model instance per line, and import adds thousands."""

import json
import sqlite3
from collections.abc import Iterable

from ..domain.voucher import Draft, DraftLine


class DraftWriter:
    """Inserts drafts within one transaction, each after the last of its month and word."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._positions: dict[tuple[str, str], int] = {
            (month, word): last
            for month, word, last in connection.execute("SELECT month, word, max(position) FROM draft GROUP BY 1, 2")
        }

    def insert(self, draft: Draft) -> Draft:
        """Write one draft and return it with its id, version and position."""
        month = str(draft.period)
        position = self._positions.get((month, draft.word), 0) + 1
        self._positions[month, draft.word] = position
        row = self._connection.execute(
            "INSERT INTO draft(version, month, day, word, position, attachments, state, kind, maker, reviewer, cashier,"
            " reverses, source) VALUES(1,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                month,
                draft.day.isoformat(),
                draft.word,
                position,
                draft.attachments,
                draft.state,
                draft.kind,
                draft.maker,
                draft.reviewer,
                draft.cashier,
                draft.reverses,
                draft.source,
            ),
        ).lastrowid
        saved = draft._replace(id=int(row or 0), version=1, position=position)
        insert_lines(self._connection, saved.id, saved.lines)
        return saved


def insert_lines(connection: sqlite3.Connection, draft_id: int, lines: Iterable[DraftLine]) -> None:
    """Write a draft's lines; `items` as JSON of (category, name) pairs."""
    connection.executemany(
        "INSERT INTO draft_line(draft_id, position, summary, account, items, debit_fen, credit_fen, quantity)"
        " VALUES(?,?,?,?,?,?,?,?)",
        [
            (
                draft_id,
                position,
                line.summary,
                line.account,
                json.dumps(line.items, ensure_ascii=False),
                line.debit_fen,
                line.credit_fen,
                line.quantity,
            )
            for position, line in enumerate(lines, 1)
        ],
    )


def draft_sources(connection: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    """Month and origin of the waiting drafts."""
    return frozenset(connection.execute("SELECT DISTINCT month, source FROM draft"))
