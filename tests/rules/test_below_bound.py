"""Slips crowding below a bound of 1,000 yuan: 5 %, three times as many, five at least."""

from tests.rules.desk_a import a_case, hits, paid
from village_ledger.rules.below_bound import RULE

BOUNDS = {"bounds": (1000_00,)}


def slips(*amounts: int):
    return a_case(*(paid(number, "2025-06-02", fen) for number, fen in enumerate(amounts, 1)))


def test_many_slips_below_and_few_above_are_remarked_on():
    (hit,) = hits(RULE, slips(950_00, 960_00, 980_00, 999_00, 999_99, 1050_00), **BOUNDS)
    assert hit.subject == "界限 1,000.00 元"
    assert hit.amount_fen == 950_00 + 960_00 + 980_00 + 999_00 + 999_99
    assert "有 5 笔，刚过界限的只有 1 笔" in hit.text


def test_a_fen_outside_or_a_third_above_is_no_crowd():
    assert hits(RULE, slips(949_99, 960_00, 980_00, 999_00, 999_99), **BOUNDS) == ()
    assert hits(RULE, slips(950_00, 960_00, 980_00, 999_00, 999_99, 1000_00, 1050_00), **BOUNDS) == ()
    assert hits(RULE, slips(*[990_00] * 6, 1000_00, 1050_00), **BOUNDS) == ()
    assert len(hits(RULE, slips(*[990_00] * 7, 1000_00, 1050_00), **BOUNDS)) == 1
