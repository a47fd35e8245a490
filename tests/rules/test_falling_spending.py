"""Reception, vehicles, travel: this year against the same months last year."""

from tests.rules.desk_a import CARS, OFFICE, TRAVEL, a_case, hits, paid
from village_ledger.rules.falling_spending import RULE


def years(before: int, now: int, *, account: str = TRAVEL, since: str = "2024-01"):
    vouchers = (
        paid(1, "2024-05-02", before, account=account),
        paid(2, "2024-09-02", 9000_00, account=account),
        paid(3, "2025-05-02", now, account=account),
    )
    return a_case(*vouchers, end="2025-06", since=since)


def test_more_than_in_the_same_months_last_year_is_named():
    (hit,) = hits(RULE, years(500_00, 500_01))
    assert hit.text == "2025年1月至6月差旅费 500.01 元，上年同期 500.00 元，多 0.01 元，不符合只减不增"
    assert [hit.subject for hit in hits(RULE, years(1, 2, account=CARS))] == ["2025年车辆费"]


def test_as_much_other_spending_and_books_that_begin_later_are_not():
    assert hits(RULE, years(500_00, 500_00)) == ()
    assert hits(RULE, years(500_00, 900_00, account=OFFICE)) == ()
    assert hits(RULE, years(500_00, 900_00, since="2024-02")) == ()
