"""Outlines of land as GeoJSON (RFC 7946): positions are longitude and latitude in WGS 84, in degrees.

Reads Polygon and MultiPolygon geometries with holes, bare or in features; other geometries are refused by name.
"""

import json
from collections.abc import Iterable
from math import isnan
from typing import Any, NamedTuple

Position = tuple[float, float]
Ring = tuple[Position, ...]
Polygon = tuple[Ring, ...]
MultiPolygon = tuple[Polygon, ...]
"""Polygons, each an outer ring followed by its holes; rings are closed (first position = last)."""

DECIMALS = 7
"""Decimals of a degree that are kept: about one centimetre (RFC 7946 § 11.2 on precision)."""

MAX_POSITIONS = 20_000
_SAME_AS_WGS84 = ("CRS84", "4326", "4490")
"""Names of coordinate systems an old file may state; CGCS2000 (4490) differs from WGS 84 by centimetres."""


class GeoJsonError(ValueError):
    """The text is no outline of land; `str()` says in Chinese what is wrong with it."""


class Feature(NamedTuple):
    """One outline with its properties; no polygons when the feature has no geometry (null)."""

    properties: dict[str, Any]
    outline: MultiPolygon
    problem: str = ""


def read_features(text: str) -> tuple[Feature, ...]:
    """The features of a GeoJSON text. What is wrong with one outline is told in its `problem`, in Chinese."""
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise GeoJsonError("文件不是 GeoJSON：内容不是完整的 JSON 文本") from None
    if not isinstance(data, dict):
        raise GeoJsonError("文件不是 GeoJSON：最外层应是 FeatureCollection")
    _check_crs(data)
    kind = data.get("type")
    if kind == "FeatureCollection":
        members = data.get("features")
        if not isinstance(members, list):
            raise GeoJsonError("GeoJSON 的 FeatureCollection 里没有 features")
        return tuple(_feature(member) for member in members)
    return (_feature(data if kind == "Feature" else {"type": "Feature", "geometry": data, "properties": {}}),)


def read_outline(geometry: object) -> MultiPolygon:
    """A Polygon or MultiPolygon object as rings, oriented and rounded; raises GeoJsonError."""
    if not isinstance(geometry, dict):
        raise GeoJsonError("没有图形（geometry）")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"}:
        raise GeoJsonError(f"图形是 {kind}，地块边界只能是 Polygon 或 MultiPolygon（面）")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise GeoJsonError("图形里没有坐标")
    outline = tuple(_polygon(rings) for rings in polygons)
    if sum(len(ring) for polygon in outline for ring in polygon) > MAX_POSITIONS:
        raise GeoJsonError(f"边界点超过 {MAX_POSITIONS} 个，请先把图形简化")
    return outline


def outline_object(outline: MultiPolygon) -> dict[str, Any] | None:
    """The GeoJSON geometry of an outline: a Polygon when there is one, null when there is none."""
    if not outline:
        return None
    polygons = [[[list(position) for position in ring] for ring in polygon] for polygon in outline]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def write_features(features: Iterable[tuple[dict[str, Any], MultiPolygon]]) -> str:
    """A FeatureCollection, a feature to a line."""
    lines = [
        json.dumps(
            {"type": "Feature", "properties": properties, "geometry": outline_object(outline)}, ensure_ascii=False
        )
        for properties, outline in features
    ]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"


def _check_crs(data: dict[str, Any]) -> None:
    """RFC 7946 knows no `crs`; files after the 2008 draft may state one, which then must be WGS 84."""
    crs = data.get("crs")
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if not name.endswith(_SAME_AS_WGS84):
        raise GeoJsonError(f"坐标系是“{name or '未知'}”，请先转换成经纬度（WGS 84 或 CGCS2000）再导入")


def _feature(member: object) -> Feature:
    if not isinstance(member, dict) or member.get("type") != "Feature":
        return Feature({}, (), "不是 Feature")
    properties = member.get("properties")
    known = properties if isinstance(properties, dict) else {}
    geometry = member.get("geometry")
    if geometry is None:
        return Feature(known, ())
    try:
        return Feature(known, read_outline(geometry))
    except GeoJsonError as error:
        return Feature(known, (), str(error))


def _polygon(rings: object) -> Polygon:
    if not isinstance(rings, list) or not rings:
        raise GeoJsonError("有一个面没有边界线")
    outer, *holes = (_ring(ring) for ring in rings)
    return (oriented(outer, anticlockwise=True), *(oriented(hole, anticlockwise=False) for hole in holes))


def _ring(positions: object) -> Ring:
    if not isinstance(positions, list):
        raise GeoJsonError("边界线不是坐标的列表")
    ring = tuple(_position(position) for position in positions)
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise GeoJsonError("边界线没有闭合：至少要有 4 个点，最后一点和第一点相同")
    if len(set(ring)) < 3:
        raise GeoJsonError("边界线不成面，不同的点不到 3 个")
    return ring


def _position(position: object) -> Position:
    if not isinstance(position, list) or len(position) < 2:
        raise GeoJsonError(f"坐标 {position} 不对，应是［经度, 纬度］")
    longitude, latitude = position[0], position[1]
    for number in (longitude, latitude):
        if isinstance(number, bool) or not isinstance(number, int | float) or isnan(number):
            raise GeoJsonError(f"坐标 {position} 不是数字")
    if abs(longitude) > 180 or abs(latitude) > 90:
        hint = "经度和纬度可能写反了" if abs(latitude) <= 180 and abs(longitude) <= 90 else "可能是投影坐标（米）"
        raise GeoJsonError(f"坐标 {position} 超出经纬度范围，{hint}，请先转换成经纬度再导入")
    return round(float(longitude), DECIMALS), round(float(latitude), DECIMALS)


def oriented(ring: Ring, *, anticlockwise: bool) -> Ring:
    """The ring in the direction RFC 7946 § 3.1.6 asks for: outer rings anticlockwise, holes clockwise."""
    doubled = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(_shifted(ring), _shifted(ring)[1:], strict=False))
    return ring if (doubled >= 0) == anticlockwise else ring[::-1]


def _shifted(ring: Ring) -> list[Position]:
    """The ring around its first position, so that small parcels do not drown in large coordinates."""
    x0, y0 = ring[0]
    return [(x - x0, y - y0) for x, y in ring]
