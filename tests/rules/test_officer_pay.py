"""Pay once a month, and not half as much again."""

from tests.rules.desk_a import PAY, a_case, hits, paid
from village_ledger.rules.officer_pay import RULE

WHO = "人员:石长林"


def months(*told: tuple[str, int]):
    return a_case(
        *(paid(n, day, fen, WHO, account=PAY, summary="发放村组干部补贴") for n, (day, fen) in enumerate(told, 1))
    )


def test_twice_in_a_month_is_named():
    (hit,) = hits(RULE, months(("2025-06-02", 1320_00), ("2025-06-30", 1320_00), ("2025-07-01", 1320_00)))
    assert hit.subject == "石长林 2025-06 应付工资"
    assert "2025年6月付给石长林的应付工资 2,640.00 元，发了 2 次" in hit.text
    assert hit.vouchers == ("2025-06 记-1", "2025-06 记-2")


def test_more_than_one_and_a_half_of_the_usual_is_named():
    told = [(f"2025-{month:02d}-08", 1000_00) for month in (1, 2, 3)]
    (hit,) = hits(RULE, months(*told, ("2025-04-08", 1500_01)))
    assert "超过平常（1,000.00 元）的 150%" in hit.text
    assert hits(RULE, months(*told, ("2025-04-08", 1500_00))) == ()


def test_other_people_and_other_spending_are_not_pay():
    case = a_case(
        *(paid(n, "2025-06-02", 100_00, "清河文具店", summary="补贴") for n in (1, 2)),
        *(paid(n, "2025-06-02", 100_00, WHO, summary="报销邮费") for n in (3, 4)),
    )
    assert hits(RULE, case) == ()
