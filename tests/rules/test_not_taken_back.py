from datetime import date

from tests.rules.desk_b import a_case, a_contract, hits, subjects
from village_ledger.rules.not_taken_back import RULE


def case_of(end, **cells):
    return a_case(contract_register=[a_contract(end=end, state="到期未收回") | cells])


def test_a_thing_still_held_30_days_after_its_term_is_a_hit():
    (hit,) = hits(RULE, case_of(date(2025, 12, 1)))  # 30 days before 31 December
    assert hit.text == "合同 HT1（东畈机动地，张三） 2025-12-01 到期，过了 30 天没有收回，也没有续签"
    assert hit.amount_fen == 1_000_00


def test_29_days_or_a_thing_taken_back_is_left_alone():
    assert subjects(RULE, case_of(date(2025, 12, 2))) == []
    assert subjects(RULE, case_of(date(2025, 6, 30), state="已收回")) == []
