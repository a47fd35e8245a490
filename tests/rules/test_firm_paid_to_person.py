"""The contract is with a firm, the money goes to a person."""

from tests.rules.desk_a import OWED, a_case, a_contract, a_document, a_request, hits, paid
from village_ledger.rules.firm_paid_to_person import RULE

CONTRACT = a_contract("GC1", "宏达建筑工程公司", 1, "2025-01-05")
LABEL = "2025-06 记-1"


def found(voucher, **registers):
    return hits(RULE, a_case(voucher, contract_register=[CONTRACT], **registers))


def test_a_persons_account_for_a_firms_money_is_named():
    voucher = paid(1, "2025-06-02", 9000_00, "宏达建筑工程公司", account=OWED, summary="付工程款")
    (hit,) = found(voucher, document_register=[a_document(LABEL, 9000_00, "2025-06-01", account_name="王老五")])
    assert hit.text == "2025-06-02 付 9,000.00 元的合同对方是宏达建筑工程公司，收款人却是个人王老五：付工程款"


def test_a_request_on_the_contract_for_a_person_is_named():
    asked = a_request(LABEL, 9000_00, payee="王老五", contract="GC1")
    assert len(found(paid(1, "2025-06-02", 9000_00), request_register=[asked])) == 1


def test_the_firms_account_and_contracts_with_people_are_right():
    voucher = paid(1, "2025-06-02", 9000_00, "宏达建筑工程公司", account=OWED)
    assert found(voucher, document_register=[a_document(LABEL, 1, "2025-06-01", account_name="宏达建筑工程公司")]) == ()
    with_person = a_contract("GC1", "王老五", 1, "2025-01-05")
    asked = a_request(LABEL, 9000_00, payee="王老五", contract="GC1")
    case = a_case(paid(1, "2025-06-02", 9000_00), contract_register=[with_person], request_register=[asked])
    assert hits(RULE, case) == ()
