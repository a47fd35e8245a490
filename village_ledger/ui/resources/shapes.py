"""What the map draws: parcels as shapes in metres around the village, with colours by class or by who works them."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from village_ledger.domain.geodesy import Bounds, bounds, label_position, metres_per_degree
from village_ledger.domain.geojson import MultiPolygon, Position
from village_ledger.domain.parcels import LAND_CLASSES, MANAGEMENTS, Parcel
from village_ledger.services.parcels import ParcelRecord

CLASS_COLOURS = dict(
    zip(
        LAND_CLASSES,
        (
            "land_arable",
            "land_garden",
            "land_forest",
            "land_grass",
            "land_water",
            "land_waste",
            "land_built",
            "land_other",
        ),
        strict=True,
    )
)
MANAGEMENT_COLOURS = dict(
    zip(MANAGEMENTS, ("land_household", "land_collective", "land_let", "land_idle", "land_occupied"), strict=True)
)
"""Names in the theme file."""


class Projection(NamedTuple):
    """A flat map of a village: metres east and south of a centre. Good to a hundred-thousandth over ten kilometres."""

    longitude: float
    latitude: float
    east_m: float
    north_m: float

    @classmethod
    def around(cls, box: Bounds) -> "Projection":
        """The projection with the middle of a box as its centre."""
        latitude = (box.south + box.north) / 2
        return cls((box.west + box.east) / 2, latitude, *metres_per_degree(latitude))

    def point(self, position: Position) -> QPointF:
        """A position on the map; y grows to the south."""
        return QPointF((position[0] - self.longitude) * self.east_m, (self.latitude - position[1]) * self.north_m)

    def position(self, point: QPointF) -> Position:
        """The inverse of `point`."""
        return self.longitude + point.x() / self.east_m, self.latitude - point.y() / self.north_m

    def path(self, outline: MultiPolygon) -> QPainterPath:
        """An outline with its holes."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.OddEvenFill)
        for polygon in outline:
            for ring in polygon:
                path.moveTo(self.point(ring[0]))
                for position in ring[1:]:
                    path.lineTo(self.point(position))
                path.closeSubpath()
        return path


class Shape(NamedTuple):
    """One parcel on the map: its outline in metres, the place of its label and how wide the land is there."""

    parcel: Parcel
    area_x100: int
    path: QPainterPath
    box: QRectF
    label: QPointF


class Plan(NamedTuple):
    """The shapes with their projection and the box around them in metres."""

    projection: Projection
    shapes: tuple[Shape, ...]
    box: QRectF

    def at(self, point: QPointF) -> Shape | None:
        """The shape under a point; where several lie over each other, the smallest."""
        found = [shape for shape in self.shapes if shape.box.contains(point) and shape.path.contains(point)]
        return min(found, key=lambda shape: shape.box.width() * shape.box.height()) if found else None

    def find(self, code: str) -> Shape | None:
        """The shape of a parcel's code."""
        return next((shape for shape in self.shapes if shape.parcel.code == code), None)


def plan(records: Iterable[ParcelRecord]) -> Plan | None:
    """The map of the parcels that have an outline, large ones first; None when none has."""
    drawn = [record for record in records if record.parcel.boundary]
    box = bounds(record.parcel.boundary for record in drawn)
    if box is None:
        return None
    projection = Projection.around(box)
    shapes = []
    for record in drawn:
        path = projection.path(record.parcel.boundary)
        label = projection.point(label_position(record.parcel.boundary))
        shapes.append(Shape(record.parcel, record.area_x100, path, path.boundingRect(), label))
    shapes.sort(key=lambda shape: -shape.box.width() * shape.box.height())
    whole = QRectF(projection.point((box.west, box.north)), projection.point((box.east, box.south)))
    return Plan(projection, tuple(shapes), whole)


def scale_bar(metres_per_pixel: float, room: int) -> tuple[int, str]:
    """Length in metres of the longest round scale bar (1, 2, 5, 10…) within `room` pixels, and how it is written."""
    length = 1
    for power in range(8):
        for factor in (1, 2, 5):
            if factor * 10**power <= room * metres_per_pixel:
                length = factor * 10**power
    return length, f"{length // 1000} 千米" if length >= 1000 else f"{length} 米"
