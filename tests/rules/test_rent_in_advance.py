from datetime import date

from tests.rules.desk_b import a_case, a_contract, hits, subjects
from village_ledger.rules.rent_in_advance import RULE


def case_of(years, **cells):
    return a_case(contract_register=[a_contract(start=date(2020, 1, 1), end=date(2020 + years - 1, 12, 31), **cells)])


def test_thirty_years_rent_at_once_is_a_hit():
    (hit,) = hits(RULE, case_of(30, cycle="一次付清", total=24_000_00))
    assert "从 2020-01-01 到 2049-12-31，付款方式是一次付清，一次收取超过 5 年的租金" in hit.text
    assert hit.amount_fen == 24_000_00
    assert subjects(RULE, case_of(6, cycle="", price="分期 1 期")) == ["合同 HT1"]


def test_five_years_at_once_and_longer_ones_paid_by_the_year_are_left_alone():
    assert subjects(RULE, case_of(5, cycle="一次付清")) == []
    assert subjects(RULE, case_of(30, cycle="按年")) == []
    assert subjects(RULE, case_of(30, cycle="每五年")) == []
    assert subjects(RULE, case_of(30, cycle="每五年"), years=4) == ["合同 HT1"]
