"""The sheet that is sealed away (恢复码封存单): the recovery code, who sealed and who opened it, on one A4 page.

Initial passwords, where a book has just been made, stand below a cut line as strips to be handed out.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from .atomic import atomic_write
from .fonts import Pen, face, fit, new_canvas
from .layout import clean

MOST_STRIPS = 8
"""Initial passwords that fit on the page; more people get theirs from the head later."""
_LEFT: float = 22 * mm
_RIGHT: float = A4[0] - 22 * mm
_GROUPS_A_LINE = 4
_EXPLAINED = (
    "忘记密码又没有人能重设时，用这个恢复码可以给任一在岗人员设置新密码。谁拿到它，谁就能进入这本账。",
    "请装入信封，骑缝签字盖章后由负责人（或乡镇）保管，不要拍照；打印以后把电脑里的这个文件删掉。",
    "恢复码只能用一次，用过后程序会给出新的，请重新封存。0 和 1 都是数字；没有字母 I、L、O、U。",
)
_SEALING = (
    ("封存人（会计）签字：", "负责人签字："),
    ("村监会（民主理财小组）签字：", "封存日期：　　　　年　　月　　日"),
)
_OPENING = (("启封人签字：", "在场人签字："), ("启封原因：", "启封日期：　　　　年　　月　　日"))


class Strip(NamedTuple):
    """One person's initial password."""

    name: str
    role: str
    password: str


def write_recovery_sheet(village: str, code: str, day: date, strips: Iterable[Strip], path: Path) -> None:
    """Print the sheet to `path`, all or nothing; always one page."""
    with atomic_write(path) as file:
        canvas = new_canvas(file)
        canvas.setPageSize(A4)
        canvas.setTitle("恢复码封存单")
        canvas.setAuthor(clean(village))
        _Sheet(canvas).draw(village, code, day, tuple(strips)[:MOST_STRIPS])
        canvas.showPage()
        canvas.save()


class _Sheet:
    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._pen = Pen(canvas)
        self._regular, self._bold, self._title = face("regular"), face("bold"), face("title")

    def draw(self, village: str, code: str, day: date, strips: tuple[Strip, ...]) -> None:
        """Draw the page from the top."""
        pen = self._pen
        y = A4[1] - 26 * mm
        pen.centre(A4[0] / 2, y, "恢复码封存单", self._title, 20)
        y -= 12 * mm
        size, (line, *_more) = fit(f"账套：{clean(village)}", self._regular, 11, (_RIGHT - _LEFT) * 0.66)
        pen.write(_LEFT, y, line, self._regular, size)
        pen.right(_RIGHT, y, f"签发日期：{day.year}年{day.month}月{day.day}日", self._regular, 11)
        y = self._code(y - 7 * mm, code)
        for text in _EXPLAINED:
            for line in self._regular.wrap(text, 10.5, _RIGHT - _LEFT):
                y -= 6 * mm
                pen.write(_LEFT, y, line, self._regular, 10.5)
            y -= 1 * mm
        y = self._signatures(y - 7 * mm, "封存记录", _SEALING, seal=True)
        y = self._signatures(y - 5 * mm, "启封记录（启封时填写）", _OPENING, seal=False)
        if strips:
            self._strips(y - 6 * mm, strips)
        pen.lift()

    def _code(self, top: float, code: str) -> float:
        """The code in a frame, in type that cannot be misread."""
        groups = code.split("-")
        lines = [groups[start : start + _GROUPS_A_LINE] for start in range(0, len(groups), _GROUPS_A_LINE)]
        height: float = len(lines) * 13 * mm + 4 * mm
        self._canvas.setLineWidth(1.2)
        self._canvas.rect(_LEFT, top - height, _RIGHT - _LEFT, height, stroke=1, fill=0)
        step = (_RIGHT - _LEFT) / _GROUPS_A_LINE
        y = top - 11.5 * mm
        for number, line in enumerate(lines):
            for place, group in enumerate(line):
                x = _LEFT + (place + 0.5) * step
                label = f"{number * _GROUPS_A_LINE + place + 1}"
                self._pen.write(x - 15 * mm, y + 4 * mm, label, self._regular, 7)
                self._pen.centre(x, y, " ".join(group), self._bold, 17)
            y -= 13 * mm
        return top - height

    def _signatures(self, top: float, title: str, lines: tuple[tuple[str, str], ...], *, seal: bool) -> float:
        pen, canvas = self._pen, self._canvas
        pen.write(_LEFT, top - 4 * mm, title, self._bold, 11)
        half = (_RIGHT - _LEFT) / 2
        y: float = top - 6 * mm
        canvas.setLineWidth(0.5)
        for texts in lines:
            canvas.rect(_LEFT, y - 11 * mm, half, 11 * mm, stroke=1, fill=0)
            canvas.rect(_LEFT + half, y - 11 * mm, half, 11 * mm, stroke=1, fill=0)
            for place, text in enumerate(texts):
                pen.write(_LEFT + place * half + 2.5 * mm, y - 7 * mm, text, self._regular, 10)
            y -= 11 * mm
        if seal:
            canvas.rect(_LEFT, y - 18 * mm, _RIGHT - _LEFT, 18 * mm, stroke=1, fill=0)
            pen.write(_LEFT + 2.5 * mm, y - 7 * mm, "单位盖章（骑缝）：", self._regular, 10)
            y -= 18 * mm
        return y

    def _strips(self, top: float, strips: tuple[Strip, ...]) -> None:
        """Two strips beside each other under a cut line."""
        pen, canvas = self._pen, self._canvas
        canvas.setDash(4, 3)
        canvas.line(_LEFT - 10 * mm, top, _RIGHT + 10 * mm, top)
        text = "沿线裁下：初始密码，裁开后交给本人，第一次登录时必须改成自己的密码"
        pen.write(_LEFT, top - 5 * mm, text, self._regular, 9)
        half, height = (_RIGHT - _LEFT) / 2, 9.5 * mm
        y = top - 8 * mm
        for start in range(0, len(strips), 2):
            for place, strip in enumerate(strips[start : start + 2]):
                x = _LEFT + place * half
                canvas.rect(x, y - height, half, height, stroke=1, fill=0)
                room = half - 42 * mm
                fitted = fit(f"{clean(strip.name)}（{strip.role}）", self._regular, 10, room)
                pen.block(x + 2.5 * mm, y - height / 2, fitted, self._regular, "left", room)
                pen.right(x + half - 3 * mm, y - 6.4 * mm, " ".join(strip.password), self._bold, 13)
            y -= height
        canvas.setDash()
