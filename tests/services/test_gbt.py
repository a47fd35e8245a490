import csv
import json
import shutil
from pathlib import Path

import pytest
from lxml import etree

from village_ledger.domain.errors import BadInput, NotAllowed
from village_ledger.domain.period import Period
from village_ledger.domain.view import Opening
from village_ledger.package.gbt import listing
from village_ledger.services import gbt, journal, openings, package_check, packages, periods
from village_ledger.services.book import Book
from village_ledger.services.creation import NewBook, create_book
from village_ledger.services.package_check import check_package

from .conftest import STAFF
from .packing import forged, unpacked
from .test_package_check import genuine as genuine
from .test_package_check import package as package
from .test_package_check import refused, rekeyed

ROOT = Path(__file__).parents[2]
JUNE, DECEMBER = Period(2025, 6), Period(2025, 12)
SCHEMAS = {"公共档案": "shared", "总账": "ledger", "固定资产": "assets"}


@pytest.fixture
def village(sample_village, tmp_path):
    with Book.open(shutil.copy(sample_village, tmp_path / "示例村.vlb"), actor="周敏") as book:
        yield book


def rows(folder: Path, root: str, table: str) -> list[dict[str, str]]:
    """The rows of a table, read by lxml."""
    tree = etree.parse(folder / "24589" / f"{root}.xml").getroot()
    space = f"{{{tree.nsmap[None]}}}"
    return [{cell.tag.removeprefix(space): cell.text or "" for cell in row} for row in tree.iter(f"{space}{table}")]


def test_the_sample_year_is_valid_and_passes_every_check(village, tmp_path):
    made = gbt.export(village, DECEMBER, tmp_path / "国标")
    assert made.ok
    assert [one.findings for one in made.results] == [()] * 14
    for root, name in SCHEMAS.items():
        schema = etree.XMLSchema(etree.parse(ROOT / "resources" / "gbt24589" / f"{name}.xsd"))
        schema.assertValid(etree.parse(tmp_path / "国标" / "24589" / f"{root}.xml"))
    assert "结果：全部通过" in (tmp_path / "国标" / "自检.txt").read_text("utf-8")
    assert all(one.ok for one in gbt.check_folder(tmp_path / "国标"))
    assert {path.name for path in (tmp_path / "国标").iterdir()} == {"24589", "19581", "自检.txt", "清单.json"}


def test_figures_are_those_of_the_sample_s_own_files(village, tmp_path):
    """resources/sample/openings.csv and vouchers.csv, added up by hand here."""
    gbt.export(village, JUNE, tmp_path / "国标")
    with (ROOT / "resources/sample/openings.csv").open(encoding="utf-8", newline="") as file:
        opened = [(row["科目编码"], row["借方余额"]) for row in csv.DictReader(file) if row["借方余额"]]
    balances = rows(tmp_path / "国标", "总账", "科目余额及发生额")
    january = {
        row["科目编号"]: row
        for row in balances
        if row["会计期间号"] == "1" and not any(row[name] for name in row if name.startswith("辅助项"))
    }
    assert january["101"]["期初本币余额"] == dict(opened)["101"]
    bank = sum(int(text.replace(".", "")) for code, text in opened if code == "102")
    assert january["102"]["期初本币余额"].replace(".", "") == str(bank)
    with (ROOT / "resources/sample/vouchers.csv").open(encoding="utf-8", newline="") as file:
        sample = [row for row in csv.DictReader(file) if row["日期"] < "2025-07"]
    lines = rows(tmp_path / "国标", "总账", "记账凭证")
    assert len([one for one in lines if one["记账凭证日期"] < "20250107"]) == len(
        [row for row in sample if row["日期"] < "2025-01-07"]
    )
    for side in ("借方", "贷方"):
        told = {(row["记账凭证日期"], row["记账凭证摘要"], row["科目编号"], row[f"{side}本币金额"]) for row in lines}
        missing = [
            row["摘要"]
            for row in sample
            if row[f"{side}金额"]
            and (row["日期"].replace("-", ""), row["摘要"], row["科目编码"], row[f"{side}金额"]) not in told
        ]
        assert missing == []
    cards = rows(tmp_path / "国标", "固定资产", "固定资产卡片")
    office = next(row for row in cards if row["固定资产名称"] == "村委会办公楼")
    assert (office["固定资产原值"], office["预计使用月份"], office["已计提月份"]) == ("260000.00", "240", "96")
    assert (office["固定资产净残值率"], office["固定资产月折旧额"]) == ("0.07", "1000.00")


