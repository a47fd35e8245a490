"""Importing a contract register: what the columns mean, and that a bad file changes nothing."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.services.contract_desk import contract_book
from village_ledger.domain.contract import Payment, Price, Step
from village_ledger.domain.contract_schedule import schedule
from village_ledger.domain.errors import BadInput
from village_ledger.services import contracts, integrity
from village_ledger.services.book import Book
from village_ledger.services.cells import CellError
from village_ledger.services.contract_cells import read_cycle, read_payments, read_percent, read_steps
from village_ledger.services.contract_files import import_contracts
from village_ledger.services.journal import entries

BASE = {"合同编号": "HT-1", "标的": "1号门面", "对方": "张三", "开始日期": "2025-01-01", "结束日期": "2027-12-31"}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with contract_book(tmp_path) as opened:
        yield opened


def a_file(folder: Path, *rows: dict[str, str]) -> Path:
    titles = list(dict.fromkeys(title for row in rows for title in row))
    path = folder / "合同登记簿.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, titles, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_row_becomes_a_contract_with_its_defaults(book: Book, tmp_path: Path):
    path = a_file(tmp_path, BASE | {"年租金": "12,000", "付款周期": "按季", "首期应付日": "2025-01-10", "押金": "500"})
    assert import_contracts(book, path).added == 1
    contract = contracts.register(book).accounts[0].contract
    assert contract.price == Price(steps=(Step(1, 12_000_00),), cycle=3, offset=9)
    assert (contract.kind, contract.account, contract.counter) == ("租赁", "112", "50102")
    assert contract.deposit_fen == 500_00
    assert integrity.verify(book).ok


def test_land_is_priced_by_the_mu_and_kept_on_the_partys_own_account(book: Book, tmp_path: Path):
    row = BASE | {"对方": "李四", "用途": "耕地", "面积（亩）": "5.55", "单价": "320", "递增": "每3年递增5%"}
    import_contracts(book, a_file(tmp_path, row | {"结束日期": "2034-12-31"}))
    contract = contracts.register(book).accounts[0].contract
    assert contract.price.steps == (Step(1, 1_776_00), Step(4, 1_864_80), Step(7, 1_958_04), Step(10, 2_055_94))
    assert (contract.kind, contract.account, contract.counter) == ("承包", "113", "50101")
    assert contract.area_x100 == 5_55


def test_an_excel_sheet_with_dates_as_dates_is_read(book: Book, tmp_path: Path):
    sheet = openpyxl.Workbook()
    page = sheet.active
    page.append(["合同编号", "标的", "对方", "开始日期", "结束日期", "年租金", "付款周期", "启用日期", "期初欠款"])
    page.append(["HT-1", "鱼塘", "新来的", date(2020, 7, 1), date(2030, 6, 30), 9000.5, "半年", date(2025, 1, 1), 450])
    sheet.save(tmp_path / "台账.xlsx")
    result = import_contracts(book, tmp_path / "台账.xlsx")
    assert any("新来的" in note for note in result.notes), "a party not known yet is added and named"
    account = contracts.register(book).accounts[0]
    assert account.contract.opening_fen == 450_00
    assert sum(one.instalment.amount_fen for one in account.standings if one.instalment.seq) == 90_005_00


def test_a_payment_after_the_period_is_counted_from_its_last_day(book: Book, tmp_path: Path):
    row = BASE | {"年租金": "6000", "付款周期": "季", "付款时间": "后付", "首期应付日": "2025-03-25"}
    import_contracts(book, a_file(tmp_path, row))
    days = [one.due.isoformat() for one in schedule(contracts.register(book).accounts[0].contract)][:4]
    assert days == ["2025-03-25", "2025-06-24", "2025-09-24", "2025-12-25"]


def test_every_bad_row_is_named_and_nothing_is_taken_from_a_bad_file(book: Book, tmp_path: Path):
    good = BASE | {"年租金": "1200"}
    rows = (
        good,
        good | {"合同编号": "HT-2", "结束日期": "2024-12-31"},
        good | {"合同编号": "HT-3", "年租金": ""},
        good | {"合同编号": "HT-4", "付款周期": "有时"},
        good | {"合同编号": "HT-1"},
        good | {"合同编号": "HT-5", "对方": ""},
        good | {"合同编号": "HT-6", "往来科目": "101"},
        good | {"合同编号": "HT-7", "开始日期": "2025-02-30"},
        good | {"合同编号": "HT-8", "交易方式": "抓阄"},
        good | {"合同编号": "HT-9", "对方": "王五"},
    )
    before = len(entries(book))
    with pytest.raises(BadInput) as refused:
        import_contracts(book, a_file(tmp_path, *rows))
    text = str(refused.value)
    for number in range(3, 11):
        assert f"第 {number} 行" in text, number
    assert "第 2 行" not in text.replace("在第 2 行已经有了", "")
    assert "第 11 行" not in text
    assert contracts.register(book).accounts == ()
    assert len(entries(book)) == before
    assert "王五" not in str(entries(book)[0])


def test_a_long_lease_is_imported_with_a_remark(book: Book, tmp_path: Path):
    result = import_contracts(book, a_file(tmp_path, BASE | {"年租金": "1200", "结束日期": "2055-12-31"}))
    assert result.added == 1
    assert any("民法典第七百零五条" in note for note in result.notes)


def test_the_same_register_cannot_be_imported_twice(book: Book, tmp_path: Path):
    path = a_file(tmp_path, BASE | {"年租金": "1200"})
    import_contracts(book, path)
    with pytest.raises(BadInput, match="已经登记过"):
        import_contracts(book, path)


@pytest.mark.parametrize(
    ("text", "months"),
    [("按月", 1), ("每季", 3), ("季付", 3), ("半年", 6), ("", 12), ("年", 12), ("两年", 24), ("一次性付清", 0)],
)
def test_payment_cycles_as_people_write_them(text: str, months: int):
    assert read_cycle(text) == months


def test_growth_as_people_write_it():
    term = (date(2025, 1, 1), date(2034, 12, 31))
    assert read_steps("每五年增加200元", 1_000_00, *term) == (Step(1, 1_000_00), Step(6, 1_200_00))
    assert read_steps("每 3 年 递增 2.5%", 1_000_00, *term)[1] == Step(4, 1_025_00)
    assert read_steps("第4年起11000；第7年起12,100元", 1_000_00, *term)[1:] == (Step(4, 11_000_00), Step(7, 12_100_00))
    assert read_steps("无", 1_000_00, *term) == (Step(1, 1_000_00),)
    with pytest.raises(CellError):
        read_steps("看情况", 1_000_00, *term)
    assert read_percent("12.5%") == 1250
    assert read_payments("2025-03-01:30000；2025-09-01：70000") == (
        Payment(date(2025, 3, 1), 30_000_00),
        Payment(date(2025, 9, 1), 70_000_00),
    )
