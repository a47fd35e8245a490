"""Payment dates and amounts, against answers worked out by hand."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.account import Item
from village_ledger.domain.contract import ARREARS, CYCLES, LISTED, STEPPED, Contract, Payment, Price, Step
from village_ledger.domain.contract_schedule import (
    lease_years,
    months_later,
    opening_instalment,
    rent_through,
    schedule,
    share_amount,
    stepped,
    term_years,
    total_fen,
)

ZHANG = Item("往来户", "0001", "张三")


def a_contract(start: str, end: str, price: Price, **more: object) -> Contract:
    return Contract(
        "HT-1", "租赁", "门面", ZHANG, date.fromisoformat(start), date.fromisoformat(end), price, "112", "501"
    )._replace(**more)


def yearly(yuan: int, **more: object) -> Price:
    return Price(steps=(Step(1, yuan * 100),))._replace(**more)


def amounts(contract: Contract) -> list[int]:
    return [one.amount_fen for one in schedule(contract)]


def dues(contract: Contract) -> list[str]:
    return [one.due.isoformat() for one in schedule(contract)]


def test_a_year_by_quarters_is_paid_on_the_first_day_of_each():
    contract = a_contract("2025-01-01", "2025-12-31", yearly(48_000, cycle=3))
    assert amounts(contract) == [12_000_00] * 4
    assert dues(contract) == ["2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01"]


def test_rent_paid_afterwards_is_due_on_the_last_day_and_days_may_be_added():
    contract = a_contract("2025-01-01", "2025-06-30", yearly(6_000, cycle=1, timing=ARREARS, offset=5))
    assert dues(contract) == ["2025-02-05", "2025-03-05", "2025-04-05", "2025-05-05", "2025-06-05", "2025-07-05"]
    assert amounts(contract) == [500_00] * 6


def test_a_yearly_rent_that_does_not_divide_by_twelve_loses_no_fen():
    contract = a_contract("2025-01-01", "2025-12-31", yearly(1_000, cycle=1))
    # 1000.00 / 12 = 83.33 1/3: after one month 83.33, after two 166.67, after three 250.00.
    assert amounts(contract)[:3] == [83_33, 83_34, 83_33]
    assert sum(amounts(contract)) == 1_000_00


def test_part_of_a_year_is_twelfths_and_days_of_365():
    # 2025-03-01 to 2026-05-10: one year, then two months and ten days. 3650 + 3650/6 + 10 days at 10.00.
    contract = a_contract("2025-03-01", "2026-05-10", yearly(3_650))
    assert amounts(contract) == [3_650_00, 608_33 + 100_00]
    assert total_fen(contract) == 4_358_33


def test_a_lease_year_that_holds_29_february_has_366_days():
    # From 2027-03-01 the second year's 366 days include 2028-02-29: ten days over are 10/366 of 3660.
    assert amounts(a_contract("2026-03-01", "2027-03-10", yearly(3_660))) == [3_660_00, 100_00]
    assert amounts(a_contract("2025-03-01", "2026-03-10", yearly(3_660))) == [3_660_00, 100_27]


def test_a_lease_that_begins_on_29_february_begins_its_next_years_on_1_march():
    starts = [year.start.isoformat() for year in lease_years(date(2024, 2, 29), date(2029, 2, 27))]
    assert starts == ["2024-02-29", "2025-03-01", "2026-03-01", "2027-03-01", "2028-02-29"]
    contract = a_contract("2024-02-29", "2028-02-28", yearly(1_200))
    assert amounts(contract) == [1_200_00] * 4
    assert schedule(contract)[-1].end == date(2028, 2, 28)


def test_a_month_without_that_day_ends_on_its_last():
    assert months_later(date(2025, 1, 31), 1) == date(2025, 3, 1)
    assert months_later(date(2025, 1, 31), 2) == date(2025, 3, 31)
    assert months_later(date(2025, 12, 31), 2) == date(2026, 3, 1)
    contract = a_contract("2025-01-31", "2025-04-30", yearly(1_200, cycle=1))
    assert [(one.start.isoformat(), one.end.isoformat()) for one in schedule(contract)] == [
        ("2025-01-31", "2025-02-28"),
        ("2025-03-01", "2025-03-30"),
        ("2025-03-31", "2025-04-30"),
    ]


def test_a_rent_that_grows_by_five_per_cent_every_third_year():
    steps = stepped(10_000_00, 10, 3, rate_bp=500)
    assert steps == (Step(1, 10_000_00), Step(4, 10_500_00), Step(7, 11_025_00), Step(10, 11_576_25))
    contract = a_contract("2021-01-01", "2030-12-31", Price(STEPPED, steps))
    assert amounts(contract)[2:5] == [10_000_00, 10_500_00, 10_500_00]
    # 3 x 10000 + 3 x 10500 + 3 x 11025 + 11576.25
    assert total_fen(contract) == 106_151_25


def test_a_rent_that_grows_by_an_amount():
    assert stepped(800_00, 5, 2, amount_fen=50_00) == (Step(1, 800_00), Step(3, 850_00), Step(5, 900_00))


def test_a_payment_for_two_years_spans_a_step():
    price = Price(STEPPED, (Step(1, 1_000_00), Step(2, 1_200_00)), cycle=24)
    contract = a_contract("2024-01-01", "2026-06-30", price)
    assert amounts(contract) == [2_200_00, 600_00]


def test_everything_at_once():
    contract = a_contract("2020-07-01", "2035-06-30", yearly(2_000, cycle=0, offset=-10))
    assert amounts(contract) == [30_000_00]
    assert dues(contract) == ["2020-06-21"]


def test_listed_payments_are_taken_as_they_are():
    payments = (Payment(date(2025, 3, 1), 30_000_00), Payment(date(2025, 9, 1), 70_000_00))
    contract = a_contract("2025-03-01", "2025-12-31", Price(LISTED, payments=payments))
    assert [(one.due, one.amount_fen) for one in schedule(contract)] == list(payments)
    assert total_fen(contract) == 100_000_00


def test_a_share_waits_for_its_reckoning_and_is_never_less_than_the_minimum():
    contract = a_contract("2025-01-01", "2026-12-31", yearly(5_000, form="分成", share_bp=3000, timing=ARREARS))
    assert [(one.amount_fen, one.settled) for one in schedule(contract)] == [(5_000_00, False)] * 2
    assert share_amount(20_000_00, 3000, 5_000_00) == 6_000_00
    assert share_amount(10_000_00, 3000, 5_000_00) == 5_000_00
    assert share_amount(33, 5000, 0) == 17, "half a fen is rounded up"


def test_arrears_at_the_start_are_due_the_day_before():
    contract = a_contract("2024-01-01", "2026-12-31", yearly(800), tracked=date(2025, 1, 1), opening_fen=300_00)
    (opening,) = opening_instalment(contract)
    assert (opening.seq, opening.due, opening.amount_fen) == (0, date(2024, 12, 31), 300_00)
    assert opening_instalment(contract._replace(opening_fen=0)) == ()


def test_a_term_is_counted_in_years_and_days():
    assert term_years(date(2020, 1, 1), date(2039, 12, 31)) == (20, 0)
    assert term_years(date(2020, 1, 1), date(2040, 1, 1)) == (20, 1)
    assert term_years(date(2020, 1, 1), date(2020, 6, 30)) == (0, 182)


days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    start = draw(days)
    end = start + timedelta(days=draw(st.integers(0, 366 * 32)))
    years = draw(st.lists(st.integers(2, 33), unique=True, max_size=6))
    rents = st.integers(1, 10**9)
    steps = (Step(1, draw(rents)), *(Step(year, draw(rents)) for year in sorted(years)))
    timing = draw(st.sampled_from(["先付", "后付"]))
    price = Price(STEPPED, steps, draw(st.sampled_from(list(CYCLES))), timing, draw(st.integers(-60, 60)))
    return Contract("HT-1", "租赁", "门面", ZHANG, start, end, price, "112", "501")


@given(contracts())
def test_the_payments_cover_the_term_without_a_gap_and_add_up_to_the_total(contract: Contract):
    payments = schedule(contract)
    assert sum(one.amount_fen for one in payments) == total_fen(contract)
    assert all(one.amount_fen >= 0 for one in payments)
    assert payments[0].start == contract.start
    assert payments[-1].end == contract.end
    assert all(b.start == a.end + timedelta(days=1) for a, b in itertools.pairwise(payments))
    assert [one.seq for one in payments] == list(range(1, len(payments) + 1))


@given(contracts(), st.integers(0, 366 * 32))
def test_rent_never_shrinks_as_days_go_by(contract: Contract, days_in: int):
    day = min(contract.start + timedelta(days=days_in), contract.end - timedelta(days=1))
    if day >= contract.start:
        assert rent_through(contract, day) <= rent_through(contract, day + timedelta(days=1))


@given(contracts())
def test_each_full_lease_year_costs_exactly_its_yearly_rent(contract: Contract):
    before = 0
    for year in lease_years(contract.start, contract.end):
        upto = rent_through(contract, year.end)
        wanted = [step.annual_fen for step in contract.price.steps if step.year <= year.number][-1]
        assert upto - before == wanted if year.is_full else 0 <= upto - before <= wanted
        before = upto