def test_an_export_is_logged_and_says_the_same_whatever_comes_later(village, tmp_path):
    gbt.export(village, JUNE, tmp_path / "a")
    (entry,) = [one for one in journal.entries(village, "国标") if one.action == "export"]
    assert entry.subject == "国标数据 2025-01 至 2025-06"
    assert entry.detail["passed"] is True
    gbt.export(village, DECEMBER, tmp_path / "b")
    again = gbt.export(village, JUNE, tmp_path / "b")
    for name in again.files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    with Book.open(village.path, read_only=True) as reading:
        gbt.export(reading, JUNE, tmp_path / "c", "utf-8")
    assert (
        (tmp_path / "c" / "24589" / "总账.xml").read_text("utf-8").startswith('<?xml version="1.0" encoding="UTF-8"?>')
    )
    assert all(one.ok for one in gbt.check_folder(tmp_path / "c"))


def test_which_month_a_year_ends_with(village):
    assert gbt.year_end(village, 2025) == DECEMBER
    with pytest.raises(NotAllowed, match="--through"):
        gbt.year_end(village, 2026)
    with pytest.raises(BadInput, match="早于建账月份"):
        gbt.books_of_book(village, Period(2024, 12))


def test_a_later_year_begins_with_what_the_one_before_left(village, tmp_path):
    """January 2026 has no postings yet: its openings are December's closings, and nobody closed it."""
    made = gbt.export(village, Period(2026, 1), tmp_path / "国标")
    assert made.ok
    cash = [row for row in rows(tmp_path / "国标", "总账", "科目余额及发生额") if row["科目编号"] == "101"]
    (now,) = [row for row in village.ledger.balances(DECEMBER, DECEMBER) if row.account == "101"]
    assert [row["期初本币余额"].replace(".", "") for row in cash] == [str(now.closing_fen)]
    assert ">2026-01<" in (tmp_path / "国标/24589/公共档案.xml").read_text("gb18030")


def test_a_book_begun_in_mid_year_brings_its_year_to_date_along(tmp_path):
    with create_book(tmp_path / "年中.vlb", NewBook("年中村", Period(2024, 5), people=STAFF)) as book:
        openings.save_openings(
            book,
            (
                Opening("101", (), 1_000_00, 1_500_00, 500_00),
                Opening("301", (), -900_00),
                Opening("501", (), -200_00, 0, 1_200_00),
                Opening("513", (), 100_00, 200_00, 0),
            ),
        )
        books = gbt.books_of_book(book, Period(2024, 5))
    income = next(one for one in books.sheets if one.key == "income-distribution")
    assert [row.first_fen for row in income.rows if row.name == "一、经营收入"] == [1_200_00]
    assert "结果：全部通过" in gbt.finished(books)["自检.txt"].decode()


def test_folders_that_hold_nothing_of_the_kind_are_bad_input(tmp_path):
    with pytest.raises(BadInput, match="不存在"):
        gbt.read_folder(tmp_path / "nowhere")
    (tmp_path / "总账.xlsx").write_bytes(b"PK")
    with pytest.raises(BadInput, match="没有国标数据接口的文件"):
        gbt.read_folder(tmp_path)


def test_files_side_by_side_and_in_small_letters_are_found(village, tmp_path):
    gbt.export(village, JUNE, tmp_path / "国标")
    flat = tmp_path / "平铺"
    flat.mkdir()
    for place in (tmp_path / "国标").rglob("*.*"):
        if place.is_file():
            shutil.copy(place, flat / place.name.replace(".TXT", ".txt"))
    assert gbt.read_folder(flat) == gbt.read_folder(tmp_path / "国标") == gbt.read_folder(tmp_path)


def test_a_package_carries_the_year_to_date(village, tmp_path, monkeypatch):
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path / "home"))
    made = packages.hand_over(village, JUNE, tmp_path / "a.vlp")
    inside = {
        name.removeprefix("国标/"): content for name, content in unpacked(made.path).items() if name.startswith("国标/")
    }
    gbt.export(village, JUNE, tmp_path / "国标")
    written = {
        path.relative_to(tmp_path / "国标").as_posix(): path.read_bytes()
        for path in (tmp_path / "国标").rglob("*")
        if path.is_file()
    }
    assert inside == written


