"""What is written on a map: names of parcels, and at its edges legend, scale bar and the arrow to the north."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF, QTransform

from village_ledger.domain.area import format_mu
from village_ledger.ui import theme

from .shapes import Plan, scale_bar


def paint_labels(painter: QPainter, plan: Plan, transform: QTransform, chosen: str) -> None:
    """Names, with the area below where there is room; a label that would touch another is left out."""
    look = theme.current()
    painter.setFont(look.font("small"))
    painter.setPen(look.colour("text"))
    metrics = painter.fontMetrics()
    taken: list[QRectF] = []
    for shape in sorted(plan.shapes, key=lambda shape: shape.parcel.code != chosen):
        box = transform.mapRect(shape.box)
        lines = [shape.parcel.name, f"{format_mu(shape.area_x100)} 亩"]
        if box.height() < metrics.height() * 2.4:
            lines = lines[:1]
        width = max(metrics.horizontalAdvance(line) for line in lines)
        fits = box.width() >= width * 0.9 and box.height() >= metrics.height()
        place = QRectF(0, 0, width + 2, metrics.height() * len(lines))
        place.moveCenter(transform.map(shape.label))
        if (fits or shape.parcel.code == chosen) and not any(place.intersects(other) for other in taken):
            taken.append(place)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))


def paint_legend(painter: QPainter, area: QRect, entries: Sequence[tuple[str, str]]) -> None:
    """Names with their colours (names in the theme), in the lower right corner."""
    if not entries:
        return
    look = theme.current()
    painter.setFont(look.font("small"))
    metrics = painter.fontMetrics()
    row, swatch, gap = metrics.height() + look.scaled(4), look.scaled(16), look.px("gap")
    width = max(metrics.horizontalAdvance(name) for name, _ in entries) + swatch + 3 * gap
    height = row * len(entries) + gap
    box = QRectF(area.right() - width - gap, area.bottom() - height - gap, width, height)
    _panel(painter, box)
    for place, (name, colour) in enumerate(entries):
        top = box.top() + gap / 2 + row * place
        painter.setPen(QPen(look.colour("land_line"), 1))
        painter.setBrush(look.colour(colour))
        painter.drawRect(QRectF(box.left() + gap, top + (row - swatch * 0.7) / 2, swatch, swatch * 0.7))
        painter.setPen(look.colour("text"))
        words = QRectF(box.left() + 2 * gap + swatch, top, width, row)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)


def paint_scale(painter: QPainter, area: QRect, metres_per_pixel: float) -> None:
    """A bar of a round length, in the lower left corner."""
    look = theme.current()
    length, text = scale_bar(metres_per_pixel, look.scaled(160))
    painter.setFont(look.font("small"))
    metrics = painter.fontMetrics()
    gap = look.px("gap")
    pixels = length / metres_per_pixel
    box = QRectF(
        area.left() + gap, area.bottom() - metrics.height() - 3 * gap, pixels + 2 * gap, metrics.height() + 2 * gap
    )
    _panel(painter, box)
    base = box.bottom() - gap
    left, right = box.left() + gap, box.left() + gap + pixels
    painter.setPen(QPen(look.colour("text"), look.scaled(2)))
    painter.drawPolyline(
        QPolygonF([QPointF(left, base - gap), QPointF(left, base), QPointF(right, base), QPointF(right, base - gap)])
    )
    words = QRectF(left - gap, box.top() + gap / 2, pixels + 2 * gap, metrics.height())
    painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)


def paint_north(painter: QPainter, area: QRect) -> None:
    """An arrow to the north, in the upper right corner."""
    look = theme.current()
    side = look.scaled(22)
    x, y = area.right() - side, area.top() + side
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("text"))
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(x, y - side * 0.6),
                QPointF(x + side * 0.32, y + side * 0.4),
                QPointF(x, y + side * 0.15),
                QPointF(x - side * 0.32, y + side * 0.4),
            ]
        )
    )
    painter.setPen(look.colour("text"))
    painter.setFont(look.font("small", bold=True))
    painter.drawText(QRectF(x - side, y + side * 0.4, 2 * side, side), Qt.AlignmentFlag.AlignHCenter, "北")


def _panel(painter: QPainter, box: QRectF) -> None:
    look = theme.current()
    painter.setPen(QPen(look.colour("border"), 1))
    colour = look.colour("surface")
    colour.setAlpha(225)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, look.px("radius"), look.px("radius"))
