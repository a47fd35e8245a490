"""The township's sheet and GeoJSON outlines come in whole or not at all, and every wrong row is named."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from village_ledger.domain.errors import BadInput, ExportFailed
from village_ledger.domain.period import Period
from village_ledger.services import parcel_files, parcels
from village_ledger.services.book import Book
from village_ledger.services.creation import NewBook, create_book
from village_ledger.services.parcel_rules import parcel_rules

DAY = date(2025, 6, 30)
RING = [[115.7, 30.6], [115.701043, 30.6], [115.701043, 30.600902], [115.7, 30.600902], [115.7, 30.6]]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with create_book(tmp_path / "石桥村.vlb", NewBook("石桥村", Period(2025, 1))) as opened:
        yield opened


def sheet(folder: Path, text: str) -> Path:
    path = folder / "资源.csv"
    path.write_text(text, encoding="gb18030")
    return path


def test_a_sheet_as_townships_keep_it_is_understood(book, tmp_path):
    path = tmp_path / "资源.xlsx"
    workbook = openpyxl.Workbook()
    for row in (
        ("地块编号", "地块名称", "地类", "面积（亩）", "四至", "经营方式", "承包到户面积(亩)", "登记日期", "等级"),
        ("GD01", "东畈", "水田", 100.5, "东至河堤，南至公路；西至：村东渠。北至东山", "承包到户", None, None, 3),
        ("GD02", "西畈", "旱地", "20", "", "家庭承包", 12.3, date(2025, 3, 1), None),
        ("ST01", "塘", "鱼塘", 8, "", "", "", "", None),
        ("QT01", "厂房", "建设用地", 3.25, "", "出租", "", "", None),
    ):
        workbook.active.append(row)
    workbook.save(path)
    result = parcel_files.import_resources(book, path)
    assert (result.rows, result.added, result.notes) == (4, 4, ("没有用到的列：等级",))
    found = {parcel.code: parcel for parcel in parcels.register(book).parcels}
    first = found["GD01"]
    assert (first.land_class, first.land_use, first.area_x100, first.household_x100) == ("耕地", "水田", 10050, 10050)
    assert (first.east, first.south, first.west, first.north) == ("河堤", "公路", "村东渠", "东山")
    assert first.began == date(2025, 1, 1)
    assert (found["GD02"].household_x100, found["GD02"].began) == (1230, date(2025, 3, 1))
    assert (found["ST01"].land_class, found["ST01"].management) == ("水面", "集体经营")
    assert (found["QT01"].management, found["QT01"].land_use) == ("对外发包", "")


def test_every_bad_row_is_named_and_nothing_is_registered(book, tmp_path):
    path = sheet(
        tmp_path,
        "地块编号,地块名称,地类,面积,经营方式,承包到户面积,登记日期,四至\n"
        "GD01,好的,耕地,1.00,,,,\n"
        ",没编号,耕地,1.00,,,,\n"
        "GD02,地类不对,荒漠,1.00,,,,\n"
        "GD03,面积不对,耕地,一亩,,,,\n"
        "GD04,没面积,耕地,,,,,\n"
        "GD05,负的,耕地,-1,,,,\n"
        "GD06,方式,耕地,1.00,租给亲戚,,,\n"
        "GD07,到户太多,耕地,1.00,家庭承包,1.01,,\n"
        "GD01,重复,耕地,1.00,,,,\n"
        "GD08,日期,耕地,1.00,,,去年,\n"
        "GD09,四至,耕地,1.00,,,,不清楚\n",
    )
    with pytest.raises(BadInput) as refusal:
        parcel_files.import_resources(book, path)
    assert [problem.line for problem in refusal.value.problems] == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    text = str(refusal.value)
    for words in (
        "10 处错误，没有导入",
        "第 3 行：请填地块编号",
        "第 10 行：地块编号 GD01 在第 2 行已经有了",
        "看不懂",
    ):
        assert words in text
    assert parcels.register(book).parcels == ()


def test_a_parcel_registered_before_is_not_imported_again(book, tmp_path):
    path = sheet(tmp_path, "地块编号,地块名称,地类,面积\nGD01,东畈,耕地,1.00\n")
    parcel_files.import_resources(book, path)
    with pytest.raises(BadInput, match="第 2 行：地块编号 GD01 已经登记过"):
        parcel_files.import_resources(book, path)


def test_finer_classes_are_ours_by_the_rules():
    rules = parcel_rules()
    assert (rules.classes["茶园"], rules.classes["荒山"], rules.classes["耕地"]) == ("园地", "四荒", "耕地")
    assert rules.managements["撂荒"] == "闲置"
    assert rules.area.square_metres_x100 == 66667


def geojson(folder: Path, *features: tuple[dict[str, str], object]) -> Path:
    path = folder / "边界.geojson"
    members = [{"type": "Feature", "properties": properties, "geometry": geometry} for properties, geometry in features]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": members}), encoding="utf-8")
    return path


def polygon(*rings: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}


@pytest.fixture
def registered(book: Book, tmp_path: Path) -> Book:
    parcel_files.import_resources(
        book, sheet(tmp_path, "地块编号,地块名称,地类,面积\nGD01,东畈,耕地,15.00\nGD02,西畈,耕地,9.00\n")
    )
    return book


def test_outlines_find_their_parcels_and_differences_are_told(registered, tmp_path):
    path = geojson(tmp_path, ({"code": "GD01"}, polygon(RING)), ({"地块编号": "GD02"}, polygon(RING)))
    result = parcel_files.import_boundaries(registered, path)
    assert (result.rows, result.added) == (2, 2)
    assert result.notes == ("地块 GD02 西畈 的图形量得 15.00 亩，登记面积 9.00 亩，相差 6.00 亩，请核对",)


def test_every_wrong_feature_is_named_and_nothing_is_drawn(registered, tmp_path):
    bow_tie = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]
    path = geojson(
        tmp_path,
        ({"code": "GD01"}, polygon(RING)),
        ({}, polygon(RING)),
        ({"code": "XX"}, polygon(RING)),
        ({"code": "GD01"}, polygon(RING)),
        ({"code": "GD02"}, {"type": "Point", "coordinates": [0, 0]}),
    )
    with pytest.raises(BadInput) as refusal:
        parcel_files.import_boundaries(registered, path)
    assert [problem.line for problem in refusal.value.problems] == [2, 3, 4, 5]
    with pytest.raises(BadInput, match="自己相交"):
        parcel_files.import_boundaries(registered, geojson(tmp_path, ({"code": "GD02"}, polygon(bow_tie))))
    assert not any(parcel.boundary for parcel in parcels.register(registered).parcels)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe{}", b'{"type": "FeatureCollection", "features": []}'])
def test_what_is_no_geojson_is_refused_by_name(registered, tmp_path, content):
    path = tmp_path / "坏.geojson"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"坏\.geojson"):
        parcel_files.import_boundaries(registered, path)


def test_a_missing_file_is_refused(registered, tmp_path):
    with pytest.raises(BadInput, match="读不出文件"):
        parcel_files.import_boundaries(registered, tmp_path / "没有.geojson")


def test_what_is_exported_can_be_imported(registered, tmp_path):
    hole = [[115.7002, 30.6002], [115.7002, 30.6004], [115.7005, 30.6004], [115.7002, 30.6002]]
    source = geojson(tmp_path, ({"code": "GD01"}, polygon(RING, hole)))
    parcel_files.import_boundaries(registered, source)
    before = parcels.register(registered).parcels
    out = tmp_path / "导出.geojson"
    assert parcel_files.export_boundaries(registered, out, DAY) == 1
    data = json.loads(out.read_text("utf-8"))
    assert data["features"][0]["properties"]["area_mu_x100"] == 1500
    assert data["features"][1]["geometry"] is None
    result = parcel_files.import_boundaries(registered, out)
    assert (result.added, result.notes[-1]) == (1, "地块 GD02 西畈 没有图形，跳过")
    assert parcels.register(registered).parcels == before


def test_an_export_that_cannot_be_written_says_so(registered, tmp_path):
    with pytest.raises(ExportFailed):
        parcel_files.export_boundaries(registered, tmp_path / "没有" / "a.geojson", DAY)
