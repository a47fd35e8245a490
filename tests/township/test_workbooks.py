"""A bare workbook of statements: read back to the fen, kept as unsigned, refused where it does not agree."""

import io
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.services.test_package_check import rezipped
from village_ledger.domain.errors import BadInput, IntegrityFailure, NotAllowed, Refusal
from village_ledger.domain.period import Period
from village_ledger.reports.query import Query
from village_ledger.services import packages, publishing, reports
from village_ledger.services.book import Book
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.importing import MonthChanged, find_files, take, take_all
from village_ledger.services.township.ledgers import village_report
from village_ledger.services.township.proving import problems
from village_ledger.services.township.topics import statement_figures
from village_ledger.services.township.workbooks import is_workbook, read_workbook
from village_ledger.storage.desk import ledgers, received, registers

JUNE = Period(2025, 6)


@pytest.fixture(scope="module")
def folder(sample_village, tmp_path_factory) -> Path:
    """What the sample village exports of May and June 2025, and its package of June."""
    place = tmp_path_factory.mktemp("exported")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VILLAGE_LEDGER_HOME", str(place / "home"))
        path = Path(shutil.copytree(sample_village.parent, place / "village")) / sample_village.name
        with Book.open(path, actor="王秀英") as book:
            for month in (JUNE.previous, JUNE):
                publishing.export_month_into(book, month, place / str(month))
            packages.hand_over(book, JUNE, place / "6.vlp")
            packages.hand_over(book, JUNE.next, place / "7.vlp")
    return place


@pytest.fixture
def june(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(folder / "2025-06" / "2025-06 报表.xlsx", tmp_path / "2025-06 报表.xlsx"))


def test_the_figures_come_back_to_the_fen(desk, june, sample_village):
    taken = take(desk, june)
    assert (taken.result, taken.received.signed, taken.received.period) == ("收到", False, JUNE)
    assert taken.received.notes == ("未签名的 Excel 文件，不能核验",)
    assert (taken.village.code, taken.village.key) == ("石桥村股份经济合作社", "")
    with Book.open(sample_village, read_only=True) as book:
        wanted = statement_figures(book.ledger, JUNE)
        trial = reports.run(book, "trial-balance", Query(JUNE, JUNE))
    rows = registers.load_topics(desk.store, wanted, JUNE, JUNE)
    for row in rows:
        told = {key: fen for key, fen in wanted[row.topic].items() if fen}
        if row.topic == "income-distribution":  # the sheet has no column of the month alone
            told = {key: fen for key, fen in told.items() if not key.endswith("@month")}
        assert row.figures == told
    assert len(rows) == 3
    cash = next(row for row in trial.rows if row.cells[0] == "101")
    (line,) = ledgers.balance_lines(desk.store, JUNE, ("101",))
    assert (line.opening_fen, line.debit_fen, line.credit_fen, line.closing_fen) == (80330, 450000, 456450, 73880)
    assert cash.cells[4:8] == (80330, 0, 450000, 456450)
    shown = village_report(desk, taken.village, "trial-balance", Query(JUNE, JUNE))
    assert [row.cells for row in shown.rows] == [row.cells for row in trial.rows]
    assert shown.footer == "未签名的 Excel 文件，不能核验"
    with pytest.raises(NotAllowed, match="没有凭证"):
        village_report(desk, taken.village, "general-ledger", Query(JUNE, JUNE))
    assert problems(desk) == ()


def test_the_same_again_and_another_program_s_copy_change_nothing(desk, june, tmp_path):
    take(desk, june)
    head = desk.log_head
    assert take(desk, june).result == "已有"
    assert desk.log_head == head
    book = openpyxl.load_workbook(june, data_only=True)  # saved again as Excel would, values instead of formulas
    book.save(tmp_path / "resaved.xlsx")
    again = take(desk, tmp_path / "resaved.xlsx")
    assert (again.result, again.received.revision) == ("已有", 1)


def edited(path: Path, change: Callable[[openpyxl.Workbook], None]) -> Path:
    """The workbook after somebody changed it in Excel; formulas keep what they came to."""
    book = openpyxl.load_workbook(path, data_only=True)
    change(book)
    target = path.with_name("edited 报表.xlsx")
    book.save(target)
    return target


def place_of(sheet, text: str) -> int:
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == text)


