"""往来账龄分析表 by hand."""

from tests.builders import VILLAGE, a_ledger, a_voucher, an_opening
from tests.reports.reading import assert_well_formed, dictionaries, table
from village_ledger.domain.period import Period
from village_ledger.reports import ageing
from village_ledger.reports.ageing import Entry, age
from village_ledger.reports.query import Query

END = Period(2025, 12)
AGES = ("months_3", "months_6", "months_12", "years_2", "years_3", "older")


def _entry(year: int, month: int, debit: int, credit: int = 0) -> Entry:
    return Entry(Period(year, month), debit, credit)


def test_the_oldest_debt_is_settled_first() -> None:
    entries = [_entry(2023, 5, 100), _entry(2025, 3, 50), _entry(2025, 11, 30), _entry(2025, 12, 0, 120)]
    assert age(entries, END) == (30, 0, 30, 0, 0, 0)


def test_whole_months_decide_the_age() -> None:
    months = [(2025, 10), (2025, 9), (2025, 7), (2025, 6), (2025, 1), (2024, 12), (2024, 1), (2023, 12), (2022, 12)]
    entries = [_entry(year, month, 10**place) for place, (year, month) in enumerate(months)]
    assert age(reversed(entries), END) == (1, 110, 11_000, 1_100_000, 10_000_000, 100_000_000)


def test_a_credit_balance_is_aged_by_its_credits() -> None:
    assert age([_entry(2024, 2, 0, 80), _entry(2025, 12, 0, 40), _entry(2025, 12, 30)], END) == (40, 0, 0, 50, 0, 0)


def test_a_payment_in_advance_is_used_up_by_later_debts() -> None:
    assert age([_entry(2024, 2, 0, 100), _entry(2025, 12, 130)], END) == (30, 0, 0, 0, 0, 0)


def test_a_red_letter_debt_cancels_the_debt_it_reverses_and_not_the_oldest() -> None:
    entries = [_entry(2022, 1, 70), _entry(2025, 11, 50), _entry(2025, 12, -50)]
    assert age(entries, END) == (0, 0, 0, 0, 0, 70)


def test_a_red_letter_payment_makes_the_old_debt_due_again_at_its_age() -> None:
    entries = [_entry(2022, 1, 70), _entry(2025, 11, 0, 70), _entry(2025, 12, 0, -70)]
    assert age(entries, END) == (0, 0, 0, 0, 0, 70)


def test_a_red_letter_payment_that_reverses_nothing_known_counts_from_its_own_day() -> None:
    assert age([_entry(2025, 12, 0, -20)], END) == (20, 0, 0, 0, 0, 0)


def test_openings_count_from_the_day_before_the_book_began() -> None:
    ledger = a_ledger(
        [a_voucher(1, "2025-12-02", ("112", 80_00, "粮油公司"), ("501", -80_00))],
        [an_opening("112", 20_00, "粮油公司"), an_opening("113", -5_00, "李四"), an_opening("301", -15_00)],
        entity=VILLAGE._replace(first_period=Period(2025, 1)),
    )
    report = ageing.build(ledger, Query(END, END))
    assert_well_formed(report)
    assert table(report, "account", "item", "side", "balance", *AGES) == [
        ("112", "粮油公司", "借", 100_00, 80_00, 0, 0, 20_00, 0, 0),
        ("112", "借方小计", "借", 100_00, 80_00, 0, 0, 20_00, 0, 0),
        ("113", "李四", "贷", 5_00, 0, 0, 0, 5_00, 0, 0),
        ("113", "贷方小计", "贷", 5_00, 0, 0, 0, 5_00, 0, 0),
        ("", "应收合计", "借", 100_00, 80_00, 0, 0, 20_00, 0, 0),
        ("", "应付合计", "贷", 5_00, 0, 0, 0, 5_00, 0, 0),
    ]
    assert report.as_of == "2025年12月31日"


def test_settled_accounts_are_not_listed() -> None:
    ledger = a_ledger(
        [a_voucher(1, "2025-12-02", ("113", 8_00, "王五"), ("101", -8_00))],
        [an_opening("113", -8_00, "王五"), an_opening("301", 8_00)],
    )
    assert [row["item"] for row in dictionaries(ageing.build(ledger, Query(END, END)))] == ["应收合计", "应付合计"]
