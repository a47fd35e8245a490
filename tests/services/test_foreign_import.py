"""Exports of 用友, 金蝶 and hand-kept tables, as they really look: titles, two-row headers, totals, merged cells."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from village_ledger.domain.errors import BadInput
from village_ledger.domain.period import Period
from village_ledger.services import foreign_import, openings, vouchers
from village_ledger.services.book import Book
from village_ledger.services.creation import NewBook, create_book
from village_ledger.services.foreign_columns import Layout, assign, missing
from village_ledger.services.foreign_import import Choices, Reading
from village_ledger.services.integrity import verify
from village_ledger.services.people import Person

STAFF = (Person("王会计", "会计"), Person("李审核", "审核"))

YONYOU_BALANCES = [
    ["石桥村股份经济合作社 科目余额表"],
    ["期间：2024.12-2024.12"],
    ["科目编码", "科目名称", "期初余额", "", "本期发生", "", "期末余额", ""],
    ["", "", "借方", "贷方", "借方", "贷方", "借方", "贷方"],
    ["101", "库存现金", "900.00", "", "100.00", "", "1,000.00", ""],
    ["102", "银行存款", "50000", "", "", "", "50000", ""],
    ["10201", "农村商业银行", "50000", "", "", "", "50000", ""],
    ["113", "内部往来", "200", "", "", "", "200", ""],
    ["11301", "张三", "200", "", "", "", "200", ""],
    ["301", "资本", "", "51100", "", "100", "", "51200"],
    ["合计", "", "51100", "51100", "100", "100", "51200", "51200"],
]
YONYOU_VOUCHERS = [
    ["凭证列表"],
    [
        "制单日期",
        "凭证字号",
        "摘要",
        "科目编码",
        "科目名称",
        "借方金额",
        "贷方金额",
        "附单据数",
        "制单人",
        "审核人",
        "往来单位",
    ],
    ["2025.01.05", "记-0001", "收张三还款", "101", "库存现金", "200.00", "", "1", "老会计", "老李", ""],
    ["2025.01.05", "记-0001", "收张三还款", "11301", "张三", "", "200.00", "1", "老会计", "老李", ""],
    ["2025.01.08", "记-0002", "买纸", "51303", "办公费", "85.5", "", "2", "老会计", "老李", ""],
    ["2025.01.08", "记-0002", "买纸", "101", "库存现金", "", "85.5", "2", "老会计", "老李", ""],
    ["", "", "合计", "", "", "285.50", "285.50", "", "", "", ""],
]


def sheet(folder: Path, name: str, rows: list[list[object]]) -> Path:
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    for row in rows:
        page.append([value if value != "" else None for value in row])
    path = folder / f"{name}.xlsx"
    workbook.save(path)
    return path


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return create_book(
        tmp_path / "石桥村.vlb", NewBook("石桥村", Period(2025, 1), people=STAFF, suggested_details=True)
    )


def reading_of(path: Path, known: dict[str, str] | None = None) -> Reading:
    return foreign_import.read(*foreign_import.open_file(path), known)


def by_code(book: Book, reading: Reading, **chosen: str) -> dict[str, str]:
    """Where each account goes, in a few words."""
    found = foreign_import.matches(reading, book.chart, chosen)
    return {one.source.code: one.asked or " ".join([one.target, *one.details, *one.member]).strip() for one in found}


def test_a_balance_table_of_yonyou_becomes_the_opening_balances(book: Book, tmp_path: Path) -> None:
    reading = reading_of(sheet(tmp_path, "余额表", YONYOU_BALANCES))
    assert reading.layout.kind == "balances"
    assert by_code(book, reading) == {
        "101": "101",
        "10201": "102 银行账户 农村商业银行",
        "11301": "113 往来户 张三",
        "301": "301",
    }
    result = foreign_import.take_over(book, reading, Choices())
    found = {(one.account, *(item.name for item in one.items)): one.balance_fen for one in openings.openings(book)}
    assert found == {
        ("101",): 100_000,
        ("102", "农村商业银行"): 5_000_000,
        ("113", "张三"): 20_000,
        ("301",): -5_120_000,
    }
    assert openings.tie(book).tied
    assert any("没有科目的行" in note for note in result.notes)


def test_the_opening_side_can_be_taken_instead(book: Book, tmp_path: Path) -> None:
    reading = reading_of(sheet(tmp_path, "余额表", YONYOU_BALANCES))
    foreign_import.take_over(book, reading, Choices(basis="opening"))
    assert openings.openings(book)[0].balance_fen == 90_000


def test_vouchers_of_yonyou_become_drafts_that_bear_their_maker(book: Book, tmp_path: Path) -> None:
    known = {"113": "内部往来", "513": "管理费用"}
    reading = reading_of(sheet(tmp_path, "凭证", YONYOU_VOUCHERS), known)
    assert by_code(book, reading) == {"101": "101", "11301": "113 往来户 张三", "51303": "51303"}
    result = foreign_import.take_over(book, reading, Choices())
    assert (result.added, result.posted) == (2, 0)
    first, second = vouchers.drafts_of(book, Period(2025, 1))
    assert first.maker == "老会计"
    assert (first.day, first.attachments, first.lines[1].items) == (date(2025, 1, 5), 1, (("往来户", "张三"),))
    assert second.lines[0].account == "51303"
    assert verify(book).ok


def test_historical_vouchers_can_be_posted_at_once(book: Book, tmp_path: Path) -> None:
    foreign_import.take_over(book, reading_of(sheet(tmp_path, "余额表", YONYOU_BALANCES)), Choices())
    known = {"113": "内部往来", "513": "管理费用"}
    reading = reading_of(sheet(tmp_path, "凭证", YONYOU_VOUCHERS), known)
    assert foreign_import.take_over(book, reading, Choices(post=True)).posted == 2
    assert verify(book).ok


def test_details_without_named_parents_are_placed_by_code_and_marked(book: Book, tmp_path: Path) -> None:
    reading = reading_of(sheet(tmp_path, "凭证", YONYOU_VOUCHERS))
    notes = {one.source.code: one.note for one in foreign_import.matches(reading, book.chart, {})}
    assert notes["11301"] == "只按编码对上，请核对名称"
    assert notes["101"] == ""


def test_a_sequence_of_kingdee_with_its_own_names_and_merged_cells(book: Book, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["日期", "凭证字", "凭证号", "附件数", "凭证摘要", "科目代码", "科目名称", "币别", "借方", "贷方", "核算项目"],
        [date(2025, 1, 9), "记", 7, 1, "收承包费", "1002.01", "银行存款-信用社", "RMB", 3000, None, ""],
        ["", "", "", "", "收承包费", "112", "应收款", "RMB", "", 3000, "客户---003---李四"],
        [date(2025, 1, 10), "记", 8, "", "付电费", "513.04", "管理费用-水电费", "RMB", 120.5, None, ""],
        ["", "", "", "", "付电费", "1001", "库存现金", "RMB", "", 120.5, ""],
    ]
    reading = reading_of(sheet(tmp_path, "金蝶", rows), {"1002": "银行存款", "513": "管理费用"})
    assert "别名" not in by_code(book, reading).values()
    chosen = {"100201": "102", "51304": "51304"}
    foreign_import.take_over(book, reading, Choices(accounts=chosen))
    first, second = vouchers.drafts_of(book, Period(2025, 1))
    assert [line.account for line in first.lines] == ["102", "112"]
    assert first.lines[1].items == (("往来户", "李四"),)
    assert [line.account for line in second.lines] == ["51304", "101"]


def test_the_text_of_the_yonyou_ledger_tool_has_no_header(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "凭证.txt"
    path.write_bytes(
        (
            "填制凭证,V800\r\n"
            "2025-01-06,记,1,2,取现金,101,500.00,0,0,0,0,张会计\r\n"
            "2025-01-06,记,1,2,取现金,102,0,500.00,0,0,0,张会计\r\n"
        ).encode("gb18030")
    )
    reading = reading_of(path)
    assert by_code(book, reading) == {"101": "101", "102": "102"}
    foreign_import.take_over(book, reading, Choices())
    (draft,) = vouchers.drafts_of(book, Period(2025, 1))
    assert (draft.maker, draft.attachments, draft.debit_total_fen) == ("张会计", 2, 50_000)


def test_words_of_receipt_and_payment_become_one_sequence(book: Book, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["月", "日", "凭证字号", "摘要", "科目编码", "科目名称", "方向", "金额"],
        ["1", "6", "付-1", "付", "513", "管理费用/办公费", "借", "10"],
        ["1", "6", "付-1", "付", "101", "库存现金", "贷", "10"],
        ["1", "5", "收-1", "收", "101", "库存现金", "借", "30"],
        ["1", "5", "收-1", "收", "504", "其他收入/利息收入", "贷", "30"],
    ]
    rows[1][3] = rows[2][3] = "买纸"
    rows[3][3] = rows[4][3] = "利息"
    result = foreign_import.take_over(book, reading_of(sheet(tmp_path, "序时账", rows)), Choices(year=2025))
    first, second = vouchers.drafts_of(book, Period(2025, 1))
    assert (first.day.day, first.lines[1].account, second.lines[0].account) == (5, "50401", "51303")
    assert any("重新编号" in note for note in result.notes)


def test_an_account_without_its_like_is_asked_and_the_answer_used(book: Book, tmp_path: Path) -> None:
    rows = [
        ["科目编码", "科目名称", "期末方向", "期末余额"],
        ["1001", "库存现金", "借", "100"],
        ["6001", "主营业务收入", "贷", "100"],
        ["1901", "零", "平", "0"],
    ]
    reading = reading_of(sheet(tmp_path, "企业", rows))
    assert by_code(book, reading)["6001"] == "这里没有叫“主营业务收入”的一级科目"
    with pytest.raises(BadInput, match="还有 1 个科目没有确定记到哪里"):
        foreign_import.take_over(book, reading, Choices())
    assert openings.openings(book) == ()
    foreign_import.take_over(book, reading, Choices(accounts={"6001": "50105"}))
    assert {one.account: one.balance_fen for one in openings.openings(book)} == {"101": 10_000, "50105": -10_000}


def test_new_details_keep_the_old_digits_and_are_added_with_the_import_or_not_at_all(
    book: Book, tmp_path: Path
) -> None:
    rows = [
        ["科目编码", "科目名称", "借方余额", "贷方余额"],
        ["151", "固定资产", "300", ""],
        ["15177", "太阳能路灯", "300", ""],
        ["301", "资本", "", "一百"],
    ]
    reading = reading_of(sheet(tmp_path, "余额", rows))
    assert by_code(book, reading)["15177"] == "151 太阳能路灯"
    with pytest.raises(BadInput, match="第 4 行"):
        foreign_import.take_over(book, reading, Choices())
    assert "15177" not in book.chart
    rows[3][3] = "300"
    foreign_import.take_over(book, reading_of(sheet(tmp_path, "余额", rows)), Choices())
    assert book.chart["15177"].name == "太阳能路灯"
    assert verify(book).ok


def test_a_chart_adds_the_details_that_are_missing(book: Book, tmp_path: Path) -> None:
    rows = [
        ["科目代码", "科目名称"],
        ["513", "管理费用"],
        ["51303", "办公费"],
        ["51350", "会议室改造"],
        ["6001", "主营业务收入"],
    ]
    reading = reading_of(sheet(tmp_path, "科目", rows))
    assert reading.layout.kind == "accounts"
    result = foreign_import.take_over(book, reading, Choices())
    assert (result.added, book.chart["51350"].name) == (1, "会议室改造")


def test_accounts_by_the_old_regulation_are_noticed(book: Book, tmp_path: Path) -> None:
    rows = [
        ["科目编码", "科目名称", "借方余额", "贷方余额"],
        ["131", "牲畜（禽）资产", "300", ""],
        ["301", "资本", "", "300"],
    ]
    reading = reading_of(sheet(tmp_path, "旧", rows))
    found = foreign_import.matches(reading, book.chart, {})
    assert foreign_import.looks_old(found, "rural-2023")
    assert "2004 年旧制度" in found[0].asked


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("照片.xlsx", b"\x89PNG" * 50, "不是 Excel 工作簿"),
        ("网页.xls", b"<html><table><tr><td>1</td></tr></table></html>", "其实是网页格式"),
        ("旧.xls", b"\xd0\xcf\x11\xe0" * 50, "旧版 Excel"),
        ("空.csv", b"", "是空的"),
        ("通讯录.csv", "姓名,电话\n张三,1\n".encode(), "没有找到认得的表头"),
    ],
)
def test_files_that_cannot_be_read_are_explained(name: str, content: bytes, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=text):
        foreign_import.open_file(tmp_path / name)


def test_what_a_layout_lacks_is_named() -> None:
    assert missing(Layout("vouchers", 1, ("day", "summary", "code"))) == (
        "凭证号（或凭证字号）、借方金额和贷方金额（或方向和金额）"
    )
    assert missing(Layout("balances", 1, ("name",))) == "科目编码、期末（或期初）的借方余额和贷方余额（或方向和余额）"
    assert (
        missing(
            Layout("vouchers", 1, assign("vouchers", ["制单日期", "凭证号数", "会计科目", "借方金额(元)", "贷方金额"]))
        )
        == ""
    )
