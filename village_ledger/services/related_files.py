"""Importing declared relations (关联人) from a sheet. All of a file or nothing."""

from ..domain.errors import Refusal
from ..domain.problems import Problem
from ..domain.related_person import RelatedPerson
from .book import Book, Progress, no_progress
from .cells import CellError, read_day
from .file_import import FilePath, ImportResult, record_import, refuse_bad_rows, refused_row, row_problem
from .related import register_within
from .tabular import TableRow, read_table

REQUIRED = ("干部姓名", "岗位", "关系", "名称", "起始日期")
OPTIONAL = ("电话", "银行卡号", "地址", "终止日期", "备注")


def import_related(book: Book, path: FilePath, progress: Progress | None = None) -> ImportResult:
    """Register the relations of a sheet, a row each."""
    book.authorise("related")
    report = progress or no_progress
    table = read_table(path, REQUIRED, OPTIONAL)
    problems = [Problem("row", text) for text in table.problems]
    with book.write("related") as transaction:
        record_import(transaction, "关联人", table)
        for done, row in enumerate(table.rows):
            report(done, len(table.rows), "导入关联人")
            try:
                register_within(transaction, _related(row))
            except CellError as error:
                problems.append(row_problem(row.number, str(error)))
            except Refusal as refusal:
                problems += refused_row(row.number, refusal)
        refuse_bad_rows(table, problems)
    return ImportResult(len(table.rows), len(table.rows), notes=table.notes)


def _related(row: TableRow) -> RelatedPerson:
    cells = row.cells
    until = cells.get("终止日期", "").strip()
    return RelatedPerson(
        cells["干部姓名"],
        cells["岗位"],
        cells["关系"].strip(),
        cells["名称"],
        read_day(cells["起始日期"].strip()),
        cells.get("电话", ""),
        cells.get("银行卡号", ""),
        cells.get("地址", ""),
        cells.get("备注", ""),
        read_day(until) if until else None,
    )
