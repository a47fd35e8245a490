"""What counts as a payment, how much of it was cash, and who got it."""

from tests.builders import a_line, a_voucher
from tests.rules.desk_a import BANK, CASH, OFFICE, OWED, a_case, a_document, a_request, moved, paid, taken
from village_ledger.rules.payments import cited_all, paid_to, payments

LABEL = "2025-06 记-1"


def the(voucher, **registers):
    (one,) = payments(a_case(voucher, **registers))
    return one


def test_takings_transfers_and_vouchers_without_money_are_no_payments():
    owed = a_voucher(3, "2025-06-02", (OFFICE, 100_00), (OWED, -100_00, "甲店"))
    assert payments(a_case(taken(1, "2025-06-02", 100_00), moved(2, "2025-06-02", 100_00), owed)) == ()


def test_the_cash_part_never_exceeds_what_was_paid():
    banked = a_voucher(1, "2025-06-02", (OFFICE, 300_00), (BANK, 700_00), (CASH, -1000_00))
    one = the(banked)
    assert (one.fen, one.cash_fen) == (300_00, 300_00)
    assert the(paid(1, "2025-06-02", 300_00)).cash_fen == 0


def test_a_red_letter_voucher_takes_back_one_like_voucher_without_a_link():
    def red(number):
        lines = [("借", OFFICE), ("贷", BANK)]
        made = [
            a_line(account, 0)._replace(**{f"{'debit' if side == '借' else 'credit'}_fen": -100_00})
            for side, account in lines
        ]
        return a_voucher(number, "2025-07-01", *made)

    case = a_case(paid(1, "2025-06-02", 100_00), paid(2, "2025-06-03", 100_00), red(1))
    assert [one.label for one in payments(case)] == ["2025-06 记-1"]


def test_the_payee_is_the_member_else_the_one_of_requests_else_the_one_of_papers():
    request, paper = a_request(LABEL, 1, payee="乙店"), a_document(LABEL, 1, "2025-06-01", issuer="丙店")
    both = {"request_register": [request], "document_register": [paper]}
    assert the(paid(1, "2025-06-02", 1, "甲店"), **both).payees == ("甲店",)
    assert the(paid(1, "2025-06-02", 1), **both).payees == ("乙店",)
    assert the(paid(1, "2025-06-02", 1), document_register=[paper]).payees == ("丙店",)
    account = a_document(LABEL, 1, "2025-06-01", issuer="丙店", account_name="丁（个人）")
    assert the(paid(1, "2025-06-02", 1), document_register=[account]).payees == ("丁（个人）",)


def test_nobody_is_named_where_papers_name_several_or_only_the_bank():
    two = [a_document(LABEL, 1, "2025-06-01", issuer=name) for name in ("甲店", "乙店")]
    assert the(paid(1, "2025-06-02", 1), document_register=two).payees == ()
    bank = a_document(LABEL, 1, "2025-06-01", kind="银行回单", issuer="农商行")
    assert the(paid(1, "2025-06-02", 1), document_register=[bank]).payees == ()


def test_what_a_payee_got_is_summed_within_a_voucher():
    voucher = a_voucher(
        1, "2025-06-02", (OWED, 1_00, "甲店"), (OFFICE, 2_00, "甲店"), (OWED, 4_00, "乙店"), (BANK, -7_00)
    )
    assert {name: [fen for _, fen in those] for name, those in paid_to(payments(a_case(voucher))).items()} == {
        "甲店": [3_00],
        "乙店": [4_00],
    }


def test_evidence_names_twenty_and_counts_the_rest():
    found = payments(a_case(*(paid(number, "2025-06-02", 1_00) for number in range(1, 24))))
    told = cited_all(found)
    assert len(told) == 21
    assert told[-1] == ("其余", "还有 3 笔")
    assert told[0] == ("凭证 2025-06 记-1", "2025-06-02 付 1.00 元：购办公用品")
