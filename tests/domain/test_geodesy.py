"""Areas agree with Karney's geodesic polygons (GeographicLib 2.0); labels stand inside; crossed lines are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_parcels import a_parcel
from village_ledger.domain.geodesy import (
    area_m2,
    bounds,
    contains,
    label_position,
    metres_per_degree,
    outline_problem,
)
from village_ledger.domain.land_register import AreaRules, check_area

HECTARE = [(115.7, 30.6), (115.701043, 30.6), (115.701043, 30.600902), (115.7, 30.600902)]
VILLAGE = [(115.7312, 30.6118), (115.7398, 30.6101), (115.7421, 30.6174), (115.7365, 30.6205), (115.7302, 30.6163)]
NORTH = [(127.5, 45.1), (127.51, 45.1), (127.51, 45.11), (127.5, 45.11)]


def outline(*rings):
    return (tuple((*ring, ring[0]) for ring in rings),)


@pytest.mark.parametrize(
    ("ring", "square_metres"), [(HECTARE, 10002.1925), (VILLAGE, 873744.9009), (NORTH, 874653.1609)]
)
def test_parcels_measure_as_geodesic_polygons_do(ring, square_metres):
    assert area_m2(outline(ring)) == pytest.approx(square_metres, rel=1e-5)


@pytest.mark.parametrize(("south", "square_metres"), [(0, 12_308_463_894), (30, 10_642_393_439)])
def test_a_cell_of_one_degree_has_its_known_area(south, square_metres):
    cell = [(100, south), (101, south), (101, south + 1), (100, south + 1)]
    assert area_m2(outline(cell)) == pytest.approx(square_metres, rel=1e-9)


def test_holes_are_taken_out_and_pieces_added():
    hole = [(115.7003, 30.6003), (115.7006, 30.6003), (115.7006, 30.6006), (115.7003, 30.6006)]
    whole, part = area_m2(outline(HECTARE)), area_m2(outline(hole))
    assert area_m2(outline(HECTARE, hole)) == pytest.approx(whole - part)
    assert area_m2((*outline(HECTARE), *outline(NORTH))) == pytest.approx(whole + area_m2(outline(NORTH)))


def test_direction_and_starting_point_do_not_matter():
    turned = VILLAGE[2:] + VILLAGE[:2]
    assert area_m2(outline(turned[::-1])) == pytest.approx(area_m2(outline(VILLAGE)), rel=1e-12)


def test_a_polygon_over_the_date_line_is_not_torn():
    here = [(0.0, 0.0), (0.02, 0.0), (0.02, 0.01), (0.0, 0.01)]
    there = [(179.99, 0.0), (-179.99, 0.0), (-179.99, 0.01), (179.99, 0.01)]
    assert area_m2(outline(there)) == pytest.approx(area_m2(outline(here)), rel=1e-9)


def test_a_degree_is_as_long_as_the_ellipsoid_says():
    east, north = metres_per_degree(0)
    assert (round(east, 1), round(north, 1)) == (111319.5, 110574.3)


RULES = AreaRules(66667, 50, 10)


def test_the_outline_is_compared_with_the_stated_area_within_the_tolerance():
    boundary = outline(HECTARE)  # 10002.19 m² = 15.00 mu
    for stated, within in ((1500, True), (1429, True), (1428, False), (1578, True), (1579, False)):
        check = check_area(a_parcel(area_x100=stated, boundary=boundary), RULES)
        assert check is not None
        assert (check.measured_x100, check.within) == (1500, within), stated
    assert check_area(a_parcel(), RULES) is None


def test_for_small_parcels_a_tenth_of_a_mu_is_tolerated():
    small = [(115.7, 30.6), (115.7001, 30.6), (115.7001, 30.6001), (115.7, 30.6001)]  # 106 m² = 0.16 mu
    check = check_area(a_parcel(area_x100=26, boundary=outline(small)), RULES)
    assert check is not None
    assert (check.measured_x100, check.within, check.difference_x100) == (16, True, -10)


RINGS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=3, max_size=8, unique=True).map(
    lambda points: [(115 + x / 1000, 30 + y / 1000) for x, y in points]
)


@given(RINGS)
def test_a_label_stands_inside_any_outline_that_does_not_cross_itself(ring):
    shape = outline(ring)
    if not outline_problem(shape) and area_m2(shape) > 5000:
        assert contains(shape, label_position(shape))


def test_a_label_does_not_stand_in_a_hole():
    hole = [(115.7002, 30.6002), (115.7008, 30.6002), (115.7008, 30.6007), (115.7002, 30.6007)]
    shape = outline(HECTARE, hole)
    assert contains(shape, label_position(shape))
    assert not contains(shape, (115.7005, 30.6004))


def test_a_line_that_crosses_itself_is_told_with_its_place():
    bow_tie = [(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0)]
    assert "自己相交" in outline_problem(outline(bow_tie))
    assert outline_problem(outline(VILLAGE)) == ""


def test_a_hole_outside_is_told():
    assert "在外边界之外" in outline_problem(outline(HECTARE, NORTH))


def test_the_box_is_around_all_outlines():
    assert bounds([outline(HECTARE), outline(NORTH)]) == (115.7, 30.6, 127.51, 45.11)
    assert bounds([]) is None
