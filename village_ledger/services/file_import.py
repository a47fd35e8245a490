"""What importing any file shares: all of it or nothing, every bad row named, new members added, a line in the log."""

import os
from typing import NamedTuple

from ..domain.account import Item
from ..domain.errors import BadInput, Refusal
from ..domain.problems import Problem
from ..domain.search import ItemRecord
from ..storage.accounts import item_records
from ..storage.transaction import Transaction
from .accounts import insert_item_checked, item_detail
from .book import Book
from .tabular import Table

FilePath = str | os.PathLike[str]


class ImportResult(NamedTuple):
    """What an import did: rows read, things added, vouchers posted, and remarks for the user."""

    rows: int
    added: int
    posted: int = 0
    notes: tuple[str, ...] = ()


def row_problem(number: int, text: str) -> Problem:
    """A problem of a file row, worded with its number."""
    return Problem("row", f"第 {number} 行：{text}", number)


def refused_row(number: int, refusal: Refusal) -> list[Problem]:
    """What a use case refused a file row for."""
    texts = [one.message for one in refusal.problems] or [refusal.message]
    return [row_problem(number, text) for text in texts]


class Members:
    """Finds dimension members by name, adding and logging those not known yet."""

    def __init__(self, book: Book, transaction: Transaction) -> None:
        self._transaction = transaction
        self._known = {(record.item.category, record.item.name): record for record in item_records(book.connection)}
        self._added: list[str] = []

    def item(self, category: str, name: str) -> Item:
        """The member of that name."""
        record = self._known.get((category, name))
        if record is None:
            record = ItemRecord(insert_item_checked(self._transaction, category, name))
            self._known[category, name] = record
            self._transaction.record("item", str(record.item), item_detail(record))
            self._added.append(str(record.item))
        if record.disabled:
            raise BadInput(f"{category}“{name}”已停用")
        return record.item

    @property
    def notes(self) -> tuple[str, ...]:
        """What was added, for the user."""
        if not self._added:
            return ()
        more = "……" if len(self._added) > 10 else ""
        return (f"新登记的辅助核算 {len(self._added)} 个：{'、'.join(self._added[:10])}{more}",)


def record_import(transaction: Transaction, what: str, table: Table, **more: int) -> None:
    """Log which file was imported; the rows are logged by what they add."""
    detail = {"what": what, "file": table.name, "sha256": table.digest, "rows": len(table.rows), **more}
    transaction.record("import", f"{what} {table.name}", detail)


def refuse_bad_rows(table: Table, problems: list[Problem]) -> None:
    """Refuse a file with everything that is wrong with it, in row order."""
    if problems:
        ordered = tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.line or 0))
        raise BadInput(f"文件“{table.name}”有 {len(ordered)} 处错误，没有导入任何内容：", ordered)
