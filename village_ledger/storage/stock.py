"""Goods in store and their moves: rows to values and back."""

import sqlite3
from datetime import date

from ..domain.assets.stock import StockItem, StockMove
from .asset_rows import ITEM, MOVE, insert_row, read_uids, select_rows, update_row


def load_stock_items(connection: sqlite3.Connection) -> tuple[StockItem, ...]:
    """Every kind of goods, in code order."""
    return tuple(map(StockItem._make, select_rows(connection, ITEM, "ORDER BY code")))


def insert_stock_item(connection: sqlite3.Connection, item: StockItem) -> StockItem:
    """Add a kind of goods and return it with its id."""
    return item._replace(id=insert_row(connection, ITEM, item))


def update_stock_item(connection: sqlite3.Connection, item: StockItem) -> None:
    """Write a kind of goods."""
    update_row(connection, ITEM, item)


def delete_stock_item(connection: sqlite3.Connection, item_id: int) -> None:
    """Remove a kind of goods without moves."""
    connection.execute("DELETE FROM stock_item WHERE id=?", (item_id,))


def load_stock_moves(connection: sqlite3.Connection) -> tuple[StockMove, ...]:
    """Every receipt and issue, by day and in the order entered."""
    return tuple(
        StockMove._make(row)._replace(day=date.fromisoformat(row[1]), adopted=read_uids(row[9]))
        for row in select_rows(connection, MOVE, "ORDER BY day, id")
    )


def insert_stock_move(connection: sqlite3.Connection, move: StockMove) -> StockMove:
    """Add a receipt or an issue and return it with its id."""
    return move._replace(id=insert_row(connection, MOVE, move))


def delete_stock_move(connection: sqlite3.Connection, move_id: int) -> None:
    """Remove a move; a trigger refuses it when its voucher is posted."""
    connection.execute("DELETE FROM stock_move WHERE id=?", (move_id,))
