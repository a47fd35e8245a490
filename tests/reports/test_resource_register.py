"""资源登记簿 with figures worked out by hand, and its page of documentation."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.builders import a_ledger
from village_ledger.domain.land_register import LandRegister
from village_ledger.domain.parcel_changes import ChangePart, ParcelChange
from village_ledger.domain.parcels import ContractedSpan, Parcel
from village_ledger.domain.period import Period
from village_ledger.reports.model import Report
from village_ledger.reports.query import Query
from village_ledger.reports.resource_register import COLUMNS, build
from village_ledger.services.parcel_files import OPTIONAL, REQUIRED

PAGE = (Path(__file__).parents[2] / "docs" / "formats-resources.md").read_text("utf-8")
DAY = date(2025, 1, 1)
PARCELS = (
    Parcel("A1", "塘", "水面", 800, DAY, management="对外发包", proof="证"),
    Parcel(
        "B1", "东畈", "耕地", 5000, DAY, east="河", south="路", management="家庭承包", household_x100=4000, proof="证"
    ),
    Parcel("B2", "旧地", "耕地", 300, DAY, ended=date(2025, 6, 30), proof="证"),
    Parcel("B3", "荒地", "耕地", 250, date(2025, 6, 30), management="闲置"),
    Parcel("B4", "重测地", "耕地", 900, DAY, management="对外发包", proof="证"),
)
CHANGES = (ParcelChange(date(2025, 9, 1), "measure", "测", "", (ChangePart("B4", 1000),), (ChangePart("B4", 900),)),)
SPANS = {
    "A1": (ContractedSpan(date(2025, 7, 1), date(2025, 12, 31), 800, "甲"),),
    "B1": (ContractedSpan(date(2020, 1, 1), date(2025, 5, 31), 500, "乙"),),
    "B3": (ContractedSpan(date(2025, 1, 1), None, 50, "丙"),),
}


def register_of(month: int) -> Report:
    query = Query(Period(2025, 1), Period(2025, month))
    return build(a_ledger(), query, LandRegister(PARCELS, CHANGES, SPANS))


def figures(report: Report) -> list[tuple[object, ...]]:
    return [(row.cells[0], *row.cells[3:6]) for row in report.rows]


def test_parcels_stand_by_class_with_what_is_under_contract_on_the_last_day():
    assert figures(register_of(6)) == [
        ("B1", 5000, 4000, 0),
        ("B3", 250, 50, 200),
        ("B4", 1000, 0, 0),
        ("A1", 800, 0, 0),
        ("", 7050, 4050, 200),
    ]


def test_another_month_shows_the_register_of_its_own_last_day():
    assert figures(register_of(5)) == [
        ("B1", 5000, 4500, 0),
        ("B2", 300, 0, 0),
        ("B4", 1000, 0, 0),
        ("A1", 800, 0, 0),
        ("", 7100, 4500, 0),
    ]
    assert figures(register_of(12))[2:] == [("B4", 900, 0, 0), ("A1", 800, 800, 0), ("", 6950, 4850, 200)]


def test_the_notes_sum_up_the_classes_and_tell_what_does_not_fit():
    notes = register_of(6).notes
    assert notes[0] == "按地类：耕地 3 块 62.50 亩（已承包发包 40.50 亩）；水面 1 块 8.00 亩（已承包发包 0.00 亩）"
    assert notes[1] == "登记为对外发包、但没有当日有效合同的地块：B4、A1"
    assert notes[2] == "没有登记权属证明的面积 2.50 亩"


def test_contracts_over_too_much_are_told():
    over = LandRegister(PARCELS[:1], (), {"A1": (ContractedSpan(DAY, None, 801),)})
    report = build(a_ledger(), Query(Period(2025, 1), Period(2025, 1)), over)
    assert "承包发包面积超过地块面积的地块：A1" in report.notes


def test_the_total_is_live_and_the_boundaries_are_one_line():
    report = register_of(6)
    assert report.rows[-1].formula[0][:2] == (0, 3)
    assert report.rows[0].cells[7] == "东至河，南至路"
    assert (report.as_of, report.unit) == ("2025年6月30日", "亩")


def test_an_empty_register_makes_a_report():
    report = build(a_ledger(), Query(Period(2025, 1), Period(2025, 1)), LandRegister((), (), {}))
    assert [row.kind for row in report.rows] == ["total"]


def test_every_column_is_documented():
    documented = re.findall(r"^\| `(\w+)`( †)? \|", PAGE.partition("## resource-register")[2], re.MULTILINE)
    expected = [(column.key, "" if column.shown else " †") for column in COLUMNS]
    assert documented[: len(expected)] == expected


@pytest.mark.parametrize("title", [*REQUIRED, *OPTIONAL])
def test_every_column_of_the_sheet_is_documented(title):
    names = {name.strip() for row in re.findall(r"^\| ([^|`]+) \|", PAGE, re.MULTILINE) for name in row.split(",")}
    assert title in names
