"""One person twice on a day; one sum with one summary again within a month."""

from tests.rules.desk_a import LABOUR, OFFICE, a_case, hits, paid
from village_ledger.rules.labour_same_day import RULE


def slip(number: int, day: str, fen: int, payee: str = "", summary: str = "付清扫误工补贴", account: str = LABOUR):
    return paid(number, day, fen, payee, summary=summary, account=account)


def test_one_person_paid_for_two_jobs_of_a_day_is_named():
    case = a_case(slip(1, "2025-06-02", 100_00, "李长河"), slip(2, "2025-06-02", 120_00, "李长河", "付巡山误工补贴"))
    (hit,) = hits(RULE, case)
    assert hit.text == "李长河在 2025-06-02 同一天领了 2 笔误工（劳务）费共 220.00 元，像是重复或虚列"


def test_the_same_sum_and_summary_again_within_a_month_is_named():
    case = a_case(slip(1, "2025-06-02", 600_00), slip(2, "2025-07-03", 600_00))
    (hit,) = hits(RULE, case)
    assert (hit.amount_fen, hit.vouchers) == (600_00, ("2025-06 记-1", "2025-07 记-2"))


def test_other_days_sums_people_and_spending_are_not():
    assert hits(RULE, a_case(slip(1, "2025-06-02", 600_00), slip(2, "2025-07-04", 600_00))) == ()
    assert hits(RULE, a_case(slip(1, "2025-06-02", 600_00, "甲"), slip(2, "2025-06-02", 600_00, "乙"))) == ()
    assert hits(RULE, a_case(slip(1, "2025-06-02", 600_00, "甲"), slip(2, "2025-06-03", 500_00, "甲"))) == ()
    two = [slip(n, "2025-06-02", 600_00, "甲", "购办公用品", OFFICE) for n in (1, 2)]
    assert hits(RULE, a_case(*two)) == ()
