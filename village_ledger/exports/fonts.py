"""The shipped fonts in reportlab: widths, fallback character by character, fitting text, and text that can be copied.

Amounts are set in Noto Sans, whose digits are all of one width. A character no font has becomes 〓, the printer's mark
for a missing type.
"""

import re
from functools import cache, lru_cache
from typing import Any, BinaryIO, Literal, NamedTuple

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from village_ledger.paths import RESOURCES

rl_config.useA85 = 0  # binary streams: a fifth smaller and faster than reportlab's ASCII ones
Style = Literal["regular", "bold", "title"]
_FILES = {"sans": "NotoSansSC-Regular.ttf", "bold": "NotoSansSC-Bold.ttf", "serif": "NotoSerifSC-SemiBold.ttf"}
_CHAINS: dict[Style, tuple[str, ...]] = {
    "regular": ("sans",),
    "bold": ("bold", "sans"),
    "title": ("serif", "sans"),
}
_MISSING_TYPE = "〓"
_LONG_CODE = re.compile(r"<([0-9A-F]{5,6})>")
_NEVER_FIRST = "，。、；：！？）》」』】〕”’,.;:!?)%"
_SHRINK = 0.82
_SMALL = 0.76


class _CopyableFont(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A font whose characters beyond U+FFFF can be copied and searched for.

    reportlab writes them into the ToUnicode map as five hex digits, which readers do not understand; they belong
    there as two UTF-16 code units.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802  (reportlab's name)
        super().addObjects(doc)
        for name, stored in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                stored.content = _LONG_CODE.sub(_utf16, stored.content)


def _utf16(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


class _Glyph(NamedTuple):
    """Which font a character is taken from, what is printed, and its width in thousandths of the size."""

    font: str
    text: str
    width: int


class _Glyphs(dict[str, _Glyph]):
    """The glyph for each character, looked up in a chain of fonts once and kept."""

    def __init__(self, fonts: list[TTFont]) -> None:
        super().__init__()
        self._fonts = fonts

    def __missing__(self, char: str) -> _Glyph:
        for font in self._fonts:
            if ord(char) in font.face.charToGlyph:
                glyph = _Glyph(font.fontName, char, round(font.face.getCharWidth(ord(char))))
                break
        else:
            glyph = _Glyph(self._fonts[-1].fontName, _MISSING_TYPE, 1000)
        self[char] = glyph
        return glyph


class Face:
    """A style of type: one font, and others for the characters it lacks."""

    def __init__(self, style: Style) -> None:
        self._glyphs = _Glyphs([_registered(name) for name in _CHAINS[style]])

    def width(self, text: str, size: float) -> float:
        """How wide the text is, in points."""
        glyphs = self._glyphs
        return sum([glyphs[char].width for char in text]) * size / 1000

    def wrap(self, text: str, size: float, width: float) -> tuple[str, ...]:
        """The text broken into lines no wider than `width` (a single character may be), none beginning with a comma."""
        room = width * 1000 / size
        lines = []
        start = 0
        used = 0
        for position, char in enumerate(text):
            used += self._glyphs[char].width
            if used > room and position > start:
                end = position - 1 if char in _NEVER_FIRST and position - 1 > start else position
                lines.append(text[start:end])
                start = end
                used = sum(self._glyphs[moved].width for moved in text[end : position + 1])
        lines.append(text[start:])
        return tuple(lines)

    def runs(self, text: str) -> list[tuple[str, str]]:
        """The text in pieces of one font each, as (font name, text)."""
        found: list[tuple[str, str]] = []
        for char in text:
            font, shown, _ = self._glyphs[char]
            if found and found[-1][0] == font:
                found[-1] = (font, found[-1][1] + shown)
            else:
                found.append((font, shown))
        return found


@cache
def face(style: Style) -> Face:
    """The one face of a style; its fonts are loaded when first asked for."""
    return Face(style)


@cache
def _registered(name: str) -> TTFont:
    font = _CopyableFont(name, str(RESOURCES / "fonts" / _FILES[name]))
    pdfmetrics.registerFont(font)
    return font


def new_canvas(file: BinaryIO) -> Any:
    """A compressed PDF that names no font but the shipped ones and carries no clock time."""
    face("regular")
    canvas = Canvas(file, invariant=1, pageCompression=1, initialFontName=_CHAINS["regular"][0])
    canvas.setCreator("村级三资账本")
    return canvas


class Fitted(NamedTuple):
    """Text made to fit: its size and its lines."""

    size: float
    lines: tuple[str, ...]


@lru_cache(maxsize=8192)
def fit(text: str, type_face: Face, size: float, width: float) -> Fitted:
    """The text on one line, shrunk a little if need be, else smaller on as many lines as it takes; none is cut off."""
    natural = type_face.width(text, size)
    if natural <= width:
        return Fitted(size, (text,))
    if natural * _SHRINK <= width:
        return Fitted(size * width / natural, (text,))
    small = size * _SMALL
    return Fitted(small, type_face.wrap(text, small, width))


class Pen:
    """Writes text on the current page of a canvas. Call `lift` before the page ends."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._text = canvas.beginText()
        self._font: tuple[str, float] = ("", 0)
        self._red = False

    def write(self, x: float, y: float, text: str, type_face: Face, size: float, *, red: bool = False) -> None:
        """Put the text with its left end at x."""
        out = self._text
        if red != self._red:
            out.setFillColorRGB(*((0.78, 0.07, 0.07) if red else (0, 0, 0)))
            self._red = red
        out.setTextOrigin(x, y)
        for font, piece in type_face.runs(text):
            if (font, size) != self._font:
                out.setFont(font, size)
                self._font = (font, size)
            out.textOut(piece)

    def right(self, x: float, y: float, text: str, type_face: Face, size: float, *, red: bool = False) -> None:
        """Put the text with its right end at x."""
        self.write(x - type_face.width(text, size), y, text, type_face, size, red=red)

    def centre(self, x: float, y: float, text: str, type_face: Face, size: float) -> None:
        """Put the text with its middle at x."""
        self.write(x - type_face.width(text, size) / 2, y, text, type_face, size)

    def block(self, x: float, middle: float, fitted: Fitted, type_face: Face, align: str, width: float) -> None:
        """Put fitted lines into a cell that begins at x, centred about the height `middle`."""
        size, lines = fitted
        step = size * 1.16
        y = middle + (len(lines) - 1) * step / 2 - size * 0.36
        for line in lines:
            if align == "left":
                self.write(x, y, line, type_face, size)
            elif align == "right":
                self.right(x + width, y, line, type_face, size)
            else:
                self.centre(x + width / 2, y, line, type_face, size)
            y -= step

    def foot(self, x: float, y: float, text: str, type_face: Face, width: float) -> None:
        """Put the small print at the foot of a page, shrunk a little or on more lines, the last of them at y."""
        size = max(min(7.0, 7 * width / max(type_face.width(text, 7), 1)), 7 * _SHRINK)
        for line in reversed(type_face.wrap(text, size, width + 0.01)):
            self.write(x, y, line, type_face, size)
            y += size * 1.25

    def lift(self) -> None:
        """Hand the written text to the page."""
        self._canvas.drawText(self._text)
        self._text = self._canvas.beginText()
        self._font = ("", 0)
        self._red = False
