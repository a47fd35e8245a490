"""Shares are exact: the fewest votes that reach one, with no float in between."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.governance import Basis, Share, Size


@pytest.mark.parametrize(
    ("share", "total", "least"),
    [
        (Share(2, 3), 120, 80),
        (Share(2, 3), 121, 81),
        (Share(2, 3), 30, 20),
        (Share(2, 3), 31, 21),
        (Share(1, 2, more=True), 30, 16),
        (Share(1, 2, more=True), 31, 16),
        (Share(1, 2, more=True), 7, 4),
        (Share(4, 5), 28, 23),
        (Share(3, 4), 120, 90),
        (Share(3, 4), 121, 91),
        (Share(2, 3), 0, 0),
    ],
)
def test_the_fewest_votes_are_those_counted_by_hand(share: Share, total: int, least: int):
    assert share.least(total) == least


@given(st.integers(1, 99), st.integers(1, 99), st.booleans(), st.integers(1, 100_000))
def test_the_fewest_votes_reach_the_share_and_one_fewer_does_not(over: int, under: int, more: bool, total: int):
    over, under = min(over, under), max(over, under)
    least = Share(over, under, more).least(total)
    wanted = Fraction(over, under) * total
    assert least > wanted if more else least >= wanted
    assert least - 1 <= wanted if more else least - 1 < wanted


def test_shares_are_told_as_the_statutes_word_them():
    assert [Share(2, 3).text, Share(1, 2, more=True).text, Share(1, 2).text, Share(4, 5).text] == [
        "三分之二以上",
        "过半数",
        "半数以上",
        "五分之四以上",
    ]
    assert Share(3, 10, more=True).text == "超过十分之三"
    assert Share(11, 20).text == "二十分之十一以上"


def test_a_board_has_three_to_seven_members_and_an_odd_number():
    size = Size(3, 7, odd=True)
    assert [number for number in range(10) if size.fits(number)] == [3, 5, 7]
    assert size.text == "为 3 至 7 人、单数"


def test_a_figure_is_certain_only_while_the_text_that_was_read_is_in_force():
    basis = Basis("村民委员会组织法", "第二十二条", True, date(2018, 12, 29), date(2025, 12, 31), "2018年修正的文本")
    assert basis.doubt(date(2025, 12, 31)) == ""
    assert "2025-12-31 以后" in basis.doubt(date(2026, 1, 1))
    assert "起施行" in basis.doubt(date(2018, 12, 28))
    assert "未核对" in Basis("章程").doubt(date(2025, 1, 1))
