"""Bounds here: 1,000 yuan; slips from 80 % on; 15 days."""

from tests.rules.desk_a import BANK, LABOUR, OFFICE, a_case, a_relation, hits, paid
from village_ledger.rules.split_payments import RULE

BOUNDS = {"bounds": (1000_00,)}


def test_two_slips_just_below_a_bound_within_the_days_are_one_payment_split():
    case = a_case(paid(1, "2025-06-02", 900_00, "清河文具店"), paid(2, "2025-06-17", 800_00, "清河文具店"))
    (hit,) = hits(RULE, case, **BOUNDS)
    assert hit.amount_fen == 1700_00
    assert hit.vouchers == ("2025-06 记-1", "2025-06 记-2")
    assert hit.text == (
        "2025-06-02 至 2025-06-17 分 2 笔付给清河文具店 1,700.00 元（管理费用-办公费），每笔都略低于审批界限 "
        "1,000.00 元，合计达到界限，像是化整为零"
    )
    assert ("审批界限", "1,000.00 元") in hit.evidence


def test_a_day_later_a_fen_less_at_the_bound_or_for_another_purpose_is_no_split():
    first = paid(1, "2025-06-02", 900_00, "清河文具店")
    for second in (
        paid(2, "2025-06-18", 900_00, "清河文具店"),
        paid(2, "2025-06-03", 799_99, "清河文具店"),
        paid(2, "2025-06-03", 1000_00, "清河文具店"),
        paid(2, "2025-06-03", 900_00, "清河文具店", account=LABOUR),
        paid(2, "2025-06-03", 900_00, "清河图文店"),
    ):
        assert hits(RULE, a_case(first, second), **BOUNDS) == ()


def test_payees_of_one_officers_circle_count_as_one():
    slips = (paid(1, "2025-06-02", 900_00, "石建国"), paid(2, "2025-06-03", 900_00, "李秀珍"))
    related = [a_relation("石建国", relation="本人"), a_relation("李秀珍")]
    assert hits(RULE, a_case(*slips), **BOUNDS) == ()
    (hit,) = hits(RULE, a_case(*slips, related_persons=related), **BOUNDS)
    assert hit.subject == "石建国、李秀珍 管理费用-办公费 2025-06 记-1 起"


def test_a_payment_taken_back_in_red_letters_is_none():
    wrong, red = paid(2, "2025-06-03", 900_00, "清河文具店"), paid(3, "2025-06-04", -900_00, "清河文具店")
    red = red._replace(
        lines=tuple(
            line._replace(debit_fen=-900_00, credit_fen=0)
            if line.account == OFFICE
            else line._replace(debit_fen=0, credit_fen=-900_00)
            for line in red.lines
        )
    )
    assert {line.account for line in red.lines} == {OFFICE, BANK}
    assert hits(RULE, a_case(paid(1, "2025-06-02", 900_00, "清河文具店"), wrong, red), **BOUNDS) == ()
