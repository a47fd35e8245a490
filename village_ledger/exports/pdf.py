"""Reports as PDF with embedded fonts: the bound book and the signed statement.

Draws straight on the canvas (not with flowing tables), because a year's ledgers are a thousand pages.
"""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from village_ledger.reports.model import Report, Row, RowKind, Value

from .atomic import atomic_write
from .fonts import Face, Pen, face, fit, new_canvas
from .layout import NARROW, RIGHT_ALIGNED, clean, display, header, signature_labels
from .pages import BOTTOM, LEFT, PAD, RIGHT, TOP, Box, Page, Plan
from .pdf_charts import charts_page

Progress = Callable[[int, int, str], None]

_INK = 0.25
_PALE = 0.62
_TINT = (0.955, 0.962, 0.972)
_RED = (0.78, 0.07, 0.07)
_HEAVY: frozenset[RowKind] = frozenset({"section", "day", "month", "year", "subtotal", "total"})
_ROOM_TO_SIGN = 46
_CONTINUED, _TO_NEXT = "承前页", "过次页"


def write_pdf(reports: Iterable[Report], path: Path, progress: Progress | None = None) -> None:
    """Write the reports to `path`, all or nothing. The same reports give the same bytes.

    `progress(done, total, what)` counts pages and may raise Cancelled. Raises ExportFailed if the disk refuses.
    """
    plans = [Plan(report) for report in reports]
    total = sum(len(plan.pages) + bool(plan.report.charts) for plan in plans)
    with atomic_write(path) as file:
        canvas = new_canvas(file)
        _describe(canvas, [plan.report for plan in plans])
        done = 0
        for position, plan in enumerate(plans):
            printer = _Printer(canvas, plan, position)
            for number in range(len(plan.pages)):
                printer.page(number)
                done += 1
                if progress:
                    progress(done, total, f"正在排版{plan.report.title}")
            if plan.report.charts:
                charts_page(canvas, plan.report)
                done += 1
        canvas.save()


def _describe(canvas: Any, reports: list[Report]) -> None:
    canvas.setTitle(clean("、".join(dict.fromkeys(report.title for report in reports))))
    canvas.setAuthor(clean(reports[0].entity) if reports else "")
    canvas.setSubject(clean(reports[0].as_of) if reports else "")
    canvas.showOutline()


