"""Areas in mu are read and written as whole hundredths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.area import LIMIT_X100, AreaError, format_mu, parse_mu


@pytest.mark.parametrize(
    ("text", "area_x100"),
    [("12.5", 1250), ("1,234.50", 123450), ("３．２５亩", 325), ("0", 0), ("7 亩", 700), (".5", 50), ("12.500", 1250)],
)
def test_what_people_type_is_read(text, area_x100):
    assert parse_mu(text) == area_x100


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "没有面积"),
        ("-1", "不能是负数"),
        ("1.234", "小数超过两位"),
        ("十亩", "看不懂"),
        (".", "看不懂"),
        ("1,23", "千位分隔符"),
        ("1e3", "看不懂"),
        ("99999999999", "过大"),
    ],
)
def test_what_is_no_area_is_refused_with_a_reason(text, reason):
    with pytest.raises(AreaError, match=reason):
        parse_mu(text)


@given(st.integers(0, LIMIT_X100 - 1))
def test_every_area_survives_writing_and_reading(area_x100):
    assert parse_mu(format_mu(area_x100)) == area_x100
    assert parse_mu(format_mu(area_x100, grouped=False)) == area_x100


def test_areas_are_written_with_two_decimals():
    assert format_mu(123450) == "1,234.50"
    assert format_mu(-5) == "-0.05"
