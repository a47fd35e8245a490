"""Rows of a voucher file as drafts: grouping, cell by cell reading, and every row that is wrong. Writes nothing."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from ..domain.checks import CheckContext, check_draft
from ..domain.problems import Problem
from ..domain.voucher import Draft, DraftLine
from .cells import CellError, read_code, read_day, read_fen, read_pairs, read_quantity, read_whole
from .file_import import row_problem
from .tabular import Table, TableRow

REQUIRED = ("日期", "凭证字", "凭证号", "摘要", "科目编码", "借方金额", "贷方金额")
OPTIONAL = ("附件数", "辅助", "数量", "制单人")
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
    maker: str


class _Open:
    """The voucher being collected."""

    def __init__(self, heading: _Heading) -> None:
        self.heading = heading
        self.lines: list[DraftLine] = []
        self.rows: list[int] = []
        self.broken = False


def read_vouchers(table: Table) -> tuple[tuple[FileVoucher, ...], list[Problem]]:
    """Group the rows into vouchers by month, word and number, which must stand together."""
    problems = [Problem("row", text) for text in table.problems]
    finished: dict[tuple[int, int, str, int], int] = {}
    found: list[FileVoucher] = []
    current: _Open | None = None
    read: tuple[str, ...] = ()
    heading: _Heading | None = None
    for row in table.rows:
        faults: list[str] = []
        cells = _heading_cells(row)
        if heading is None or cells != read:
            heading, read = _heading(cells, faults), cells
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
    day, word, number, attachments, maker = current.heading
    draft = Draft(day, word, tuple(current.lines), attachments, maker=maker)
    return FileVoucher(draft, number, tuple(current.rows), current.broken)


def _heading_cells(row: TableRow) -> tuple[str, ...]:
    cells = row.cells
    return cells["日期"], cells["凭证字"], cells["凭证号"], cells.get("附件数", ""), cells.get("制单人", "")


def _heading(cells: tuple[str, ...], faults: list[str]) -> _Heading | None:
    day = _read(read_day, cells[0], faults)
    word = cells[1]
    if not word:
        faults.append("没有凭证字")
    number = _read(lambda text: read_whole(text, "凭证号"), cells[2], faults)
    if number == 0:
        faults.append("凭证号要从 1 开始" if cells[2] else "没有凭证号")
    attachments = _read(lambda text: read_whole(text, "附件数"), cells[3], faults)
    if day is None or not word or not number or attachments is None:
        return None
    return _Heading(day, word, number, attachments, cells[4])


def _line(row: TableRow, faults: list[str]) -> DraftLine | None:
    cells = row.cells
    texts = (cells["科目编码"], cells.get("辅助", ""), cells["借方金额"], cells["贷方金额"], cells.get("数量", ""))
    try:
        values = tuple(read(text) for read, text in zip(_LINE_READERS, texts, strict=True))
    except CellError:
        for read, text in zip(_LINE_READERS, texts, strict=True):
            _read(read, text, faults)
        return None
    return DraftLine(cells["摘要"], *values)


_LINE_READERS: tuple[Callable[[str], Any], ...] = (read_code, read_pairs, read_fen, read_fen, read_quantity)


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
