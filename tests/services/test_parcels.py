"""The register of parcels: acts, what they refuse, and that nobody changes it unnoticed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.contract_desk import contract_book, some_land
from village_ledger import clock
from village_ledger.domain.errors import BadInput, NotAllowed, Refusal
from village_ledger.domain.parcel_changes import Share
from village_ledger.domain.parcels import Parcel
from village_ledger.services import contracts, parcels
from village_ledger.services.book import Book
from village_ledger.services.integrity import verify

DAY, JUNE = date(2025, 1, 1), date(2025, 6, 1)
SQUARE = ((((115.7, 30.6), (115.701043, 30.6), (115.701043, 30.600902), (115.7, 30.600902), (115.7, 30.6)),),)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """Three parcels; GD01 is let to 李四 whole until the end of 2027."""
    monkeypatch.setattr(clock, "today", lambda: date(2025, 3, 12))
    with contract_book(tmp_path) as opened:
        for parcel in (
            Parcel("GD01", "机动地", "耕地", 1000, date(2020, 1, 1), management="对外发包"),
            Parcel("GD02", "东畈", "耕地", 5000, DAY, management="家庭承包", household_x100=4000),
            Parcel("ST01", "塘", "水面", 800, DAY, boundary=SQUARE),
        ):
            parcels.add_parcel(opened, parcel)
        contracts.save(opened, some_land(subject_kind="资源", subject_code="GD01", area_x100=1000))
        yield opened


def messages(refusal: Refusal) -> str:
    return "".join(problem.message for problem in refusal.problems) or refusal.message


def test_the_contracted_area_adds_households_and_running_contracts(book):
    found = {record.parcel.code: record.contracted_x100 for record in parcels.records(book, JUNE)}
    assert found == {"GD01": 1000, "GD02": 4000, "ST01": 0}
    later = {record.parcel.code: record for record in parcels.records(book, date(2028, 1, 1))}
    assert (later["GD01"].contracted_x100, later["GD01"].contracts) == (0, ())


def test_the_contracts_that_run_are_named(book):
    land = next(record for record in parcels.records(book, JUNE) if record.parcel.code == "GD01")
    assert [(span.label, span.end) for span in land.contracts] == [("合同 HT-02", date(2027, 12, 31))]


def test_an_outline_is_measured_beside_the_stated_area(book):
    measured = {record.parcel.code: record.measured for record in parcels.records(book, JUNE)}
    assert measured["GD01"] is None
    assert measured["ST01"] is not None
    assert (measured["ST01"].measured_x100, measured["ST01"].within) == (1500, False)


def test_a_code_is_used_once_for_all_time(book):
    parcels.end_parcel(book, "ST01", JUNE, "填塘")
    with pytest.raises(BadInput) as refusal:
        parcels.add_parcel(book, Parcel("ST01", "新塘", "水面", 5, DAY))
    assert "已经登记过" in messages(refusal.value)


def test_a_card_changes_but_not_its_area_or_its_life(book):
    card = Parcel("ST01", "鱼塘", "水面", 800, DAY, holder="张水生")
    assert parcels.change_parcel(book, card).holder == "张水生"
    for wrong, word in ((card._replace(area_x100=801), "面积重测"), (card._replace(ended=JUNE), "终止地块")):
        with pytest.raises(BadInput) as refusal:
            parcels.change_parcel(book, wrong)
        assert word in messages(refusal.value)
    parcels.measure_parcel(book, "ST01", 801, 0, JUNE, "测")
    with pytest.raises(BadInput) as refusal:
        parcels.change_parcel(book, card._replace(area_x100=801, began=date(2024, 1, 1)))
    assert "登记日期不能再改" in messages(refusal.value)


def test_an_ended_parcel_stays_as_it_was(book):
    parcels.end_parcel(book, "ST01", JUNE, "填塘")
    with pytest.raises(NotAllowed, match="不能再修改"):
        parcels.change_parcel(book, Parcel("ST01", "改", "水面", 800, DAY))
    with pytest.raises(BadInput) as refusal:
        parcels.end_parcel(book, "ST01", JUNE, "再来")
    assert "不能再变更" in messages(refusal.value)


def test_a_parcel_under_contract_is_not_split_merged_or_ended(book):
    with pytest.raises(BadInput) as refusal:
        parcels.split_parcel(book, "GD01", (Share("A", "a", 400), Share("B", "b", 600)), JUNE, "分")
    assert "还有合同（合同 HT-02）" in messages(refusal.value)
    with pytest.raises(BadInput):
        parcels.merge_parcels(book, ("GD01", "GD02"), "C", "合", JUNE, "合")
    with pytest.raises(BadInput):
        parcels.end_parcel(book, "GD01", JUNE, "征收")
    parcels.end_parcel(book, "GD01", date(2028, 1, 1), "征收")


def test_a_parcel_is_not_measured_smaller_than_what_is_let(book):
    with pytest.raises(BadInput) as refusal:
        parcels.measure_parcel(book, "GD01", 999, 0, JUNE, "测")
    assert "发包面积合计 10.00 亩，超过地块面积 9.99 亩" in messages(refusal.value)
    assert parcels.measure_parcel(book, "GD01", 1001, 0, JUNE, "测").area_x100 == 1001
    assert parcels.measure_parcel(book, "GD01", 5, 0, date(2028, 1, 1), "测").area_x100 == 5


def test_households_do_not_get_what_is_let_already(book):
    card = Parcel("GD01", "机动地", "耕地", 1000, date(2020, 1, 1), management="家庭承包", household_x100=1)
    with pytest.raises(BadInput) as refusal:
        parcels.change_parcel(book, card)
    assert "超过地块面积" in messages(refusal.value)


def test_a_contract_over_more_than_the_parcel_is_refused(book):
    land = some_land(code="HT-03", subject_kind="资源", subject_code="GD02", area_x100=1001)
    with pytest.raises(BadInput) as refusal:
        contracts.save(book, land)
    assert "超过地块面积 50.00 亩" in messages(refusal.value)
    contracts.save(book, land._replace(area_x100=1000))


def test_changes_go_forward_in_time(book):
    parcels.measure_parcel(book, "ST01", 900, 0, JUNE, "测")
    with pytest.raises(BadInput) as refusal:
        parcels.end_parcel(book, "ST01", date(2025, 5, 31), "填")
    assert "在 2025-06-01 有过变更" in messages(refusal.value)


def test_the_register_of_any_day_can_be_told(book):
    parcels.split_parcel(book, "GD02", (Share("A", "a", 2000, 2000), Share("B", "b", 3000, 2000)), JUNE, "分")
    parcels.measure_parcel(book, "B", 3100, 2000, date(2025, 9, 1), "测")
    for day, expected in (
        (date(2025, 5, 31), {"GD01": 1000, "GD02": 5000, "ST01": 800}),
        (JUNE, {"GD01": 1000, "A": 2000, "B": 3000, "ST01": 800}),
        (date(2025, 9, 1), {"GD01": 1000, "A": 2000, "B": 3100, "ST01": 800}),
    ):
        assert {record.parcel.code: record.area_x100 for record in parcels.records(book, day)} == expected
    assert [change.kind for change in parcels.history(book, "A")] == ["split"]
    assert [change.kind for change in parcels.history(book, "GD02")] == ["split", "measure"]
    everything = parcels.records(book, JUNE, ended=True)
    assert {record.parcel.code for record in everything} == {"GD01", "GD02", "A", "B", "ST01"}


def test_a_refused_change_leaves_nothing_behind(book):
    before = parcels.register(book)
    with pytest.raises(BadInput):
        parcels.split_parcel(book, "GD02", (Share("GD01", "a", 2000, 2000), Share("B", "b", 3000, 2000)), JUNE, "分")
    assert parcels.register(book) == before


def test_an_unknown_parcel_is_refused(book):
    with pytest.raises(BadInput, match="没有编号为“XX”的地块"):
        parcels.end_parcel(book, "XX", JUNE, "x")


def test_verify_finds_nothing_wrong_with_honest_parcels(book):
    parcels.merge_parcels(book, ("GD02", "GD01"), "C", "合", date(2028, 1, 1), "合")
    assert verify(book).findings == ()


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        (
            "UPDATE parcel SET area_x100 = 900 WHERE code = 'ST01'",
            "地块 ST01 和登记的不一样，被改动过（area_x100",
        ),
        ("UPDATE parcel SET boundary = '' WHERE code = 'ST01'", "地块 ST01 和登记的不一样，被改动过（boundary"),
        ("DELETE FROM parcel WHERE code = 'ST01'", "地块 ST01 被删掉了"),
        (
            "INSERT INTO parcel(code, name, land_class, area_x100, began, management)"
            " VALUES('X', 'x', '耕地', 1, '2025-01-01', '闲置')",
            "地块 X 在日志里没有登记",
        ),
        ("UPDATE parcel_change SET day = '2025-02-02'", "地块变更记录和日志里的不一样"),
    ],
)
def test_verify_notices_what_was_changed_behind_the_program(book, statement, finding):
    parcels.measure_parcel(book, "GD02", 5100, 4000, JUNE, "测")
    for (trigger,) in book.connection.execute(
        "SELECT name FROM sqlite_schema WHERE type='trigger' AND name LIKE 'parcel%'"
    ).fetchall():
        book.connection.execute(f"DROP TRIGGER {trigger}")
    book.connection.execute(statement)
    assert any(text.startswith(finding) for text in verify(book).findings)
