"""Importing a township's sheet of assets: all of it or nothing, every bad row named."""

from datetime import date
from pathlib import Path

import pytest

from tests.services.asset_desk import JANUARY
from tests.services.conftest import a_draft, post_all
from village_ledger.domain.account import Account
from village_ledger.domain.errors import BadInput
from village_ledger.domain.period import Period
from village_ledger.services import accounts, asset_cards, integrity
from village_ledger.services.asset_files import import_assets
from village_ledger.services.book import Book


def sheet(folder: Path, text: str) -> Path:
    path = folder / "资产.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_short_sheet_is_filled_in_from_class_and_accounts(book: Book, tmp_path: Path):
    for code, name in (("15101", "房屋及建筑物"), ("15102", "机器设备"), ("15201", "房屋折旧"), ("15202", "机器折旧")):
        accounts.add_account(book, Account(code, name, "", "debit"))
    path = sheet(
        tmp_path,
        "资产编号,资产名称,类别,原值,取得日期,净残值率,使用年限,已提折旧,数量,计量单位,取得方式,经营性质\n"
        "1,办公楼,房屋及建筑物,\"240,000.00\",2014/1/5,5%,20年,110000,300,平方米,自建,非经营性\n"
        "2,碾米机,机器设备,9600,2024年1月8日,,5年6个月,,,,购入,\n"
        "3,防护林,防护林,5000,2020-03-01,,,,2.5,亩,,非经营性\n",
    )  # fmt: skip
    result = import_assets(book, path)
    assert (result.rows, result.added) == (3, 3)
    office, mill, wood = asset_cards.register(book).cards
    assert (office.asset_account, office.depreciation_account, office.expense_account) == ("15101", "15201", "513")
    assert (office.residual_fen, office.life_months, office.entered) == (12_000_00, 240, Period(2023, 12))
    assert (office.quantity, office.operating) == (300_000, False)
    assert (mill.source, mill.life_months, mill.entered) == ("购置", 66, Period(2024, 1))
    assert (mill.asset_account, mill.expense_account, mill.in_use) == ("15102", "511", date(2024, 1, 8))
    assert (wood.kind, wood.method, wood.asset_account, wood.depreciation_account) == (
        "公益性生物资产",
        "不提",
        "134",
        "",
    )
    assert "资产卡片和总账还有" in result.notes[0]
    assert integrity.verify(book).ok


def test_the_voucher_that_bought_it_is_found_by_month_and_number(book: Book, tmp_path: Path):
    (voucher,) = post_all(book, a_draft(date(2024, 1, 8), "151", "101", 960_00))
    (addition,) = asset_cards.additions_without_card(book)
    assert (addition.label, addition.fen, addition.account) == ("记-1", 960_00, "151")
    head = "资产编号,资产名称,类别,原值,取得日期,资产科目,累计折旧科目,费用科目,凭证\n"
    path = sheet(tmp_path, head + "1,碾米机,机器设备,960,2024-01-08,151,152,513,2024-01 记-1\n")
    assert import_assets(book, path).notes == ("资产卡片和总账相符",)
    assert asset_cards.additions_without_card(book) == ()
    assert asset_cards.register(book).cards[0].voucher == voucher.uid
    assert asset_cards.tie(book, JANUARY).tied


def test_a_bad_file_adds_nothing_and_names_every_row(book: Book, tmp_path: Path):
    path = sheet(
        tmp_path,
        "资产编号,资产名称,类别,原值,取得日期,使用年限,折旧方法,经营性质,凭证,资产科目\n"
        "1,甲,机器设备,abc,2020-01-01,5,,,,151\n"
        "2,乙,机器设备,100,2020-13-01,5,,,,151\n"
        "3,丙,机器设备,100,2024-01-01,5,双倍余额递减法,,,151\n"
        "4,丁,机器设备,100,2024-01-01,1.03,,,,151\n"
        "5,戊,机器设备,100,2024-01-01,5,,都是,,151\n"
        "6,己,机器设备,100,2024-01-01,5,,,2024-01 记-9,151\n"
        "7,庚,机器设备,100,2024-01-01,5,,,,101\n"
        "8,辛,机器设备,100,2024-01-01,5,,,,151\n"
        "8,壬,机器设备,100,2024-01-01,5,,,,151\n"
        "9,癸,机器设备,100,2015-01-01,5,,,,151\n",
    )
    with pytest.raises(BadInput) as refused:
        import_assets(book, path)
    text = str(refused.value)
    for expected in (
        "第 2 行：金额“abc”",
        "第 3 行：没有 2020年13月1日",
        "第 4 行：折旧方法“双倍余额递减法”不对",
        "第 5 行：使用年限“1.03”不是整月",
        "第 6 行：经营性质“都是”不对",
        "第 7 行：没有找到已记账的凭证",
        "第 8 行：资产科目 101 不对",
        "第 10 行：资产编号 8 在第 9 行已经有了",
        "第 11 行：到 2023-12 使用年限 60 个月已满",
    ):
        assert expected in text, expected
    assert asset_cards.register(book).cards == ()


def test_a_code_already_registered_is_refused(book: Book, tmp_path: Path):
    head = "资产编号,资产名称,类别,原值,取得日期,资产科目,累计折旧科目,费用科目\n"
    path = sheet(tmp_path, head + "1,碾米机,机器设备,960,2024-01-08,151,152,513\n")
    import_assets(book, path)
    with pytest.raises(BadInput, match="资产编号 1 已经登记过"):
        import_assets(book, path)
