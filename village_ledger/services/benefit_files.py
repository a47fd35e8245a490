"""Importing lists of benefits from a sheet as townships hand them down. All of a file or nothing."""

from datetime import date

from ..domain.benefit import BenefitBatch, BenefitRow, check_batch
from ..domain.problems import Problem
from .benefits import batches, register_within
from .book import Book, Progress, no_progress
from .cells import CellError, read_day, read_fen
from .contract_cells import read_area
from .file_import import FilePath, ImportResult, record_import, refuse_bad_rows, row_problem
from .tabular import TableRow, read_table

REQUIRED = ("补贴类别", "名单", "发放日期", "姓名", "金额")
OPTIONAL = ("组别", "身份证号", "电话", "银行卡号", "人口", "面积", "标准", "依据文件", "凭证", "备注")


def import_benefits(book: Book, path: FilePath, progress: Progress | None = None) -> ImportResult:
    """Register the lists of a sheet; rows with the same 名单 and 发放日期 are one list."""
    book.authorise("benefit")
    report = progress or no_progress
    table = read_table(path, REQUIRED, OPTIONAL)
    problems = [Problem("row", text) for text in table.problems]
    found: dict[tuple[str, date], list[tuple[TableRow, BenefitRow]]] = {}
    for row in table.rows:
        try:
            key = (row.cells["名单"].strip(), read_day(row.cells["发放日期"]))
            person = _row(row)
        except CellError as error:
            problems.append(row_problem(row.number, str(error)))
        else:
            found.setdefault(key, []).append((row, person))
    with book.write("benefit") as transaction:
        record_import(transaction, "补贴名单", table)
        known = {(one.title, one.day) for one in batches(book) if not one.struck}
        for done, ((title, day), rows) in enumerate(found.items()):
            report(done, len(found), f"导入{title}")
            head = rows[0][0]
            if (title, day) in known:
                problems.append(row_problem(head.number, f"名单“{title}”（{day}）已经登记过"))
                continue
            batch = BenefitBatch(
                head.cells["补贴类别"].strip(),
                title,
                day,
                tuple(row for _, row in rows),
                document=head.cells.get("依据文件", "").strip(),
                voucher=head.cells.get("凭证", "").strip(),
                note=head.cells.get("备注", "").strip(),
            )
            wrong = check_batch(batch)
            problems += [row_problem(rows[one.line or 0][0].number, one.message) for one in wrong]
            if not wrong:
                register_within(transaction, batch)
        refuse_bad_rows(table, problems)
    return ImportResult(len(table.rows), len(found), notes=table.notes)


def _row(row: TableRow) -> BenefitRow:
    cells = row.cells
    people = cells.get("人口", "").strip() or "0"
    if not people.isdigit():
        raise CellError(f"人口“{people}”不对，应是整数")
    return BenefitRow(
        cells["姓名"].strip(),
        read_fen(cells["金额"]),
        cells.get("组别", "").strip(),
        "".join(cells.get("身份证号", "").split()).upper(),
        "".join(cells.get("电话", "").split()),
        "".join(cells.get("银行卡号", "").split()),
        int(people),
        read_area(cells.get("面积", "")),
        cells.get("标准", "").strip(),
    )
