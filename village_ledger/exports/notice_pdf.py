"""The disclosure notice on paper: A4, A3, or A2 cut into A4 sheets with crop marks. The same notice, the same bytes.

Everything is drawn in the measure of A3 (`notice_layout`) and made smaller or larger as a whole.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import segno
from reportlab.lib.units import mm

from village_ledger.domain.money import format_fen
from village_ledger.reports.notices.model import Notice

from .atomic import atomic_write
from .fonts import Face, Pen, face, new_canvas
from .layout import RIGHT_ALIGNED, clean
from .notice_charts import CHART_PAGE_TOP, draw_charts
from .notice_layout import (
    BODY,
    CAPTION,
    FOOT,
    HEAVY,
    HEIGHT,
    LEADING,
    MARGIN,
    PAD,
    PLAIN,
    WIDTH,
    Box,
    Line,
    Page,
    Piece,
    lay_out,
)

Size = Literal["A4", "A3", "A2"]
Progress = Callable[[int, int, str], None]
_A4 = (297 * mm, 210 * mm)
_SCALES: dict[Size, float] = {"A4": 0.5**0.5, "A3": 1.0, "A2": 2.0**0.5}
_EDGE = 5 * mm
"""What an office printer leaves blank at the edge of an A4 sheet."""
_OVERLAP = 10 * mm
_TAIL = 172.0
_QR = 118.0
_INK, _PALE = 0.15, 0.6
_HEADED = (0.90, 0.90, 0.90)
_BANDED = (0.965, 0.965, 0.965)


def write_notice(notice: Notice, path: Path, size: Size = "A3", progress: Progress | None = None) -> None:
    """Write the notice to `path`, all or nothing. `progress(done, total, what)` may raise Cancelled."""
    with atomic_write(path) as file:
        file.write(notice_pdf(notice, size, progress))


def notice_pdf(notice: Notice, size: Size = "A3", progress: Progress | None = None) -> bytes:
    """The notice as the bytes of a PDF."""
    pages = lay_out(notice, _TAIL)
    total = len(pages) + bool(notice.charts)
    out = BytesIO()
    canvas = new_canvas(out)
    canvas.setTitle(clean(notice.title))
    canvas.setAuthor(clean(notice.entity))
    canvas.setSubject(notice.code)
    paper = _A2Sheets(canvas) if size == "A2" else _WholeSheet(canvas, _SCALES[size])
    printer = _Printer(canvas, notice, total)
    for number, page in enumerate(pages):
        paper.draw(lambda number=number, page=page: printer.page(number, page))  # type: ignore[misc]  # bound now
        if progress:
            progress(number + 1, total, "正在排版公开榜")
    if notice.charts:
        paper.draw(lambda: printer.charts(len(pages)))
    canvas.save()
    return out.getvalue()


class _WholeSheet:
    """A page on one sheet of paper."""

    def __init__(self, canvas: Any, scale: float) -> None:
        self._canvas, self._scale = canvas, scale

    def draw(self, page: Callable[[], None]) -> None:
        """Draw one page and turn it."""
        canvas, scale = self._canvas, self._scale
        canvas.setPageSize((WIDTH * scale, HEIGHT * scale))
        canvas.saveState()
        canvas.scale(scale, scale)
        page()
        canvas.restoreState()
        canvas.showPage()


class _A2Sheets:
    """A page of A2 on four sheets of A4 that overlap: cut two edges of each at the marks and paste them together."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._made = 0

    def draw(self, page: Callable[[], None]) -> None:
        """Draw the page once as a form and put it on its sheets."""
        canvas, scale = self._canvas, _SCALES["A2"]
        name = f"A2-{self._made}"
        self._made += 1
        canvas.beginForm(name, 0, 0, WIDTH, HEIGHT)
        page()
        canvas.endForm()
        across, down = _A4[0] - 2 * _EDGE - _OVERLAP, _A4[1] - 2 * _EDGE - _OVERLAP
        left, top = (
            (WIDTH * scale - 2 * across - _OVERLAP) / 2,
            HEIGHT * scale - (HEIGHT * scale - 2 * down - _OVERLAP) / 2,
        )
        for place in range(4):
            column, row = place % 2, place // 2
            canvas.setPageSize(_A4)
            canvas.saveState()
            frame = canvas.beginPath()
            frame.rect(_EDGE, _EDGE, across + _OVERLAP, down + _OVERLAP)
            canvas.clipPath(frame, stroke=0, fill=0)
            canvas.translate(_EDGE - left - column * across, _EDGE + down + _OVERLAP - top + row * down)
            canvas.scale(scale, scale)
            canvas.doForm(name)
            canvas.restoreState()
            self._marks(column, row, across, down)
            canvas.showPage()

    def _marks(self, column: int, row: int, across: float, down: float) -> None:
        """Crop marks in the overlap where this sheet is cut, and which sheet it is."""
        canvas = self._canvas
        canvas.setStrokeGray(0.4)
        canvas.setLineWidth(0.4)
        canvas.setDash(3, 3)
        right, upper = _EDGE + across + _OVERLAP, _EDGE + down + _OVERLAP
        if column == 0:
            x = right - _OVERLAP / 2
            canvas.line(x, 0, x, _A4[1])
        else:
            x = _EDGE + _OVERLAP / 2
            canvas.line(x, 0, x, _A4[1])
        y = _EDGE + _OVERLAP / 2 if row == 0 else upper - _OVERLAP / 2
        canvas.line(0, y, _A4[0], y)
        canvas.setDash()
        pen = Pen(canvas)
        where = ("左", "右")[column] + ("上", "下")[row]
        text = f"第 {self._made} 张 {where}（沿虚线裁切后拼贴）"
        pen.write(_EDGE + 14 * mm, 1.6 * mm, text, face("regular"), 6.5)
        pen.lift()


