"""Money: what is typed, what is printed, the capital form, splitting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.money import LIMIT_FEN, MoneyError, capital_amount, format_fen, parse_fen, split_by_weight

amounts = st.integers(-LIMIT_FEN + 1, LIMIT_FEN - 1)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("12", 1200),
        ("12.3", 1230),
        ("12.34", 1234),
        (".5", 50),
        ("5.", 500),
        ("1,234.50", 123450),
        ("1,234,567.89", 123456789),
        ("-3", -300),
        ("(3.00)", -300),
        ("￥５６．７", 5670),
        ("１２３。４５", 12345),
        (" 7.10 ", 710),
        ("7.1000", 710),
        ("99999999999.99", LIMIT_FEN - 1),
    ],
)
def test_amounts_people_type_are_read(text: str, fen: int) -> None:
    assert parse_fen(text) == fen


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "为空"),
        ("-", "为空"),
        ("abc", "不能识别"),
        ("12元", "不能识别"),
        ("1.2.3", "不能识别"),
        ("--3", "不能识别"),
        ("1.234", "超过两位"),
        ("12,34", "千位"),
        ("1e5", "不能识别"),
        ("²", "不能识别"),
        ("100000000000", "过大"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(text: str, word: str) -> None:
    with pytest.raises(MoneyError, match=word):
        parse_fen(text)


@given(amounts)
def test_formatting_and_parsing_are_inverse(fen: int) -> None:
    assert parse_fen(format_fen(fen)) == fen
    assert parse_fen(format_fen(fen, grouped=False)) == fen


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (15, "壹角伍分"),
        (100, "壹元整"),
        (105, "壹元零伍分"),
        (150, "壹元伍角整"),
        (1000, "壹拾元整"),
        (10100, "壹佰零壹元整"),
        (101000, "壹仟零壹拾元整"),
        (101005, "壹仟零壹拾元零伍分"),
        (1000000, "壹万元整"),
        (1000100, "壹万零壹元整"),
        (10700053, "壹拾万柒仟元伍角叁分"),
        (140953, "壹仟肆佰零玖元伍角叁分"),
        (600700, "陆仟零柒元整"),
        (10000000001, "壹亿元零壹分"),
        (10000000000000 - 1, "玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        (-12345, "负壹佰贰拾叁元肆角伍分"),
    ],
)
def test_capital_amounts_follow_the_basic_work_rules(fen: int, text: str) -> None:
    """Forms as 会计基础工作规范 art. 52 and 支付结算办法 annex 1 print them (1,409.50 and 6,007.14 are its examples; of
    107,000.53 it allows the form with and without 零)."""
    assert capital_amount(fen) == text


def test_capital_amounts_of_the_payment_rules() -> None:
    assert capital_amount(140950) == "壹仟肆佰零玖元伍角整"
    assert capital_amount(600714) == "陆仟零柒元壹角肆分"
    assert capital_amount(1640902) == "壹万陆仟肆佰零玖元零贰分"
    assert capital_amount(32504) == "叁佰贰拾伍元零肆分"


@given(amounts, st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any))
def test_a_split_loses_no_fen(fen: int, weights: list[int]) -> None:
    shares = split_by_weight(fen, tuple(weights))
    assert sum(shares) == fen
    for share, weight in zip(shares, weights, strict=True):
        assert abs(abs(share) * sum(weights) - abs(fen) * weight) < sum(weights)


def test_a_split_needs_weights() -> None:
    with pytest.raises(ValueError, match="weights"):
        split_by_weight(100, (0, 0))
