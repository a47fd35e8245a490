"""How a report is laid out on paper: paper, type size, column widths, and which rows stand on which page."""

from collections.abc import Iterator
from typing import NamedTuple

from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.lib.units import mm

from village_ledger.reports.model import Column, Report, Row, Value

from .fonts import face, fit
from .layout import NARROW, Side, display, header, heading, quantity_places, side_by_side

LEFT: float = 20 * mm
"""The left margin is for binding."""
RIGHT: float = 14 * mm
TOP: float = 13 * mm
BOTTOM: float = 11 * mm
PAD = 3.5
"""Points between a cell's line and its text."""

_FULL_SIZE = 9.5
_SMALLEST = 6.0
_ROW = 1.85
_TIGHT_ROW = 1.38
_TITLE_BLOCK = 46.0
_SECTION_LINE = 15.0
_SIGNATURE_BLOCK = 30.0
_NOTE_LINE = 12.0
_STRETCH = 1.3
_ROOMY = 0.44


class Box(NamedTuple):
    """One column on paper, in points; `cell` is its place in a row, `leads` whether it takes the indent."""

    x: float
    width: float
    column: Column
    cell: int
    places: int
    leads: bool


class Page(NamedTuple):
    """One page: rows `first` up to but not `last`, and for books the section and the 承前页/过次页 values."""

    first: int
    last: int
    heading: str = ""
    opens_section: bool = False
    brought: tuple[Value, ...] | None = None
    carried: tuple[Value, ...] | None = None
    notes: bool = False