CHANGES = {
    "24589/总账.xml": (">300.00<", ">301.00<"),
    "24589/公共档案.xml": (">张三<", ">李四<"),
    "24589/固定资产.xml": (">购置<", ">赠送<"),
    "19581/KMYE.TXT": ("300.00", "301.00"),
    "19581/ZTSM.TXT": ("rural-2023", "rural-2004"),
    "自检.txt": ("通过", "合格"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_changed_audit_files_of_a_package_are_found(package, name):
    def change(files: dict[str, bytes]) -> None:
        old, new = (text.encode("utf-8" if name.endswith("自检.txt") else "gb18030") for text in CHANGES[name])
        place = f"国标/{name}"
        assert old in files[place]
        files[place] = files[place].replace(old, new, 1)

    assert f"国标数据（国标/{name}）和账目、登记簿重新生成的不一样" in refused(package, change)


def test_missing_added_and_unreadable_audit_files_of_a_package_are_found(package):
    assert "重新生成的不一样" in refused(package, lambda files: files.pop("国标/19581/KJKM.TXT"))
    assert "重新生成的不一样" in refused(package, lambda files: files.update({"国标/24589/多.xml": b""}))
    assert "重新生成的不一样" in refused(package, lambda files: files.update({"国标/清单.json": b"{"}))
    for broken in (b"{", b"[]", b'{"rows": [{"code": 1}]}', b'{"rows": [{"code": "1", "method": "x", "life": ""}]}'):
        text = refused(package, lambda files, b=broken: files.update({"registers/fixed-asset-register.json": b}))
        assert "国标数据不能由登记簿重新生成" in text


def test_a_computer_without_sm3_makes_and_accepts_the_same_package(package, monkeypatch):
    monkeypatch.setattr(listing, "sm3", lambda content: "")
    check_package(package)


def test_audit_files_of_another_program_version_must_tell_of_the_same_books(package, monkeypatch):
    monkeypatch.setattr(package_check, "__version__", "99.0")

    def respelt(files: dict[str, bytes]) -> None:
        name = "国标/24589/公共档案.xml"
        files[name] = files[name].replace("村级三资账本的说明".encode("gb18030"), "旧版的说明".encode("gb18030"))

    def other(name: str, old: str, new: str):
        def act(files: dict[str, bytes]) -> None:
            files[name] = files[name].replace(old.encode("gb18030"), new.encode("gb18030"))

        return act

    def accepted(change) -> None:
        check_package(forged(package, rekeyed(change)))

    accepted(respelt)
    assert "国标 XML 数据和凭证重算的不一样" in refused(package, other("国标/24589/总账.xml", ">300.00<", ">301.00<"))
    assert "国标 TXT 数据和凭证重算的不一样" in refused(package, other("国标/19581/KMYE.TXT", "300.00", "301.00"))
    assert "实体声明" in refused(package, other("国标/24589/总账.xml", "<总账 ", "<!DOCTYPE x><总账 "))
    accepted(lambda files: [files.pop(name) for name in list(files) if name.startswith("国标/")])


def test_a_package_without_audit_files_is_refused(package):
    def strip(files: dict[str, bytes]) -> None:
        for name in [one for one in files if one.startswith("国标/")]:
            del files[name]

    assert "重新生成的不一样" in refused(package, strip)


def test_a_month_without_anything_in_it_has_its_files_too(tmp_path, monkeypatch):
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path / "home"))
    with create_book(tmp_path / "a.vlb", NewBook("石桥村", Period(2024, 1), people=STAFF)) as book:
        periods.close(book, Period(2024, 1), backup=False)
        made = packages.hand_over(book, Period(2024, 1), tmp_path / "a.vlp")
    files = unpacked(made.path)
    assert "没有固定资产卡片" in files["国标/自检.txt"].decode()
    told = json.loads(files["国标/清单.json"])
    assert told["totals"] == {"vouchers": 0, "lines": 0, "debit": "0.00", "credit": "0.00"}
