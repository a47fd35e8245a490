"""How a disclosure notice is laid out: its tables one below the other over sheets of A3, in points.

There is one layout, for A3 landscape with body text of 14 points; A4 and A2 are the same sheets made smaller and
larger. Text is wrapped, never shrunk or cut; amounts always stand on one line.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from reportlab.lib.pagesizes import A3, landscape

from village_ledger.reports.model import Column, Report, Row, RowKind, Value
from village_ledger.reports.notices.model import Notice, Sheet

from .fonts import Face, face
from .layout import RIGHT_ALIGNED, clean, display

WIDTH, HEIGHT = landscape(A3)
MARGIN = 32.0
"""The blank edge, wide enough that an A2 sheet can be cut and pasted from A4 ones."""
BODY = 14.0
PAD = 5.0
LEADING = 1.22
TITLE_BLOCK = 104.0
RUNNING_HEAD = 34.0
FOOT = 26.0
CAPTION = 34.0
PLAIN = 24.0
GAP = 22.0
_ROW_PADDING = 8.0
_KEPT_TOGETHER = 3
_NUMBERS = "一二三四五六七八九十"
HEAVY: frozenset[RowKind] = frozenset({"section", "subtotal", "total"})
"""Rows set in bold on a grey ground."""


class Box(NamedTuple):
    """One column: where it begins, how wide it is, and its place in a row's cells."""

    x: float
    width: float
    column: Column
    cell: int


class Line(NamedTuple):
    """One row as it is printed: the lines of each cell, and how high it is."""

    kind: RowKind
    texts: tuple[tuple[str, ...], ...]
    height: float
    level: int = 0
    negative: frozenset[int] = frozenset()


class Table(NamedTuple):
    """A sheet of the notice measured: caption, explaining line, header and rows."""

    key: str
    caption: str
    plain: tuple[str, ...]
    unit: str
    boxes: tuple[Box, ...]
    head: tuple[tuple[str, ...], ...]
    head_height: float
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    carried: tuple[tuple[Value, ...], ...]

    @property
    def lead_height(self) -> float:
        """From the caption to the first row."""
        return CAPTION + PLAIN * len(self.plain) + self.head_height


class Piece(NamedTuple):
    """A run of a table's rows on a page; `top` is the height it begins at. `begins`: with caption and explanation.

    `brought` and `carried` are the sums so far at its upper and lower edge, where it continues from or to another page.
    """

    table: Table
    first: int
    last: int
    top: float
    begins: bool
    brought: Line | None = None
    carried: Line | None = None


class Page(NamedTuple):
    """One sheet of paper; `tail`: the height below which signatures, seal and code stand, on the last one."""

    pieces: tuple[Piece, ...]
    tail: float = 0.0


def lay_out(notice: Notice, tail_height: float) -> tuple[Page, ...]:
    """The notice over its pages; `tail_height` is what signatures, seal and code need on the last one."""
    return _Setter(tail_height).pages([_measure(sheet, place) for place, sheet in enumerate(notice.sheets)])


class _Setter:
    """Fills page after page from the top."""

    def __init__(self, tail_height: float) -> None:
        self._tail_height = tail_height
        self._done: list[Page] = []
        self._pieces: list[Piece] = []
        self._y = HEIGHT - MARGIN - TITLE_BLOCK

    def pages(self, tables: Sequence[Table]) -> tuple[Page, ...]:
        """Every page, the tail on the last one."""
        for table in tables:
            self._table(table)
        if self._y - self._tail_height < _FLOOR:
            self._turn()
        self._done.append(Page(tuple(self._pieces), self._y))
        return tuple(self._done)

    def _turn(self) -> None:
        self._done.append(Page(tuple(self._pieces)))
        self._pieces = []
        self._y = HEIGHT - MARGIN - RUNNING_HEAD

    def _table(self, table: Table) -> None:
        if self._pieces:
            self._y -= GAP
        least = table.lead_height + sum(line.height for line in table.lines[:_KEPT_TOGETHER])
        whole = table.lead_height + sum(line.height for line in table.lines) + len(table.notes) * BODY * 1.5
        page = _TOP - _FLOOR
        if self._pieces and (self._y - least < _FLOOR or (whole <= page and self._y - whole < _FLOOR <= _TOP - whole)):
            self._turn()
        first, begins = 0, True
        brought: Line | None = None
        while True:
            lead = table.lead_height if begins else table.head_height
            room = self._y - lead - _FLOOR - (brought.height if brought else 0)
            last = _filled(table.lines, first, room)
            if last < len(table.lines):
                last = _without_orphans(
                    table.lines, first, _filled(table.lines, first, room - _carry(table, first).height)
                )
            carried = _carry(table, last) if last < len(table.lines) else None
            self._pieces.append(Piece(table, first, last, self._y, begins, brought, carried))
            if carried is None:
                break
            self._turn()
            first, begins, brought = last, False, carried._replace(texts=_renamed(carried.texts))
        used = sum(line.height for line in table.lines[first:])
        self._y -= lead + used + (brought.height if brought else 0) + len(table.notes) * BODY * 1.5


_FLOOR = MARGIN + FOOT
_TOP = HEIGHT - MARGIN - RUNNING_HEAD
_TO_NEXT, _CONTINUED = "过次页", "承前页"


def _filled(lines: Sequence[Line], first: int, room: float) -> int:
    """The row after the last that fits; at least one is taken."""
    last = first
    while last < len(lines) and (room >= lines[last].height or last == first):
        room -= lines[last].height
        last += 1
    return last


def _without_orphans(lines: Sequence[Line], first: int, last: int) -> int:
    """Move the break up, so that no heading ends a page and no sum or single row begins one alone."""
    while last - first > _KEPT_TOGETHER and (
        lines[last - 1].kind == "section" or lines[last].kind in {"subtotal", "total"} or last == len(lines) - 1
    ):
        last -= 1
    return last


