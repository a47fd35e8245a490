from tests.builders import a_voucher
from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.income_missing import RULE


def sold(number, day, fen, account="50103"):
    return a_voucher(number, day, ("102", fen), (account, -fen))


def case_of(*vouchers, first="2024-01", **span):
    return a_case(*vouchers, first=first, **span)


def test_a_kind_of_income_that_stopped_is_a_hit():
    carried = a_voucher(9, "2024-12-31", ("50103", 1_000_00), ("321", -1_000_00), kind="carry")
    (hit,) = hits(RULE, case_of(sold(1, "2024-05-01", 1_000_00), carried))
    assert hit.subject == "科目 50103"
    assert hit.text == "经营收入-销售收入上年同期（2024年1月至2024年12月）有收入 1,000.00 元，本期一笔也没有"


def test_less_income_small_income_and_later_months_are_left_alone():
    assert subjects(RULE, case_of(sold(1, "2024-05-01", 1_000_00), sold(1, "2025-11-01", 1))) == []
    assert subjects(RULE, case_of(sold(1, "2024-05-01", 999_99))) == []
    assert subjects(RULE, case_of(sold(1, "2024-07-01", 5_000_00), end="2025-06")) == []


def test_a_book_without_the_year_before_has_nothing_to_compare():
    assert subjects(RULE, case_of(sold(1, "2024-05-01", 1_000_00), first="2024-02")) == []
