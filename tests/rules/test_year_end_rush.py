"""The last ten days of December against twice a month's mean."""

from tests.rules.desk_a import a_case, hits, paid
from village_ledger.rules.year_end_rush import RULE


def year(rush: int, day: str = "2025-12-22"):
    """11,000 yuan a month on the average of eleven months, then the rush."""
    return a_case(paid(1, "2025-03-03", 121_000_00), paid(2, day, rush))


def test_more_than_twice_a_months_mean_in_the_last_days_is_named():
    (hit,) = hits(RULE, year(22_000_01))
    assert hit.text == (
        "2025年12月最后 10 天付出 22,000.01 元，超过前 11 个月月平均支出 11,000.00 元的 2 倍，像是年末突击花钱"
    )
    assert hit.vouchers == ("2025-12 记-2",)


def test_twice_the_mean_a_day_before_small_sums_and_a_year_not_ended_are_not():
    assert hits(RULE, year(22_000_00)) == ()
    assert hits(RULE, year(22_000_01, "2025-12-21")) == ()
    assert hits(RULE, a_case(paid(1, "2025-12-22", 9_999_99))) == ()
    assert hits(RULE, a_case(paid(1, "2025-11-22", 99_000_00), end="2025-11")) == ()
