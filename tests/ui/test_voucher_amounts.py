"""What may be typed into amount, quantity and date cells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.money import MoneyError, format_fen
from village_ledger.ui.tables.amount_text import (
    amount_of,
    format_price,
    parse_amount,
    parse_price,
    parse_quantity,
    price_of,
    quantity_text,
)
from village_ledger.ui.widgets.day_edit import parse_day


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("", 0),
        ("1,234.5", 123450),
        ("10+3.23*2", 1646),
        ("(10-4)*1.5", 900),
        ("（５０－８）×３", 12600),
        ("１２。５", 1250),
        ("-30+10", -2000),
        ("100/8", 1250),
        ("100÷8", 1250),
        ("3*(2+1)*1.1", 990),
        ("0.1+0.2", 30),
        ("--5+1", 600),
    ],
)
def test_amounts_and_sums_are_read_exactly(text: str, fen: int) -> None:
    assert parse_amount(text) == fen


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12a", "不能识别"),
        ("1.234", "超过两位"),
        ("10/3", "不是整分"),
        ("1/0", "除数是零"),
        ("(1+2", "括号"),
        ("1+", "不能识别"),
        ("1..2+1", "不能识别"),
        ("1+2)", "不能识别"),
        ("100000000000", "过大"),
        ("99999999999*2", "过大"),
        ("(" * 60 + "1", "不能识别"),
        ("2**3", "不能识别"),
        ("1_0+1", "不能识别"),
    ],
)
def test_what_is_no_amount_is_refused_in_chinese(text: str, words: str) -> None:
    with pytest.raises(MoneyError, match=words):
        parse_amount(text)


@given(st.lists(st.integers(-(10**10), 10**10), min_size=2, max_size=6))
def test_a_written_sum_gives_the_sum(amounts: list[int]) -> None:
    text = "+".join(format_fen(fen, grouped=False) for fen in amounts)
    assert parse_amount(text) == sum(amounts)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_unit_price_shown_gives_the_amount_back_within_a_fraction(quantity: int, price: int) -> None:
    amount = amount_of(quantity, price)
    assert abs(amount * 10**5 - quantity * price) * 2 <= 10**5
    assert abs(price_of(amount, quantity) - price) * quantity <= 10**5


def test_quantities_and_prices_are_read_and_written() -> None:
    assert parse_quantity("12.5") == 12500
    assert quantity_text(12500) == "12.5"
    assert quantity_text(-3000) == "-3"
    assert parse_price("3.5") == 35000
    assert format_price(35000) == "3.50"
    assert format_price(35125) == "3.5125"
    assert amount_of(12500, 35000) == 4375
    with pytest.raises(MoneyError, match="小数超过三位"):
        parse_quantity("1.2345")
    with pytest.raises(MoneyError, match="数量“一斤”"):
        parse_quantity("一斤")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5", date(2025, 3, 5)),
        ("４．５", date(2025, 4, 5)),
        ("4-5", date(2025, 4, 5)),
        ("24.2.29", date(2024, 2, 29)),
        ("20250630", date(2025, 6, 30)),
        ("2025年6月1日", date(2025, 6, 1)),
        ("29.2", None),
        ("31.2", None),
        ("2.29", None),
        ("abc", None),
        ("", None),
        ("1-2-3-4", None),
        ("0", None),
    ],
)
def test_days_are_completed_from_the_working_date(text: str, day: date | None) -> None:
    assert parse_day(text, date(2025, 3, 12)) == day
