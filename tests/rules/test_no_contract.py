"""Works and purchases of 10,000 yuan without a contract."""

from tests.rules.desk_a import OFFICE, OWED, a_case, a_contract, a_project, a_request, hits, paid
from village_ledger.rules.no_contract import RULE


def found(fen: int = 10_000_00, *, account: str = OWED, summary: str = "付维修款", **registers):
    voucher = paid(1, "2025-06-02", fen, "甲队", account=account, summary=summary)
    return hits(RULE, a_case(voucher, **{"contract_register": [], "project_ledger": [], **registers}))


def test_a_large_purchase_of_somebody_without_a_contract_is_named():
    (hit,) = found()
    assert hit.text == "2025-06-02 付给甲队 10,000.00 元（应付款），台账里没有对应的合同或工程：付维修款"


def test_small_sums_other_accounts_and_those_with_contract_or_project_are_not():
    assert found(9999_99) == ()
    assert found(account=OFFICE) == ()
    assert found(summary="归还借款") == ()
    assert found(contract_register=[a_contract("GC1", "甲队", 1, "2025-01-01")]) == ()
    assert found(project_ledger=[a_project("XM1", "甲队")]) == ()
    assert found(request_register=[a_request("2025-06 记-1", 10_000_00, project="XM1")]) == ()