class _Printer:
    """Draws the pages of one report."""

    def __init__(self, canvas: Any, plan: Plan, position: int) -> None:
        self._canvas = canvas
        self._plan = plan
        self._position = position
        self._report = plan.report
        self._pen = Pen(canvas)
        self._regular, self._bold, self._title = face("regular"), face("bold"), face("title")
        self._carried = [i for i, column in enumerate(plan.report.columns) if column.carried]
        self._label = next(
            (c.key for c in plan.sides[0].columns if c.kind == "text" and c.width > max(NARROW, 10)),
            plan.sides[0].columns[0].key,
        )

    def page(self, number: int) -> None:
        """Draw one page and turn it."""
        plan = self._plan
        page = plan.pages[number]
        canvas = self._canvas
        canvas.setPageSize(plan.paper)
        self._bookmarks(number, page)
        self._head(page)
        y = plan.top
        if page.last > page.first or not plan.pages[number].notes or number == 0:
            y = self._table(page)
        if page.notes:
            self._notes(y)
        self._foot(number)
        self._pen.lift()
        canvas.showPage()

    def _bookmarks(self, number: int, page: Page) -> None:
        if number == 0:
            self._bookmark(f"report{self._position}", clean(self._report.title), 0)
        if page.opens_section and page.heading:
            self._bookmark(f"report{self._position}page{number}", page.heading, 1)

    def _bookmark(self, name: str, title: str, level: int) -> None:
        self._canvas.bookmarkPage(name)
        self._canvas.addOutlineEntry(title, name, level, closed=self._plan.is_book and level == 0)

    def _head(self, page: Page) -> None:
        pen, report, (width, height) = self._pen, self._report, self._plan.paper
        middle = (width + LEFT - RIGHT) / 2
        right = width - RIGHT
        size = min(17.0, 17.0 * (right - LEFT) * 0.6 / max(self._title.width(report.title, 17), 1))
        y = height - TOP - 17
        pen.centre(middle, y, clean(report.title), self._title, size)
        if self._plan.is_book:
            half = self._title.width(report.title, size) / 2 + 10
            self._canvas.setStrokeGray(_INK)
            self._canvas.setLineWidth(0.5)
            self._canvas.lines([(middle - half, y - d, middle + half, y - d) for d in (5.5, 7.5)])
        if report.form:
            pen.right(right, y, clean(report.form), self._regular, 9)
        y -= 23
        pen.write(LEFT, y, f"编制单位：{clean(report.entity)}", self._regular, 9)
        pen.centre(middle, y, clean(report.as_of), self._regular, 9)
        pen.right(right, y, f"单位：{report.unit}", self._regular, 9)
        if page.heading:
            size, lines = fit(f"科目：{page.heading}", self._bold, 9.5, right - LEFT)
            pen.write(LEFT, y - 15, lines[0], self._bold, size)

    def _table(self, page: Page) -> float:
        """Draw header, rows and lines; returns where the table ends."""
        plan = self._plan
        y = plan.top - plan.head_height
        edges = [y]
        rules: list[tuple[float, int]] = []
        if page.brought is not None:
            self._carry_row(y, _CONTINUED, page.brought)
            y -= plan.row_height
            edges.append(y)
        tints = []
        for place in range(page.first, page.last):
            height = plan.heights[place]
            for side, boxes in zip(plan.sides, plan.boxes, strict=True):
                row = side.rows[place]
                if row is not None:
                    self._row(y, height, row, boxes)
            kind = _kind(plan, place)
            if kind == "section" and not self._report.halves:
                tints.append((y - height, height))
            if plan.is_book and kind in {"month", "year"}:
                rules.append((y, 1))
                rules.append((y - height, 2 if kind == "year" and _is_december(plan, place) else 1))
            y -= height
            edges.append(y)
        if page.carried is not None:
            self._carry_row(y, _TO_NEXT, page.carried)
            y -= plan.row_height
            edges.append(y)
        self._lines(y, edges, rules, tints)
        return y

    def _lines(
        self, bottom: float, edges: list[float], rules: list[tuple[float, int]], tints: list[tuple[float, float]]
    ) -> None:
        canvas, plan = self._canvas, self._plan
        left, right = plan.boxes[0][0].x, plan.boxes[-1][-1].x + plan.boxes[-1][-1].width
        canvas.setFillColorRGB(*_TINT)
        canvas.rect(left, plan.top - plan.head_height, right - left, plan.head_height, stroke=0, fill=1)
        for y, height in tints:
            canvas.rect(left, y, right - left, height, stroke=0, fill=1)
        canvas.setFillGray(0)
        self._header()
        canvas.setStrokeGray(_PALE)
        canvas.setLineWidth(0.4)
        canvas.lines([(left, y, right, y) for y in edges[1:-1]])
        below = plan.top - plan.head_height
        xs = [box.x for boxes in plan.boxes for box in boxes][1:]
        canvas.lines([(x, below, x, bottom) for x in xs])
        canvas.setStrokeGray(_INK)
        canvas.setLineWidth(0.8)
        canvas.rect(left, bottom, right - left, plan.top - bottom, stroke=1, fill=0)
        canvas.line(left, below, right, below)
        if len(plan.boxes) > 1:
            canvas.line(plan.boxes[1][0].x, plan.top, plan.boxes[1][0].x, bottom)
        canvas.setStrokeColorRGB(*_RED)
        canvas.setLineWidth(0.7)
        for y, count in rules:
            canvas.line(left, y, right, y)
            if count > 1:
                canvas.line(left, y + 1.8, right, y + 1.8)

    def _header(self) -> None:
        plan = self._plan
        step = plan.head_height / plan.head_lines
        for side, boxes in zip(plan.sides, plan.boxes, strict=True):
            for head in header(side.columns):
                x, end = boxes[head.first].x, boxes[head.last].x + boxes[head.last].width
                top, bottom = plan.top - head.top * step, plan.top - (head.bottom + 1) * step
                fitted = fit(clean(head.text), self._bold, plan.size, end - x - 2 * PAD)
                self._pen.block(x + PAD, (top + bottom) / 2, fitted, self._bold, "centre", end - x - 2 * PAD)
                self._canvas.setStrokeGray(_PALE)
                self._canvas.setLineWidth(0.4)
                self._canvas.lines([(end, top, end, bottom), (x, bottom, end, bottom)])

    def _row(self, y: float, height: float, row: Row, boxes: list[Box]) -> None:
        used = self._bold if row.kind in _HEAVY else self._regular
        blank = self._report.blank_zero
        middle = y - height / 2
        for box in boxes:
            value = row.cells[box.cell]
            if value is None or value == "":
                continue
            text = display(value, box.column, box.places, blank_zero=blank)
            if text:
                self._cell(box, middle, text, used, row.level if box.leads else 0, value)

    def _cell(self, box: Box, middle: float, text: str, used: Face, level: int, value: Value) -> None:
        size = self._plan.size
        if box.column.kind in RIGHT_ALIGNED and box.column.kind != "integer":
            red = isinstance(value, int) and value < 0
            self._pen.right(box.x + box.width - PAD, middle - size * 0.36, text, used, size, red=red)
            return
        indent = level * size
        width = box.width - 2 * PAD - indent
        fitted = fit(text, used, size, width)
        wide = box.column.kind == "code" or (box.column.kind == "text" and box.column.width > NARROW)
        self._pen.block(box.x + PAD + indent, middle, fitted, used, "left" if wide else "centre", width)

    def _carry_row(self, y: float, label: str, values: tuple[Value, ...]) -> None:
        plan = self._plan
        known = dict(zip(self._carried, values, strict=False))
        middle = y - plan.row_height / 2
        for box in plan.boxes[0]:
            value = label if box.column.key == self._label else known.get(box.cell)
            text = display(value, box.column, box.places, blank_zero=self._report.blank_zero)
            if text:
                self._cell(box, middle, text, self._bold, 0, value)

    def _notes(self, y: float) -> None:
        y -= 12
        for line in self._plan.notes:
            self._pen.write(LEFT, y, line, self._regular, 8.5)
            y -= 12

    def _signatures(self, right: float) -> None:
        """The signers, each with the same room to sign in."""
        labels = [clean(label) for label in signature_labels(self._report)]
        if not labels:
            return
        size = 9.5
        gap = 0.0
        while gap < _ROOM_TO_SIGN and size > 7:
            size -= 0.5
            gap = (right - LEFT - sum(self._regular.width(label, size) for label in labels)) / len(labels)
        x = LEFT
        for label in labels:
            self._pen.write(x, BOTTOM + 22, label, self._regular, size)
            x += self._regular.width(label, size) + max(gap, 4)

    def _foot(self, number: int) -> None:
        pen, report, (width, _) = self._pen, self._report, self._plan.paper
        right = width - RIGHT
        self._signatures(right)
        pages = f"第 {number + 1} 页　共 {len(self._plan.pages)} 页"
        pen.centre((LEFT + right) / 2, BOTTOM, pages, self._regular, 8.5)
        if report.footer:
            size, lines = fit(clean(report.footer), self._regular, 7, (right - LEFT) * 0.4)
            for depth, line in enumerate(lines):
                pen.write(LEFT, BOTTOM - depth * size * 1.2, line, self._regular, size)


def _kind(plan: Plan, place: int) -> RowKind:
    row = plan.sides[0].rows[place]
    return row.kind if row else "line"


def _is_december(plan: Plan, place: int) -> bool:
    row = plan.sides[0].rows[place]
    days = [value for value in row.cells if isinstance(value, date)] if row else []
    return bool(days) and days[0].month == 12