class Plan:
    """A report's layout. Coordinates are points from the lower left corner."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.sides = side_by_side(report)
        self._decimals = quantity_places(report)
        self.is_book = report.paging == "book"
        self.paper, self.size, self.boxes = self._choose_paper()
        self.row_height = self.size * _ROW
        self.head_lines = max(head.bottom for head in header(self.sides[0].columns)) + 1
        self.notes = tuple(
            line
            for note in report.notes
            for line in face("regular").wrap(f"注：{note}", 8.5, self.paper[0] - LEFT - RIGHT)
        )
        self._floors = list(self._row_floors())
        self.heights = [max(self.row_height, floor) for floor in self._floors]
        self.pages = self._book_pages() if self.is_book else self._table_pages()

    @property
    def top(self) -> float:
        """The upper edge of the table."""
        return self.paper[1] - TOP - _TITLE_BLOCK - (_SECTION_LINE if self.is_book else 0)

    @property
    def head_height(self) -> float:
        """The height of the header."""
        return self.head_lines * self.row_height * 1.08

    @property
    def bottom(self) -> float:
        """The lowest a table may reach."""
        return BOTTOM + 12 + (_SIGNATURE_BLOCK if self.report.signatures else 6)

    def _choose_paper(self) -> tuple[tuple[float, float], float, list[list[Box]]]:
        """The paper asked for at a readable size; else landscape, else A3, else ever smaller type."""
        wide = self.report.landscape or bool(self.report.halves)
        papers = [landscape(A4) if wide else A4, landscape(A4), landscape(A3)]
        for paper, least in zip(papers, (7.5, 7.0, _SMALLEST), strict=True):
            size = _FULL_SIZE
            while size >= least:
                boxes = self._place(paper, size)
                if boxes:
                    return paper, size, boxes
                size -= 0.5
        size = _SMALLEST
        while not (boxes := self._place(papers[-1], size)):
            size *= 0.94
        return papers[-1], size, boxes

    def _place(self, paper: tuple[float, float], size: float) -> list[list[Box]]:
        """The columns across the paper at a type size; empty if they do not fit."""
        usable = (paper[0] - LEFT - RIGHT) / len(self.sides)
        found = []
        x = LEFT
        for side in self.sides:
            widths = self._widths(side, size, usable, roomy=True) or self._widths(side, size, usable, roomy=False)
            if not widths:
                return []
            boxes = []
            lead = next((column.key for column in side.columns if column.kind == "text"), "")
            for column, cell, width in zip(side.columns, side.indexes, widths, strict=True):
                boxes.append(Box(x, width, column, cell, self._decimals[cell], column.key == lead))
                x += width
            found.append(boxes)
        return found

    def _widths(self, side: Side, size: float, usable: float, *, roomy: bool) -> list[float]:
        """Figures get what they need, roomy ones a little more; text columns share the rest by their stated widths.

        Empty if that leaves the text columns too narrow.
        """
        needs = [
            max(self._need(side, column, cell, size), column.width * size * _ROOMY if roomy else 0)
            for column, cell in zip(side.columns, side.indexes, strict=True)
        ]
        elastic = [column.kind == "text" and column.width > NARROW for column in side.columns]
        fixed = sum(need for need, stretches in zip(needs, elastic, strict=True) if not stretches)
        wanted = sum(need for need, stretches in zip(needs, elastic, strict=True) if stretches)
        rest = usable - fixed
        if rest < wanted * 0.62 or (not wanted and rest < 0):
            return []
        factor = min(rest / wanted, 1.35) if wanted else 1.0
        spare = (rest - wanted * factor) / fixed if fixed else 0.0
        if not fixed:
            factor = rest / wanted
        return [
            need * factor if stretches else need * (1 + spare) for need, stretches in zip(needs, elastic, strict=True)
        ]

    def _need(self, side: Side, column: Column, cell: int, size: float) -> float:
        bold = face("bold")
        title = bold.width(column.title, size) + 2 * PAD
        if column.kind == "text":
            return max(column.width * size / 2, min(title, 3 * size)) + 2 * PAD
        values = [value for row in side.rows if row and (value := row.cells[cell]) is not None]
        if not values or column.kind == "flag":
            return title
        if column.kind == "code":
            texts = [max((str(value) for value in values), key=lambda text: (len(text), text))]
        else:
            texts = [display(value, column, self._decimals[cell]) for value in (min(values), max(values))]
        widest = max(bold.width(text, size) for text in texts) + 2 * PAD
        return max(widest, min(title, widest * 1.6 if column.kind == "money" else title))

    def _row_floors(self) -> Iterator[float]:
        """The least height of each row that shows all of its text."""
        regular, bold = face("regular"), face("bold")
        texts = [
            [(box.cell, box.width - 2 * PAD, box.leads) for box in boxes if box.column.kind in {"text", "code"}]
            for boxes in self.boxes
        ]
        sides = [side.rows for side in self.sides]
        for place in range(len(sides[0])):
            height = self.size * _TIGHT_ROW
            for rows, cells in zip(sides, texts, strict=True):
                row = rows[place]
                if row is None or (row.kind == "section" and self.is_book):
                    continue
                used = regular if row.kind == "line" else bold
                for cell, width, leads in cells:
                    value = row.cells[cell]
                    if isinstance(value, str) and len(value) * self.size > width:
                        size, lines = fit(value, used, self.size, width - (row.level * self.size if leads else 0))
                        height = max(height, len(lines) * size * 1.16 + 4.5)
            yield height

    def _table_pages(self) -> list[Page]:
        total = len(self.heights)
        room = self.top - self.head_height - self.bottom
        tail = len(self.notes) * _NOTE_LINE + (6 if self.notes else 0)
        used = sum(self.heights)
        if total:
            factor = min(_STRETCH, (room - tail) / used)
            scaled = [max(height * factor, floor) for height, floor in zip(self.heights, self._floors, strict=True)]
            if sum(scaled) + tail <= room + 0.01:
                self.heights = scaled
                return [Page(0, total, notes=True)]
        pages = []
        first = 0
        while first < total:
            last = self._fill(first, total, room)
            while last < total and last - first > 1 and _is_section(self.sides[0].rows[last - 1]):
                last -= 1
            pages.append(Page(first, last))
            first = last
        left = room - sum(self.heights[pages[-1].first :]) if pages else room
        if pages and tail <= left:
            pages[-1] = pages[-1]._replace(notes=True)
        elif self.notes or not pages:
            pages.append(Page(total, total, notes=True))
        return pages

    def _fill(self, first: int, total: int, room: float) -> int:
        """The row after the last one that fits; at least one row is taken."""
        used = self.heights[first]
        last = first + 1
        while last < total and used + self.heights[last] <= room:
            used += self.heights[last]
            last += 1
        return last

    def _book_pages(self) -> list[Page]:
        rows = self.report.rows
        starts = [place for place, row in enumerate(rows) if row.kind == "section"]
        if not starts or starts[0] > 0:
            starts.insert(0, 0)
        pages: list[Page] = []
        for start, stop in zip(starts, [*starts[1:], len(rows)], strict=True):
            has_heading = start < len(rows) and rows[start].kind == "section"
            title = heading(rows[start], self.sides[0]) if has_heading else ""
            pages.extend(self._section_pages(start + has_heading, stop, title))
        if pages and self.notes:
            pages.append(Page(len(rows), len(rows), notes=True))
        return pages

    def _section_pages(self, first: int, stop: int, title: str) -> Iterator[Page]:
        room = self.top - self.head_height - self.bottom
        brought: tuple[Value, ...] | None = None
        opens = True
        while True:
            free = room - (0 if brought is None else self.row_height)
            if sum(self.heights[first : min(stop, first + 500)]) <= free and stop - first <= 500:
                yield Page(first, stop, title, opens, brought)
                return
            last = self._fill(first, stop, free - self.row_height)
            if last == stop:  # one row taller than the page
                yield Page(first, stop, title, opens, brought)
                return
            carried = self._carry(first, last, brought)
            yield Page(first, last, title, opens, brought, carried)
            brought, first, opens = carried, last, False

    def _carry(self, first: int, last: int, brought: tuple[Value, ...] | None) -> tuple[Value, ...]:
        rows = self.report.rows
        return next((rows[i].carry for i in range(last - 1, first - 1, -1) if rows[i].carry), brought or ())


def _is_section(row: Row | None) -> bool:
    return row is not None and row.kind == "section"