class _Printer:
    """Draws the pages in the measure of A3."""

    def __init__(self, canvas: Any, notice: Notice, total: int) -> None:
        self._canvas = canvas
        self._notice = notice
        self._total = total
        self._pen = Pen(canvas)
        self._regular, self._bold, self._title = face("regular"), face("bold"), face("title")

    def page(self, number: int, page: Page) -> None:
        """Draw one page of tables."""
        self._head(number)
        for piece in page.pieces:
            self._piece(piece)
        if page.tail:
            self._tail(page.tail)
        self._foot(number)

    def charts(self, number: int) -> None:
        """Draw the page of charts."""
        self._head(number)
        draw_charts(self._canvas, self._notice.charts, MARGIN, MARGIN + FOOT, WIDTH - MARGIN, HEIGHT - CHART_PAGE_TOP)
        self._foot(number)

    def _head(self, number: int) -> None:
        pen, notice = self._pen, self._notice
        if self._notice.draft:
            self._watermark()
        y = HEIGHT - MARGIN
        if number:
            pen.write(MARGIN, y - 16, clean(notice.title), self._bold, BODY)
            pen.right(WIDTH - MARGIN, y - 16, self._whence(), self._regular, BODY)
            pen.lift()
            self._rule(y - 24)
            return
        size = 36.0
        while size > 20 and self._title.width(clean(notice.title), size) > WIDTH - 2 * MARGIN:
            size -= 1
        pen.centre(WIDTH / 2, y - 38, clean(notice.title), self._title, size)
        wall = notice.wall
        posted = f"{wall.posted.year}年{wall.posted.month}月{wall.posted.day}日" if wall.posted else "____年__月__日"
        pen.write(MARGIN, y - 66, f"张榜日期：{posted}", self._regular, BODY)
        pen.centre(WIDTH / 2, y - 66, f"张榜地点：{clean(wall.place) or '________________'}", self._regular, BODY)
        pen.right(WIDTH - MARGIN, y - 66, f"{self._whence()}　单位：元", self._regular, BODY)
        pen.lift()
        self._summary(y - 76)

    def _summary(self, y: float) -> None:
        """The four figures everybody checks."""
        opening, income, spending, closing = (format_fen(fen) for fen in self._notice.totals)
        text = f"期初有 {opening} 元　＋　收入 {income} 元　－　支出 {spending} 元　＝　期末有 {closing} 元"
        self._fill(_HEADED, MARGIN, y - 26, WIDTH - 2 * MARGIN, 26)
        self._pen.centre(WIDTH / 2, y - 19, text, self._bold, 16)
        self._pen.lift()

    def _whence(self) -> str:
        version = f"更正第 {self._notice.version - 1} 次" if self._notice.version > 1 else ""
        return clean("　".join(part for part in (self._notice.township, version) if part))

    def _watermark(self) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillGray(0.86)
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(28)
        canvas.setFont(self._title.runs("草稿")[0][0], 260)
        canvas.drawCentredString(0, -90, "草　稿")
        canvas.restoreState()

    def _piece(self, piece: Piece) -> None:
        table, y = piece.table, piece.top
        if piece.begins:
            self._pen.write(MARGIN, y - 23, table.caption, self._bold, 19)
            self._pen.right(WIDTH - MARGIN, y - 23, f"单位：{table.unit}", self._regular, BODY)
            y -= CAPTION
            for text in table.plain:
                self._pen.write(MARGIN, y - 15, text, self._regular, BODY)
                y -= PLAIN
        top = y
        self._fill(_HEADED, MARGIN, y - table.head_height, WIDTH - 2 * MARGIN, table.head_height)
        for box, texts in zip(table.boxes, table.head, strict=True):
            self._cell(box, y, table.head_height, texts, self._bold, "centre")
        y -= table.head_height
        edges = [y]
        rows = [piece.brought, *table.lines[piece.first : piece.last], piece.carried]
        for place, line in enumerate(row for row in rows if row):
            self._row(table.boxes, line, y, banded=place % 2 == 1)
            y -= line.height
            edges.append(y)
        self._pen.lift()
        self._lines(table.boxes, top, edges)
        if piece.last == len(table.lines):
            for note in table.notes:
                y -= BODY * 1.5
                self._pen.write(MARGIN, y + 3, note, self._regular, BODY)
            self._pen.lift()

    def _row(self, boxes: tuple[Box, ...], line: Line, y: float, *, banded: bool) -> None:
        heavy = line.kind in HEAVY
        if heavy or banded:
            self._fill(_HEADED if heavy else _BANDED, MARGIN, y - line.height, WIDTH - 2 * MARGIN, line.height)
        used = self._bold if heavy else self._regular
        for place, (box, texts) in enumerate(zip(boxes, line.texts, strict=True)):
            right = box.column.kind in RIGHT_ALIGNED
            self._cell(box, y, line.height, texts, used, "right" if right else "left", red=place in line.negative)

    def _cell(
        self, box: Box, y: float, height: float, texts: tuple[str, ...], used: Face, align: str, *, red: bool = False
    ) -> None:
        step = BODY * LEADING
        base = y - height / 2 + (len(texts) - 1) * step / 2 - BODY * 0.36
        for text in texts:
            if align == "right":
                self._pen.right(box.x + box.width - PAD, base, text, used, BODY, red=red)
            elif align == "centre":
                self._pen.centre(box.x + box.width / 2, base, text, used, BODY)
            else:
                self._pen.write(box.x + PAD, base, text, used, BODY)
            base -= step

    def _lines(self, boxes: tuple[Box, ...], top: float, edges: list[float]) -> None:
        canvas = self._canvas
        left, right, bottom = MARGIN, WIDTH - MARGIN, edges[-1]
        canvas.setStrokeGray(_PALE)
        canvas.setLineWidth(0.5)
        canvas.lines([(left, y, right, y) for y in edges[1:-1]])
        canvas.lines([(box.x, top, box.x, bottom) for box in boxes[1:]])
        canvas.setStrokeGray(_INK)
        canvas.setLineWidth(1)
        canvas.line(left, edges[0], right, edges[0])
        canvas.rect(left, bottom, right - left, top - bottom, stroke=1, fill=0)

    def _tail(self, y: float) -> None:
        """Signatures, seal, where to ask and object, and the code that proves the copy."""
        wall, pen = self._notice.wall, self._pen
        y -= 18
        canvas = self._canvas
        left, qr = MARGIN, WIDTH - MARGIN - _QR
        seal = qr - 150
        canvas.setStrokeGray(_INK)
        canvas.setLineWidth(0.8)
        canvas.setDash(4, 3)
        canvas.circle(seal + 62, y - 62, 56, stroke=1, fill=0)
        canvas.setDash()
        pen.centre(seal + 62, y - 67, "（盖章处）", self._regular, BODY)
        step = (seal - 30 - left) / len(wall.signers)
        signed = {who: f"{name} {day.month}月{day.day}日" for who, name, day in wall.signed}
        for place, who in enumerate(wall.signers):
            x = left + place * step
            pen.write(x, y - 16, f"{who}：", self._bold, BODY)
            pen.write(x, y - 42, signed.get(who, ""), self._regular, BODY)
            canvas.line(x, y - 48, x + step - 18, y - 48)
        until = wall.last_day
        window = f"公开期：{wall.days} 天" + (f"，到 {until.year}年{until.month}月{until.day}日止" if until else "")
        pen.write(left, y - 76, f"{window}。对榜上任何一笔有疑问，都可以当面、打电话或书面提出，", self._regular, BODY)
        pen.write(left, y - 98, f"村里在 {wall.answer_days} 天内答复；不满意可以向镇（乡）反映。", self._regular, BODY)
        phones = "　".join(f"{who} {number}" for who, number in wall.phones)
        pen.write(left, y - 120, f"监督电话：{clean(phones) or '____________________'}", self._bold, BODY)
        self._code(qr, y - _QR)
        pen.centre(qr + _QR / 2, y - _QR - 14, "扫码留底，可凭它核对", self._regular, 11)
        pen.lift()

    def _code(self, x: float, y: float) -> None:
        """The QR code, module by module."""
        modules = [list(row) for row in segno.make_qr(self._notice.code, error="m").matrix]
        step = _QR / (len(modules) + 4)
        canvas = self._canvas
        canvas.setFillGray(0)
        for down, row in enumerate(modules):
            for across, dark in enumerate(row):
                if dark:
                    canvas.rect(
                        x + (across + 2) * step, y + _QR - (down + 3) * step, step + 0.05, step + 0.05, stroke=0, fill=1
                    )

    def _foot(self, number: int) -> None:
        pen, notice = self._pen, self._notice
        pen.centre(WIDTH / 2, MARGIN + 4, f"第 {number + 1} 页　共 {self._total} 页", self._regular, 12)
        pen.right(WIDTH - MARGIN, MARGIN + 4, f"核对码 {notice.digest[:16]}", self._regular, 10)
        pen.lift()

    def _rule(self, y: float) -> None:
        self._canvas.setStrokeGray(_INK)
        self._canvas.setLineWidth(0.8)
        self._canvas.line(MARGIN, y, WIDTH - MARGIN, y)

    def _fill(self, colour: tuple[float, float, float], x: float, y: float, width: float, height: float) -> None:
        self._canvas.setFillColorRGB(*colour)
        self._canvas.rect(x, y, width, height, stroke=0, fill=1)
        self._canvas.setFillGray(0)
