"""Ten thousand yuan and more need a decision somewhere on their way."""

from tests.rules.desk_a import PAY, a_case, a_contract, a_project, a_request, hits, paid
from village_ledger.rules.no_decision import RULE

LABEL = "2025-06 记-1"


def found(fen: int = 10_000_00, payee: str = "宏达公司", *, account: str = "51303", **registers):
    wanted = {"request_register": [], "contract_register": [], "project_ledger": [], "payment_trail": []}
    return hits(RULE, a_case(paid(1, "2025-06-02", fen, payee, account=account), **{**wanted, **registers}))


def test_a_large_payment_without_any_decision_is_named():
    (hit,) = found()
    assert hit.text == (
        "2025-06-02 付给宏达公司 10,000.00 元，达到要开会决议的 10,000.00 元，没有查到决议、"
        "经决议的合同或工程：购办公用品"
    )
    assert ("用款申请", "没有") in hit.evidence
    assert found(9999_99) == ()


def test_a_decision_in_request_contract_project_budget_or_trail_will_do():
    assert found(request_register=[a_request(LABEL, 10_000_00, decision="1号")]) == ()
    assert found(request_register=[a_request(LABEL, 10_000_00, budget_item="Z01")]) == ()
    assert found(contract_register=[a_contract("GC1", "宏达公司", 1, "2025-05-01", decision="1号")]) == ()
    assert found(project_ledger=[a_project("XM1", "宏达公司", decision="1号")]) == ()
    assert found(payment_trail=[{"voucher": LABEL, "stage": "决策"}]) == ()
    assert found(account=PAY) == ()


def test_a_contract_nobody_decided_on_will_not_do():
    contract = a_contract("GC1", "宏达公司", 1, "2025-05-01")
    asked = a_request(LABEL, 10_000_00, contract="GC1")
    assert len(found(contract_register=[contract], request_register=[asked])) == 1
    assert len(found(payment_trail=[{"voucher": LABEL, "stage": "凭证"}])) == 1
