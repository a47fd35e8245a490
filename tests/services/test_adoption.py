"""Taking over the balances of a book kept by the 2004 accounts."""

from pathlib import Path

import pytest

from village_ledger.domain.account import Item
from village_ledger.domain.conversion import Converted
from village_ledger.domain.errors import BadInput, NotAllowed
from village_ledger.domain.period import Period
from village_ledger.domain.view import Opening
from village_ledger.services import adoption, importing, integrity
from village_ledger.services.accounts import add_item, add_items, items
from village_ledger.services.book import Book
from village_ledger.services.creation import NewBook, create_book
from village_ledger.services.openings import openings, save_openings

JANUARY = Period(2024, 1)


def a_book(folder: Path, name: str, start: Period, chart: str) -> Book:
    return create_book(folder / f"{name}.vlb", NewBook(name, start, chart=chart))


def an_old_book(folder: Path) -> Path:
    """Opened with 500, of which 200 were spent in December."""
    with a_book(folder, "旧账", Period(2023, 12), "rural-2004") as old:
        save_openings(old, (Opening("101", (), 500), Opening("301", (), -500)))
        table = folder / "凭证.csv"
        table.write_text(
            "日期,凭证字,凭证号,附件数,摘要,科目编码,辅助,借方金额,贷方金额\n"
            "2023-12-05,记,1,1,存款,102,,2,\n2023-12-05,记,1,1,存款,101,,,2\n",
            encoding="utf-8",
        )
        importing.import_vouchers(old, table, post=True)
        return old.path


def converted(*rows: Opening) -> Converted:
    return Converted(rows, (), (), 0, 0)


def test_an_old_book_gives_the_balances_of_the_month_before(tmp_path: Path) -> None:
    found = adoption.old_balances_of_book(an_old_book(tmp_path), JANUARY)
    assert {row.account: row.balance_fen for row in found.openings} == {"101": 300, "102": 200, "301": -500}
    assert found.source == "旧账 2023年12月末余额"


def test_an_old_book_that_begins_at_the_cutover_gives_its_openings(tmp_path: Path) -> None:
    found = adoption.old_balances_of_book(an_old_book(tmp_path), Period(2023, 12))
    assert {row.account: row.balance_fen for row in found.openings} == {"101": 500, "301": -500}


def test_a_balance_table_of_another_program_is_understood(tmp_path: Path) -> None:
    table = tmp_path / "余额表.csv"
    table.write_text(
        "石桥村 科目余额表\n科目编码,科目名称,期初余额,,期末余额,\n,,借方,贷方,借方,贷方\n"
        "101,现金,,,3,\n113,内部往来,,,2,\n11301,张三,,,2,\n301,资本,,,,5\n合计,,,,5,5\n",
        encoding="gb18030",
    )
    found = adoption.old_balances_of_file(table, JANUARY)
    assert {(row.account, *(one.name for one in row.items)): row.balance_fen for row in found.openings} == {
        ("101",): 300,
        ("113", "张三"): 200,
        ("301",): -500,
    }
    table.write_text("科目编码,科目名称\n101,现金\n102,银行存款\n", encoding="utf-8")
    with pytest.raises(BadInput, match="不是科目余额表"):
        adoption.old_balances_of_file(table, JANUARY)


def test_a_book_of_the_present_regulation_is_refused(tmp_path: Path) -> None:
    with a_book(tmp_path, "新账", JANUARY, "rural-2023") as book:
        path = book.path
    with pytest.raises(BadInput, match="不需要转换"):
        adoption.old_balances_of_book(path, JANUARY)


def test_a_table_is_read_with_its_own_detail_accounts(tmp_path: Path) -> None:
    accounts, table = tmp_path / "科目.csv", tmp_path / "余额.csv"
    accounts.write_text("科目编码,科目名称\n10101,备用金\n", encoding="utf-8")
    table.write_text("科目编码,借方余额,贷方余额\n10101,5,\n301,,5\n", encoding="utf-8")
    found = adoption.old_balances_of_file(table, JANUARY, accounts)
    assert found.chart["10101"].name == "备用金"
    assert [row.balance_fen for row in found.openings] == [500, -500]
    with pytest.raises(BadInput):
        adoption.old_balances_of_file(table, JANUARY)


def test_members_are_registered_once_and_balances_of_one_name_added_up(tmp_path: Path) -> None:
    with a_book(tmp_path, "新账", JANUARY, "rural-2023") as book:
        known = add_item(book, "往来户", "张三")
        rows = (
            Opening("211", (Item("往来户", "0009", "张三"),), -300),
            Opening("211", (Item("往来户", "往来户/张三", "张三"),), -200),
            Opening("211", (Item("往来户", "0001", "李四"),), -500),
            Opening("101", (), 1000),
        )
        assert adoption.adopt(book, converted(*rows)).tied
        assert {one.items[0].name: one.balance_fen for one in openings(book) if one.items} == {
            "张三": -500,
            "李四": -500,
        }
        assert [record.item for record in items(book) if record.item.name == "张三"] == [known]
        assert integrity.verify(book).ok


def test_nothing_is_written_when_a_balance_cannot_stand(tmp_path: Path) -> None:
    with a_book(tmp_path, "新账", JANUARY, "rural-2023") as book:
        new_member = Item("往来户", "0001", "张三")
        with pytest.raises(BadInput):
            adoption.adopt(book, converted(Opening("211", (new_member,), -5), Opening("322", (), 5)))
        assert items(book) == ()
        assert openings(book) == ()


def test_an_old_chart_or_a_book_that_has_begun_takes_nothing_over(tmp_path: Path) -> None:
    with Book.open(an_old_book(tmp_path)) as old, pytest.raises(NotAllowed, match="2023"):
        adoption.adopt(old, converted())
    with a_book(tmp_path, "新账", JANUARY, "rural-2023") as book:
        path = book.path
    with Book.open(path, read_only=True) as book, pytest.raises(NotAllowed, match="不能再改"):
        adoption.adopt(book, converted())


def test_a_list_of_members_is_added_whole_or_not_at_all(tmp_path: Path) -> None:
    with a_book(tmp_path, "新账", JANUARY, "rural-2023") as book:
        with pytest.raises(BadInput):
            add_items(book, "往来户", [("张三", ""), ("张三", "")])
        with pytest.raises(BadInput):
            add_items(book, "往来户", [])
        assert items(book) == ()
        assert [item.code for item in add_items(book, "往来户", [("张三", "一组"), ("李四", "")])] == ["0001", "0002"]
        assert integrity.verify(book).ok
