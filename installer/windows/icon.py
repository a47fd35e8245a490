"""The program's icon for Windows, drawn from the same SVG the window uses."""

import io
from collections.abc import Iterable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 24, 32, 48, 64, 128)


def draw_icon(drawing: Path, target: Path, sizes: Iterable[int] = SIZES) -> None:
    """Write an .ico holding the drawing at each size; each is drawn for itself, none is scaled."""
    pictures = [_picture(drawing, size) for size in sorted(sizes, reverse=True)]
    pictures[0].save(
        target, "ICO", bitmap_format="bmp", sizes=[one.size for one in pictures], append_images=pictures[1:]
    )


def _picture(drawing: Path, size: int) -> Image.Image:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    picture = Image.open(io.BytesIO(bytes(buffer.data().data())))
    picture.load()
    return picture
