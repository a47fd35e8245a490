"""One table of a disclosure notice measured: how wide its columns are, how its rows wrap, what its sums so far are."""

from datetime import date
from typing import NamedTuple

from reportlab.lib.pagesizes import A3, landscape

from village_ledger.reports.model import Column, Report, Row, RowKind, Value
from village_ledger.reports.notices.model import Sheet

from .fonts import Face, face
from .layout import RIGHT_ALIGNED, clean, display

WIDTH, HEIGHT = landscape(A3)
MARGIN = 32.0
"""The blank edge, wide enough that an A2 sheet can be cut and pasted from A4 ones."""
GUTTER = 22.0
FULL = WIDTH - 2 * MARGIN
HALF = (FULL - GUTTER) / 2
BODY = 14.0
PAD = 5.0
LEADING = 1.22
CAPTION = 32.0
PLAIN = 21.0
NOTE_LEADING = BODY * 1.5
_ROW_PADDING = 6.5
ROW = BODY * LEADING + _ROW_PADDING
"""How high a row of one line is."""
_LEAST_CHARS = 5
"""How many characters a column of texts must have room for, when it is made narrow."""
_TALLER = 1.6
"""A table is set in half the width unless that makes it so many times as high; twice would save no paper."""
HEAVY: frozenset[RowKind] = frozenset({"section", "subtotal", "total"})
"""Rows set in bold on a grey ground."""


class Box(NamedTuple):
    """One column: where it begins within the table, how wide it is, and its place in a row's cells."""

    x: float
    width: float
    column: Column
    cell: int


class Line(NamedTuple):
    """One row as it is printed: the lines of each cell, and how high it is.

    `span` are the boxes (first and last) that the text of the first runs over, for headings, sums and told changes.
    """

    kind: RowKind
    texts: tuple[tuple[str, ...], ...]
    height: float
    level: int = 0
    negative: frozenset[int] = frozenset()
    span: tuple[int, int] = (0, 0)


class Table(NamedTuple):
    """A sheet of the notice measured: caption, explaining line, header and rows."""

    key: str
    width: float
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

    @property
    def height(self) -> float:
        """All of it, notes included, if it is not broken."""
        return self.lead_height + sum(line.height for line in self.lines) + len(self.notes) * NOTE_LEADING


def measure(sheet: Sheet, number: str) -> Table:
    """Measure a sheet for half the width if that is enough for it, else for all of it."""
    needs = _needs(sheet.table)
    full = _measure(sheet, number, needs, FULL)
    if _narrowest(needs) > HALF:
        return full
    half = _measure(sheet, number, needs, HALF)
    return half if half.height <= _TALLER * full.height else full


def widened(sheet: Sheet, table: Table) -> Table:
    """A table of half the width made as wide as the page, for one that stands alone."""
    made = _measure(sheet, "", _needs(sheet.table), FULL)
    return made._replace(caption=table.caption)


def _measure(sheet: Sheet, number: str, needs: "list[_Need]", width: float) -> Table:
    report = sheet.table
    regular, bold = face("regular"), face("bold")
    boxes = _boxes(needs, width)
    head = tuple(bold.wrap(clean(box.column.title), BODY, box.width - 2 * PAD) for box in boxes)
    return Table(
        sheet.key,
        width,
        f"{number}{clean(report.title)}",
        regular.wrap(clean(sheet.plain), BODY, width) if sheet.plain else (),
        report.unit,
        boxes,
        head,
        max(len(lines) for lines in head) * BODY * LEADING + _ROW_PADDING,
        tuple(_line(report, row, boxes) for row in report.rows),
        tuple(line for note in report.notes for line in regular.wrap(f"注：{clean(note)}", BODY, width)),
        _running_sums(report),
    )


def shown(value: Value, column: Column, report: Report) -> str:
    """A cell as the wall shows it; days of the notice's own year without the year."""
    if isinstance(value, date) and column.key == "day":
        return f"{value.month}月{value.day}日"
    return display(value, column, blank_zero=report.blank_zero)


def carry(table: Table, place: int, words: str) -> Line | None:
    """The line of sums so far before the row at `place`, where the table is broken; None if nothing is summed there."""
    sums = table.carried[place]
    if place and table.lines[place - 1].kind in HEAVY:
        return None
    texts = tuple((display(sums[box.cell], box.column),) if sums[box.cell] is not None else () for box in table.boxes)
    last = next((number for number, text in enumerate(texts) if text), len(texts)) - 1
    if last < 0 or last == len(texts) - 1:
        return None
    return Line("subtotal", ((words,), *texts[1:]), _height(1), span=(0, last))