def lift(title: str, name: str, column: int, fen: int) -> Callable[[openpyxl.Workbook], None]:
    """Raise an amount in the row of that name."""

    def act(book) -> None:
        sheet = book[title]
        cell = sheet.cell(place_of(sheet, name), column)
        cell.value = round(cell.value + fen / 100, 2)

    return act


def both(*acts: Callable[[openpyxl.Workbook], None]) -> Callable[[openpyxl.Workbook], None]:
    def act(book) -> None:
        for one in acts:
            one(book)

    return act


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lift("科目余额表", "库存现金", 5, 1),
            r"“科目余额表”I5 科目 101 期末余额是 738.80 元，期初加减发生额是 738.81 元",
        ),
        (lift("科目余额表", "农资", 3, 1), r"I10 科目 12101 期末余额"),
        (lift("科目余额表", "农资", 7, 1), r"“科目余额表”G9 科目 121 的本年累计和下级科目之和不一样"),
        (lift("科目余额表", "合计", 3, 1), r"“科目余额表”C84 合计和各科目之和不一样，应为 4,079,038.99 元"),
        (
            both(lift("科目余额表", "合计", 7, 1), lift("科目余额表", "库存现金", 7, 1)),
            r"G84 本年累计借贷不平：借方 990,310.01 元，贷方 990,310.00 元",
        ),
        (
            lift("资产负债表", "货币资金", 3, 1),
            r"“资产负债表”C10 “流动资产合计”是 441,993.82 元，各项之和是 441,993.83 元",
        ),
        (lift("资产负债表", "短期借款", 8, 1), r"“资产负债表”H10 “流动负债合计”"),
        (lift("资产负债表", "资本", 7, 1), r"“资产负债表”G21 “所有者权益合计”"),
        (lift("收益及收益分配表", "二、经营收益", 3, 1), r"“收益及收益分配表”C9 “二、经营收益”"),
        (lift("收支明细表", "收入合计", 4, 1), r"“收支明细表”D\d+ “收入合计”"),
    ],
)
def test_a_figure_that_does_not_agree_is_refused_with_its_cell(desk, june, change, reason):
    with pytest.raises(IntegrityFailure, match=f"这个 Excel 文件自己对不上：.*{reason}"):
        take(desk, edited(june, change))
    assert desk.villages == ()


def test_sides_that_differ_and_a_sheet_unlike_the_accounts_are_refused(desk, june):
    up = both(
        *(lift("资产负债表", name, 3, 1) for name in ("货币资金", "流动资产合计", "资产总计")),
    )
    with pytest.raises(
        IntegrityFailure, match=r"“资产总计”2,861,093.83 元 不等于“负债和所有者权益总计”2,861,093.82 元"
    ):
        take(desk, edited(june, up))
    right = both(up, *(lift("资产负债表", name, 7, 1) for name in ("资本", "所有者权益合计", "负债和所有者权益总计")))
    with pytest.raises(
        IntegrityFailure, match=r"“资产负债表”C5 “货币资金”是 409,498.93 元，科目余额表是 409,498.92 元"
    ):
        take(desk, edited(june, right))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda book: book.remove(book["资产负债表"]), "没有“资产负债表”工作表"),
        (lambda book: book.remove(book["科目余额表"]), "没有“科目余额表”工作表"),
        (lambda book: book["科目余额表"].cell(2, 1, "单位：某村"), "没有编制单位"),
        (lambda book: book["科目余额表"].cell(2, 5, "2025年1—6月"), "没有编制单位、月份|不是一个月的"),
        (lambda book: book["资产负债表"].cell(2, 4, "2025年5月31日"), "和“科目余额表”对不上"),
        (lambda book: book["科目余额表"].cell(3, 3, "年初余额"), "不认识“科目余额表”的列"),
        (lambda book: book["科目余额表"].cell(5, 1, "999"), "A5 的科目编码“999”重复，或不在科目表里"),
        (lambda book: book["科目余额表"].cell(6, 1, "101"), "A6 的科目编码“101”重复"),
        (lambda book: book["科目余额表"].cell(5, 3, "很多"), "“科目余额表”C5 不是金额：很多"),
        (lambda book: book["科目余额表"].cell(5, 3, 0.123), "C5 不是金额"),
        (lambda book: book["科目余额表"].cell(5, 3, 1e20), "C5 不是金额"),
        (lambda book: book["科目余额表"].cell(5, 3, True), "C5 不是金额"),
        (lambda book: book["资产负债表"].cell(5, 1, "小金库"), "A5 的“小金库”不是资产负债表的项目"),
        (lambda book: book["资产负债表"].delete_rows(5), "缺少项目：货币资金"),
    ],
)
def test_what_is_not_recognised_is_said(desk, june, change, reason):
    with pytest.raises(BadInput, match=reason):
        take(desk, edited(june, change))
    assert desk.villages == ()


