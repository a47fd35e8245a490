"""Icons of the program and its files as Windows wants them, from the drawings Linux uses."""

import io
from collections.abc import Iterable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice

from installer.icons import picture

SIZES = (16, 24, 32, 48, 64, 128)


def draw_icon(drawing: str, target: Path, sizes: Iterable[int] = SIZES) -> None:
    """Write an .ico holding an SVG at each size; each is drawn for itself, none is scaled."""
    pictures = [_scaled(drawing, size) for size in sorted(sizes, reverse=True)]
    pictures[0].save(
        target, "ICO", bitmap_format="bmp", sizes=[one.size for one in pictures], append_images=pictures[1:]
    )


def _scaled(drawing: str, size: int) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture(drawing, size).save(buffer, "PNG")
    image = Image.open(io.BytesIO(bytes(buffer.data().data())))
    image.load()
    return image
