"""Later numbers with days more than ten before an earlier one."""

from tests.rules.desk_a import a_case, hits, paid
from village_ledger.rules.numbers_backwards import RULE


def test_a_day_eleven_before_an_earlier_number_is_named():
    case = a_case(paid(1, "2025-06-05", 1_00), paid(2, "2025-06-20", 1_00), paid(3, "2025-06-09", 1_00))
    (hit,) = hits(RULE, case)
    assert (hit.subject, hit.vouchers) == ("2025-06 记字倒号", ("2025-06 记-3",))
    assert hit.evidence == (("凭证 2025-06 记-3", "2025-06-09，而前面的 记-2 是 2025-06-20"),)


def test_ten_days_and_another_month_are_not():
    case = a_case(paid(1, "2025-06-20", 1_00), paid(2, "2025-06-10", 1_00), paid(1, "2025-07-01", 1_00))
    assert hits(RULE, case) == ()
