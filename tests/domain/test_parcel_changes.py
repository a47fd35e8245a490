"""Splits and merges keep the area to the hundredth of a mu, and the lineage of a parcel can be told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_parcels import DAY, a_parcel
from village_ledger.domain.land_register import LandRegister
from village_ledger.domain.parcel_changes import (
    ChangePart,
    Outcome,
    ParcelChange,
    Share,
    area_on,
    end,
    lineage,
    measure,
    merge,
    split,
)

JUNE = date(2025, 6, 1)


def test_a_split_ends_the_parcel_and_its_parts_begin_on_the_same_day():
    parcel = a_parcel(management="家庭承包", household_x100=700, owner="一组", proof="证1")
    outcome = split(parcel, (Share("A", "东", 600, 600), Share("B", "西", 400, 100)), JUNE, " 分户 ", "1号")
    assert isinstance(outcome, Outcome)
    (old,), (east, west) = outcome.changed, outcome.begun
    assert (old.ended, east.began, west.began) == (JUNE, JUNE, JUNE)
    assert (east.owner, east.proof, east.management, west.household_x100) == ("一组", "证1", "家庭承包", 100)
    assert outcome.change.label == "分割：GD001（10.00 亩） → A（6.00 亩）、B（4.00 亩）"
    assert outcome.change.reason == "分户"


def test_a_part_without_households_is_kept_by_the_collective():
    outcome = split(
        a_parcel(management="家庭承包", household_x100=700),
        (Share("A", "东", 700, 700), Share("B", "西", 300)),
        JUNE,
        "分",
    )
    assert isinstance(outcome, Outcome)
    assert outcome.begun[1].management == "集体经营"


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        ((Share("A", "东", 1000),), "parts"),
        ((Share("A", "东", 600), Share("B", "西", 399)), "sum"),
        ((Share("A", "东", 600), Share("A", "西", 400)), "code"),
        ((Share("A", "东", 1000), Share("B", "西", 0)), "area"),
        ((Share("", "东", 600), Share("B", "西", 400)), "code"),
    ],
)
def test_a_wrong_split_is_told(shares, code):
    problems = split(a_parcel(), shares, JUNE, "分")
    assert not isinstance(problems, Outcome)
    assert [problem.code for problem in problems] == [code]


def test_nothing_happens_without_reason_before_the_beginning_or_after_the_end():
    assert [one.code for one in end(a_parcel(), JUNE, " ")] == ["reason"]
    assert [one.code for one in end(a_parcel(), date(2024, 12, 31), "征收")] == ["day"]
    assert [one.code for one in end(a_parcel(ended=JUNE), JUNE, "征收")] == ["ended"]


PARTS = st.lists(st.integers(1, 50_000), min_size=2, max_size=8)


@given(PARTS, st.data())
def test_a_split_and_the_merge_of_its_parts_give_the_same_area_again(areas, data):
    households = [data.draw(st.integers(0, area)) for area in areas]
    parcel = a_parcel(
        area_x100=sum(areas),
        household_x100=sum(households),
        management="家庭承包" if sum(households) else "集体经营",
    )
    shares = tuple(
        Share(f"P{number}", "分", area, household)
        for number, (area, household) in enumerate(zip(areas, households, strict=True))
    )
    divided = split(parcel, shares, JUNE, "分")
    assert isinstance(divided, Outcome)
    joined = merge(divided.begun, "Z", "合", JUNE, "合")
    assert isinstance(joined, Outcome)
    assert joined.begun[0].area_x100 == parcel.area_x100
    assert joined.begun[0].household_x100 == parcel.household_x100
    register = LandRegister((*divided.changed, *joined.changed, *joined.begun), (divided.change, joined.change), {})
    for day in (DAY, date(2025, 5, 31), JUNE, date(2030, 1, 1)):
        assert sum(register.area(one, day) for one in register.existing(day)) == sum(areas)


@given(PARTS, st.integers(-50, 50).filter(bool))
def test_a_split_that_does_not_add_up_is_never_carried_out(areas, error):
    shares = tuple(Share(f"P{number}", "分", area) for number, area in enumerate(areas))
    assert not isinstance(split(a_parcel(area_x100=max(sum(areas) + error, 0)), shares, JUNE, "分"), Outcome)


def test_a_merge_joins_outlines_and_forgets_the_boundary_between():
    ring = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0))
    west = a_parcel(code="A", name="村东秧田", east="油菜田", west="村庄", proof="证1", boundary=((ring,),))
    east = a_parcel(code="B", name="村东油菜田", east="水渠", west="秧田", proof="证2", boundary=((ring,),))
    outcome = merge((west, east), "C", "大田", JUNE, "整治")
    assert isinstance(outcome, Outcome)
    whole = outcome.begun[0]
    assert (whole.east, whole.west, whole.proof, len(whole.boundary)) == ("水渠", "村庄", "证1；证2", 2)
    assert whole.area_x100 == 2000


def test_parcels_of_different_class_or_owner_are_not_merged():
    problems = merge((a_parcel(code="A"), a_parcel(code="B", land_class="林地", owner="二组")), "C", "合", JUNE, "合")
    assert not isinstance(problems, Outcome)
    assert {problem.field for problem in problems} == {"land_class", "owner"}
    assert [one.code for one in merge((a_parcel(),), "C", "合", JUNE, "合")] == ["parts"]
    same = merge((a_parcel(), a_parcel()), "C", "合", JUNE, "合")
    assert [one.code for one in same] == ["code"]


def test_the_area_of_a_day_takes_later_measurements_back():
    first = measure(a_parcel(), 1200, 0, date(2025, 3, 1), "测")
    assert isinstance(first, Outcome)
    second = measure(first.changed[0], 900, 0, date(2025, 9, 1), "测")
    assert isinstance(second, Outcome)
    now, changes = second.changed[0], (first.change, second.change)
    days = (date(2025, 2, 28), date(2025, 3, 1), date(2025, 8, 31), date(2025, 9, 1))
    assert [area_on(now, changes, day) for day in days] == [1000, 1200, 1200, 900]
    assert [one.code for one in measure(now, 900, 0, JUNE, "测")] == ["area"]


def _change(day, kind, old, new):
    return ParcelChange(
        date(2025, day, 1),
        kind,
        "因",
        "",
        tuple(ChangePart(code, 1) for code in old.split()),
        tuple(ChangePart(code, 1) for code in new.split()),
    )


def test_lineage_tells_ancestors_and_descendants_but_not_cousins():
    changes = (
        _change(1, "split", "A", "B C"),
        _change(2, "split", "C", "D E"),
        _change(3, "merge", "B X", "F"),
        _change(4, "end", "D", ""),
        _change(5, "split", "Y", "Z"),
    )
    assert [one.day.month for one in lineage(changes, "A")] == [1, 2, 3, 4]
    assert [one.day.month for one in lineage(changes, "C")] == [1, 2, 4]
    assert [one.day.month for one in lineage(changes, "F")] == [1, 3]
    assert lineage(changes, "Q") == ()
