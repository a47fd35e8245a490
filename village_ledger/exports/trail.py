"""溯源单: one payment with everything behind it on one A4 page, to be signed and kept with the voucher.

Long lists are shortened, with a count of what is left out, until the page holds it all.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from reportlab.lib.units import mm

from village_ledger.domain.money import capital_amount, format_fen
from village_ledger.domain.trail import Trail, TrailDecision, TrailRequest

from .atomic import atomic_write
from .fonts import Pen, face, new_canvas
from .layout import clean

_PAPER = (210 * mm, 297 * mm)
_LEFT: float = 18 * mm
_RIGHT: float = _PAPER[0] - 14 * mm
_TOP: float = _PAPER[1] - 13 * mm
_BOTTOM: float = 12 * mm
_CAPTION: float = 19 * mm
_HEAD: float = 21 * mm
_FOOT: float = 13 * mm
_PAD = 3.5
_LEAD = 1.28
_SIZES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
_LIMITS = (10, 8, 6, 5, 4, 3, 2, 1)
_PREFIX = 12
_INK, _PALE = 0.25, 0.62


class _Cell(NamedTuple):
    """Text in a part of a row: its share of the width, how it is set."""

    text: str
    share: float
    align: str = "left"
    bold: bool = False
    red: bool = False


class _Section(NamedTuple):
    """A caption at the left and rows beside it."""

    caption: str
    rows: tuple[tuple[_Cell, ...], ...]


def write_trail_pdf(trail: Trail, path: Path, footer: str = "") -> None:
    """Print the trail to `path`, all or nothing; always one page. `footer` is the head of the log."""
    with atomic_write(path) as file:
        canvas = new_canvas(file)
        canvas.setTitle(f"溯源单 {trail.label}")
        canvas.setAuthor(clean(trail.entity))
        canvas.setPageSize(_PAPER)
        _Sheet(canvas, trail, footer).draw()
        canvas.showPage()
        canvas.save()


class _Sheet:
    def __init__(self, canvas: Any, trail: Trail, footer: str) -> None:
        self._canvas = canvas
        self._trail = trail
        self._footer = footer
        self._pen = Pen(canvas)
        self._regular, self._bold, self._title = face("regular"), face("bold"), face("title")
        self._size = _SIZES[0]

    def draw(self) -> None:
        """Choose how much is listed and how large, then draw it."""
        room = _TOP - _HEAD - _BOTTOM - _FOOT
        sections: tuple[_Section, ...] = ()
        for self._size, limit in _fitting():
            sections = _sections(self._trail, limit)
            if sum(map(self._height, sections)) <= room:
                break
        self._head()
        y = _TOP - _HEAD
        top = y
        for section in sections:
            y = self._section(y, section)
        self._canvas.setStrokeGray(_INK)
        self._canvas.setLineWidth(0.9)
        self._canvas.rect(_LEFT, y, _RIGHT - _LEFT, top - y, stroke=1, fill=0)
        self._foot()
        self._pen.lift()

    def _head(self) -> None:
        trail, pen = self._trail, self._pen
        pen.centre((_LEFT + _RIGHT) / 2, _TOP - 17, "溯 源 单", self._title, 18)
        y = _TOP - 33
        pen.write(_LEFT, y, f"单位：{clean(trail.entity)}", self._regular, 9.5)
        pen.right(_RIGHT, y, f"凭证：{trail.voucher.period.label} {trail.voucher.label}", self._bold, 9.5)
        y -= 17
        amount = f"金额：¥{format_fen(trail.fen)}"
        pen.write(_LEFT, y, amount, self._bold, 11)
        pen.right(_RIGHT, y, f"大写：{capital_amount(trail.fen)}", self._regular, 10.5)

    def _foot(self) -> None:
        pen, y = self._pen, _BOTTOM + 16
        for share, label in ((0, "制表："), (0.26, "核对："), (0.52, "村监会："), (0.78, "日期：")):
            pen.write(_LEFT + share * (_RIGHT - _LEFT), y, label, self._regular, 9.5)
        pen.foot(_LEFT, _BOTTOM, clean(self._footer), self._regular, _RIGHT - _LEFT)

    def _section(self, top: float, section: _Section) -> float:
        bottom = top - self._height(section)
        canvas = self._canvas
        canvas.setFillColorRGB(0.955, 0.962, 0.972)
        canvas.rect(_LEFT, bottom, _CAPTION, top - bottom, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.setStrokeGray(_PALE)
        canvas.setLineWidth(0.4)
        canvas.line(_LEFT, bottom, _RIGHT, bottom)
        canvas.line(_LEFT + _CAPTION, bottom, _LEFT + _CAPTION, top)
        lines = section.caption.split("\n")
        y = (top + bottom) / 2 + (len(lines) - 1) * self._size * 0.6 - self._size * 0.36
        for line in lines:
            self._pen.centre(_LEFT + _CAPTION / 2, y, line, self._bold, self._size)
            y -= self._size * 1.2
        y = top - _PAD
        for row in section.rows:
            self._row(y, row)
            y -= self._row_height(row)
        return bottom

    def _row(self, top: float, row: tuple[_Cell, ...]) -> None:
        x, width = _LEFT + _CAPTION + _PAD, _RIGHT - _LEFT - _CAPTION - 2 * _PAD
        for cell in row:
            room = cell.share * width
            type_face = self._bold if cell.bold else self._regular
            y = top - self._size
            for line in self._wrap(cell, width):
                if cell.align == "right":
                    self._pen.right(x + room - 2, y, line, type_face, self._size, red=cell.red)
                else:
                    self._pen.write(x, y, line, type_face, self._size, red=cell.red)
                y -= self._size * _LEAD
            x += room

    def _wrap(self, cell: _Cell, width: float) -> Sequence[str]:
        type_face = self._bold if cell.bold else self._regular
        return type_face.wrap(clean(cell.text), self._size, cell.share * width - 4)

    def _row_height(self, row: tuple[_Cell, ...]) -> float:
        width = _RIGHT - _LEFT - _CAPTION - 2 * _PAD
        return max(len(self._wrap(cell, width)) for cell in row) * self._size * _LEAD

    def _height(self, section: _Section) -> float:
        caption = (section.caption.count("\n") + 1) * self._size * 1.2
        return max(sum(map(self._row_height, section.rows)), caption) + 2 * _PAD


def _fitting() -> Iterable[tuple[float, int]]:
    """Sizes and list lengths to try: whole lists in smaller type first, then shorter lists."""
    for limit in _LIMITS:
        for size in _SIZES[:6] if limit > _LIMITS[-1] else _SIZES:
            yield size, limit


def _sections(trail: Trail, limit: int) -> tuple[_Section, ...]:
    made = [_Section("报表", ((_Cell(_places(trail), 1),),)), _voucher(trail, limit)]
    made.append(_requests(trail, limit))
    made.append(_decisions(trail, limit))
    if trail.contracts or trail.projects:
        made.append(_Section("合同\n和工程", tuple(_agreements(trail, limit))))
    if trail.exceptions:
        made.append(_Section("紧急例外", tuple(_exceptions(trail))))
    made.append(_Section("附件", tuple(_files(trail, limit))))
    made.append(_Section("操作日志", tuple(_acts(trail, limit))))
    return tuple(made)


def _places(trail: Trail) -> str:
    found: dict[str, list[str]] = {}
    for entry in trail.entries:
        for place in entry.places:
            line = f"第{place.line}行 {place.name}" if place.line else place.name
            named = found.setdefault(place.title, [])
            if line not in named:
                named.append(line)
    texts = (f"{title}：{'、'.join(lines)}" for title, lines in found.items())
    return "；".join(texts) or "没有列入报表"


def _voucher(trail: Trail, limit: int) -> _Section:
    voucher = trail.voucher
    rows: list[tuple[_Cell, ...]] = [
        (
            _Cell("摘要", 0.36, bold=True),
            _Cell("会计科目", 0.38, bold=True),
            _Cell("借方", 0.13, "right", bold=True),
            _Cell("贷方", 0.13, "right", bold=True),
        )
    ]
    for entry in trail.entries[:limit]:
        name = f"{entry.account} {entry.name}" + (f"　{entry.items}" if entry.items else "")
        rows.append(
            (
                _Cell(entry.summary, 0.36),
                _Cell(name, 0.38),
                _amount(entry.debit_fen),
                _amount(entry.credit_fen),
            )
        )
    if rest := trail.entries[limit:]:
        debit, credit = sum(one.debit_fen for one in rest), sum(one.credit_fen for one in rest)
        rows.append((_Cell(f"另有 {len(rest)} 行", 0.74), _amount(debit), _amount(credit)))
    signers = (("制单", voucher.maker), ("审核", voucher.reviewer), ("出纳", voucher.cashier), ("记账", voucher.poster))
    words = "　".join(f"{duty}：{name}" for duty, name in signers if name)
    rows.append((_Cell(f"{_day(voucher.day)}　附件 {voucher.attachments} 张　{words}", 1),))
    rows += _papers(trail, limit)
    return _Section("记账凭证", tuple(rows))


def _papers(trail: Trail, limit: int) -> Iterable[tuple[_Cell, ...]]:
    for paper in trail.documents[:limit]:
        state = "　已作废" if paper.void else ""
        text = f"票据：{paper.name}　{paper.issuer}　{_day(paper.day)}{state}"
        yield (_Cell(text, 0.82, red=paper.void), _Cell(f"{format_fen(paper.fen)} 元", 0.18, "right"))
    if len(trail.documents) > limit:
        yield (_Cell(f"另有 {len(trail.documents) - limit} 张票据", 1),)


def _amount(fen: int) -> _Cell:
    return _Cell(format_fen(fen) if fen else "", 0.13, "right", red=fen < 0)


def _requests(trail: Trail, limit: int) -> _Section:
    if not trail.requests:
        text = "没有用款申请" if trail.controlled else "当时还没有启用用款申请"
        return _Section("用款申请\n和签批", ((_Cell(text, 1, red=trail.controlled and bool(trail.outflow_fen)),),))
    rows = [row for one in trail.requests[:limit] for row in _request(one, limit)]
    if rest := trail.requests[limit:]:
        total = sum(one.fen for one in rest)
        rows.append((_Cell(f"另有 {len(rest)} 份申请，共 {format_fen(total)} 元", 1),))
    return _Section("用款申请\n和签批", tuple(rows))


def _request(one: TrailRequest, limit: int) -> Iterable[tuple[_Cell, ...]]:
    yield (_Cell(f"{one.number}　{one.title}", 0.74, bold=True), _Cell(f"{format_fen(one.fen)} 元", 0.26, "right"))
    people = (("申请日期", _day(one.day)), ("收款人", one.payee), ("经手人", one.handler), ("证明人", one.witness))
    plan = (("预算项目", one.budget_item), ("单据", "、".join(one.documents)))
    for pairs in (people, plan):
        if text := "　".join(f"{name}：{value}" for name, value in pairs if value):
            yield (_Cell(text, 1),)
    signed = [_signature(part.duty, part.name, part.day, part.opinion, part.method) for part in one.signatures]
    kept = max(limit, 5)
    for first in range(0, min(len(signed), kept), 2):
        yield tuple(_Cell(text, 0.5) for text in signed[first : min(first + 2, kept)])
    if len(signed) > kept:
        yield (_Cell(f"另有 {len(signed) - kept} 人签批", 1),)


def _signature(duty: str, name: str, day: date | None, opinion: str, method: str) -> str:
    how = f"（{method}）" if method and method != "本人" else ""
    return f"{duty}：{name}{how}　{opinion}　{_day(day)}"


def _decisions(trail: Trail, limit: int) -> _Section:
    if not trail.decisions:
        text = "没有引用决策" if trail.exceptions else "这笔款没有引用决策（在预算或标准以内，或不需要）"
        return _Section("决策", ((_Cell(text, 1),),))
    rows = [row for one in trail.decisions[:limit] for row in _decision(one, limit)]
    if rest := trail.decisions[limit:]:
        rows.append((_Cell(f"另有 {len(rest)} 项决策：{'、'.join(one.number for one in rest)}", 1),))
    return _Section("决策", tuple(rows))


def _decision(one: TrailDecision, limit: int) -> Iterable[tuple[_Cell, ...]]:
    cap = f"限额 {format_fen(one.cap_fen)}，已用 {format_fen(one.drawn_fen)} 元" if one.cap_fen else "不涉及资金"
    yield (_Cell(f"{one.number}　{one.title}", 0.56, bold=True), _Cell(cap, 0.44, "right"))
    yield (_Cell(f"{one.matter}　决策主体：{one.side}　依据规则：{one.rules}", 1),)
    for step in one.steps[:limit]:
        where = "　".join(filter(None, (_day(step.day), step.place)))
        yield (_Cell(f"{step.body}　{where}", 0.53), _Cell(step.figures, 0.47))
    if len(one.steps) > limit:
        yield (_Cell(f"另有 {len(one.steps) - limit} 个步骤", 1),)
    for notice in one.notices[:limit]:
        yield (_Cell(f"{notice.kind}　{_day(notice.start)} 至 {_day(notice.end)}　{notice.place}", 1),)
    verdict = "；".join(one.failures)
    yield (_Cell(f"不符合规定：{verdict}" if verdict else "表决和公示符合规定，有效", 1, red=bool(verdict)),)


def _agreements(trail: Trail, limit: int) -> Iterable[tuple[_Cell, ...]]:
    for contract in trail.contracts[:limit]:
        parts = (f"合同 {contract.code} {contract.subject}", contract.party, _number(contract.decision))
        yield (_Cell("　".join(filter(None, parts)), 1),)
    if len(trail.contracts) > limit:
        yield (_Cell(f"另有 {len(trail.contracts) - limit} 份合同", 1),)
    for project in trail.projects[:limit]:
        money = f"合同 {format_fen(project.contract_fen)}，已付 {format_fen(project.paid_fen)} 元"
        parts = (f"工程 {project.code} {project.name}", money, _number(project.decision))
        yield (_Cell("　".join(filter(None, parts)), 1),)


def _number(decision: str) -> str:
    return f"决议 {decision}" if decision else ""


def _exceptions(trail: Trail) -> Iterable[tuple[_Cell, ...]]:
    for one in trail.exceptions:
        settled = f"{_day(one.settled)} 已补齐" if one.settled else "还没有补齐"
        text = f"缺：{'；'.join(one.missing)}　原因：{one.reason}　批准：{one.by} {_day(one.day)}　{settled}"
        yield (_Cell(text, 1, red=one.settled is None),)


def _files(trail: Trail, limit: int) -> Iterable[tuple[_Cell, ...]]:
    if not trail.files:
        yield (_Cell("没有登记电子附件", 1),)
    for file in trail.files[:limit]:
        wrong = file.state != "完好"
        yield (
            _Cell(f"{file.owner}　{file.name}", 0.6),
            _Cell(f"SHA-256 {file.sha256[:_PREFIX]}…　{file.state}", 0.4, "right", red=wrong),
        )
    if len(trail.files) > limit:
        yield (_Cell(f"另有 {len(trail.files) - limit} 个附件", 1),)


def _acts(trail: Trail, limit: int) -> Iterable[tuple[_Cell, ...]]:
    shown = trail.acts[-limit:]  # the posting comes last and proves the rest
    for act in shown:
        yield (
            _Cell(f"第 {act.seq} 条", 0.105),
            _Cell(_moment(act.at), 0.195),
            _Cell(f"{act.actor}　{act.action} {act.subject}", 0.5),
            _Cell(f"{act.hash[:_PREFIX]}…", 0.2, "right"),
        )
    if len(trail.acts) > len(shown):
        yield (_Cell(f"另有 {len(trail.acts) - len(shown)} 条", 1),)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(at: str) -> str:
    """An instant of the log (UTC) in this computer's time."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
