"""How values of the asset register are kept in rows, and the rows as the log keeps them."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from ..domain.assets.card import Card
from ..domain.assets.change import Change, Paper
from ..domain.assets.stock import StockItem, StockMove
from ..domain.chain import sha256
from ..domain.period import Period


class TableMap(NamedTuple):
    """A table and the value its rows are: columns in the value's order, without the id, which comes last."""

    table: str
    columns: tuple[str, ...]


CARD = TableMap("asset_card", Card._fields[:-1])
CHANGE = TableMap(
    "asset_change", tuple({"card": "card_id", "counted_in": "count_id"}.get(name, name) for name in Change._fields[:-1])
)
ITEM = TableMap("stock_item", StockItem._fields[:-1])
MOVE = TableMap("stock_move", tuple({"item": "item_id"}.get(name, name) for name in StockMove._fields[:-1]))


def stored(value: Any) -> Any:
    """A field as SQLite keeps it."""
    match value:
        case None:
            return ""
        case bool():
            return int(value)
        case Period():
            return str(value)
        case date():
            return value.isoformat()
        case Paper():
            return json.dumps([value.who, stored(value.day), value.number], ensure_ascii=False)
        case tuple():
            return ",".join(value)
    return value


def read_day(text: str) -> date | None:
    """A stored day; empty is none."""
    return date.fromisoformat(text) if text else None


def read_paper(text: str) -> Paper:
    """A stored record of the procedure."""
    who, day, number = json.loads(text)
    return Paper(who, read_day(day), number)


def read_uids(text: str) -> tuple[str, ...]:
    """Stored uids of vouchers."""
    return tuple(text.split(",")) if text else ()


def insert_row(connection: sqlite3.Connection, where: TableMap, value: tuple[Any, ...]) -> int:
    """Add a row for a value, whose last field is the id, and return the new id."""
    marks = ",".join("?" * len(where.columns))
    sql = f"INSERT INTO {where.table}({','.join(where.columns)}) VALUES({marks})"
    return int(connection.execute(sql, [stored(field) for field in value[:-1]]).lastrowid or 0)


def update_row(connection: sqlite3.Connection, where: TableMap, value: tuple[Any, ...]) -> None:
    """Write the columns that differ; a trigger only looks at the ones named."""
    new = dict(zip(where.columns, map(stored, value[:-1]), strict=True))
    row = connection.execute(f"SELECT {','.join(where.columns)} FROM {where.table} WHERE id=?", (value[-1],)).fetchone()
    old = dict(zip(where.columns, row, strict=True))
    changed = {name: field for name, field in new.items() if field != old[name]}
    if changed:
        names = ",".join(f"{name}=?" for name in changed)
        connection.execute(f"UPDATE {where.table} SET {names} WHERE id=?", (*changed.values(), value[-1]))


def select_rows(
    connection: sqlite3.Connection, where: TableMap, rest: str, values: Iterable[Any] = ()
) -> sqlite3.Cursor:
    """Rows in the order of the value's fields, the id last."""
    return connection.execute(f"SELECT {','.join(where.columns)}, id FROM {where.table} {rest}", tuple(values))


def logged_rows(connection: sqlite3.Connection) -> Iterator[tuple[str, int, dict[str, object]]]:
    """(table, id, row as the log keeps it) of everything here, for `verify`."""
    for where in (CARD, CHANGE, ITEM, MOVE):
        for row in select_rows(connection, where, "ORDER BY id"):
            yield where.table, row[-1], dict(zip(where.columns, row[:-1], strict=True))
    for table in ("asset_run", "asset_count"):
        for row in connection.execute(f"SELECT id FROM {table} ORDER BY id").fetchall():
            yield table, row[0], logged_row(connection, table, row[0]) or {}
    for row in connection.execute("SELECT card_id, content FROM asset_photo ORDER BY card_id"):
        yield "asset_photo", row[0], _photo_row(connection, row[0])
    yield from (
        ("asset_usage", card * 1_000_000 + _month_number(month), {"card": card, "month": month, "units": units})
        for card, month, units in connection.execute("SELECT card_id, month, units FROM asset_usage ORDER BY 1, 2")
    )


_COUNT_LINES = (
    "SELECT card_id, book_quantity, counted_quantity, status, location, note FROM asset_count_line WHERE count_id=?"
)


def logged_row(connection: sqlite3.Connection, table: str, row_id: int) -> dict[str, object] | None:
    """One row as the log keeps it; None when it is gone. Lines are kept as a digest."""
    for where in (CARD, CHANGE, ITEM, MOVE):
        if where.table == table:
            row = select_rows(connection, where, "WHERE id=?", (row_id,)).fetchone()
            return dict(zip(where.columns, row[:-1], strict=True)) if row else None
    if table == "asset_photo":
        return _photo_row(connection, row_id) or None
    columns: tuple[str, ...]
    if table == "asset_run":
        columns, lines = ("uid", "month", "source", "adopted", "made_by", "made_at"), _RUN_LINES
    else:
        columns, lines = ("uid", "day", "title", "people", "state", "approval", "decision"), _COUNT_LINES
    row = connection.execute(f"SELECT {','.join(columns)} FROM {table} WHERE id=?", (row_id,)).fetchone()
    if row is None:
        return None
    content = [list(line) for line in connection.execute(f"{lines} ORDER BY card_id", (row_id,))]
    return {**dict(zip(columns, row, strict=True)), "lines": sha256(content)}


_RUN_LINES = "SELECT card_id, fen, units, account, expense FROM asset_run_line WHERE run_id=?"


def _photo_row(connection: sqlite3.Connection, card_id: int) -> dict[str, object]:
    row = connection.execute("SELECT name, content FROM asset_photo WHERE card_id=?", (card_id,)).fetchone()
    return {"name": row[0], "sha256": hashlib.sha256(row[1]).hexdigest()} if row else {}


def _month_number(month: str) -> int:
    return int(month[:4]) * 100 + int(month[5:])
