"""Importing source documents (票据) from a sheet, with the vouchers they belong to. All of a file or nothing."""

from collections.abc import Mapping

from ..domain.errors import Refusal
from ..domain.problems import Problem
from ..domain.source_document import COLLECTIVE, INVOICE, SourceDocument
from ..storage.vouchers import uids_by_label
from .book import Book, Progress, no_progress
from .cells import CellError, read_day, read_fen
from .documents import register_within
from .file_import import FilePath, ImportResult, record_import, refuse_bad_rows, refused_row, row_problem
from .tabular import TableRow, read_table

REQUIRED = ("收付", "票据种类", "日期", "金额")
OPTIONAL = ("代码", "号码", "开具单位", "收款户名", "收款账号", "凭证", "作废原因", "备注")
_SHORT = {"统一收据": COLLECTIVE, "发票": INVOICE}
_STEP = 50


def import_documents(book: Book, path: FilePath, progress: Progress | None = None) -> ImportResult:
    """Register the documents of a sheet, a row each; 凭证 is a posted voucher's label (`2025-06 记-5`)."""
    book.authorise("document")
    report = progress or no_progress
    table = read_table(path, REQUIRED, OPTIONAL)
    problems = [Problem("row", text) for text in table.problems]
    with book.write("document") as transaction:
        record_import(transaction, "票据", table)
        vouchers = uids_by_label(transaction.connection)
        for done, row in enumerate(table.rows):
            if done % _STEP == 0:
                report(done, len(table.rows), "导入票据")
            try:
                register_within(book, transaction, _document(row), voucher=_voucher(row, vouchers))
            except CellError as error:
                problems.append(row_problem(row.number, str(error)))
            except Refusal as refusal:
                problems += refused_row(row.number, refusal)
        refuse_bad_rows(table, problems)
    return ImportResult(len(table.rows), len(table.rows), notes=table.notes)


def _document(row: TableRow) -> SourceDocument:
    cells = row.cells
    kind = cells["票据种类"].strip()
    return SourceDocument(
        cells["收付"].strip(),
        _SHORT.get(kind, kind),
        read_day(cells["日期"].strip()),
        read_fen(cells["金额"].strip()),
        cells.get("号码", ""),
        cells.get("代码", ""),
        cells.get("开具单位", ""),
        cells.get("收款户名", ""),
        cells.get("收款账号", ""),
        cells.get("备注", ""),
        cells.get("作废原因", ""),
    )


def _voucher(row: TableRow, vouchers: Mapping[str, str]) -> str:
    label = " ".join(row.cells.get("凭证", "").split())
    if label and label not in vouchers:
        raise CellError(f"没有已记账的凭证“{label}”，请写成“2025-06 记-5”")
    return vouchers[label] if label else ""
