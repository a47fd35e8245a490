from datetime import date

from tests.rules.desk_b import a_case, a_contract, a_decision, hits, related, subjects
from village_ledger.rules.officer_contract import RULE

NAMES = [related("石建国", "理事长"), related("石建国", "理事长", "兄弟姐妹", "石大山")]


def case_of(party="石大山", decisions=(), names=NAMES, **cells):
    told = {"party": party, "decision": "石村议〔2025〕1号", "signed": date(2025, 4, 1)} | cells
    return a_case(contract_register=[a_contract(**told)], decision_register=decisions, related_persons=names)


def test_a_relatives_contract_with_less_than_two_thirds_of_those_present_is_a_hit():
    (hit,) = hits(RULE, case_of(decisions=[a_decision(present=30, yes=19)]))
    assert hit.text == (
        "合同 HT1（东畈机动地，石大山）的对方是石建国（理事长）的兄弟姐妹，"
        "决议 石村议〔2025〕1号 到会 30 人、赞成 19 票，不到 3 分之 2"
    )


def test_no_decision_a_void_one_and_one_that_is_not_at_hand_are_hits():
    assert hits(RULE, case_of(party="石建国", decision=""))[0].text.endswith("石建国（理事长）本人，没有登记决议文号")
    assert hits(RULE, case_of(decisions=[a_decision(valid=False)]))[0].text.endswith("决议 石村议〔2025〕1号 不成立")
    assert "请调阅核对" in hits(RULE, case_of())[0].text


def test_two_thirds_strangers_and_relations_that_had_ended_are_left_alone():
    assert subjects(RULE, case_of(decisions=[a_decision(present=30, yes=20)])) == []
    assert subjects(RULE, case_of(party="张三")) == []
    ended = [related("石建国", "理事长", "任职或投资的单位", "石大山", until=date(2025, 3, 31))]
    assert subjects(RULE, case_of(names=ended)) == []
