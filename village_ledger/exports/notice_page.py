"""Drawing one page of a disclosure notice, in the measure of A3: head, pieces of tables, charts, signatures, code."""

from functools import lru_cache
from typing import Any

import segno

from village_ledger.domain.money import format_fen
from village_ledger.reports.notices.model import Notice, span_title

from .fonts import Face, Pen, face
from .layout import RIGHT_ALIGNED, clean
from .notice_charts import draw_charts
from .notice_layout import FOOT, Page, Piece, absent_text
from .notice_table import (
    BODY,
    CAPTION,
    FULL,
    HEAVY,
    HEIGHT,
    LEADING,
    MARGIN,
    NOTE_LEADING,
    PAD,
    PLAIN,
    WIDTH,
    Box,
    Line,
)

_TAIL = 160.0
_QR = 118.0
_QUIET = 4
"""The white edge the QR standard asks for, in squares."""
_SEAL = 108.0
_INK, _PALE = 0.15, 0.6
_HEADED = (0.90, 0.90, 0.90)
_BANDED = (0.965, 0.965, 0.965)


def tail_height(notice: Notice) -> float:
    """What signatures, seals and code need at the foot of the last page, and the line of what there was none of."""
    lines = len(_absent_lines(notice))
    return _TAIL + (lines * NOTE_LEADING + 6 if lines else 0)


def _absent_lines(notice: Notice) -> tuple[str, ...]:
    text = absent_text(notice)
    return face("bold").wrap(text, BODY, FULL) if text else ()


@lru_cache(maxsize=2)
def _modules(code: str) -> tuple[tuple[int, ...], ...]:
    """The squares of the QR code, 1 for dark ones; readable with 15 % of it spoilt."""
    return tuple(tuple(row) for row in segno.make_qr(code, error="m").matrix)


