from tests.rules.desk_b import a_case, a_decision, hits, subjects
from village_ledger.rules.decision_defective import RULE


def test_a_final_decision_that_did_not_come_about_is_a_hit():
    failed = a_decision(valid=False, failures="实到 12 人，不足应到的三分之二", spent=8_000_00)
    (hit,) = hits(RULE, a_case(decision_register=[failed]))
    assert hit.text == (
        "决议 石村议〔2025〕1号“机动地发包”不成立，已经动用 8,000.00 元：实到 12 人，不足应到的三分之二"
    )
    assert hit.amount_fen == 8_000_00


def test_valid_ones_drafts_and_withdrawn_ones_are_left_alone():
    rows = [
        a_decision(),
        a_decision(state="起草", valid=False, failures="还没有表决"),
        a_decision(state="作废", valid=False, failures="已作废"),
    ]
    assert subjects(RULE, a_case(decision_register=rows)) == []
