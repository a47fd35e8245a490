"""Benford's law by an exact chi-square test; the statistic is checked by hand for simple counts."""

from fractions import Fraction

from tests.rules.desk_a import a_case, hits, paid
from village_ledger.rules.first_digits import EXPECTED, RULE, chi_square


def spread(counted: list[int]):
    digits = [digit for digit, times in enumerate(counted, 1) for _ in range(times)]
    return a_case(*(paid(number, "2025-06-02", digit * 100_00) for number, digit in enumerate(digits, 1)))


def test_the_expected_shares_add_up_to_a_million():
    assert sum(EXPECTED) == 1_000_000


def test_the_statistic_of_counts_as_expected_is_nil_and_of_one_digit_alone_known():
    assert chi_square(list(EXPECTED)) == 0
    # all n in one cell of share p: n(1-p)^2/p + n(1-p) = n(1-p)/p
    assert chi_square([0] * 8 + [300]) == Fraction(300 * (1_000_000 - 45_757), 45_757)


def test_amounts_that_lead_evenly_are_remarked_on():
    (hit,) = hits(RULE, spread([34, 34, 34, 33, 33, 33, 33, 33, 33]))
    assert "300 笔付款金额首位数字分布异常" in hit.text
    assert ("首位 1", "34 笔，应约 90 笔") in hit.evidence


def test_amounts_that_keep_to_the_law_and_too_few_are_not():
    assert hits(RULE, spread([90, 53, 37, 29, 24, 20, 18, 15, 14])) == ()
    assert hits(RULE, spread([33] * 9)) == ()
