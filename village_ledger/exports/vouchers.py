"""Posted vouchers as the trade prints them: two to an A4 with a cut line, on 240×140 mm voucher paper, or on A5."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal, NamedTuple

from reportlab.lib.units import mm

from village_ledger.domain.account import Chart
from village_ledger.domain.money import capital_amount, format_fen
from village_ledger.domain.quantity import format_quantity
from village_ledger.domain.view import Entity
from village_ledger.domain.voucher import Line, Voucher

from .atomic import atomic_write
from .fonts import Fitted, Pen, face, fit, new_canvas
from .layout import clean

Progress = Callable[[int, int, str], None]
Paper = Literal["a4-two", "240x140", "a5"]
LINES_PER_SHEET = 6

_TITLES = {"收": "收款凭证", "付": "付款凭证", "转": "转账凭证"}
_LEFT: float = 20 * mm
_RIGHT: float = 12 * mm
_TOP: float = 8 * mm
_BOTTOM: float = 7 * mm
_HEAD: float = 7.5 * mm
_TOTAL: float = 8.5 * mm
_SIGNATURES: float = 13 * mm
_TITLE_BLOCK: float = 17 * mm
_PAD = 4.0
_SIZE = 9.5
_SHARES = (0.30, 0.36, 0.17, 0.17)
_INK = 0.25
_PALE = 0.62


class _Form(NamedTuple):
    """Paper size in points, and the lower left corner of each voucher on it."""

    paper: tuple[float, float]
    slip: tuple[float, float]
    origins: tuple[tuple[float, float], ...]


_FORMS: dict[Paper, _Form] = {
    "a4-two": _Form((210 * mm, 297 * mm), (210 * mm, 148.5 * mm), ((0, 148.5 * mm), (0, 0))),
    "240x140": _Form((240 * mm, 140 * mm), (240 * mm, 140 * mm), ((0, 0),)),
    "a5": _Form((210 * mm, 148 * mm), (210 * mm, 148 * mm), ((0, 0),)),
}


class _Sheet(NamedTuple):
    """One printed form: some lines of a voucher; the total stands on the last of its sheets."""

    voucher: Voucher
    lines: tuple[Line, ...]
    number: int
    of: int


def write_vouchers_pdf(
    vouchers: Iterable[Voucher],
    chart: Chart,
    entity: Entity,
    path: Path,
    paper: Paper = "a4-two",
    progress: Progress | None = None,
) -> None:
    """Print the vouchers to `path`, all or nothing. A voucher of more than six lines takes several sheets.

    `progress(done, total, what)` counts sheets and may raise Cancelled. Raises ExportFailed if the disk refuses.
    """
    form = _FORMS[paper]
    sheets = [sheet for voucher in vouchers for sheet in _sheets(voucher)]
    per_page = len(form.origins)
    with atomic_write(path) as file:
        canvas = new_canvas(file)
        canvas.setTitle("记账凭证")
        canvas.setAuthor(clean(entity.name))
        for first in range(0, max(len(sheets), 1), per_page):
            canvas.setPageSize(form.paper)
            if per_page > 1:
                _cut_line(canvas, form)
            for origin, sheet in zip(form.origins, sheets[first : first + per_page], strict=False):
                if sheet.number == 1:
                    name = f"voucher{first}-{origin[1]:.0f}"
                    canvas.bookmarkPage(name)
                    canvas.addOutlineEntry(f"{sheet.voucher.period.label} {sheet.voucher.label}", name, 0)
                _Slip(canvas, chart, entity, form.slip, origin).draw(sheet)
            canvas.showPage()
            if progress and sheets:
                progress(min(first + per_page, len(sheets)), len(sheets), "正在排版凭证")
        canvas.save()


def _sheets(voucher: Voucher) -> list[_Sheet]:
    starts = range(0, max(len(voucher.lines), 1), LINES_PER_SHEET)
    return [
        _Sheet(voucher, voucher.lines[start : start + LINES_PER_SHEET], number, len(starts))
        for number, start in enumerate(starts, 1)
    ]


def _cut_line(canvas: Any, form: _Form) -> None:
    canvas.saveState()
    canvas.setStrokeGray(_PALE)
    canvas.setLineWidth(0.4)
    canvas.setDash(3, 3)
    canvas.line(0, form.slip[1], form.paper[0], form.slip[1])
    canvas.restoreState()


class _Slip:
    """Draws one sheet into its place on the page."""

    def __init__(
        self, canvas: Any, chart: Chart, entity: Entity, size: tuple[float, float], origin: tuple[float, float]
    ) -> None:
        self._canvas = canvas
        self._chart = chart
        self._entity = entity
        self._pen = Pen(canvas)
        self._left = origin[0] + _LEFT
        self._right = origin[0] + size[0] - _RIGHT
        self._top = origin[1] + size[1] - _TOP
        self._floor = origin[1] + _BOTTOM
        self._regular, self._bold, self._title = face("regular"), face("bold"), face("title")
        self._edges = [self._left]
        for share in _SHARES:
            self._edges.append(self._edges[-1] + share * (self._right - self._left))
        self._table_top = self._top - _TITLE_BLOCK
        self._table_bottom = self._floor + _SIGNATURES
        self._step = (self._table_top - self._table_bottom - _HEAD - _TOTAL) / LINES_PER_SHEET

    def draw(self, sheet: _Sheet) -> None:
        """Draw everything of the sheet."""
        self._grid(len(sheet.lines))
        self._head(sheet)
        y = self._table_top - _HEAD
        for line in sheet.lines:
            self._line(y, line)
            y -= self._step
        self._total(sheet)
        self._attachments(sheet.voucher.attachments)
        self._signatures(sheet.voucher)
        self._pen.lift()

    def _head(self, sheet: _Sheet) -> None:
        pen, voucher = self._pen, sheet.voucher
        middle = (self._left + self._right) / 2
        title = _TITLES.get(voucher.word, "记账凭证")
        y = self._top - 17
        pen.centre(middle, y, "  ".join(title), self._title, 17)
        half = self._title.width("  ".join(title), 17) / 2 + 10
        self._canvas.setStrokeGray(_INK)
        self._canvas.setLineWidth(0.5)
        self._canvas.lines([(middle - half, y - d, middle + half, y - d) for d in (5.5, 7.5)])
        y = self._table_top + 6
        day = voucher.day
        room = (self._right - self._left) * 0.38
        size, lines = fit(f"单位：{clean(self._entity.name)}", self._regular, 9, room)
        for depth, line in enumerate(reversed(lines)):
            pen.write(self._left, y + depth * size * 1.16, line, self._regular, size)
        pen.centre(middle, y, f"{day.year}年{day.month}月{day.day}日", self._regular, 9.5)
        part = f"　{sheet.number}/{sheet.of}" if sheet.of > 1 else ""
        pen.right(self._right, y, f"凭证号：{voucher.label}{part}", self._bold, 9.5)

    def _grid(self, used: int) -> None:
        canvas = self._canvas
        left, right, top, bottom = self._left, self._right, self._table_top, self._table_bottom
        canvas.setFillColorRGB(0.955, 0.962, 0.972)
        canvas.rect(left, top - _HEAD, right - left, _HEAD, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.setStrokeGray(_PALE)
        canvas.setLineWidth(0.4)
        body = top - _HEAD
        canvas.lines([(left, body - i * self._step, right, body - i * self._step) for i in range(1, LINES_PER_SHEET)])
        canvas.line(self._edges[1], top, self._edges[1], bottom + _TOTAL)
        canvas.lines([(x, top, x, bottom) for x in self._edges[2:4]])
        if used < LINES_PER_SHEET:  # empty lines are struck out (会计基础工作规范 art. 51)
            canvas.line(self._edges[2], bottom + _TOTAL, right, body - used * self._step)
        canvas.setStrokeGray(_INK)
        canvas.setLineWidth(0.9)
        canvas.rect(left, bottom, right - left, top - bottom, stroke=1, fill=0)
        canvas.lines([(left, y, right, y) for y in (body, bottom + _TOTAL)])
        for start, end, text in zip(
            self._edges, self._edges[1:], ("摘要", "会计科目", "借方金额", "贷方金额"), strict=False
        ):
            self._pen.centre((start + end) / 2, top - _HEAD / 2 - _SIZE * 0.36, text, self._bold, _SIZE)

    def _line(self, y: float, line: Line) -> None:
        middle = y - self._step / 2
        account = f"{line.account} {self._chart.full_name(line.account)}"
        details = [f"{item.category}：{item.name}" for item in line.items]
        if line.quantity:
            details.append(f"数量：{format_quantity(line.quantity)}{self._chart[line.account].unit}")
        self._text(0, middle, (line.summary,))
        self._text(1, middle, (account, "　".join(details)) if details else (account,))
        for column, fen in ((2, line.debit_fen), (3, line.credit_fen)):
            if fen:
                self._amount(column, middle, fen, _SIZE + 0.5)

    def _text(self, column: int, middle: float, paragraphs: tuple[str, ...]) -> None:
        """The paragraphs in a cell of the column, in type small enough for all of them to be there."""
        x = self._edges[column] + _PAD
        width = self._edges[column + 1] - x - _PAD
        texts = [clean(text) for text in paragraphs]
        size = _SIZE
        lines = _wrapped(texts, size, width)
        if len(slightly_smaller := _wrapped(texts, _SIZE - 1, width)) < len(lines):
            size, lines = _SIZE - 1, slightly_smaller
        while len(lines) * size * 1.16 > self._step - 3 and size > 2:
            size -= 0.25
            lines = _wrapped(texts, size, width)
        self._pen.block(x, middle, Fitted(size, lines), self._regular, "left", width)

    def _amount(self, column: int, middle: float, fen: int, size: float) -> None:
        text = format_fen(fen)
        room = self._edges[column + 1] - self._edges[column] - 2 * _PAD
        size = min(size, size * room / self._regular.width(text, size))
        used = self._regular
        self._pen.right(self._edges[column + 1] - _PAD, middle - size * 0.36, text, used, size, red=fen < 0)

    def _total(self, sheet: _Sheet) -> None:
        middle = self._table_bottom + _TOTAL / 2
        x = self._left + _PAD
        if sheet.number < sheet.of:
            self._pen.write(x, middle - _SIZE * 0.36, "合计见末张", self._regular, _SIZE)
            return
        debit = sum(line.debit_fen for line in sheet.voucher.lines)
        credit = sum(line.credit_fen for line in sheet.voucher.lines)
        room = self._edges[2] - x - _PAD
        fitted = fit(f"合计（大写）：{capital_amount(debit)}", self._bold, _SIZE, room)
        self._pen.block(x, middle, fitted, self._bold, "left", room)
        self._amount(2, middle, debit, _SIZE + 0.5)
        self._amount(3, middle, credit, _SIZE + 0.5)

    def _attachments(self, count: int) -> None:
        """附件 n 张, written downwards beside the table."""
        x = self._right + 5 * mm
        y = (self._table_top + self._table_bottom) / 2 + 22
        for part in ("附", "件", str(count), "张"):
            self._pen.centre(x, y, part, self._regular, 9)
            y -= 14

    def _signatures(self, voucher: Voucher) -> None:
        y = self._table_bottom - 15
        names = (
            ("会计主管", ""),
            ("记账", voucher.poster),
            ("出纳", voucher.cashier),
            ("审核", voucher.reviewer),
            ("制单", voucher.maker),
        )
        width = (self._right - self._left) / len(names)
        for position, (role, name) in enumerate(names):
            size, lines = fit(f"{role}：{clean(name)}", self._regular, 9.5, width - 4)
            self._pen.write(self._left + position * width, y, lines[0], self._regular, size)
        for text in self._entity.exceptions:
            self._pen.write(self._left, y - 13, text, self._regular, 7.5)


def _wrapped(texts: list[str], size: float, width: float) -> tuple[str, ...]:
    return tuple(line for text in texts for line in face("regular").wrap(text, size, width))
