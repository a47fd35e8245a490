"""Importing yearly budgets from a sheet: all of a file or nothing."""

from collections.abc import Iterable
from datetime import date

from ..domain.budget import PROJECT, SIDES, Budget, BudgetItem
from ..domain.errors import BadInput, Refusal
from ..domain.period import FIRST_YEAR, LAST_YEAR
from ..domain.problems import Problem
from ..storage.transaction import Transaction
from .book import Book, Progress, no_progress
from .budgets import approve_within, budget, save_within
from .cells import CellError, read_day, read_fen
from .file_import import FilePath, ImportResult, Members, record_import, refuse_bad_rows, row_problem
from .tabular import TableRow, read_table

REQUIRED = ("年度", "预算项目", "收支", "金额")
OPTIONAL = ("编号", "科目", "项目", "备注", "决策文号", "批准日期")
_MARKS = str.maketrans("；;，,/ ", "、、、、、、")


def import_budget(book: Book, path: FilePath, progress: Progress | None = None) -> ImportResult:
    """Take over the items of a sheet: 年度, 预算项目, 收支, 金额; perhaps 编号, 科目, 项目, 备注, 决策文号, 批准日期.

    Replaces what has been drawn up for those years; a budget that is approved is refused. Where the first row of a
    year names the decision and its day, the budget is approved by it.
    """
    book.authorise("import")
    report = progress or no_progress
    table = read_table(path, REQUIRED, OPTIONAL)
    problems = [Problem("row", text) for text in table.problems]
    years: dict[int, list[tuple[TableRow, BudgetItem]]] = {}
    with book.write("import") as transaction:
        record_import(transaction, "年度预算", table)
        members = Members(book, transaction)
        for row in table.rows:
            try:
                year = _year(row.cells["年度"])
                found = years.setdefault(year, [])
                found.append((row, _item(row, len(found) + 1, members)))
            except (CellError, Refusal) as error:
                problems.append(row_problem(row.number, str(error)))
        for done, (year, rows) in enumerate(sorted(years.items())):
            report(done, len(years), f"导入{year}年预算")
            problems += _save(book, transaction, year, rows)
        refuse_bad_rows(table, problems)
    return ImportResult(len(table.rows), sum(map(len, years.values())), notes=(*table.notes, *members.notes))


def _save(
    book: Book, transaction: Transaction, year: int, rows: list[tuple[TableRow, BudgetItem]]
) -> Iterable[Problem]:
    first = rows[0][0]
    before = budget(book, year)
    wanted = Budget(year, tuple(item for _row, item in rows), version=before.version if before else 0)
    try:
        save_within(book, transaction, wanted)
        if first.cells.get("决策文号", ""):
            approve_within(book, transaction, year, first.cells["决策文号"], _approved(first))
    except BadInput as refusal:
        numbers = [row.number for row, _item in rows]
        if not refusal.problems:
            return [row_problem(first.number, refusal.message)]
        return [
            row_problem(numbers[one.line] if one.line is not None else numbers[0], one.message)
            for one in refusal.problems
        ]
    except (Refusal, CellError) as refusal:
        return [row_problem(first.number, str(refusal))]
    return []


def _approved(row: TableRow) -> date:
    return read_day(row.cells.get("批准日期", ""))


def _year(text: str) -> int:
    plain = text.strip().removesuffix("年度").removesuffix("年")
    if not (plain.isascii() and plain.isdigit() and FIRST_YEAR <= int(plain) <= LAST_YEAR):
        raise CellError(f"年度“{text}”不对，请写成 2025 这样的形式")
    return int(plain)


def _item(row: TableRow, place: int, members: Members) -> BudgetItem:
    cells = row.cells
    side = cells["收支"].strip()
    if side not in SIDES:
        raise CellError(f"收支“{side}”不对，只能填“收入”或“支出”")
    accounts = tuple(part for part in cells.get("科目", "").translate(_MARKS).split("、") if part)
    project = cells.get("项目", "").strip()
    return BudgetItem(
        cells.get("编号", "").strip() or str(place),
        cells["预算项目"].strip(),
        side,
        accounts,
        members.item(PROJECT, project) if project else None,
        read_fen(cells["金额"]),
        cells.get("备注", "").strip(),
    )
