"""Running text on A4 pages: paragraphs, boxed fields and sign-in tables that flow from page to page."""

from typing import Any, NamedTuple

from reportlab.lib.units import mm

from .fonts import Face, Pen, face, fit
from .layout import clean

PAPER = (210 * mm, 297 * mm)
LEFT: float = 26 * mm
RIGHT: float = PAPER[0] - 22 * mm
_TOP: float = PAPER[1] - 22 * mm
_BOTTOM: float = 22 * mm
_LEAD = 1.62
_PALE, _INK = 0.62, 0.25


class Field(NamedTuple):
    """A captioned field of a boxed form: caption, text, and its share of the width."""

    caption: str
    text: str
    share: float = 1.0


class Sheets:
    """Draws downwards and turns the page when it is full. `foot` stands at the foot of every page, with its number."""

    def __init__(self, canvas: Any, foot: str = "", mark: str = "") -> None:
        self._canvas = canvas
        self._foot = clean(foot)
        self._mark = mark
        self._pen = Pen(canvas)
        self._page = 0
        self._open = False
        self.y = _TOP
        self.regular, self.bold, self.title_face = face("regular"), face("bold"), face("title")

    def start(self, bookmark: str, title: str) -> None:
        """Begin a document on a new page, listed in the outline; pages count from 1 again."""
        self.close()
        self._page = 0
        self._turn()
        self._canvas.bookmarkPage(bookmark)
        self._canvas.addOutlineEntry(clean(title), bookmark, 0)

    def close(self) -> None:
        """Finish the page that is begun."""
        if not self._open:
            return
        self._pen.foot(LEFT, 12 * mm, self._foot, self.regular, RIGHT - LEFT - 12 * mm)
        self._pen.right(RIGHT, 12 * mm, f"第 {self._page} 页", self.regular, 8.5)
        self._pen.lift()
        self._canvas.showPage()
        self._open = False

    def _turn(self) -> None:
        self.close()
        self._canvas.setPageSize(PAPER)
        self._open = True
        self._page += 1
        self.y = _TOP
        if self._mark:
            self._pen.right(RIGHT, PAPER[1] - 14 * mm, self._mark, self.bold, 11, red=True)

    def room(self, height: float) -> None:
        """Turn the page unless so much is left of it, or the whole page."""
        if self.y - min(height, _TOP - _BOTTOM) < _BOTTOM:
            self._turn()

    def heading(self, text: str, size: float = 19) -> None:
        """A centred title, on as many lines as it takes."""
        for line in self.title_face.wrap(clean(text), size, RIGHT - LEFT):
            self.room(size * _LEAD)
            self.y -= size * 1.2
            self._pen.centre((LEFT + RIGHT) / 2, self.y, line, self.title_face, size)
        self.y -= size * 0.5

    def line(self, left: str = "", right: str = "", size: float = 10) -> None:
        """One line with text at its ends."""
        self.room(size * _LEAD)
        self.y -= size * 1.25
        self._pen.write(LEFT, self.y, clean(left), self.regular, size)
        self._pen.right(RIGHT, self.y, clean(right), self.regular, size)
        self.y -= size * 0.45

    def paragraph(self, text: str, *, size: float = 11.5, bold: bool = False, indent: bool = True) -> None:
        """A paragraph for each line of the text."""
        type_face: Face = self.bold if bold else self.regular
        for part in text.splitlines() or [""]:
            plain = ("　　" if indent and part.strip() else "") + clean(part.strip())
            for line in type_face.wrap(plain, size, RIGHT - LEFT):
                self.room(size * _LEAD)
                self.y -= size * _LEAD
                self._pen.write(LEFT, self.y, line, type_face, size)
        self.y -= size * 0.5

    def gap(self, height: float) -> None:
        """Leave so much free."""
        self.y -= height

    def fields(self, rows: tuple[tuple[Field, ...], ...], size: float = 10.5) -> None:
        """A boxed form: each row's fields share the width."""
        caption = 5.4 * size
        for row in rows:
            wrapped = []
            for field in row:
                width = (RIGHT - LEFT) * field.share - caption - 10
                wrapped.append(self.regular.wrap(clean(field.text), size, width))
            height = max(len(lines) for lines in wrapped) * size * 1.35 + size * 0.85
            self.room(height)
            self._box(row, tuple(wrapped), height, caption, size)
            self.y -= height
        self.y -= size * 0.6

    def _box(
        self, row: tuple[Field, ...], wrapped: tuple[tuple[str, ...], ...], height: float, caption: float, size: float
    ) -> None:
        canvas, x, top = self._canvas, LEFT, self.y
        for field, lines in zip(row, wrapped, strict=True):
            width = (RIGHT - LEFT) * field.share
            canvas.setFillColorRGB(0.955, 0.962, 0.972)
            canvas.rect(x, top - height, caption, height, stroke=0, fill=1)
            canvas.setFillGray(0)
            canvas.setStrokeGray(_PALE)
            canvas.setLineWidth(0.5)
            canvas.rect(x, top - height, width, height, stroke=1, fill=0)
            canvas.line(x + caption, top, x + caption, top - height)
            fitted = fit(clean(field.caption), self.regular, size, caption - 6)
            self._pen.block(x + 3, top - height / 2, fitted, self.regular, "centre", caption - 6)
            y = top - height / 2 + (len(lines) - 1) * size * 1.35 / 2 - size * 0.36
            for line in lines:
                self._pen.write(x + caption + 5, y, line, self.regular, size)
                y -= size * 1.35
            x += width

    def signatures(self, labels: tuple[str, ...], size: float = 10.5) -> None:
        """Lines to sign on, three beside each other."""
        width = (RIGHT - LEFT) / 3
        for first in range(0, len(labels), 3):
            self.room(size * 2.6)
            self.y -= size * 2.3
            for place, label in enumerate(labels[first : first + 3]):
                x = LEFT + place * width
                text = f"{clean(label)}："
                self._pen.write(x, self.y, text, self.regular, size)
                self._canvas.setStrokeGray(_INK)
                self._canvas.setLineWidth(0.5)
                begin = x + self.regular.width(text, size) + 2
                self._canvas.line(begin, self.y - 2, x + width - 5 * mm, self.y - 2)
            self.y -= size * 0.3

    def sign_in(self, names: tuple[tuple[str, str], ...], size: float = 10) -> None:
        """A table of names with remarks, and room for each to sign: two names to a row, numbered down each page."""
        row = 7.6 * mm
        done = 0
        while done < len(names):
            if done:
                self._turn()
            pairs = max(1, min(int((self.y - _BOTTOM) / row) - 1, (len(names) - done + 1) // 2))
            self._block(names[done : done + 2 * pairs], done, row, size)
            done += 2 * pairs
        self.y -= size

    def _block(self, names: tuple[tuple[str, str], ...], before: int, row: float, size: float) -> None:
        """The names of one page in two columns; `before` stand on earlier pages."""
        shares, titles = (0.07, 0.14, 0.2, 0.09), ("序号", "姓名", "本人签字", "备注")
        half, pairs = (RIGHT - LEFT) / 2, (len(names) + 1) // 2
        for side in (0, 1):
            self._cells(LEFT + side * half, titles, shares, row, size, head=True)
        self.y -= row
        for number in range(pairs):
            for side in (0, 1):
                place = number + side * pairs
                known = place < len(names)
                cells = (str(before + place + 1), names[place][0], "", names[place][1]) if known else ("",) * 4
                self._cells(LEFT + side * half, cells, shares, row, size)
            self.y -= row

    def _cells(
        self,
        x: float,
        texts: tuple[str, ...],
        shares: tuple[float, ...],
        row: float,
        size: float,
        *,
        head: bool = False,
    ) -> None:
        canvas, top = self._canvas, self.y
        type_face = self.bold if head else self.regular
        for text, share in zip(texts, shares, strict=True):
            width = (RIGHT - LEFT) * share
            if head:
                canvas.setFillColorRGB(0.955, 0.962, 0.972)
                canvas.rect(x, top - row, width, row, stroke=0, fill=1)
                canvas.setFillGray(0)
            canvas.setStrokeGray(_PALE)
            canvas.setLineWidth(0.5)
            canvas.rect(x, top - row, width, row, stroke=1, fill=0)
            self._pen.block(
                x + 2, top - row / 2, fit(clean(text), type_face, size, width - 4), type_face, "centre", width - 4
            )
            x += width
