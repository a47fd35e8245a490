"""The disclosure notice on paper: A4, A3, or A2 cut into A4 sheets with crop marks. The same notice, the same bytes.

Everything is drawn in the measure of A3 (`notice_layout`, `notice_page`) and made smaller or larger as a whole.
"""

from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from reportlab.lib.units import mm

from village_ledger.reports.notices.model import Notice

from .atomic import atomic_write
from .fonts import Pen, face, new_canvas
from .layout import clean
from .notice_layout import lay_out
from .notice_page import PagePrinter, tail_height
from .notice_table import HEIGHT, WIDTH

Size = Literal["A4", "A3", "A2"]
_A4 = (297 * mm, 210 * mm)
_SCALES: dict[Size, float] = {"A4": 0.5**0.5, "A3": 1.0, "A2": 2.0**0.5}
_EDGE = 5 * mm
"""What an office printer leaves blank at the edge of an A4 sheet."""
_OVERLAP = 10 * mm


def write_notice(notice: Notice, path: Path, size: Size = "A3") -> None:
    """Write the notice to `path`, all or nothing."""
    with atomic_write(path) as file:
        file.write(notice_pdf(notice, size))


@lru_cache(maxsize=3)
def notice_pdf(notice: Notice, size: Size = "A3") -> bytes:
    """The notice as the bytes of a PDF; the last ones made are kept, for pictures are taken of them."""
    pages = lay_out(notice, tail_height(notice))
    out = BytesIO()
    canvas = new_canvas(out)
    canvas.setTitle(clean(notice.title))
    canvas.setAuthor(clean(notice.entity))
    canvas.setSubject(notice.code)
    paper = _A2Sheets(canvas) if size == "A2" else _WholeSheet(canvas, _SCALES[size])
    printer = PagePrinter(canvas, notice, len(pages))
    for number, page in enumerate(pages):
        paper.draw(lambda number=number, page=page: printer.page(number, page))  # type: ignore[misc]  # bound now
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