def renamed(line: Line, before: str, after: str) -> Line:
    """The sums carried from one page as they are brought to the next."""
    return line._replace(texts=tuple((after,) if cell == (before,) else cell for cell in line.texts))


class _Need(NamedTuple):
    """What a column asks for: the width of its widest cell, and whether its texts may be wrapped."""

    column: Column
    cell: int
    width: float
    elastic: bool


def _height(lines: int) -> float:
    return lines * BODY * LEADING + _ROW_PADDING


def running_text(row: Row, cells: list[int]) -> tuple[int, int, int] | None:
    """Of a row whose text runs over empty cells: the first of `cells`, the one it is in, the last. None for others."""
    filled = [place for place, cell in enumerate(cells) if row.cells[cell] not in (None, "")]
    if not filled or not isinstance(row.cells[cells[filled[0]]], str):
        return None
    label = filled[0]
    last = (filled[1] if len(filled) > 1 else len(cells)) - 1
    if row.kind in HEAVY or label > 0 or len(filled) == 1:
        return (0, label, last) if last > 0 else None
    return None


def _needs(report: Report) -> list[_Need]:
    columns = [(cell, column) for cell, column in enumerate(report.columns) if column.shown]
    cells = [cell for cell, _ in columns]
    bold = face("bold")
    widest = [0.0] * len(columns)
    for row in report.rows:
        label = running_text(row, cells)
        for place, (cell, column) in enumerate(columns):
            if label and label[1] == place:
                continue
            widest[place] = max(widest[place], bold.width(clean(shown(row.cells[cell], column, report)), BODY))
    found = []
    for (cell, column), wide in zip(columns, widest, strict=True):
        title = bold.width(clean(column.title), BODY)
        elastic = column.kind in {"text", "code"} and wide > _LEAST_CHARS * BODY
        least = title if column.kind == "money" else min(title, 3 * BODY)
        found.append(_Need(column, cell, max(wide, least) + 2 * PAD + 1, elastic))
    return found


def _narrowest(needs: list[_Need]) -> float:
    return sum(min(need.width, _LEAST_CHARS * BODY + 2 * PAD) if need.elastic else need.width for need in needs)


def _boxes(needs: list[_Need], room: float) -> tuple[Box, ...]:
    """Figures, days and codes get what they need; texts share the rest by what they hold."""
    fixed = sum(need.width for need in needs if not need.elastic)
    wanted = sum(need.width for need in needs if need.elastic)
    if wanted and fixed + wanted > room:
        widths = _share(needs, room - fixed)
    else:
        texts = [need.elastic for need in needs] if wanted else [True] * len(needs)
        spare = (room - fixed - wanted) / sum(texts)
        widths = [need.width + (spare if grows else 0) for need, grows in zip(needs, texts, strict=True)]
    boxes, x = [], 0.0
    for need, width in zip(needs, widths, strict=True):
        boxes.append(Box(x, width, need.column, need.cell))
        x += width
    return tuple(boxes)


def _share(needs: list[_Need], room: float) -> list[float]:
    """Give the elastic columns the room: short ones what they need, the long ones the rest in equal parts."""
    widths = [need.width for need in needs]
    waiting = sorted((need.width, place) for place, need in enumerate(needs) if need.elastic)
    left = room
    while waiting:
        wide, place = waiting.pop(0)
        widths[place] = max(min(wide, left / (len(waiting) + 1)), 3 * BODY + 2 * PAD)
        left -= widths[place]
    return widths


def _line(report: Report, row: Row, boxes: tuple[Box, ...]) -> Line:
    used: Face = face("bold" if row.kind in HEAVY else "regular")
    texts: list[tuple[str, ...]] = []
    negative: set[int] = set()
    label = running_text(row, [box.cell for box in boxes])
    for place, box in enumerate(boxes):
        if label and place == label[1]:
            texts.append(())
            continue
        value = row.cells[box.cell]
        text = clean(shown(value, box.column, report))
        if box.column.kind in RIGHT_ALIGNED:
            texts.append((text,) if text else ())
            if isinstance(value, int) and value < 0:
                negative.add(place)
            continue
        indent = row.level * BODY if place == 0 else 0
        texts.append(used.wrap(text, BODY, box.width - 2 * PAD - indent) if text else ())
    span = (0, 0)
    if label:
        first, place, last = label
        room = boxes[last].x + boxes[last].width - boxes[first].x - 2 * PAD
        text = clean(shown(row.cells[boxes[place].cell], boxes[place].column, report))
        texts[first] = used.wrap(text, BODY, room)
        span = (first, last)
    height = _height(max(max((len(lines) for lines in texts), default=1), 1))
    return Line(row.kind, tuple(texts), height, row.level, frozenset(negative), span)


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
