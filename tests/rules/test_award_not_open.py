from datetime import date

from tests.rules.desk_b import a_case, a_contract, hits, subjects
from village_ledger.rules.award_not_open import RULE


def case_of(**cells):
    told = {"signed": date(2025, 3, 1), "total": 10_000_00, "award": "公开协商"} | cells
    return a_case(contract_register=[a_contract(**told)])


def test_a_contract_of_the_year_at_the_bound_that_was_not_bid_for_is_a_hit():
    (hit,) = hits(RULE, case_of())
    assert (
        hit.text == "合同 HT1（东畈机动地，张三） 2025-03-01 签订，总额 10,000.00 元，交易方式是公开协商，没有公开竞价"
    )
    assert "没有登记交易方式" in hits(RULE, case_of(award=""))[0].text


def test_smaller_older_and_openly_awarded_contracts_are_left_alone():
    assert subjects(RULE, case_of(total=9_999_99)) == []
    assert subjects(RULE, case_of(signed=date(2024, 12, 31))) == []
    assert subjects(RULE, case_of(signed=date(2026, 1, 1))) == []
    assert subjects(RULE, case_of(award="招标")) == []
    assert subjects(RULE, case_of(kind="工程")) == []
