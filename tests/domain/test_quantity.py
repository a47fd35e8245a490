"""Quantities are thousandths; a trailing zero says nothing unless figures stand in a column."""

import pytest

from village_ledger.domain.quantity import format_quantity


@pytest.mark.parametrize(
    ("thousandths", "text"),
    [(0, "0"), (12_500, "12.5"), (-3_000, "-3"), (100_000, "100"), (1_234_050, "1,234.05"), (-1, "-0.001")],
)
def test_a_quantity_shows_the_decimals_it_needs(thousandths, text):
    assert format_quantity(thousandths) == text


def test_in_a_column_every_quantity_has_the_same_number_of_decimals():
    assert [format_quantity(one, 2) for one in (1_500, 2_000, -1_234_560)] == ["1.50", "2.00", "-1,234.56"]
    assert format_quantity(2_000, 0) == "2"


def test_a_quantity_to_be_typed_over_has_no_separators():
    assert format_quantity(1_234_500, grouped=False) == "1234.5"
