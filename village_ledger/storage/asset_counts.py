"""Counts of assets and photos of them: rows to values and back."""

import sqlite3
from datetime import date

from ..domain.assets.count import Count, CountLine
from .asset_rows import read_paper, stored


def load_counts(connection: sqlite3.Connection) -> tuple[Count, ...]:
    """Every count with its lines, oldest first."""
    lines: dict[int, list[CountLine]] = {}
    for row in connection.execute(
        "SELECT count_id, card_id, book_quantity, counted_quantity, status, location, note FROM asset_count_line"
    ):
        lines.setdefault(row[0], []).append(CountLine._make(row[1:]))
    return tuple(
        Count(
            date.fromisoformat(day),
            title,
            people,
            state,
            read_paper(approval),
            decision,
            tuple(lines.get(count, ())),
            uid,
            count,
        )
        for count, uid, day, title, people, state, approval, decision in connection.execute(
            "SELECT id, uid, day, title, people, state, approval, decision FROM asset_count ORDER BY day, id"
        )
    )


def insert_count(connection: sqlite3.Connection, count: Count) -> Count:
    """Add a count with its lines and return it with its id."""
    row = connection.execute(
        "INSERT INTO asset_count(uid, day, title, people, state, approval, decision) VALUES(?,?,?,?,?,?,?)",
        (count.uid, *map(stored, (count.day, count.title, count.people, count.state, count.approval, count.decision))),
    )
    saved = count._replace(id=int(row.lastrowid or 0))
    _insert_count_lines(connection, saved)
    return saved


def update_count(connection: sqlite3.Connection, count: Count) -> None:
    """Write a count's heading, and its lines where they differ."""
    known = {row[0]: row[1:] for row in connection.execute(_COUNT_LINES, (count.id,))}
    new = {line.card: tuple(line[1:]) for line in count.lines}
    if known != new:
        connection.execute("DELETE FROM asset_count_line WHERE count_id=?", (count.id,))
        _insert_count_lines(connection, count)
    connection.execute(
        "UPDATE asset_count SET day=?, title=?, people=?, state=?, approval=?, decision=? WHERE id=?",
        (*map(stored, (count.day, count.title, count.people, count.state, count.approval, count.decision)), count.id),
    )


_COUNT_LINES = (
    "SELECT card_id, book_quantity, counted_quantity, status, location, note FROM asset_count_line WHERE count_id=?"
)


def _insert_count_lines(connection: sqlite3.Connection, count: Count) -> None:
    connection.executemany(
        "INSERT INTO asset_count_line(count_id, card_id, book_quantity, counted_quantity, status, location, note)"
        " VALUES(?,?,?,?,?,?,?)",
        [(count.id, *line) for line in count.lines],
    )


def save_photo(connection: sqlite3.Connection, card_id: int, name: str, digest: str, content: bytes) -> None:
    """Keep a card's photo; an earlier one is replaced."""
    connection.execute(
        "INSERT INTO asset_photo(card_id, name, sha256, content) VALUES(?,?,?,?)"
        " ON CONFLICT(card_id) DO UPDATE SET name=excluded.name, sha256=excluded.sha256, content=excluded.content",
        (card_id, name, digest, content),
    )


def delete_photo(connection: sqlite3.Connection, card_id: int) -> None:
    """Remove a card's photo."""
    connection.execute("DELETE FROM asset_photo WHERE card_id=?", (card_id,))


def load_photo(connection: sqlite3.Connection, card_id: int) -> tuple[str, bytes] | None:
    """File name and content of a card's photo, or None."""
    row = connection.execute("SELECT name, content FROM asset_photo WHERE card_id=?", (card_id,)).fetchone()
    return (row[0], bytes(row[1])) if row else None
