"""用款审批单: a request for payment on A5 or A4, with a box for every signature its tier asks for.

Signatures given at the keyboard are printed with name and day; boxes of those still missing stay empty, to be signed by
hand. A request with more lines than a sheet holds takes several; the signatures stand on the last.
"""

from pathlib import Path
from typing import Any, NamedTuple

from reportlab.lib.units import mm

from village_ledger.domain.account import Chart
from village_ledger.domain.approval_check import Link
from village_ledger.domain.money import capital_amount, format_fen
from village_ledger.domain.request import Request, RequestLine
from village_ledger.domain.view import Entity

from .atomic import atomic_write
from .fonts import Face, Fitted, Pen, face, fit, new_canvas
from .layout import clean

PAPERS = {"A5": (210 * mm, 148 * mm), "A4": (210 * mm, 297 * mm)}
"""A5 lies on its side, as vouchers do."""

_ROOM = {"A5": 4, "A4": 16}
"""Lines of what is to be paid on a sheet."""
_MARGIN: float = 16 * mm
_BOX: float = 13.5 * mm
_ROW: float = 6.6 * mm
_BOXES_A_ROW = 4
_SIZE = 9.5


class RequestForm(NamedTuple):
    """A request with its chain of signatures and the accounts' names."""

    request: Request
    links: tuple[Link, ...]
    chart: Chart
    entity: Entity
    asked: tuple[str, ...] = ()
    """What else the tier asks for: meetings, notices, papers, stamps."""


