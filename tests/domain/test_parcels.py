"""Cards are checked field by field, and contracts never cover more than a parcel has, on any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.parcels import (
    ContractedSpan,
    Parcel,
    check_contracted,
    check_parcel,
    contracted_on,
    contracted_peak,
    household_span,
)

DAY = date(2025, 1, 1)


def a_parcel(**values):
    return Parcel(**{"code": "GD001", "name": "东畈", "land_class": "耕地", "area_x100": 1000, "began": DAY} | values)


def span(start, end, area_x100, label=""):
    return ContractedSpan(date.fromisoformat(start), date.fromisoformat(end) if end else None, area_x100, label)


def test_contracts_one_after_the_other_may_each_take_the_whole_parcel():
    spans = (span("2024-01-01", "2024-12-31", 1000), span("2025-01-01", None, 1000))
    assert check_contracted(1000, spans) == ()


def test_one_common_day_is_an_overlap():
    spans = (span("2024-01-01", "2025-01-01", 600, "甲"), span("2025-01-01", "2025-12-31", 500, "乙"))
    (problem,) = check_contracted(1000, spans)
    assert problem.code == "over-contracted"
    assert problem.line == 1
    assert problem.message == (
        "2025-01-01 当天，发包面积合计 11.00 亩，超过地块面积 10.00 亩（甲 6.00 亩、乙 5.00 亩）。请核对面积或起止日期"
    )


def test_every_stretch_of_days_over_the_area_is_told_with_its_worst_moment():
    spans = (
        span("2025-01-01", None, 800, "甲"),
        span("2025-03-01", "2025-03-31", 300, "乙"),
        span("2025-03-10", "2025-03-20", 100, "丙"),
        span("2025-06-01", None, 201, "丁"),
    )
    first, second = check_contracted(1000, spans)
    assert first.message.startswith("2025-03-01 至 2025-03-31，发包面积合计 12.00 亩")
    assert first.line == 2
    assert second.message.startswith("2025-06-01 起，发包面积合计 10.01 亩")


def test_a_contract_that_ends_before_it_begins_or_is_negative_is_told_first():
    codes = [problem.code for problem in check_contracted(1, (span("2025-02-01", "2025-01-01", -1),))]
    assert codes == ["area-negative", "span-reversed"]


SPANS = st.lists(
    st.builds(
        lambda start, length, area: ContractedSpan(
            DAY + timedelta(days=start), None if length is None else DAY + timedelta(days=start + length), area
        ),
        st.integers(0, 40),
        st.none() | st.integers(0, 30),
        st.integers(0, 600),
    ),
    max_size=7,
)


@given(SPANS, st.integers(0, 1500))
def test_the_check_agrees_with_looking_at_every_single_day(spans, area_x100):
    days = [DAY + timedelta(days=number) for number in range(-1, 75)]
    over = any(contracted_on(day, spans) > area_x100 for day in days)
    assert bool(check_contracted(area_x100, spans)) == over


@given(SPANS, st.integers(-1, 74))
def test_the_peak_from_a_day_on_is_the_largest_day(spans, since):
    days = [DAY + timedelta(days=number) for number in range(since, 75)]
    assert contracted_peak(spans, days[0]) == max(contracted_on(day, spans) for day in days)


@given(SPANS, st.integers(0, 1500))
def test_a_contract_more_never_heals_an_overrun(spans, area_x100):
    if check_contracted(area_x100, spans[:-1]):
        assert check_contracted(area_x100, spans)


def test_an_open_end_at_the_end_of_time_is_no_trouble():
    assert check_contracted(5, (ContractedSpan(DAY, date.max, 5),)) == ()


def test_households_hold_their_part_from_the_first_day():
    parcel = a_parcel(management="家庭承包", household_x100=700)
    problems = check_contracted(parcel.area_x100, (household_span(parcel), span("2026-01-01", None, 301, "甲")))
    assert [problem.code for problem in problems] == ["over-contracted"]


def test_a_good_card_has_no_problems():
    assert check_parcel(a_parcel()) == ()
    assert check_parcel(a_parcel(area_x100=0)) == ()
    assert check_parcel(a_parcel(management="家庭承包", household_x100=1000)) == ()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "GD 1"}, "code"),
        ({"code": "GD;1"}, "code"),
        ({"code": "x" * 31}, "code"),
        ({"name": " "}, "name"),
        ({"land_class": "荒漠"}, "land_class"),
        ({"area_x100": -1}, "area_x100"),
        ({"management": "出租"}, "management"),
        ({"management": "家庭承包", "household_x100": 1001}, "household_x100"),
        ({"management": "家庭承包", "household_x100": -1}, "household_x100"),
        ({"management": "家庭承包"}, "household_x100"),
        ({"household_x100": 5}, "management"),
        ({"ended": date(2024, 1, 1)}, "ended"),
        ({"note": "长" * 201}, "note"),
    ],
)
def test_a_wrong_field_is_named(values, field):
    assert [problem.field for problem in check_parcel(a_parcel(**values))] == [field]


def test_a_parcel_exists_from_its_first_day_to_the_day_before_it_ends():
    parcel = a_parcel(ended=date(2025, 3, 1))
    assert [parcel.exists_on(day) for day in (date(2024, 12, 31), DAY, date(2025, 2, 28), date(2025, 3, 1))] == [
        False,
        True,
        True,
        False,
    ]
