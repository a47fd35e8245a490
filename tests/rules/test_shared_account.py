"""One account number, two names."""

from tests.rules.desk_a import a_case, a_document, hits
from village_ledger.rules.shared_account import RULE


def row(voucher: str, **cells):
    return a_document(voucher, 100_00, "2025-06-01", **{"account_tag": "ab12", "account_name": "甲店", **cells})


def test_two_payees_with_one_account_are_named():
    (hit,) = hits(RULE, a_case(document_register=[row("2025-06 记-1"), row("2025-06 记-2", account_name="乙店")]))
    assert hit.text == "乙店、甲店的收款账号是同一个（2 张票据），要查实际收款人"
    assert (hit.amount_fen, hit.vouchers) == (200_00, ("2025-06 记-1", "2025-06 记-2"))


def test_one_payee_other_accounts_blanks_and_receipts_are_not():
    for other in (
        row("2025-06 记-2", account_name="甲 店"),
        row("2025-06 记-2", account_name="乙店", account_tag="cd34"),
        row("2025-06 记-2", account_name="乙店", account_tag=""),
        row("2025-06 记-2", account_name="乙店", direction="收"),
    ):
        assert hits(RULE, a_case(document_register=[row("2025-06 记-1"), other])) == ()
