"""Paid before the contract was signed."""

from tests.rules.desk_a import OWED, a_case, a_contract, a_request, hits, paid
from village_ledger.rules.contract_after_payment import RULE

LABEL = "2025-06 记-1"


def found(signed: str, *, asked: bool = True, **cells):
    registers = {"request_register": [a_request(LABEL, 900_00, contract="GC1")]} if asked else {}
    contract = a_contract("GC1", "甲队", 1, signed, **cells)
    voucher = paid(1, "2025-06-02", 900_00, "甲队", account=OWED, summary="付工程款")
    return hits(RULE, a_case(voucher, contract_register=[contract], **registers))


def test_a_contract_signed_after_the_payment_is_named():
    (hit,) = found("2025-06-03")
    assert hit.text == "2025-06-02 付 900.00 元，而合同 GC1 到 2025-06-03 才签订，晚了 1 天，像是后补合同：付工程款"
    assert hit.subject == "凭证 2025-06 记-1 合同 GC1"


def test_without_a_request_the_only_contract_of_the_payee_counts_for_thirty_days():
    assert len(found("2025-07-02", asked=False)) == 1
    assert found("2025-07-03", asked=False) == ()
    assert len(found("2025-07-03")) == 1


def test_signed_on_the_day_and_contracts_that_bring_money_are_not():
    assert found("2025-06-02") == ()
    assert found("2025-06-03", direction="收") == ()
