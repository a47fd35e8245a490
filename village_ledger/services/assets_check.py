"""Whether the asset tables still are what the log says: part of `verify`."""

from collections.abc import Iterable, Iterator
from typing import Any

from ..storage.asset_rows import logged_rows
from ..storage.log import LogEntry
from .book import Book

ACTIONS = frozenset(
    {"asset-card", "asset-photo", "asset-change", "asset-run", "asset-usage", "asset-count", "stock-item", "stock-move"}
)
_NAMES = {
    "asset_card": "资产卡片",
    "asset_photo": "资产照片",
    "asset_change": "资产变动",
    "asset_run": "折旧计提",
    "asset_usage": "工作量",
    "asset_count": "资产盘点",
    "stock_item": "库存物资",
    "stock_move": "出入库",
}


def findings(book: Book, log: Iterable[LogEntry]) -> Iterator[str]:
    """Rows of the register that are gone, new or different from what was logged last."""
    logged: dict[tuple[str, int], tuple[LogEntry, dict[str, Any]]] = {}
    for entry in log:
        if entry.action in ACTIONS:
            key = (entry.detail["table"], entry.detail["id"])
            if entry.detail["row"] is None:
                logged.pop(key, None)
            else:
                logged[key] = (entry, entry.detail["row"])
    for table, row_id, row in logged_rows(book.connection):
        newest = logged.pop((table, row_id), None)
        name = _NAMES[table]
        if newest is None:
            yield f"{name} {_title(row)}在操作日志里没有登记，是从外部塞进来的"
        elif row != newest[1]:
            changed = "、".join(sorted(field for field in row if row[field] != newest[1].get(field)))
            yield f"{name} {_title(row)}和登记的不一样，被改动过（{changed}；日志第 {newest[0].seq} 条）"
    for (table, _row_id), (entry, row) in logged.items():
        yield f"{_NAMES[table]} {_title(row)}被删掉了（日志第 {entry.seq} 条有它的登记）"


def _title(row: dict[str, Any]) -> str:
    return str(row.get("code") or row.get("month") or row.get("title") or row.get("day") or "")