class PagePrinter:
    """Draws the pages on a canvas that is scaled to the paper."""

    def __init__(self, canvas: Any, notice: Notice, total: int) -> None:
        self._canvas = canvas
        self._notice = notice
        self._total = total
        self._pen = Pen(canvas)
        self._regular, self._bold, self._title = face("regular"), face("bold"), face("title")

    def page(self, number: int, page: Page) -> None:
        """Draw one page."""
        if self._notice.draft:
            self._watermark()
        if number:
            self._running_head()
        else:
            self._heading()
        for piece in page.pieces:
            self._piece(piece)
        if page.charts:
            bottom, top = page.charts
            draw_charts(self._canvas, self._notice.charts, MARGIN, bottom, WIDTH - MARGIN, top - 10)
        if page.tail:
            self._tail(page.tail)
        self._foot(number)

    def _running_head(self) -> None:
        y = HEIGHT - MARGIN
        self._pen.write(MARGIN, y - 16, clean(self._notice.title), self._bold, BODY)
        self._pen.right(WIDTH - MARGIN, y - 16, self._whence(), self._regular, BODY)
        self._pen.lift()
        self._canvas.setStrokeGray(_INK)
        self._canvas.setLineWidth(0.8)
        self._canvas.line(MARGIN, y - 24, WIDTH - MARGIN, y - 24)

    def _heading(self) -> None:
        pen, notice, y = self._pen, self._notice, HEIGHT - MARGIN
        size = 36.0
        while size > 20 and self._title.width(clean(notice.title), size) > FULL:
            size -= 1
        pen.centre(WIDTH / 2, y - 38, clean(notice.title), self._title, size)
        wall = notice.wall
        posted = f"{wall.posted.year}年{wall.posted.month}月{wall.posted.day}日" if wall.posted else "____年__月__日"
        pen.write(MARGIN, y - 66, f"张榜日期：{posted}", self._regular, BODY)
        pen.centre(WIDTH / 2, y - 66, f"张榜地点：{clean(wall.place) or '________________'}", self._regular, BODY)
        pen.right(WIDTH - MARGIN, y - 66, f"{self._whence()}　单位：元", self._regular, BODY)
        pen.lift()
        self._fill(_HEADED, MARGIN, y - 102, FULL, 26)
        pen.centre(WIDTH / 2, y - 95, self._summary(), self._bold, 16)
        pen.lift()

    def _summary(self) -> str:
        """The four figures everybody checks; of a special notice, what it is about."""
        notice = self._notice
        if notice.edition == "special":
            return clean(f"专项公开：{notice.subject}（{span_title(notice)}）")
        opening, income, spending, closing = (format_fen(fen) for fen in notice.totals)
        return f"期初有 {opening} 元　＋　收入 {income} 元　－　支出 {spending} 元　＝　期末有 {closing} 元"

    def _whence(self) -> str:
        corrects = self._notice.version > 1 and self._notice.edition != "special"
        version = f"更正第 {self._notice.version - 1} 次" if corrects else ""
        return clean("　".join(part for part in (self._notice.township, version) if part))

    def _watermark(self) -> None:
        """Beneath everything, so that it hides no figure."""
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillGray(0.88)
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(28)
        canvas.setFont(self._title.runs("草稿")[0][0], 260)
        canvas.drawCentredString(0, -90, "草　稿")
        canvas.restoreState()

    def _piece(self, piece: Piece) -> None:
        table, left, y = piece.table, piece.left, piece.top
        right = left + table.width
        if piece.begins:
            self._pen.write(left, y - 22, table.caption, self._bold, 19)
            self._pen.right(right, y - 22, f"单位：{table.unit}", self._regular, BODY)
            y -= CAPTION
            for text in table.plain:
                self._pen.write(left, y - 13, text, self._regular, BODY)
                y -= PLAIN
        top = y
        self._fill(_HEADED, left, y - table.head_height, table.width, table.head_height)
        for box, texts in zip(table.boxes, table.head, strict=True):
            self._cell(left, box, y, table.head_height, texts, self._bold, "centre")
        y -= table.head_height
        edges = [(y, (0, 0))]
        rows = [piece.brought, *table.lines[piece.first : piece.last], piece.carried]
        for place, line in enumerate(row for row in rows if row):
            self._row(piece, line, y, banded=place % 2 == 1)
            y -= line.height
            edges.append((y, line.span))
        self._pen.lift()
        self._lines(piece, top, edges)
        if piece.last == len(table.lines):
            for note in table.notes:
                y -= NOTE_LEADING
                self._pen.write(left, y + 4, note, self._regular, BODY)
            self._pen.lift()

    def _row(self, piece: Piece, line: Line, y: float, *, banded: bool) -> None:
        heavy = line.kind in HEAVY
        if heavy or (banded and not self._notice.draft):
            self._fill(_HEADED if heavy else _BANDED, piece.left, y - line.height, piece.table.width, line.height)
        used = self._bold if heavy else self._regular
        for place, (box, texts) in enumerate(zip(piece.table.boxes, line.texts, strict=True)):
            told = line.span[1] > 0 and place == line.span[0]
            right = box.column.kind in RIGHT_ALIGNED and not told
            indent = line.level * BODY if place == 0 else 0
            align = "right" if right else "left"
            red = place in line.negative
            self._cell(piece.left + indent, box, y, line.height, texts, used, align, red=red)

    def _cell(
        self,
        left: float,
        box: Box,
        y: float,
        height: float,
        texts: tuple[str, ...],
        used: Face,
        align: str,
        *,
        red: bool = False,
    ) -> None:
        step = BODY * LEADING
        base = y - height / 2 + (len(texts) - 1) * step / 2 - BODY * 0.36
        x = left + box.x
        for text in texts:
            if align == "right":
                self._pen.right(x + box.width - PAD, base, text, used, BODY, red=red)
            elif align == "centre":
                self._pen.centre(x + box.width / 2, base, text, used, BODY)
            else:
                self._pen.write(x + PAD, base, text, used, BODY)
            base -= step

    def _lines(self, piece: Piece, top: float, edges: list[tuple[float, tuple[int, int]]]) -> None:
        """The rules between rows and columns; none through a text that runs over several columns."""
        canvas, left = self._canvas, piece.left
        right, bottom = left + piece.table.width, edges[-1][0]
        canvas.setStrokeGray(_PALE)
        canvas.setLineWidth(0.5)
        canvas.lines([(left, y, right, y) for y, _ in edges[1:-1]])
        upright = []
        for place, box in enumerate(piece.table.boxes[1:], 1):
            begins: float | None = top
            above = edges[0][0]
            for y, (first, last) in edges[1:]:
                covered = first < place <= last
                if covered and begins is not None:
                    upright.append((left + box.x, begins, left + box.x, above))
                    begins = None
                elif not covered and begins is None:
                    begins = above
                above = y
            if begins is not None:
                upright.append((left + box.x, begins, left + box.x, bottom))
        if upright:
            canvas.lines(upright)
        canvas.setStrokeGray(_INK)
        canvas.setLineWidth(1)
        canvas.line(left, edges[0][0], right, edges[0][0])
        canvas.rect(left, bottom, right - left, top - bottom, stroke=1, fill=0)

    def _tail(self, y: float) -> None:
        """What there was none of, signatures, seals, where to ask and object, and the code that proves the copy."""
        wall, pen = self._notice.wall, self._pen
        y -= 12
        for text in _absent_lines(self._notice):
            pen.write(MARGIN, y - 14, text, self._bold, BODY)
            y -= NOTE_LEADING
        y -= 6
        qr = WIDTH - MARGIN - _QR
        seals = qr - 14 - len(wall.seals) * (_SEAL + 8)
        self._seals(seals, y)
        step = (seals - 24 - MARGIN) / len(wall.signers)
        for place, who in enumerate(wall.signers):
            x = MARGIN + place * step
            pen.write(x, y - 14, f"{clean(who)}：", self._bold, BODY)
            pen.write(x, y - 38, clean(wall.signature(who)), self._regular, BODY)
            self._canvas.line(x, y - 44, x + step - 18, y - 44)
        until = wall.last_day
        window = f"公开期：{wall.days} 天" + (f"，到 {until.year}年{until.month}月{until.day}日止" if until else "")
        phones = "　".join(f"{who} {number}" for who, number in wall.phones)
        texts = (
            (f"{window}。对榜上任何一笔有疑问，都可以当面、打电话或书面提出，", self._regular),
            (f"村里在 {wall.answer_days} 天内答复，并印在下一期榜上；不满意可以向镇（乡）反映。", self._regular),
            (f"监督电话：{clean(phones) or '____________________'}", self._bold),
        )
        below = y - 70
        for text, used in texts:
            for line in used.wrap(text, BODY, seals - 16 - MARGIN):
                pen.write(MARGIN, below, line, used, BODY)
                below -= 20
        self._code(qr, y - _QR + 6)
        pen.centre(qr + _QR / 2, y - _QR - 5, "扫码留底，可凭它核对", self._regular, 11)
        pen.lift()

    def _seals(self, x: float, y: float) -> None:
        canvas = self._canvas
        canvas.setStrokeGray(_INK)
        canvas.setLineWidth(0.8)
        for place, words in enumerate(self._notice.wall.seals):
            centre = x + place * (_SEAL + 8) + _SEAL / 2
            canvas.setDash(4, 3)
            canvas.circle(centre, y - _SEAL / 2, _SEAL / 2, stroke=1, fill=0)
            canvas.setDash()
            self._pen.centre(centre, y - _SEAL / 2 - 5, f"（{clean(words)}）", self._regular, 12)

    def _code(self, x: float, y: float) -> None:
        """The QR code, run by run of dark squares."""
        modules = _modules(self._notice.code)
        step = _QR / (len(modules) + 2 * _QUIET)
        canvas = self._canvas
        canvas.setFillGray(0)
        for down, row in enumerate(modules, 1):
            base = y + _QR - (down + _QUIET) * step
            across = 0
            while across < len(row):
                begins = across
                while across < len(row) and row[across]:
                    across += 1
                if across > begins:
                    left = x + (begins + _QUIET) * step
                    canvas.rect(left, base, (across - begins) * step, step + 0.04, stroke=0, fill=1)
                across += 1

    def _foot(self, number: int) -> None:
        pen, notice = self._pen, self._notice
        pen.centre(WIDTH / 2, MARGIN + FOOT - 22, f"第 {number + 1} 页　共 {self._total} 页", self._regular, 12)
        pen.right(WIDTH - MARGIN, MARGIN + FOOT - 22, f"核对码 {notice.digest[:16]}", self._regular, 10)
        pen.lift()

    def _fill(self, colour: tuple[float, float, float], x: float, y: float, width: float, height: float) -> None:
        self._canvas.setFillColorRGB(*colour)
        self._canvas.rect(x, y, width, height, stroke=0, fill=1)
        self._canvas.setFillGray(0)
