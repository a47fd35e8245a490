"""The wording under a title."""

import pytest

from village_ledger.domain.period import Period
from village_ledger.reports.frame import day_label, side_of, span_label


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ((2025, 6), (2025, 6), "2025年6月"),
        ((2025, 1), (2025, 6), "2025年1—6月"),
        ((2025, 1), (2025, 12), "2025年度"),
        ((2024, 7), (2025, 6), "2024年7月—2025年6月"),
    ],
)
def test_a_span_is_worded_as_short_as_it_can_be(start: tuple[int, int], end: tuple[int, int], words: str) -> None:
    assert span_label(Period(*start), Period(*end)) == words


def test_the_day_of_a_balance_is_the_last_of_its_month() -> None:
    assert day_label(Period(2024, 2)) == "2024年2月29日"


def test_a_balance_stands_on_one_side_or_none() -> None:
    assert [side_of(fen) for fen in (1, -1, 0)] == ["借", "贷", "平"]