def test_the_opening_must_be_the_last_closing(desk, folder, june):
    take(desk, folder / "2025-05" / "2025-05 报表.xlsx")
    wrong = both(
        *(
            lift("科目余额表", name, column, 1)
            for name in ("库存现金", "资本", "合计")
            for column in (3, 9)
            if name != "资本"
        ),
        *(lift("科目余额表", name, column, 1) for name in ("资本", "合计") for column in (4, 10)),
        *(lift("资产负债表", name, 3, 1) for name in ("货币资金", "流动资产合计", "资产总计")),
        *(lift("资产负债表", name, 7, 1) for name in ("资本", "所有者权益合计", "负债和所有者权益总计")),
    )
    with pytest.raises(
        IntegrityFailure,
        match=r"期初余额和2025年5月的期末余额不一样：科目 101（“科目余额表”C5）期初 803.31，上月期末 803.30",
    ):
        take(desk, edited(june, wrong))
    assert take(desk, june).result == "收到"


def test_a_changed_workbook_is_shown_and_replaces_on_demand(desk, june):
    take(desk, june)
    other = both(
        *(lift("科目余额表", name, column, 1) for name in ("库存现金", "合计") for column in (3, 9)),
        *(lift("科目余额表", name, column, 1) for name in ("资本", "合计") for column in (4, 10)),
        *(lift("资产负债表", name, 3, 1) for name in ("货币资金", "流动资产合计", "资产总计")),
        *(lift("资产负债表", name, 7, 1) for name in ("资本", "所有者权益合计", "负债和所有者权益总计")),
    )
    path = edited(june, other)
    with pytest.raises(MonthChanged) as caught:
        take(desk, path)
    assert ("期末余额 101 库存现金", "738.80", "738.81") in [tuple(one) for one in caught.value.differences]
    taken = take(desk, path, replace=True)
    assert (taken.result, taken.received.revision) == ("更换", 2)
    assert problems(desk) == ()


def test_a_signed_package_takes_the_place_of_a_workbook_and_not_the_other_way(desk, june, folder):
    take(desk, june)
    taken = take(desk, folder / "6.vlp")
    assert (taken.result, taken.received.signed, taken.received.revision) == ("更换", True, 2)
    assert [one.code for one in desk.villages] == ["石桥村股份经济合作社"]  # known by its bare name first
    assert desk.villages[0].key == taken.received.key
    with pytest.raises(NotAllowed, match="已经收过签名的报送包，不能用没有签名的 Excel 文件更换"):
        take(desk, june, replace=True)
    assert take(desk, folder / "7.vlp").result == "收到"
    assert village_report(desk, taken.village, "general-ledger", Query(JUNE, JUNE)).rows
    assert problems(desk) == ()


def test_later_signed_months_stay_when_a_package_replaces_a_workbook(desk, june, folder):
    take(desk, june)
    take(desk, folder / "7.vlp")
    taken = take(desk, folder / "6.vlp")
    assert taken.set_aside == ()
    assert [one.signed for one in received.all_current(desk.store)] == [True, True]
    assert problems(desk) == ()


def test_a_name_that_several_villages_bear_is_refused(desk, june, a_village):
    name = "石桥村股份经济合作社"
    for code in ("330106001201", "330106001202"):
        take(desk, a_village(name, code, months=1).packages[1])
    with pytest.raises(BadInput, match="有几个村都叫"):
        take(desk, june)


