"""Measuring outlines on the WGS 84 ellipsoid, and the few things a map needs to know of them.

Square metres are floats: they are only ever compared with the stated area, never kept.
"""

from collections.abc import Iterable
from itertools import pairwise
from math import atanh, cos, radians, sin, sqrt
from typing import NamedTuple

from .geojson import MultiPolygon, Polygon, Position, Ring

SEMI_MAJOR_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
_ECCENTRICITY = sqrt(FLATTENING * (2 - FLATTENING))


class Bounds(NamedTuple):
    """The box around outlines, in degrees."""

    west: float
    south: float
    east: float
    north: float


def area_m2(outline: MultiPolygon) -> float:
    """The area on the ellipsoid in square metres, holes taken out.

    Exact for edges that are straight in longitude and authalic latitude; for parcels (edges under a kilometre) this
    differs from geodesic edges by less than a hundred-thousandth.
    """
    return sum(abs(_ring_area(polygon[0])) - sum(abs(_ring_area(hole)) for hole in polygon[1:]) for polygon in outline)


def _ring_area(ring: Ring) -> float:
    """Signed area: sum over the edges of longitude difference times mean area function, relative to the first one."""
    base = _authalic(ring[0][1])
    total = 0.0
    for (longitude, latitude), (next_longitude, next_latitude) in pairwise(ring):
        step = radians(_turn(next_longitude - longitude))
        total -= step * ((_authalic(latitude) + _authalic(next_latitude)) / 2 - base)
    return total * SEMI_MAJOR_M**2 / 2


def _turn(difference: float) -> float:
    """A difference of longitudes the short way round."""
    return (difference + 180) % 360 - 180


def _authalic(latitude: float) -> float:
    """Snyder's q: the area between equator and a parallel per radian of longitude is a²q/2 (USGS PP 1395, 3-12)."""
    sine = sin(radians(latitude))
    e = _ECCENTRICITY
    return (1 - e * e) * (sine / (1 - (e * sine) ** 2) + atanh(e * sine) / e)


def bounds(outlines: Iterable[MultiPolygon]) -> Bounds | None:
    """The box around all outlines; None when there are none."""
    positions = [position for outline in outlines for polygon in outline for ring in polygon[:1] for position in ring]
    if not positions:
        return None
    longitudes, latitudes = zip(*positions, strict=True)
    return Bounds(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def contains(outline: MultiPolygon, position: Position) -> bool:
    """Whether a position lies inside (even-odd rule, so holes are outside)."""
    return any(sum(_inside(ring, position) for ring in polygon) % 2 for polygon in outline)


def _inside(ring: Ring, position: Position) -> bool:
    x, y = position
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def label_position(outline: MultiPolygon) -> Position:
    """A position well inside the largest polygon, for its label: near the middle, with room around."""
    polygon = max(outline, key=lambda one: abs(_ring_area(one[0])))
    box = bounds(((polygon,),))
    if box is None:
        raise ValueError("an outline without positions has no label position")
    candidates: dict[Position, float] = {}
    for step in range(1, _ROWS):
        y = box.south + (box.north - box.south) * step / _ROWS
        crossings = _crossings(polygon, y)
        for x1, x2 in zip(crossings[::2], crossings[1::2], strict=False):
            for part in (0.3, 0.5, 0.7):
                candidates[x1 + (x2 - x1) * part, y] = 1 - abs(step * 2 / _ROWS - 1) / 3 - abs(part - 0.5)
    shrink = cos(radians(box.south)) / 2
    return max(
        candidates, key=lambda place: _clearance(polygon, place, shrink) * candidates[place], default=polygon[0][0]
    )


_ROWS = 16


def _clearance(polygon: Polygon, place: Position, shrink: float) -> float:
    """Squared distance to the nearest edge, with east-west distances shrunk."""
    x, y = place
    nearest = float("inf")
    for ring in polygon:
        for (x1, y1), (x2, y2) in pairwise(ring):
            ax, ay, bx, by = (x1 - x) * shrink, y1 - y, (x2 - x1) * shrink, y2 - y1
            length = bx * bx + by * by
            along = min(max(-(ax * bx + ay * by) / length, 0.0), 1.0) if length else 0.0
            nearest = min(nearest, (ax + along * bx) ** 2 + (ay + along * by) ** 2)
    return nearest


def _crossings(polygon: Polygon, y: float) -> list[float]:
    """Where a parallel enters and leaves a polygon, west to east."""
    found = []
    for ring in polygon:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y):
                found.append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    return sorted(found)


def metres_per_degree(latitude: float) -> tuple[float, float]:
    """Length of one degree of longitude and of latitude at a latitude, on the ellipsoid."""
    e2 = _ECCENTRICITY**2
    across = 1 - e2 * sin(radians(latitude)) ** 2
    prime_vertical = SEMI_MAJOR_M / sqrt(across)
    meridian = SEMI_MAJOR_M * (1 - e2) / across**1.5
    return radians(1) * prime_vertical * cos(radians(latitude)), radians(1) * meridian


def outline_problem(outline: MultiPolygon) -> str:
    """What is wrong with an outline as a shape, in Chinese: a line crossing itself, a hole outside; else empty."""
    for polygon in outline:
        for ring in polygon:
            place = _self_crossing(ring)
            if place is not None:
                return f"边界线在经度 {place[0]:.6f}、纬度 {place[1]:.6f} 附近自己相交，请按顺序重新采点"
        if any(not _inside(polygon[0], _inner(hole)) for hole in polygon[1:]):
            return "有一个洞（内环）在外边界之外"
    return ""


def _inner(ring: Ring) -> Position:
    return label_position(((ring,),))


def _self_crossing(ring: Ring) -> Position | None:
    """The start of an edge that properly crosses another edge of the ring. Edges are swept from west to east."""
    edges = sorted(pairwise(ring), key=lambda edge: min(edge[0][0], edge[1][0]))
    open_edges: list[tuple[Position, Position]] = []
    for edge in edges:
        west = min(edge[0][0], edge[1][0])
        open_edges = [other for other in open_edges if max(other[0][0], other[1][0]) >= west]
        for other in open_edges:
            if _cross(edge, other):
                return edge[0]
        open_edges.append(edge)
    return None


def _cross(one: tuple[Position, Position], other: tuple[Position, Position]) -> bool:
    (a, b), (c, d) = one, other
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Position, b: Position, c: Position) -> int:
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (turn > 0) - (turn < 0)
