"""Works paid beyond what was agreed, accepted and audited."""

from tests.rules.desk_a import a_case, a_project, hits
from village_ledger.rules.works_over_contract import RULE

FIVE = "甲、乙、丙、丁、戊"


def wrong(**cells):
    row = a_project("XM1", "宏达公司", **{"contract_sum": 70_000_00, "accepted": 70_000_00, "acceptors": FIVE, **cells})
    found = hits(RULE, a_case(project_ledger=[row]))
    return found[0].text.partition(" 元：")[2] if found else ""


def test_what_was_agreed_changed_accepted_and_audited_may_be_paid():
    assert wrong(paid=70_000_00) == ""
    assert wrong(paid=75_000_00, changes=5_000_00) == ""
    assert wrong(paid=0, acceptors="") == ""
    assert wrong(paid=63_000_00, accepted=0, acceptors="") == ""


def test_each_fault_is_named():
    assert wrong(paid=70_000_01) == "超过合同价加变更 70,000.00 元"
    assert wrong(paid=69_000_01, audited=69_000_00) == "超过审定决算 69,000.00 元"
    assert wrong(paid=63_000_01, accepted=0, acceptors="") == "没有验收就基本付清"
    assert wrong(paid=1_00, acceptors="甲、乙、丙、丁") == "验收只有 4 人，应不少于 5 人"
    assert wrong(paid=72_000_01, contract_sum=80_000_00) == "付款超过 90%，没有决算审计"
    assert wrong(paid=72_000_00, contract_sum=80_000_00) == ""
    assert wrong(paid=1_00, contract_sum=19_999_99, acceptors="甲") == ""
