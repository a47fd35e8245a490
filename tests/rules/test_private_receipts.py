"""Receipts that name a person as the holder of the account."""

from tests.rules.desk_a import a_case, a_document, a_person, hits
from village_ledger.rules.private_receipts import RULE


def receipt(holder: str, **cells):
    return a_document(
        "2025-06 记-3",
        5000_00,
        "2025-06-02",
        direction="收",
        kind="银行回单",
        number="88",
        issuer="张水生",
        account_name=holder,
        **cells,
    )


def test_money_received_on_a_persons_account_is_remarked_on():
    case = a_case(document_register=[receipt("陈秋菊")], people_register=[a_person("陈秋菊", "出纳")])
    (hit,) = hits(RULE, case)
    assert "收款户名是村干部（财务人员）陈秋菊，不是本村账户" in hit.text
    assert (hit.amount_fen, hit.vouchers) == (5000_00, ("2025-06 记-3",))
    assert len(hits(RULE, a_case(document_register=[receipt("张三")]))) == 1


def test_the_villages_own_account_a_firm_a_void_receipt_and_payments_are_not():
    rows = [receipt("石桥村股份经济合作社"), receipt(""), receipt("示范县供电公司"), receipt("张三", void=True)]
    rows.append(a_document("2025-06 记-4", 100_00, "2025-06-02", account_name="张三"))
    assert hits(RULE, a_case(document_register=rows)) == ()
