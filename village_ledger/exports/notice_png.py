"""The disclosure notice as pictures, one a page, for a group on a phone. Nothing but the code is written into them."""

from functools import cache
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from village_ledger.reports.notices.model import Notice

from .atomic import atomic_write
from .notice_charts import SHADES
from .notice_pdf import notice_pdf

CODE_KEY = "village-ledger-notice"
_DOTS = 104
"""Dots to the inch of an A3 sheet: 1,720 across, what a phone shows when turned and enlarged."""


@cache
def _palette() -> Image.Image:
    """The colours of a notice: greys, and every ink (red figures, the charts' fills) in steps to white."""
    inks = ((0, 0, 0), (199, 18, 18), *(tuple(round(255 * part) for part in shade.rgb()) for shade in SHADES))
    steps = 24
    colours = [
        255 - (255 - part) * step // (steps - 1) for ink in dict.fromkeys(inks) for step in range(steps) for part in ink
    ]
    made = Image.new("P", (1, 1))
    made.putpalette(colours)
    return made


def page_pictures(notice: Notice, dots: int) -> tuple[bytes, ...]:
    """Every page as the bytes of a PNG, to be looked at on the screen; `dots` to the inch of an A3 sheet."""
    document = pypdfium2.PdfDocument(notice_pdf(notice, "A3"))
    found = []
    try:
        for page in document:
            out = BytesIO()
            page.render(scale=dots / 72, rev_byteorder=True).to_pil().save(out, "PNG", compress_level=1)
            found.append(out.getvalue())
    finally:
        document.close()
    return tuple(found)


def write_notice_png(notice: Notice, folder: Path, name: str) -> tuple[Path, ...]:
    """Write the pages as `name`-1.png and so on into a folder and return them."""
    document = pypdfium2.PdfDocument(notice_pdf(notice, "A3"))
    try:
        return tuple(
            _page(document, number, notice, folder / f"{name}-{number + 1}.png") for number in range(len(document))
        )
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int, notice: Notice, path: Path) -> Path:
    page = document[number]
    bitmap = page.render(scale=_DOTS / 72, rev_byteorder=True)
    facts = PngInfo()
    facts.add_text(CODE_KEY, f"{notice.code} {number + 1}/{len(document)}")
    with atomic_write(path) as file:
        bitmap.to_pil().quantize(palette=_palette(), dither=Image.Dither.NONE).save(
            file, "PNG", pnginfo=facts, compress_level=3
        )
    bitmap.close()
    page.close()
    return path
