"""Depreciation by hand-worked answers, and what must hold for any card."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.assets.cards import a_card
from village_ledger.domain.assets.card import Card
from village_ledger.domain.assets.change import Change
from village_ledger.domain.assets.standing import (
    Charge,
    History,
    due_fen,
    life_schedule,
    monthly_charge,
    monthly_fen,
    months_left,
    standing,
)
from village_ledger.domain.period import Period


def run_through(history: History, first: Period, last: Period, units: int = 0) -> History:
    """Charge every month in turn, as monthly runs do."""
    for period in first.through(last):
        fen = due_fen(standing(history, period.previous), period, units)
        history = history._replace(charges=(*history.charges, Charge(period, fen, units)))
    return history


def test_depreciation_begins_the_month_after_taking_into_use():
    card = a_card()
    assert due_fen(standing(History(card), Period(2025, 5)), Period(2025, 6)) == 0
    assert due_fen(standing(History(card), Period(2025, 6)), Period(2025, 7)) == 160_00


def test_a_life_that_does_not_divide_evenly_puts_the_rest_into_the_last_month():
    charges = [charge.fen for charge in life_schedule(a_card(residual_fen=0, life_months=36))]
    # 10,000.00 / 36 = 277.777…: 35 months of 277.78 are 9,722.30, which leaves 277.70
    assert charges == [277_78] * 35 + [277_70]
    assert sum(charges) == 10_000_00


def test_amounts_too_small_to_round_up_leave_everything_to_the_last_month():
    assert [charge.fen for charge in life_schedule(a_card(original_fen=5, residual_fen=0, life_months=10))] == (
        [0] * 9 + [5]
    )
    assert monthly_fen(15, 10) == 1


def test_a_card_taken_over_with_depreciation_goes_on_where_it_stood():
    # In use June 2021, so 42 of 60 months were gone at the end of 2024: 6,720.00 charged, 18 months of 160.00 to come.
    card = a_card(
        acquired=date(2021, 6, 1), in_use=date(2021, 6, 1), entered=Period(2024, 12), opening_accumulated_fen=6_720_00
    )
    charges = life_schedule(card)
    assert [charge.fen for charge in charges] == [160_00] * 18
    assert charges[0].period == Period(2025, 1)
    assert charges[-1].period == Period(2026, 6)


def test_nothing_is_charged_after_the_life_or_below_the_residual_value():
    card = a_card(life_months=3, residual_fen=400_00)
    history = run_through(History(card), Period(2025, 7), Period(2026, 7))
    assert [charge.fen for charge in history.charges] == [3_200_00] * 3 + [0] * 10
    now = standing(history, Period(2026, 7))
    assert (now.net_fen, months_left(now, Period(2026, 7)), monthly_charge(now)) == (400_00, 0, 0)


def test_an_asset_bought_but_not_in_use_waits_until_it_is():
    card = a_card(in_use=None)
    assert due_fen(standing(History(card), Period(2025, 9)), Period(2025, 10)) == 0
    begun = Change(1, "启用", date(2025, 9, 3), in_use=date(2025, 9, 3), state="已批准")
    history = History(card, (begun,))
    assert due_fen(standing(history, Period(2025, 8)), Period(2025, 9)) == 0
    assert due_fen(standing(history, Period(2025, 9)), Period(2025, 10)) == 160_00


def test_a_missed_month_is_caught_up_by_the_next_run():
    history = History(a_card(), (), (Charge(Period(2025, 7), 160_00),))
    assert due_fen(standing(history, Period(2025, 8)), Period(2025, 9)) == 320_00


def test_an_improvement_spreads_what_is_left_over_what_is_left_of_the_life():
    history = run_through(History(a_card()), Period(2025, 7), Period(2025, 12))  # 6 × 160 = 960
    improved = Change(1, "改扩建", date(2025, 12, 5), original_fen=2_160_00, state="已批准")
    history = history._replace(changes=(improved,))
    # (12,160 − 400 − 960) / 54 months left = 200.00
    assert due_fen(standing(history, Period(2025, 12)), Period(2026, 1)) == 200_00
    longer = history._replace(changes=(improved._replace(months=108),))
    assert due_fen(standing(longer, Period(2025, 12)), Period(2026, 1)) == 100_00


def test_an_impairment_lowers_every_later_charge():
    history = run_through(History(a_card()), Period(2025, 7), Period(2025, 12))
    impaired = Change(1, "减值", date(2025, 12, 31), accumulated_fen=540_00, state="已批准")
    now = standing(history._replace(changes=(impaired,)), Period(2025, 12))
    assert now.net_fen == 10_000_00 - 960_00 - 540_00
    assert due_fen(now, Period(2026, 1)) == 150_00  # (8,500 − 400) / 54


def test_the_month_of_disposal_is_charged_and_the_next_one_is_not():
    history = run_through(History(a_card()), Period(2025, 7), Period(2025, 8))
    sold = Change(
        1, "出售", date(2025, 8, 20), original_fen=-10_000_00, residual_fen=-400_00, accumulated_fen=-320_00,
        quantity=-1000, state="已批准",
    )  # fmt: skip
    history = history._replace(changes=(sold,))
    now = standing(history, Period(2025, 8))
    assert (now.gone, now.net_fen, now.original_fen) == ("出售", 0, 0)
    assert due_fen(now, Period(2025, 9)) == 0
    assert standing(history, Period(2025, 7)).present


def test_units_of_production_charge_by_what_was_produced():
    # 9,600.00 over 30,000 hours: 0.32 an hour
    card = a_card(method="工作量法", life_months=0, total_units=30_000_000, units_name="小时")
    history = run_through(History(card), Period(2025, 7), Period(2025, 8), units=125_500)
    assert [charge.fen for charge in history.charges] == [40_16, 40_16]
    rest = due_fen(standing(history, Period(2025, 8)), Period(2025, 9), units=99_000_000)
    assert rest == 9_600_00 - 80_32


def test_public_welfare_assets_are_not_charged():
    card = a_card(kind="公益性生物资产", method="不提", life_months=0, residual_fen=0)
    assert life_schedule(card) == ()
    assert due_fen(standing(History(card), Period(2030, 1)), Period(2030, 2)) == 0


CARDS = st.builds(
    lambda original, residual, life: a_card(
        original_fen=original, residual_fen=min(residual, original), life_months=life
    ),
    st.integers(1, 10**9),
    st.integers(0, 10**7),
    st.integers(1, 120),
)


@given(CARDS)
def test_a_life_charges_original_less_residual_to_the_fen(card: Card):
    charges = life_schedule(card)
    fens = [charge.fen for charge in charges]
    assert sum(fens) == card.original_fen - card.residual_fen
    assert all(fen >= 0 for fen in fens)
    assert len(set(fens[:-1])) <= 1, "rounding lands in the last month alone"


@given(CARDS, st.integers(0, 130), st.integers(1, 10**8), st.integers(0, 60))
def test_an_improved_asset_too_is_charged_down_to_its_residual_value(card: Card, after: int, more: int, months: int):
    month = Period(2025, 6).plus(after)
    change = Change(1, "改扩建", month.last_day, original_fen=more, months=months, state="已批准")
    history = History(card, (change,))
    history = run_through(history, Period(2025, 7), month.plus(max(months, card.life_months) + 1))
    now = standing(history, month.plus(1000))
    assert now.accumulated_fen == card.original_fen + more - card.residual_fen
    assert now.net_fen == card.residual_fen


@given(CARDS, st.lists(st.integers(0, 10**6), min_size=1, max_size=30), st.integers(1, 10**7))
def test_units_of_production_never_charge_more_than_the_life(card: Card, produced: list[int], total: int):
    history = History(card._replace(method="工作量法", life_months=0, total_units=total))
    period = Period(2025, 7)
    for units in produced:
        fen = due_fen(standing(history, period.previous), period, units)
        assert fen >= 0
        history = history._replace(charges=(*history.charges, Charge(period, fen, units)))
        period = period.next
    charged = sum(charge.fen for charge in history.charges)
    assert charged <= card.original_fen - card.residual_fen
    if sum(produced) >= total:
        assert charged == card.original_fen - card.residual_fen


@given(CARDS, st.lists(st.booleans(), min_size=1, max_size=60))
def test_skipped_months_do_not_change_what_is_charged_in_all(card: Card, runs: list[bool]):
    history = History(card)
    period = Period(2025, 7)
    for made in (*runs, True):
        if made:
            fen = due_fen(standing(history, period.previous), period)
            history = history._replace(charges=(*history.charges, Charge(period, fen)))
        period = period.next
    expected = sum(charge.fen for charge in life_schedule(card) if charge.period < period)
    assert sum(charge.fen for charge in history.charges) == expected
