"""What the log keeps of budgets and projects, and the proof that nobody changed them behind the program's back."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..domain.chain import sha256
from ..domain.masking import contact_masked
from ..domain.tender import Bid
from ..storage.budget_rows import logged_row, logged_rows
from ..storage.log import LogEntry
from ..storage.transaction import Transaction
from .book import Book

ACTIONS = frozenset(
    {
        "budget",
        "budget-adjust",
        "project",
        "project-tender",
        "project-change",
        "project-acceptance",
        "project-release",
        "project-final",
        "project-payment",
    }
)
_NAMES = {
    "budget": "年度预算",
    "budget_adjustment": "预算调整",
    "project": "工程项目",
    "project_tender": "招投标记录",
    "project_change": "工程变更",
    "project_acceptance": "工程验收",
    "project_release": "质保金退还",
    "project_final": "工程决算",
    "project_payment": "项目付款登记",
}

_CONTACT = Bid._fields.index("contact")


def log_row(transaction: Transaction, action: str, subject: str, table: str, row_id: int) -> None:
    """Log a row as it is now, or that it is gone."""
    row = logged_row(transaction.connection, table, row_id)
    if row is not None:
        row = _contacts_hidden(row)
    transaction.record(action, subject, {"table": table, "id": row_id, "row": row})


def findings(book: Book, log: Iterable[LogEntry]) -> Iterator[str]:
    """Rows of budgets and projects that are gone, new or different from what was logged last."""
    logged: dict[tuple[str, int], tuple[LogEntry, dict[str, Any]]] = {}
    for entry in log:
        if entry.action in ACTIONS:
            key = (entry.detail["table"], entry.detail["id"])
            if entry.detail["row"] is None:
                logged.pop(key, None)
            else:
                logged[key] = (entry, _contacts_hidden(entry.detail["row"]))
    for table, row_id, kept in logged_rows(book.connection):
        row = _contacts_hidden(kept)
        newest = logged.pop((table, row_id), None)
        name = f"{_NAMES[table]} {_title(row)}".strip()
        if newest is None:
            yield f"{name}在操作日志里没有登记，是从外部塞进来的"
        elif row != newest[1]:
            changed = "、".join(sorted(field for field in row if row[field] != newest[1].get(field)))
            yield f"{name}和登记的不一样，被改动过（{changed}；日志第 {newest[0].seq} 条）"
    for (table, _row_id), (entry, row) in logged.items():
        yield f"{_NAMES[table]} {_title(row)}被删掉了（日志第 {entry.seq} 条有它的登记）"


def _contacts_hidden(row: dict[str, Any]) -> dict[str, Any]:
    """A row with the telephone numbers of bidders masked and a digest instead: the log leaves the office in packages.

    A row of older programs, logged with the numbers whole, becomes what it would be logged as now.
    """
    if "bids" not in row or "contacts" in row:
        return row
    bids = json.loads(row["bids"])
    masked = [[*bid[:_CONTACT], *map(contact_masked, bid[_CONTACT:])] for bid in bids]
    return {**row, "bids": json.dumps(masked, ensure_ascii=False), "contacts": sha256([bid[_CONTACT:] for bid in bids])}


def _title(row: dict[str, Any]) -> str:
    return str(row.get("year") or row.get("code") or row.get("day") or row.get("announced") or "")
