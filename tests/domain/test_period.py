"""Periods are calendar months."""

from datetime import date

import pytest

from village_ledger.domain.period import Period


def test_february_ends_on_the_29th_only_in_leap_years() -> None:
    assert Period(2024, 2).last_day == date(2024, 2, 29)
    assert Period(2025, 2).last_day == date(2025, 2, 28)
    assert Period(2100, 2).last_day == date(2100, 2, 28)


def test_december_is_followed_by_january() -> None:
    assert Period(2025, 12).next == Period(2026, 1)
    assert Period(2026, 1).previous == Period(2025, 12)
    assert Period(2025, 12).is_year_end


def test_a_span_holds_both_ends() -> None:
    assert [str(month) for month in Period(2025, 11).through(Period(2026, 2))] == [
        "2025-11",
        "2025-12",
        "2026-01",
        "2026-02",
    ]


@pytest.mark.parametrize("text", ["2025", "2025-13", "2025-00", "25-01", "2025/01", "", "二〇二五-01"])
def test_other_forms_are_refused_in_chinese(text: str) -> None:
    with pytest.raises(ValueError, match="2025-06"):
        Period.parse(text)


def test_written_and_read_are_the_same() -> None:
    assert Period.parse("2025-6") == Period.parse("2025-06") == Period(2025, 6)
    assert str(Period(2025, 6)) == "2025-06"
    assert Period(2025, 6).label == "2025年6月"