def test_a_folder_is_scanned_for_packages_and_statements(folder, tmp_path):
    stick = tmp_path / "stick"
    shutil.copytree(
        folder, stick, ignore=lambda _folder, names: [name for name in names if name in {"home", "village"}]
    )
    (stick / "~$2025-06 报表.xlsx").write_bytes(b"x")
    (stick / "别的.xlsx").write_bytes(b"x")
    found = [str(path.relative_to(stick)) for path in find_files(stick)]
    assert found == ["2025-05/2025-05 报表.xlsx", "2025-06/2025-06 报表.xlsx", "6.vlp", "7.vlp"]
    with pytest.raises(BadInput, match="没有找到报送包"):
        find_files(tmp_path / "home")
    with Desk.in_memory("河口镇") as desk:
        outcomes = take_all(desk, find_files(stick))
        assert [one.taken is not None for one in outcomes] == [True, True, True, False]
        assert "签名的报送包" in str(outcomes[-1].refusal)


def test_other_files_are_told_apart(desk, folder, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"hello")
    with pytest.raises(BadInput, match="不是 Excel 工作簿"):
        take(desk, tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04" + bytes(50))
    with pytest.raises(IntegrityFailure, match="读不出来"):
        take(desk, tmp_path / "b.xlsx")
    with pytest.raises(BadInput, match="不认识这个 Excel 文件"):
        take(desk, folder / "2025-06" / "2025-06 账簿.xlsx")
    renamed = Path(shutil.copy(folder / "2025-06" / "2025-06 报表.xlsx", tmp_path / "报表.vlp"))
    assert is_workbook(renamed)
    assert take(desk, renamed).received.signed is False


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'
HEAD = b'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (BOMB, "实体声明"),
        (OUTSIDE, "实体声明"),
        (BOMB.decode().encode("utf-16"), "实体声明"),
        (BOMB.decode().encode("utf-16-le"), "实体声明"),
        (b'<?xml version="1.0" encoding="cp037"?>' + BOMB.decode().encode("cp037"), "少见的编码"),
        (b" " * 60_000_000, "压缩炸弹"),
        (HEAD + b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>' + TAIL, "行，不予读取"),
        (HEAD + b'<row><c r="XFD1"><v>1</v></c></row>' * 2_000 + TAIL, "多得不正常"),
        (
            HEAD
            + b'<row><c r="A1" t="inlineStr"><is><t>'
            + bytes(range(48, 58)) * 4_000
            + b"</t></is></c></row>"
            + TAIL,
            "大得不正常",
        ),
        (HEAD + b"<row>" * 1_000, "读不出来"),
        (b"\x00" * 10, "编码|读不出来"),
    ],
)
def test_traps_are_harmless(desk, june, part, reason):
    content = rezipped(june.read_bytes(), "xl/worksheets/sheet1.xml", part)
    june.write_bytes(content)
    with pytest.raises(IntegrityFailure, match=reason):
        take(desk, june)
    assert desk.villages == ()


def test_a_sheet_that_claims_to_be_endless_is_read_as_it_is(june):
    def claim(text: str) -> str:
        return re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', text)

    with zipfile.ZipFile(june) as packed:
        sheet = claim(packed.read("xl/worksheets/sheet1.xml").decode()).encode()
    june.write_bytes(rezipped(june.read_bytes(), "xl/worksheets/sheet1.xml", sheet))
    assert len(read_workbook(june).accounts) > 40


def test_many_parts_are_a_trap(desk, june):
    made = io.BytesIO(june.read_bytes())
    with zipfile.ZipFile(made, "a") as packed:
        for number in range(2_100):
            packed.writestr(f"xl/{number}.xml", "")
    june.write_bytes(made.getvalue())
    with pytest.raises(IntegrityFailure, match="压缩炸弹"):
        take(desk, june)


def test_changed_bytes_never_crash(june):
    chance = random.Random(6)
    whole = june.read_bytes()
    with zipfile.ZipFile(june) as packed:
        parts = {name: packed.read(name) for name in packed.namelist() if packed.getinfo(name).file_size}
    for count in range(240):
        name = chance.choice(list(parts))
        content = bytearray(whole if count % 3 else parts[name])
        for _ in range(chance.choice((1, 1, 5))):
            place = chance.randrange(len(content))
            if chance.random() < 0.5:
                content[place] ^= chance.randrange(1, 256)
            else:
                del content[place : place + chance.randrange(1, 200)]
        june.write_bytes(bytes(content) if count % 3 else rezipped(whole, name, bytes(content)))
        try:
            read_workbook(june)
        except Refusal:
            continue
