from tests.builders import a_voucher
from tests.rules.desk_b import a_case, a_decision, hits, subjects
from village_ledger.rules.lending_without_vote import RULE


def lent(summary="借给青禾合作社周转"):
    return a_voucher(7, "2025-04-01", ("112", 20_000_00, "青禾合作社"), ("102", -20_000_00), summary=summary)


def test_money_lent_without_a_vote_is_a_hit():
    (hit,) = hits(RULE, a_case(lent(), decision_register=[]))
    assert hit.text == (
        "2025-04 记-7 借出 20,000.00 元（借款人：青禾合作社），决策台账里没有出借资金的决议：借给青禾合作社周转"
    )


def test_a_vote_and_other_payments_are_left_alone():
    assert subjects(RULE, a_case(lent(), decision_register=[a_decision(matter="出借资金")])) == []
    assert subjects(RULE, a_case(lent("预付苗木款"), decision_register=[])) == []
    charged = a_voucher(8, "2025-04-02", ("112", 1_00, "青禾合作社"), ("50101", -1_00), summary="借给")
    assert subjects(RULE, a_case(charged, decision_register=[])) == []
