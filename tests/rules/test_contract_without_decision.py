from datetime import date

from tests.rules.desk_b import a_case, a_contract, a_decision, hits, subjects
from village_ledger.rules.contract_without_decision import RULE


def case_of(decisions=(), **cells):
    told = {"signed": date(2025, 4, 1), "decision": "石村议〔2025〕1号"} | cells
    return a_case(contract_register=[a_contract(**told)], decision_register=decisions)


def test_a_contract_of_the_year_without_a_decision_is_a_hit():
    (hit,) = hits(RULE, case_of(decision=""))
    assert hit.text.endswith("2025-04-01 签订，总额 5,000.00 元，没有登记决议文号")


def test_a_decision_that_did_not_come_about_does_not_help():
    (hit,) = hits(RULE, case_of([a_decision(valid=False, failures="到会不足")]))
    assert hit.text.endswith("所依据的决议 石村议〔2025〕1号 不成立：到会不足")


def test_a_valid_decision_one_of_another_year_and_an_old_contract_are_left_alone():
    assert subjects(RULE, case_of([a_decision()])) == []
    assert subjects(RULE, case_of()) == []
    assert subjects(RULE, case_of(decision="", signed=date(2024, 12, 31))) == []
