"""Reminder slips (租金催缴通知单): one contract to an A5 sheet, with the overdue payments and a receipt to sign."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from reportlab.lib.units import mm

from village_ledger.domain.contract_reminder import Reminder, ReminderLine
from village_ledger.domain.money import capital_amount, format_fen
from village_ledger.domain.view import Entity

from .atomic import atomic_write
from .fonts import Pen, face, fit, new_canvas
from .layout import clean

LINES_PER_SHEET = 7
_PAPER = (210 * mm, 148 * mm)
_LEFT: float = 18 * mm
_RIGHT: float = _PAPER[0] - 18 * mm
_SHARES = (0.27, 0.13, 0.14, 0.12, 0.13, 0.13, 0.08)
_TITLES = ("应交款项", "应交日期", "应交金额", "减免", "已交", "尚欠", "逾期天数")
_ROW: float = 6.4 * mm
_SIZE = 9.5


def write_reminders_pdf(slips: Iterable[Reminder], entity: Entity, path: Path) -> None:
    """Print the slips to `path`, all or nothing; more than seven overdue payments take several sheets."""
    with atomic_write(path) as file:
        canvas = new_canvas(file)
        canvas.setTitle("租金催缴通知单")
        canvas.setAuthor(clean(entity.name))
        for slip in slips:
            for first in range(0, len(slip.lines), LINES_PER_SHEET):
                canvas.setPageSize(_PAPER)
                name = f"slip{slip.contract.id}-{first}"
                canvas.bookmarkPage(name)
                canvas.addOutlineEntry(f"{slip.contract.code} {clean(slip.contract.party.name)}", name, 0)
                last = first + LINES_PER_SHEET >= len(slip.lines)
                _Sheet(canvas, entity, slip).draw(slip.lines[first : first + LINES_PER_SHEET], last=last)
                canvas.showPage()
        canvas.save()


class _Sheet:
    def __init__(self, canvas: Any, entity: Entity, slip: Reminder) -> None:
        self._canvas = canvas
        self._entity = entity
        self._slip = slip
        self._pen = Pen(canvas)
        self._regular, self._bold, self._title = face("regular"), face("bold"), face("title")
        self._edges = [_LEFT]
        for share in _SHARES:
            self._edges.append(self._edges[-1] + share * (_RIGHT - _LEFT))

    def draw(self, lines: tuple[ReminderLine, ...], *, last: bool) -> None:
        """Draw one sheet; the sum stands on the last one."""
        y = self._head()
        y = self._table(y, lines, last=last)
        self._foot(y)
        self._pen.lift()

    def _head(self) -> float:
        slip, contract, pen = self._slip, self._slip.contract, self._pen
        pen.centre(_PAPER[0] / 2, _PAPER[1] - 17 * mm, "租金催缴通知单", self._title, 17)
        pen.right(_RIGHT, _PAPER[1] - 17 * mm, f"合同编号：{contract.code}", self._regular, 9)
        y = _PAPER[1] - 26 * mm
        pen.write(_LEFT, y, f"{clean(contract.party.name)}：", self._bold, 11)
        term = f"{contract.start:%Y.%m.%d}—{contract.last_day:%Y.%m.%d}"
        text = (
            f"　　按照与本单位签订的“{clean(contract.subject)}”{contract.kind}合同（{term}），截至{_day(slip.day)}，"
            f"下列款项已过应交日期，合计 {format_fen(slip.total_fen)} 元，请于{_day(slip.pay_by)}前交清。"
            "如已交付，请持凭据前来核对。"
        )
        for line in self._regular.wrap(text, 10.5, _RIGHT - _LEFT):
            y -= 6.2 * mm
            pen.write(_LEFT, y, line, self._regular, 10.5)
        below: float = y - 3.5 * mm
        return below

    def _table(self, top: float, lines: tuple[ReminderLine, ...], *, last: bool) -> float:
        pen, canvas = self._pen, self._canvas
        rows = len(lines) + 2
        bottom = top - rows * _ROW
        canvas.setFillColorRGB(0.955, 0.962, 0.972)
        canvas.rect(_LEFT, top - _ROW, _RIGHT - _LEFT, _ROW, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.setStrokeGray(0.62)
        canvas.setLineWidth(0.4)
        canvas.lines([(_LEFT, top - number * _ROW, _RIGHT, top - number * _ROW) for number in range(1, rows)])
        canvas.lines([(x, top, x, bottom + _ROW) for x in self._edges[1:-1]])
        canvas.setStrokeGray(0.25)
        canvas.setLineWidth(0.9)
        canvas.rect(_LEFT, bottom, _RIGHT - _LEFT, top - bottom, stroke=1, fill=0)
        for place, title in enumerate(_TITLES):
            self._cell(place, top - _ROW / 2, title, "centre", bold=True)
        y = top - _ROW
        for line in lines:
            amounts = (line.amount_fen, line.waived_fen, line.received_fen, line.rest_fen)
            self._cell(0, y - _ROW / 2, line.label, "left")
            self._cell(1, y - _ROW / 2, f"{line.due:%Y-%m-%d}", "centre")
            for place, fen in enumerate(amounts, 2):
                self._cell(place, y - _ROW / 2, format_fen(fen) if fen else "", "right")
            self._cell(6, y - _ROW / 2, str(line.days), "right")
            y -= _ROW
        total = self._slip.total_fen
        text = f"合计尚欠（大写）：{capital_amount(total)}　￥{format_fen(total)}" if last else "合计见末张"
        size, fitted = fit(text, self._bold, _SIZE + 0.5, _RIGHT - _LEFT - 8)
        pen.write(_LEFT + 4, y - _ROW / 2 - size * 0.36, fitted[0], self._bold, size)
        return bottom

    def _cell(self, place: int, middle: float, text: str, align: str, *, bold: bool = False) -> None:
        type_face = self._bold if bold else self._regular
        width = self._edges[place + 1] - self._edges[place] - 6
        fitted = fit(text, type_face, _SIZE, width)
        self._pen.block(self._edges[place] + 3, middle, fitted, type_face, align, width)

    def _foot(self, bottom: float) -> None:
        pen = self._pen
        y = min(bottom - 9 * mm, 37 * mm)
        pen.write(_LEFT, y, "联系人：　　　　　　　　　电话：", self._regular, 10)
        pen.right(_RIGHT, y, f"{clean(self._entity.name)}（盖章）", self._regular, 10.5)
        pen.right(_RIGHT, y - 6.5 * mm, _day(self._slip.day), self._regular, 10.5)
        line = 21 * mm
        self._canvas.setStrokeGray(0.62)
        self._canvas.setLineWidth(0.4)
        self._canvas.setDash(3, 3)
        self._canvas.line(_LEFT, line, _RIGHT, line)
        self._canvas.setDash()
        contract = self._slip.contract
        text = f"回执：合同 {contract.code} 的催缴通知单（欠 {format_fen(self._slip.total_fen)} 元）已收到。"
        pen.write(_LEFT, line - 6 * mm, text, self._regular, 9.5)
        pen.write(
            _LEFT, line - 12.5 * mm, "签收人：　　　　　　　　　　　　日期：　　　年　　月　　日", self._regular, 9.5
        )
        pen.right(_RIGHT, line - 12.5 * mm, "送达人：　　　　　　　　", self._regular, 9.5)
        for text in self._entity.exceptions:
            pen.write(_LEFT, line - 17 * mm, text, self._regular, 7.5)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