def _carry(table: Table, place: int) -> Line:
    """The line of sums so far at a page's edge."""
    sums = table.carried[place]
    texts: list[tuple[str, ...]] = []
    named = False
    for box in table.boxes:
        value = sums[box.cell]
        if value is not None:
            texts.append((display(value, box.column),))
        elif not named and box.column.kind == "text":
            texts.append((_TO_NEXT,))
            named = True
        else:
            texts.append(())
    return Line("subtotal", tuple(texts), BODY * LEADING + _ROW_PADDING)


def _renamed(texts: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple((_CONTINUED,) if cell == (_TO_NEXT,) else cell for cell in texts)


def _measure(sheet: Sheet, place: int) -> Table:
    report = sheet.table
    regular, bold = face("regular"), face("bold")
    boxes = _columns(report)
    head = tuple(bold.wrap(clean(box.column.title), BODY, box.width - 2 * PAD) for box in boxes)
    lines = tuple(_line(report, row, boxes, bold if row.kind in HEAVY else regular) for row in report.rows)
    room = WIDTH - 2 * MARGIN
    return Table(
        sheet.key,
        f"{_NUMBERS[place] if place < len(_NUMBERS) else place + 1}、{clean(report.title)}",
        regular.wrap(clean(sheet.plain), BODY, room) if sheet.plain else (),
        report.unit,
        boxes,
        head,
        max(len(lines) for lines in head) * BODY * LEADING + _ROW_PADDING,
        lines,
        tuple(line for note in report.notes for line in regular.wrap(f"注：{clean(note)}", BODY, room)),
        _running_sums(report),
    )


def shown(value: Value, column: Column, report: Report) -> str:
    """A cell as the wall shows it; days of the notice's own year without the year."""
    if isinstance(value, date) and column.key == "day":
        return f"{value.month}月{value.day}日"
    return display(value, column, blank_zero=report.blank_zero)


def _line(report: Report, row: Row, boxes: tuple[Box, ...], used: Face) -> Line:
    texts: list[tuple[str, ...]] = []
    negative: set[int] = set()
    for place, box in enumerate(boxes):
        value = row.cells[box.cell]
        text = shown(value, box.column, report)
        if box.column.kind in RIGHT_ALIGNED:
            texts.append((text,) if text else ())
            if isinstance(value, int) and value < 0:
                negative.add(place)
            continue
        indent = row.level * BODY if place == 0 else 0
        room = box.width - 2 * PAD - indent
        if row.kind in HEAVY and text:
            room = max(room, used.width(text, BODY))  # headings and sums run into the empty cells beside them
        texts.append(used.wrap(text, BODY, room) if text else ())
    height = max((len(lines) for lines in texts), default=1)
    return Line(row.kind, tuple(texts), max(height, 1) * BODY * LEADING + _ROW_PADDING, row.level, frozenset(negative))


def _columns(report: Report) -> tuple[Box, ...]:
    """Figures, days and codes get what they need; texts share the rest by what they hold, at least three characters."""
    columns = [(cell, column) for cell, column in enumerate(report.columns) if column.shown]
    bold = face("bold")
    needs, elastic = [], []
    for cell, column in columns:
        texts = [
            shown(row.cells[cell], column, report) for row in report.rows if row.kind not in HEAVY or _sum(row, cell)
        ]
        widest = max((bold.width(text, BODY) for text in texts), default=0.0)
        title = bold.width(column.title, BODY)
        stretches = column.kind in {"text", "code"} and widest > 5 * BODY
        needs.append(max(widest, min(title, 3 * BODY if column.kind != "money" else title)) + 2 * PAD + 1)
        elastic.append(stretches)
    room = WIDTH - 2 * MARGIN
    fixed = sum(need for need, stretches in zip(needs, elastic, strict=True) if not stretches)
    wanted = sum(need for need, stretches in zip(needs, elastic, strict=True) if stretches)
    if wanted and fixed + wanted > room:
        widths = _share(needs, elastic, room - fixed)
    else:
        spare = (room - fixed - wanted) / len(needs)
        widths = [need + spare for need in needs]
    boxes, x = [], MARGIN
    for (cell, column), width in zip(columns, widths, strict=True):
        boxes.append(Box(x, width, column, cell))
        x += width
    return tuple(boxes)


def _sum(row: Row, cell: int) -> bool:
    return isinstance(row.cells[cell], int)


def _share(needs: list[float], elastic: list[bool], room: float) -> list[float]:
    """Give the elastic columns the room: short ones what they need, the long ones the rest in equal parts."""
    widths = list(needs)
    waiting = sorted((need, place) for place, need in enumerate(needs) if elastic[place])
    left = room
    while waiting:
        need, place = waiting.pop(0)
        widths[place] = max(min(need, left / (len(waiting) + 1)), 3 * BODY + 2 * PAD)
        left -= widths[place]
    return widths


def _running_sums(report: Report) -> tuple[tuple[Value, ...], ...]:
    """For each row the sums of the `summed` columns since the last heading or sum, up to that row but not with it."""
    found: list[tuple[Value, ...]] = []
    sums = [0] * len(report.columns)
    for row in report.rows:
        found.append(tuple(sums[i] if column.summed else None for i, column in enumerate(report.columns)))
        if row.kind in HEAVY:
            sums = [0] * len(report.columns)
        else:
            sums = [
                total + cell if column.summed and isinstance(cell, int) else total
                for total, cell, column in zip(sums, row.cells, report.columns, strict=True)
            ]
    return (*found, tuple(None for _ in report.columns))
