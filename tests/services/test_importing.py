import csv
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from village_ledger.domain.account import Auxiliary
from village_ledger.domain.errors import BadInput, Cancelled, NotAllowed
from village_ledger.domain.period import Period
from village_ledger.services import accounts, importing, integrity, journal, openings, periods, vouchers
from village_ledger.services.cells import CellError, read_day, read_pairs, read_quantity

from .conftest import a_draft, post_all

HEADER = "日期,凭证字,凭证号,附件数,摘要,科目编码,辅助,借方金额,贷方金额"
GOOD = (
    "2024-01-05,记,1,2,提现,101,,500.00,",
    "2024-01-05,记,1,2,提现,102,,,500.00",
    "2024-01-06,记,2,1,借给甲户,113,往来户:甲户,1200.5,",
    "2024-01-06,记,2,1,借给甲户,102,,,1200.50",
)


def a_file(tmp_path: Path, *lines: str, header: str = HEADER, encoding: str = "utf-8", name: str = "file.csv") -> Path:
    path = tmp_path / name
    path.write_bytes("\n".join((header, *lines, "")).encode(encoding))
    return path


def refused(book, path, **options) -> list[str]:
    with pytest.raises(BadInput) as caught:
        importing.import_vouchers(book, path, **options)
    assert vouchers.count(book, vouchers.VoucherFilter()) == 0
    return [problem.message for problem in caught.value.problems] or [caught.value.message]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_vouchers_in_any_usual_encoding_become_drafts(book, tmp_path, encoding):
    result = importing.import_vouchers(book, a_file(tmp_path, *GOOD, encoding=encoding))
    assert (result.rows, result.added, result.posted) == (4, 2, 0)
    first, second = vouchers.drafts_of(book, Period(2024, 1))
    assert (first.maker, first.attachments, first.debit_total_fen) == ("导入", 2, 500_00)
    assert second.lines[0].items == (("往来户", "甲户"),)
    assert "新登记的辅助核算 1 个：往来户:甲户" in result.notes
    assert first.source == "file.csv 记-1"


def test_posting_takes_date_and_number_order_and_says_where_numbers_moved(book, tmp_path):
    lines = (
        "2024-01-20,记,7,0,后一笔,101,,7.00,",
        "2024-01-20,记,7,0,后一笔,102,,,7.00",
        "2024-01-05,记,9,0,前一笔,101,,9.00,",
        "2024-01-05,记,9,0,前一笔,102,,,9.00",
    )
    result = importing.import_vouchers(book, a_file(tmp_path, *lines), post=True)
    posted = book.ledger.vouchers(Period(2024, 1), Period(2024, 1))
    assert [(one.number, one.total_fen, one.source) for one in posted] == [
        (1, 900, "file.csv 记-9"),
        (2, 700, "file.csv 记-7"),
    ]
    assert {(one.maker, one.reviewer, one.poster) for one in posted} == {("导入", "导入", "导入")}
    assert "2024-01 记-9 → 记-1" in result.notes[-1]
    (entry,) = journal.entries(book, "import")
    assert (entry.detail["file"], entry.detail["rows"], entry.detail["vouchers"]) == ("file.csv", 4, 2)
    assert integrity.verify(book).ok


