from tests.builders import a_voucher
from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.subsidy_not_paid_out import RULE


def got(day, summary="收代发抗旱补贴", fen=3_000_00):
    return a_voucher(4, day, ("102", fen), ("211", -fen, "抗旱补贴"), summary=summary)


def paid(day, fen):
    return a_voucher(8, day, ("211", fen, "抗旱补贴"), ("102", -fen))


def test_money_for_others_kept_for_31_days_is_a_hit():
    (hit,) = hits(RULE, a_case(got("2025-11-30")))
    assert hit.text == (
        "2025-11-30 收到的代发款 3,000.00 元（收代发抗旱补贴），过了 31 天没有发放，还挂在抗旱补贴名下 3,000.00 元"
    )
    assert hit.vouchers == ("2025-11 记-4",)


def test_what_came_30_days_ago_was_paid_from_or_is_for_something_else_is_left_alone():
    assert subjects(RULE, a_case(got("2025-12-01"))) == []
    assert subjects(RULE, a_case(got("2025-06-01"), paid("2025-06-20", 2_000_00))) == []
    assert subjects(RULE, a_case(got("2025-06-01"), paid("2025-06-20", 3_000_00))) == []
    assert subjects(RULE, a_case(got("2025-06-01", "收押金"))) == []


def test_a_payment_made_before_the_money_came_does_not_count():
    assert subjects(RULE, a_case(got("2025-06-01"), paid("2025-05-20", 1_000_00))) == ["凭证 2025-06 记-4 2"]
