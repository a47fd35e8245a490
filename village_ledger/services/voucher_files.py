"""Rows of a voucher file as drafts: grouping, cell by cell reading, and every row that is wrong. Writes nothing."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple, TypeVar

from ..domain.checks import CheckContext, check_draft
from ..domain.problems import Problem
from ..domain.voucher import Draft, DraftLine
from .cells import CellError, read_code, read_day, read_fen, read_pairs, read_quantity, read_whole
from .tabular import Table, TableRow

REQUIRED = ("日期", "凭证字", "凭证号", "摘要", "科目编码", "借方金额", "贷方金额")
OPTIONAL = ("附件数", "辅助", "数量")
_UNSURE_WHEN_BROKEN = ("unbalanced", "zero", "too-few-lines")
_EMPTY = DraftLine()
T = TypeVar("T")


class FileVoucher(NamedTuple):
    """One voucher of the file: the number it has there and the row each of its lines stands on."""

    draft: Draft
    number: int
    rows: tuple[int, ...]
    broken: bool

    @property
    def label(self) -> str:
        """记-12."""
        return f"{self.draft.word}-{self.number}"


class _Heading(NamedTuple):
    day: date
    word: str
    number: int
    attachments: int


class _Open:
    """The voucher being collected."""

    def __init__(self, heading: _Heading) -> None:
        self.heading = heading
        self.lines: list[DraftLine] = []
        self.rows: list[int] = []
        self.broken = False


def row_problem(number: int, text: str) -> Problem:
    """A problem of a file row, worded with its number."""
    return Problem("row", f"第 {number} 行：{text}", number)


def read_vouchers(table: Table) -> tuple[tuple[FileVoucher, ...], list[Problem]]:
    """Group the rows into vouchers by month, word and number, which must stand together."""
    problems = [Problem("row", text) for text in table.problems]
    finished: dict[tuple[int, int, str, int], int] = {}
    found: list[FileVoucher] = []
    current: _Open | None = None
    for row in table.rows:
        faults: list[str] = []
        heading = _heading(row, faults)
        line = _line(row, faults)
        problems += [row_problem(row.number, fault) for fault in faults]
        if heading is None:
            if current:
                current.broken = True
            continue
        if current is None or _key(heading) != _key(current.heading):
            if current:
                found.append(_close(current))
            if _key(heading) in finished:
                problems.append(
                    row_problem(
                        row.number,
                        f"凭证号重复：{heading.word}-{heading.number} 在第 {finished[_key(heading)]} 行已经有了，"
                        "同一张凭证的分录要排在一起",
                    )
                )
            current = _Open(heading)
            finished.setdefault(_key(heading), row.number)
        elif heading.day != current.heading.day:
            problems.append(
                row_problem(
                    row.number,
                    f"凭证号重复：{heading.word}-{heading.number} 的日期 {heading.day} 与第 {current.rows[0]} 行的 "
                    f"{current.heading.day} 不同",
                )
            )
        elif heading.attachments and heading.attachments != current.heading.attachments:
            problems.append(row_problem(row.number, f"{heading.word}-{heading.number} 的附件数与第一行不同"))
        current.lines.append(line or _EMPTY)
        current.rows.append(row.number)
        current.broken = current.broken or bool(faults)
    if current:
        found.append(_close(current))
    return tuple(found), problems


def _key(heading: _Heading) -> tuple[int, int, str, int]:
    return (heading.day.year, heading.day.month, heading.word, heading.number)


def _close(current: _Open) -> FileVoucher:
    day, word, number, attachments = current.heading
    draft = Draft(day, word, tuple(current.lines), attachments)
    return FileVoucher(draft, number, tuple(current.rows), current.broken)


def _heading(row: TableRow, faults: list[str]) -> _Heading | None:
    before = len(faults)
    day = _read(read_day, row.cells["日期"], faults)
    number = _read(lambda text: read_whole(text, "凭证号"), row.cells["凭证号"], faults)
    attachments = _read(lambda text: read_whole(text, "附件数"), row.cells.get("附件数", ""), faults)
    word = row.cells["凭证字"]
    if not word:
        faults.append("没有凭证字")
    if number == 0:
        faults.append("没有凭证号" if not row.cells["凭证号"] else "凭证号要从 1 开始")
    if day is None or number is None or attachments is None or len(faults) > before:
        return None
    return _Heading(day, word, number, attachments)


def _line(row: TableRow, faults: list[str]) -> DraftLine | None:
    cells = row.cells
    before = len(faults)
    code = _read(read_code, cells["科目编码"], faults)
    items = _read(read_pairs, cells.get("辅助", ""), faults)
    debit = _read(read_fen, cells["借方金额"], faults)
    credit = _read(read_fen, cells["贷方金额"], faults)
    quantity = _read(read_quantity, cells.get("数量", ""), faults)
    if len(faults) > before:
        return None
    return DraftLine(cells["摘要"], code or "", items or (), debit or 0, credit or 0, quantity or 0)


def _read(read: Callable[[str], T], text: str, faults: list[str]) -> T | None:
    try:
        return read(text)
    except CellError as error:
        faults.append(str(error))
        return None


def check_vouchers(vouchers: Iterable[FileVoucher], context: CheckContext) -> list[Problem]:
    """The draft checks, each problem told by the file's row. Lines that could not be read are not judged again."""
    problems = []
    for voucher in vouchers:
        for problem in check_draft(voucher.draft, context):
            if voucher.broken and (
                problem.code in _UNSURE_WHEN_BROKEN
                or (problem.line is not None and voucher.draft.lines[problem.line] is _EMPTY)
            ):
                continue
            if problem.line is None:
                problems.append(row_problem(voucher.rows[0], f"{voucher.label} {problem.message}"))
            else:
                text = problem.message.removeprefix(f"第 {problem.line + 1} 行").removeprefix("的")
                problems.append(row_problem(voucher.rows[problem.line], text))
    return problems