def test_an_excel_sheet_gives_exact_fen_from_numbers_and_dates(book, tmp_path):
    sheet_book = openpyxl.Workbook()
    sheet = sheet_book.active
    sheet.append([*HEADER.split(","), "备注"])
    sheet.append([datetime(2024, 1, 5), "记", 1, 1, "提现", 101, None, 12345.67, None, "x"])
    sheet.append([date(2024, 1, 5), "记", 1.0, 1, "提现", "102", None, None, 0.1 + 0.2 + 12345.37, "y"])
    path = tmp_path / "账.xlsx"
    sheet_book.save(path)
    result = importing.import_vouchers(book, path)
    assert result.notes == ("没有用到的列：备注",)
    (draft,) = vouchers.drafts_of(book, Period(2024, 1))
    assert (draft.debit_total_fen, draft.credit_total_fen) == (1234567, 1234567)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("2024-01-05,记,1,0,业务,101,,12.345,", "第 2 行：金额“12.345”的小数超过两位，最小单位是分"),
        ("2024-01-05,记,1,0,业务,101,,十元,", "第 2 行：金额“十元”含有不能识别的字符，只能输入数字和小数点"),
        ("2024-01-05,记,1,0,业务,101,,100000000000,", "第 2 行：金额“100000000000”过大，必须小于一千亿元"),
        ("2024-01-05,记,1,0,业务,101,,0,", "第 2 行：没有金额，金额不能为零"),
        ("2024-01-05,记,1,0,业务,101,,5,5", "第 2 行：借方和贷方都有金额，只能填一方"),
        ("2024-01-05,记,1,0,业务,999,,7.00,", "第 2 行：科目 999 不存在，请重新选择"),
        ("2024-01-05,记,1,0,业务,322,,7.00,", "第 2 行：科目 322 收益分配 有下级，请选到最末级"),
        ("2024-01-05,记,1,0,业务,113,,7.00,", "第 2 行：科目 113 内部往来 要填往来户"),
        (
            "2024-01-05,记,1,0,业务,113,甲户,7.00,",
            "第 2 行：辅助“甲户”不对，请写成“往来户:甲户;项目:村道”这样的形式",
        ),
        ("2024-01-05,记,1,0,业务,101,往来户:甲户,7.00,", "第 2 行：科目 101 库存现金 没有设置“往来户”辅助核算"),
        ("2023-02-29,记,1,0,业务,101,,7.00,", "第 2 行：没有 2023年2月29日 这一天，请检查日期"),
        ("2023-12-31,记,1,0,业务,101,,7.00,", "日期 2023-12-31 早于建账月份 2024年1月，请改日期"),
        ("1月5日,记,1,0,业务,101,,7.00,", "第 2 行：日期“1月5日”看不懂，请写成 2025-01-05 这样的形式"),
        ("2024-01-05,收,1,0,业务,101,,7.00,", "凭证字“收”不对，本账套使用：记"),
        ("2024-01-05,记,x,0,业务,101,,7.00,", "第 2 行：凭证号“x”不对，只能填整数"),
        ("2024-01-05,记,1,0,,101,,7.00,", "第 2 行：没有摘要"),
        ("2024-01-05,记,1,0,业务,101,,1,234.00,", "第 2 行：比表头多出几列"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_imported(book, tmp_path, bad, reason):
    path = a_file(tmp_path, bad, "2024-01-05,记,1,0,业务,102,,,7.00", *(line.replace("记,", "记,1") for line in GOOD))
    assert any(reason in problem for problem in refused(book, path))
    assert accounts.items(book, "往来户")[-1].item.name == "李四"


def test_every_bad_row_is_listed_at_once(book, tmp_path):
    lines = (
        "2024-01-05,记,1,0,业务,999,,7.00,",
        "2024-01-05,记,1,0,业务,102,,,7.00",
        "2024-01-06,记,2,0,业务,101,,abc,",
        "2024-01-06,记,2,0,业务,102,,,7.00",
        "2024-01-07,记,3,0,业务,101,,8.00,",
        "2024-01-07,记,3,0,业务,102,,,7.00",
    )
    problems = refused(book, a_file(tmp_path, *lines))
    assert [problem.split("：")[0] for problem in problems] == ["第 2 行", "第 4 行", "第 6 行"]
    assert "借贷不平" in problems[2]


def test_a_disabled_account_and_a_disabled_household_are_refused(book, tmp_path):
    accounts.change_account(book, "111", disabled=True)
    accounts.change_item(book, accounts.items(book, "往来户")[0].item, disabled=True)
    lines = (
        "2024-01-05,记,1,0,业务,111,,7.00,",
        "2024-01-05,记,1,0,业务,113,往来户:张三,,7.00",
    )
    assert [problem[:16] for problem in refused(book, a_file(tmp_path, *lines))] == [
        "第 2 行：科目 111 短期投",
        "第 3 行：往来户“张三”已停用",
    ]


def test_a_closed_month_is_refused(book, tmp_path):
    post_all(book, a_draft(date(2024, 1, 5), "101", "102", 100))
    periods.close(book, Period(2024, 1), backup=False)
    with pytest.raises(BadInput, match="2024年1月已经结账"):
        importing.import_vouchers(book, a_file(tmp_path, *(line.replace(",记,1,", ",记,5,") for line in GOOD[:2])))


def test_numbers_that_repeat_in_the_file_or_the_book_are_refused(book, tmp_path):
    apart = (*GOOD[:2], *GOOD[2:], *GOOD[:2])
    assert "凭证号重复：记-1 在第 2 行已经有了" in refused(book, a_file(tmp_path, *apart))[0]
    two_days = (GOOD[0], GOOD[1].replace("01-05", "01-06"))
    assert "的日期 2024-01-06 与第 2 行的 2024-01-05 不同" in refused(book, a_file(tmp_path, *two_days))[0]
    importing.import_vouchers(book, a_file(tmp_path, *GOOD), post=True)
    with pytest.raises(BadInput, match="凭证号重复：2024-01 的 记-1 已经记账"):
        importing.import_vouchers(book, a_file(tmp_path, *GOOD), post=True)


def test_the_same_file_twice_as_drafts_is_refused(book, tmp_path):
    path = a_file(tmp_path, *GOOD)
    importing.import_vouchers(book, path)
    with pytest.raises(BadInput, match="已经从同名文件导入过"):
        importing.import_vouchers(book, path)


def test_cancelling_rolls_everything_back(book, tmp_path):
    def cancel(done: int, _total: int, _what: str) -> None:
        if done:
            raise Cancelled("已取消")

    with pytest.raises(Cancelled):
        importing.import_vouchers(book, a_file(tmp_path, *GOOD), post=True, progress=cancel)
    assert vouchers.count(book, vouchers.VoucherFilter()) == 0
    assert integrity.verify(book).ok


def test_posting_waits_for_openings_that_tie(book, tmp_path):
    rows = ("101,,300.00,", "301,,,200.00")
    path = a_file(tmp_path, *rows, header="科目编码,辅助,借方余额,贷方余额", name="openings.csv")
    result = importing.import_openings(book, path)
    assert "期初余额还不平：借方合计 300.00，贷方合计 200.00" in result.notes[-1]
    with pytest.raises(NotAllowed, match="期初余额不平"):
        importing.import_vouchers(book, a_file(tmp_path, *GOOD), post=True)


def test_openings_replace_the_old_ones_and_add_households(book, tmp_path):
    header = "借方余额,贷方余额,科目编码,辅助,数量"
    path = a_file(tmp_path, "50.25,,113,往来户：丙户,", ",50.25,301,,", header=header)
    result = importing.import_openings(book, path)
    assert (result.added, result.notes) == (2, ("新登记的辅助核算 1 个：往来户:丙户",))
    kept = openings.openings(book)
    assert [(row.account, row.balance_fen) for row in kept] == [("113", 5025), ("301", -5025)]
    assert kept[0].items[0].name == "丙户"


def test_bad_openings_are_listed_by_row(book, tmp_path):
    header = "科目编码,辅助,借方余额,贷方余额,本年累计借方"
    rows = ("113,,5,,", "101,,5,5,", "102,,x,,", "101,,,,7", "8888,,1,,")
    with pytest.raises(BadInput) as caught:
        importing.import_openings(book, a_file(tmp_path, *rows, header=header))
    assert [problem.message for problem in caught.value.problems] == [
        "第 2 行：科目 113 内部往来 要填往来户",
        "第 3 行：借方余额和贷方余额只能填一个",
        "第 4 行：金额“x”含有不能识别的字符，只能输入数字和小数点",
        "第 5 行：科目 101 库存现金：从 1 月开始建账，不填本年累计发生额",
        "第 6 行：科目 8888 不存在",
    ]
    assert len(openings.openings(book)) == 2


ACCOUNT_HEADER = "科目编码,科目名称,方向,辅助核算,单位"


def test_accounts_may_come_children_first_and_follow_their_parent(book, tmp_path):
    rows = (
        "1110101,村部,,,",
        "11101,备用金,借,,",
        "11301,农户往来,,,",
        "12101,稻谷,借,项目?、部门,公斤",
        "102,银行存款,贷,,",
    )
    result = importing.import_accounts(book, a_file(tmp_path, *rows, header=ACCOUNT_HEADER))
    assert (result.rows, result.added) == (5, 4)
    assert result.notes == ("第 6 行：科目 102 银行存款 的方向以会计制度为准，没有改动",)
    chart = book.chart
    assert chart["1110101"].side == "debit"
    assert chart["11301"].auxiliaries == (Auxiliary("往来户", required=False),)
    assert chart["12101"].auxiliaries == (Auxiliary("项目", required=False), Auxiliary("部门"))
    assert chart["12101"].unit == "公斤"
    assert integrity.verify(book).ok


def test_bad_accounts_are_listed_and_none_is_added(book, tmp_path):
    rows = (
        "101,现金,借,,",
        "601,新科目,借,,",
        "11101,备用金,上,,",
        "11102,零用金,借,客户,",
        "1029901,某支行,借,,",
        "11103,箱柜,借,,",
        "11103,箱柜,借,,",
        "1010,四位,借,,",
    )
    with pytest.raises(BadInput) as caught:
        importing.import_accounts(book, a_file(tmp_path, *rows, header=ACCOUNT_HEADER))
    told = [problem.message for problem in caught.value.problems]
    assert [text.split("：")[0] for text in told] == [f"第 {row} 行" for row in (2, 3, 4, 5, 6, 8, 9)]
    assert "名称由会计制度规定" in told[0]
    assert "一级科目由会计制度规定，不能增加 601" in told[1]
    assert "11103" not in book.chart


def test_importing_the_same_accounts_again_changes_nothing(book, tmp_path):
    path = a_file(tmp_path, "11101,备用金,借,,", header=ACCOUNT_HEADER)
    assert importing.import_accounts(book, path).added == 1
    assert importing.import_accounts(book, path).added == 0
    renamed = a_file(tmp_path, "11101,周转金,借,,", header=ACCOUNT_HEADER)
    importing.import_accounts(book, renamed)
    assert book.chart["11101"].name == "周转金"


def test_a_file_may_repeat_accounts_of_the_regulation_with_half_width_brackets(book, tmp_path):
    path = a_file(tmp_path, "401,生产(劳务)成本,借,", "32202,未分配收益,贷,", header="科目编码,科目名称,方向,辅助核算")
    assert importing.import_accounts(book, path).added == 0
    assert book.chart["401"].name == "生产（劳务）成本"
    other = a_file(tmp_path, "401,生产成本,借,", header="科目编码,科目名称,方向,辅助核算")
    with pytest.raises(BadInput, match="没有导入任何内容") as caught:
        importing.import_accounts(book, other)
    assert "由会计制度规定，不能修改" in caught.value.problems[0].message


def test_a_booked_account_is_not_renamed_by_a_file(book, tmp_path):
    importing.import_accounts(book, a_file(tmp_path, "10201,农商行,借,无,", header=ACCOUNT_HEADER))
    post_all(book, a_draft(date(2024, 1, 5), "10201", "101", 100))
    with pytest.raises(BadInput, match="不能由导入改成“邮储”"):
        importing.import_accounts(book, a_file(tmp_path, "10201,邮储,借,,", header=ACCOUNT_HEADER))


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.csv", "是空的"),
        (HEADER.encode(), "a.csv", "只有表头，没有数据行"),
        ("日期,摘要\n2024-01-01,x\n".encode(), "a.csv", "缺少：凭证字、凭证号、科目编码、借方金额、贷方金额"),
        (f"{HEADER},摘要\n1\n".encode(), "a.csv", "重复的列名：摘要"),
        (b"\xd0\xcf\x11\xe0 old", "a.xls", "旧版 Excel 格式"),
        (b"not a zip", "a.xlsx", "不是 Excel 工作簿"),
        (b"PK\x03\x04 cut short", "a.xlsx", "可能没有复制完或已损坏"),
        (b"\xff\xff\xff\x80", "a.csv", "文字编码认不出来"),
        (b"a\0b", "a.csv", "不是 CSV 或 Excel 文件"),
        (HEADER.encode() + b'\n"2024', "a.csv", "引号不成对"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(book, tmp_path, content, name, reason):
    path = tmp_path / name
    path.write_bytes(content)
    assert reason in refused(book, path)[0]


def test_a_missing_file_and_a_folder_are_refused(book, tmp_path):
    assert "找不到要导入的文件" in refused(book, tmp_path / "没有.csv")[0]
    assert "这是一个文件夹" in refused(book, tmp_path)[0]


def test_a_truncated_workbook_is_refused(book, tmp_path):
    sheet_book = openpyxl.Workbook()
    sheet_book.active.append(HEADER.split(","))
    whole = tmp_path / "whole.xlsx"
    sheet_book.save(whole)
    path = tmp_path / "half.xlsx"
    path.write_bytes(whole.read_bytes()[:-300])
    assert "可能没有复制完或已损坏" in refused(book, path)[0]


def test_a_tab_separated_file_from_excel_is_read(book, tmp_path):
    path = a_file(tmp_path, *(line.replace(",", "\t") for line in GOOD), header=HEADER.replace(",", "\t"))
    assert importing.import_vouchers(book, path).added == 2


def test_quantities_come_in_thousandths(book, tmp_path):
    importing.import_accounts(book, a_file(tmp_path, "12101,稻谷,借,,公斤", header=ACCOUNT_HEADER))
    lines = ("2024-01-05,记,1,0,购稻谷,12101,,7.00,,2.5", "2024-01-05,记,1,0,购稻谷,101,,,7.00,")
    importing.import_vouchers(book, a_file(tmp_path, *lines, header=HEADER + ",数量"))
    assert vouchers.drafts_of(book, Period(2024, 1))[0].lines[0].quantity == 2500


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("2024/2/9", date(2024, 2, 9)),
        ("2024.02.09", date(2024, 2, 9)),
        ("20240209", date(2024, 2, 9)),
        ("2024年2月9日", date(2024, 2, 9)),
        ("２０２４－０２－０９", date(2024, 2, 9)),
    ],
)
def test_usual_ways_to_write_a_day_are_read(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize("text", ["", "24-02-09", "2024-13-01", "2025-02-29", "2024-02", "昨天"])
def test_other_days_are_refused(text):
    with pytest.raises(CellError):
        read_day(text)


def test_pairs_accept_full_width_signs():
    assert read_pairs("往来户：甲户；项目:村道;") == (("往来户", "甲户"), ("项目", "村道"))
    with pytest.raises(CellError, match="辅助类别“客户”不对"):
        read_pairs("客户:甲")


@pytest.mark.parametrize(("text", "thousandths"), [("", 0), ("2", 2000), ("-1.25", -1250), ("1,000.001", 1000001)])
def test_quantities_are_read_exactly(text, thousandths):
    assert read_quantity(text) == thousandths


@pytest.mark.parametrize("text", ["1.2345", "a", "1e3"])
def test_other_quantities_are_refused(text):
    with pytest.raises(CellError):
        read_quantity(text)


def test_a_thousand_vouchers_are_posted_in_one_act(book, tmp_path):
    path = tmp_path / "many.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER.split(","))
        for number in range(1, 1001):
            writer.writerow(["2024-01-05", "记", number, 1, "业务", "101", "", f"{number}.01", ""])
            writer.writerow(["2024-01-05", "记", number, 1, "业务", "102", "", "", f"{number}.01"])
    result = importing.import_vouchers(book, path, post=True)
    assert result.posted == 1000
    assert integrity.verify(book).ok
