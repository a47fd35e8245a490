"""Outlines are read as RFC 7946 says, and what is wrong with one is told in Chinese."""

import json

import pytest

from village_ledger.domain.geojson import GeoJsonError, read_features, read_outline, write_features

SQUARE = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]
HOLE = [[0.5, 0.5], [1, 0.5], [1, 1], [0.5, 1], [0.5, 0.5]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def test_rings_are_turned_the_way_the_standard_asks_for():
    outline = read_outline(polygon(SQUARE[::-1], HOLE))
    outer, hole = outline[0]
    assert outer == ((0, 0), (2, 0), (2, 2), (0, 2), (0, 0))
    assert hole == ((0.5, 0.5), (0.5, 1), (1, 1), (1, 0.5), (0.5, 0.5))


def test_what_is_written_reads_back_the_same():
    one = read_outline(polygon(SQUARE, HOLE))
    many = read_outline({"type": "MultiPolygon", "coordinates": [[SQUARE], [HOLE]]})
    text = write_features([({"code": "A", "name": "塘"}, one), ({"code": "B"}, many), ({"code": "C"}, ())])
    assert json.loads(text)["type"] == "FeatureCollection"
    assert [(found.properties["code"], found.outline) for found in read_features(text)] == [
        ("A", one),
        ("B", many),
        ("C", ()),
    ]


def test_positions_keep_seven_decimals_and_drop_the_height():
    ring = [[115.123456789, 30, 88.5], [115.2, 30], [115.2, 30.1], [115.123456789, 30, 88.5]]
    assert read_outline(polygon(ring))[0][0][0] == (115.1234568, 30.0)


def test_a_bare_geometry_and_a_single_feature_are_read_too():
    assert read_features(json.dumps(polygon(SQUARE)))[0].properties == {}
    feature = {"type": "Feature", "properties": {"code": "A"}, "geometry": polygon(SQUARE)}
    assert read_features("\ufeff" + json.dumps(feature))[0].properties == {"code": "A"}


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4490"])
def test_old_files_may_state_a_system_of_longitude_and_latitude(name):
    crs = {"type": "name", "properties": {"name": name}}
    assert read_features(json.dumps({"type": "FeatureCollection", "crs": crs, "features": []})) == ()


def test_a_projected_system_is_refused():
    crs = {"type": "name", "properties": {"name": "EPSG:4549"}}
    with pytest.raises(GeoJsonError, match="EPSG:4549"):
        read_features(json.dumps({"type": "FeatureCollection", "crs": crs, "features": []}))


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        ({"type": "Point", "coordinates": [1, 2]}, "图形是 Point"),
        (polygon(), "没有边界线"),
        (polygon(SQUARE[:-1]), "没有闭合"),
        (polygon([[0, 0], [1, 1], [0, 0]]), "没有闭合"),
        (polygon([[0, 0], [1, 1], [1, 1], [0, 0]]), "不成面"),
        (polygon([[0, 0], [1, "x"], [1, 1], [0, 0]]), "不是数字"),
        (polygon([[0, 0], [1, True], [1, 1], [0, 0]]), "不是数字"),
        (polygon([[0, 0], [1], [1, 1], [0, 0]]), "经度, 纬度"),
        (polygon([[30, 115], [31, 115], [31, 116], [30, 115]]), "可能写反了"),
        (polygon([[39512345.1, 3388123.2]] * 4), "可能是投影坐标"),
        ({"type": "MultiPolygon", "coordinates": []}, "没有坐标"),
        ("x", "没有图形"),
    ],
)
def test_a_wrong_geometry_is_refused_with_its_reason(geometry, reason):
    with pytest.raises(GeoJsonError, match=reason):
        read_outline(geometry)


def test_numbers_that_are_none_are_refused():
    with pytest.raises(GeoJsonError, match="不是数字"):
        read_outline(json.loads('{"type": "Polygon", "coordinates": [[[0, NaN], [1, 1], [1, 2], [0, NaN]]]}'))


def test_one_bad_feature_does_not_hide_the_others():
    features = [
        {"type": "Feature", "properties": {"code": "A"}, "geometry": polygon(SQUARE)},
        {"type": "Feature", "properties": {"code": "B"}, "geometry": {"type": "Point", "coordinates": [0, 0]}},
        {"type": "Feature", "properties": None, "geometry": None},
        "x",
    ]
    found = read_features(json.dumps({"type": "FeatureCollection", "features": features}))
    assert [bool(one.outline) for one in found] == [True, False, False, False]
    assert [one.problem[:4] for one in found] == ["", "图形是 ", "", "不是 F"]


@pytest.mark.parametrize(
    "text", ["", "[1]", '{"type": "FeatureCollection"}', '{"type": "FeatureCollection", "features": 3}']
)
def test_what_is_no_geojson_is_refused(text):
    with pytest.raises(GeoJsonError):
        read_features(text)
