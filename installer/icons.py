"""Draws the icons of the program and of its files from resources/icons/app.svg: `python -m installer.icons FOLDER`."""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from .payload import ROOT

SIZES = (16, 24, 32, 48, 64, 128, 256)
DRAWING = ROOT / "resources" / "icons" / "app.svg"
FILES = {"book": "#0f6e5b", "package": "#2f5d9b", "review": "#a5552a", "desk": "#5b3f8c"}
"""Kinds of files by the colour of their band: an account book, a hand-over package, a review."""
_SHEET = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    '<path d="M13 4h26l14 14v38a4 4 0 0 1-4 4H13a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4z" fill="#fff" stroke="#8a9a95"'
    ' stroke-width="2"/><path d="M39 4v14h14" fill="#e6ecea" stroke="#8a9a95" stroke-width="2"/>'
    '<rect x="9" y="38" width="44" height="14" fill="{colour}"/>'
    '<g transform="translate(17 12) scale(0.375)">{inside}</g></svg>'
)


def file_drawing(kind: str) -> str:
    """The SVG of one kind of file: a sheet with the program's icon and a coloured band."""
    inside = DRAWING.read_text("utf-8").partition(">")[2].rpartition("</svg>")[0]
    return _SHEET.format(colour=FILES[kind], inside=inside)


def picture(drawing: str, size: int) -> QImage:
    """An SVG as a square picture."""
    application = QGuiApplication.instance() or QGuiApplication(["icons"])
    assert application is not None
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    return image


def write(folder: Path) -> None:
    """An icon theme: `SIZExSIZE/apps/village-ledger.png` and `…/mimetypes/…` for each kind of file."""
    drawings = {"apps/village-ledger": DRAWING.read_text("utf-8")}
    drawings |= {f"mimetypes/application-x-village-ledger-{kind}": file_drawing(kind) for kind in FILES}
    for name, drawing in drawings.items():
        for size in SIZES:
            path = folder / f"{size}x{size}" / f"{name}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            picture(drawing, size).save(str(path))
        path = folder / "scalable" / f"{name}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(drawing, "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
