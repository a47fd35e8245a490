"""Days off, by the announcement for 2025: 1 to 8 October free, 28 September and 11 October worked."""

from datetime import date

import pytest

from village_ledger.rules.calendar import day_off, days_of
from village_ledger.services.township.flags import default_parameters

HELD = {one.name: one.value for one in default_parameters() if one.rule == "holiday-slips"}
HOLIDAYS, WORKDAYS = days_of(HELD["holidays"]), days_of(HELD["workdays"])


def test_spans_and_single_days_are_read_and_anything_else_is_left_out():
    assert days_of(("2025-05-01/2025-05-03", "2025-06-10")) == {
        *(date(2025, 5, number) for number in (1, 2, 3)),
        date(2025, 6, 10),
    }
    assert days_of(("", "五一", "2025-05-03/2025-05-01", "0001-01-01/9999-12-31", "2025-02-30")) == frozenset()


def test_holidays_weekends_and_worked_weekends():
    assert day_off(date(2025, 10, 8), HOLIDAYS, WORKDAYS) == "节假日"
    assert day_off(date(2025, 10, 9), HOLIDAYS, WORKDAYS) == ""
    assert day_off(date(2025, 10, 11), HOLIDAYS, WORKDAYS) == ""
    assert day_off(date(2025, 10, 12), HOLIDAYS, WORKDAYS) == "周末"


def test_every_worked_day_is_a_weekend_and_no_holiday():
    assert all(day.weekday() >= 5 for day in WORKDAYS)
    assert not WORKDAYS & HOLIDAYS


@pytest.mark.parametrize(("year", "statutory"), [(2024, 11), (2025, 13), (2026, 13)])
def test_days_off_are_the_statutory_ones_weekends_and_what_worked_weekends_make_up_for(year, statutory):
    """全国年节及纪念日放假办法: 11 days until 2024, 13 from 2025 on; a holiday on a weekend is made up for."""
    free = [day for day in HOLIDAYS if day.year == year]
    worked = [day for day in WORKDAYS if day.year == year]
    assert len(free) - sum(day.weekday() >= 5 for day in free) - len(worked) == statutory