def write_request_pdf(form: RequestForm, path: Path, paper: str, footer: str = "") -> None:
    """Print the form to `path`, all or nothing. `footer` is the head of the log."""
    lines = form.request.lines
    room = _ROOM[paper]
    with atomic_write(path) as file:
        canvas = new_canvas(file)
        canvas.setTitle(f"用款审批单 {form.request.number}")
        canvas.setAuthor(clean(form.entity.name))
        count = max(1, -(-len(lines) // room))
        for sheet in range(count):
            canvas.setPageSize(PAPERS[paper])
            part = lines[sheet * room : (sheet + 1) * room]
            page = f"第 {sheet + 1} 页，共 {count} 页" if count > 1 else ""
            _Sheet(canvas, form, PAPERS[paper], f"{footer}　{page}").draw(part, last=sheet == count - 1)
            canvas.showPage()
        canvas.save()


class _Sheet:
    def __init__(self, canvas: Any, form: RequestForm, paper: tuple[float, float], footer: str) -> None:
        self._canvas, self._form, self._footer = canvas, form, footer
        self._pen = Pen(canvas)
        self._regular, self._bold, self._title = face("regular"), face("bold"), face("title")
        self._left, self._right, self._top = _MARGIN, paper[0] - _MARGIN, paper[1] - 12 * mm

    def draw(self, lines: tuple[RequestLine, ...], *, last: bool) -> None:
        """Draw one sheet from the top."""
        request, pen = self._form.request, self._pen
        self._canvas.setLineWidth(0.6)
        self._canvas.setStrokeGray(0.3)
        y = self._top
        pen.centre((self._left + self._right) / 2, y - 12, "用 款 审 批 单", self._title, 17)
        y -= 9 * mm
        third = (self._right - self._left) / 3
        self._text(self._left, y - 8, f"单位：{clean(self._form.entity.name)}", 1.7 * third)
        pen.right(
            self._right,
            y - 8,
            f"{request.number}　{request.day.year}年{request.day.month}月{request.day.day}日",
            self._regular,
            _SIZE,
        )
        y -= 4.4 * mm
        for row in self._facts():
            y = self._row(y, row)
        y = self._lines(y, lines, last=last)
        if last:
            y = self._boxes(y - 2 * mm)
        pen.foot(self._left, 7 * mm, clean(self._footer.strip()), self._regular, self._right - self._left)
        pen.lift()

    def _facts(self) -> tuple[tuple[tuple[str, str, float], ...], ...]:
        """Rows of (title, text, share of the width)."""
        request, chart = self._form.request, self._form.chart
        money = chart.full_name(request.money_account) if request.money_account in chart else request.money_account
        basis = (request.decision, request.contract, request.project, request.budget_item)
        titles = ("决议", "合同", "项目", "预算")
        rests = "；".join(f"{title} {text}" for title, text in zip(titles, basis, strict=True) if text)
        asked = "、".join(self._form.asked)
        rows: list[tuple[tuple[str, str, float], ...]] = [
            (("用途", request.title, 0.62), ("开支类别", request.kind, 0.38)),
            (("收款人", request.payee, 0.62), ("付款账户", f"{request.money_account} {money}".strip(), 0.38)),
            (
                ("金额（大写）", capital_amount(request.amount_fen), 0.62),
                ("小写", f"¥{format_fen(request.amount_fen)}", 0.38),
            ),
            (("依据", rests or "—", 1.0),),
        ]
        if asked:
            rows.append((("另需", asked, 1.0),))
        return tuple(rows)

    def _row(self, top: float, cells: tuple[tuple[str, str, float], ...]) -> float:
        """One row of titled texts, as high as its longest text needs."""
        width = self._right - self._left
        fitted = []
        for title, text, share in cells:
            used = self._bold.width(title, _SIZE) + 12
            fitted.append((title, used, fit(clean(text) or " ", self._regular, _SIZE, share * width - used - 4), share))
        height = max(_height(one) for _title, _used, one, _share in fitted)
        x = self._left
        for title, used, one, share in fitted:
            self._canvas.rect(x, top - height, share * width, height, stroke=1, fill=0)
            self._pen.write(x + 4, top - height / 2 - _SIZE * 0.36, title, self._bold, _SIZE)
            self._pen.block(x + used, top - height / 2, one, self._regular, "left", share * width - used - 4)
            x += share * width
        return top - height

    def _lines(self, top: float, lines: tuple[RequestLine, ...], *, last: bool) -> float:
        shares = (0.44, 0.36, 0.20)
        y = self._cells(top, ("摘　　要", "科　　目", "金额（元）"), shares, self._bold)
        chart = self._form.chart
        for line in lines:
            name = chart.full_name(line.account) if line.account in chart else ""
            items = "、".join(item for _category, item in line.items)
            account = f"{line.account} {name}" + (f"（{items}）" if items else "")
            y = self._cells(y, (line.summary, account, format_fen(line.fen)), shares, self._regular)
        if last:
            y = self._cells(y, ("合　　计", "", format_fen(self._form.request.amount_fen)), shares, self._bold)
        return y

    def _cells(self, top: float, texts: tuple[str, ...], shares: tuple[float, ...], type_face: Face) -> float:
        width = self._right - self._left
        fitted = [
            fit(clean(text) or " ", type_face, _SIZE, share * width - 8)
            for text, share in zip(texts, shares, strict=True)
        ]
        height = max(map(_height, fitted))
        x = self._left
        for place, (one, share) in enumerate(zip(fitted, shares, strict=True)):
            room = share * width
            self._canvas.rect(x, top - height, room, height, stroke=1, fill=0)
            align = "right" if place == len(texts) - 1 else "left"
            self._pen.block(x + 4, top - height / 2, one, type_face, align, room - 8)
            x += room
        return top - height

    def _boxes(self, top: float) -> float:
        """A box for each signature, four in a row."""
        width = (self._right - self._left) / _BOXES_A_ROW
        links = self._form.links
        for place, link in enumerate(links):
            row, column = divmod(place, _BOXES_A_ROW)
            x, y = self._left + column * width, top - row * _BOX
            self._canvas.rect(x, y - _BOX, width, _BOX, stroke=1, fill=0)
            self._text(x + 4, y - 11, f"{link.label}：", width - 8, self._bold)
            one = link.signature
            if one:
                way = "" if one.method == "本人" else "（书面）"
                self._text(x + 4, y - _BOX * 0.6, f"{one.name}{way}　{one.opinion}", width - 8)
                self._pen.right(x + width - 4, y - _BOX + 4, one.day.isoformat(), self._regular, 8)
            else:
                self._pen.right(x + width - 4, y - _BOX + 4, "　　年　　月　　日", self._regular, 8)
        return top - -(-len(links) // _BOXES_A_ROW) * _BOX

    def _text(self, x: float, y: float, text: str, room: float, type_face: Face | None = None) -> None:
        """One line, set smaller where it would not fit."""
        chosen = type_face or self._regular
        size, (line, *_more) = fit(clean(text) or " ", chosen, _SIZE, room)
        self._pen.write(x, y, line, chosen, size)


def _height(one: Fitted) -> float:
    """How high a row must be for a text."""
    return max(_ROW, len(one.lines) * one.size * 1.16 + 4)
