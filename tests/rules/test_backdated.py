from tests.builders import a_voucher
from tests.rules.desk_b import a_case, an_act, hits, subjects
from village_ledger.rules.backdated import RULE


def voucher(number, day, **more):
    return a_voucher(number, day, ("101", 100_00), ("102", -100_00), **more)


def posted(one, at):
    return an_act("post", f"{one.period} {one.label}", {"uid": one.uid}, at=at)


def test_vouchers_posted_more_than_ten_days_late_are_one_hit_a_day_of_posting():
    first, second = voucher(1, "2025-03-01"), voucher(2, "2025-03-05")
    acts = [posted(one, "2025-03-31T16:30:00Z") for one in (first, second)]  # 1 April in China
    (hit,) = hits(RULE, a_case(first, second, acts=acts))
    assert hit.subject == "记账日 2025-04-01"
    assert hit.text == "2025-04-01 这一天补记了 2 张日期在 10 天以前的凭证，最早的日期是 2025-03-01，晚了 31 天"
    assert hit.amount_fen == 200_00
    assert hit.vouchers == ("2025-03 记-1", "2025-03 记-2")


def test_ten_days_carry_forward_vouchers_and_those_without_a_record_are_left_alone():
    timely, carried, unknown = (
        voucher(1, "2025-03-21"),
        voucher(2, "2025-03-01", kind="carry"),
        voucher(3, "2025-03-01"),
    )
    acts = [posted(one, "2025-03-31T08:00:00Z") for one in (timely, carried)]
    assert subjects(RULE, a_case(timely, carried, unknown, acts=acts)) == []
