import errno
import os
import re
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from tests.exports.conftest import make_ledger
from village_ledger.domain.errors import Cancelled, ExportFailed
from village_ledger.exports.excel import sheet_name, write_xlsx
from village_ledger.reports.model import Column, Report, Row, Span


def _saved(tmp_path, *reports, values):
    path = tmp_path / "表.xlsx"
    write_xlsx(reports, path)
    return openpyxl.load_workbook(path, data_only=values)


def _texts(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_trial_balance_holds_real_numbers_under_a_grouped_header(tmp_path, trial_balance):
    sheet = _saved(tmp_path, trial_balance, values=True)["科目余额表"]
    rows = _texts(sheet)
    assert rows[0][0] == "科目余额表"
    assert [text for text in rows[1] if text] == [
        "编制单位：青山县河口镇石桥村股份经济合作社", "2025年6月", "单位：元",
    ]  # fmt: skip
    assert rows[2] == ["科目编码", "科目名称", "期初余额", None, "本期发生额", None, "期末余额", None]
    assert rows[3] == [None, None, *["借方", "贷方"] * 3]
    assert rows[5] == ["10201", "农商行基本户", 1000, 0, 250.5, 50.25, 1200.25, 0]
    assert rows[7] == [None, "合计", 1000, 1000, 250.5, 250.5, 1200.25, 1200.25]
    assert sheet["C6"].number_format == "#,##0.00_ ;[Red]-#,##0.00_ ;"
    assert sheet["B6"].alignment.indent == 1
    assert "C3:D3" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_totals_are_live_formulas_whose_value_is_stored_beside_them(tmp_path, trial_balance):
    formulas = _saved(tmp_path, trial_balance, values=False)["科目余额表"]
    assert formulas["C8"].value == "=SUM(C5,C7)"
    assert formulas["C5"].value == 1000
    values = _saved(tmp_path, trial_balance, values=True)["科目余额表"]
    assert values["E8"].value == 250.5


def test_a_two_sided_statement_subtracts_and_sums_within_its_own_half(tmp_path, balance_sheet):
    sheet = _saved(tmp_path, balance_sheet, values=False)["资产负债表"]
    assert sheet["A2"].value == "村会01表"
    assert [cell.value for cell in sheet[4]] == [
        "资产", "行次", "期末余额", "年初余额", "负债和所有者权益", "行次", "期末余额", "年初余额",
    ]  # fmt: skip
    assert sheet["C9"].value == "=SUM(C6:C7)-SUM(C8)"
    assert sheet["G9"].value == "=SUM(G5:G6)"
    assert sheet["E9"].value == "负债和所有者权益总计"
    assert _saved(tmp_path, balance_sheet, values=True)["资产负债表"]["G9"].value == 1600.25


def test_months_of_a_ledger_sum_their_lines_and_dates_are_dates(tmp_path, ledger):
    sheet = _saved(tmp_path, ledger, values=False)["三栏式明细账"]
    assert sheet["A4"].value == "10201 银行存款-账户1"
    assert sheet["A6"].value == datetime(2025, 6, 2)
    assert sheet["D66"].value == "=SUM(D6:D65)"
    assert [mark.id for mark in sheet.row_breaks.brk] == [67]


def test_the_sheet_is_ready_to_print(tmp_path, trial_balance, ledger):
    book = _saved(tmp_path, trial_balance, ledger, values=True)
    sheet = book["科目余额表"]
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.print_area == "'科目余额表'!$A$1:$H$10"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.right.text.endswith("　第 &P 页　共 &N 页")
    assert sheet.oddFooter.left.text == "账本校验值 3f9a0c41…"
    assert [cell.value for cell in sheet[10] if cell.value] == ["负责人：", "会计主管（会计）：", "制表："]
    assert book["三栏式明细账"].page_setup.orientation == "portrait"
    assert sheet.dimensions == "A1:H10"


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "#N/A", "a<b>&\"c'", "甲\x00\x1b乙𠅤"]
)
def test_text_is_never_a_formula_or_an_error(tmp_path, text):
    report = Report("x", "表", "村", "", "", "", (Column("t", "摘要", width=40),), (Row((text,)),))
    cell = _saved(tmp_path, report, values=False)["表"]["A4"]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\x00", " ").replace("\x1b", " ")


def test_quantities_flags_and_negative_money_keep_their_value(tmp_path):
    columns = (
        Column("q", "数量", "quantity", summed=True),
        Column("f", "完", "flag"),
        Column("m", "金额", "money"),
        Column("d", "日期", "date"),
    )
    rows = (
        Row((1500, True, -5, date(2024, 2, 29))),
        Row((2250, False, 9_999_999_999_999, None)),
        Row((3750, None, None, None), "total", formula=(Span(0, 1),)),
    )
    report = Report("x", "表", "村", "2025-01", "2025-01", "2025年1月", columns, rows)
    values = _texts(_saved(tmp_path, report, values=True)["表"])[3:6]
    assert values == [
        [1.5, "是", -0.05, datetime(2024, 2, 29)],
        [2.25, None, 99_999_999_999.99, None],
        [3.75, None, None, None],
    ]


def test_a_total_of_very_many_scattered_rows_stays_within_the_limits_of_excel(tmp_path):
    count = 450
    rows = tuple(Row((i,)) for i in range(count * 2))
    total = Row((sum(range(0, count * 2, 2)),), "total", formula=tuple(Span(i, i) for i in range(0, count * 2, 2)))
    report = Report("x", "表", "村", "", "", "", (Column("m", "金额", "money", summed=True),), (*rows, total))
    formula = _saved(tmp_path, report, values=False)["表"][f"A{count * 2 + 4}"].value
    assert formula.count("SUM(") == 3
    assert max(part.count(",") for part in formula.split("SUM(")) < 255


def test_long_text_makes_its_row_taller(tmp_path):
    report = Report("x", "表", "村", "", "", "", (Column("t", "摘要", width=20),), (Row(("长" * 30,)), Row(("短",))))
    sheet = _saved(tmp_path, report, values=True)["表"]
    assert sheet.row_dimensions[4].height == 45
    assert sheet.row_dimensions[5].height is None


def test_the_same_reports_give_the_same_bytes(tmp_path, trial_balance, ledger):
    write_xlsx([trial_balance, ledger], tmp_path / "a.xlsx")
    write_xlsx([trial_balance, ledger], tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_every_row_of_the_xml_is_well_formed_and_in_order(tmp_path, ledger):
    write_xlsx([ledger], tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert archive.testzip() is None
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    numbers = [int(number) for number in re.findall(r'<row r="(\d+)"', xml)]
    assert numbers == sorted(set(numbers))


def test_sheet_names_are_valid_and_unique():
    taken = set()
    names = [sheet_name(title, taken) for title in ("总账", "总账", "a/b:c*", "长" * 40, "长" * 40, "[]", "HISTORY")]
    assert names == ["总账", "总账(2)", "a b c", "长" * 31, "长" * 28 + "(2)", "报表", "HISTORY(2)"]


def test_progress_counts_rows_and_may_cancel(tmp_path, ledger):
    seen = []
    write_xlsx([ledger, ledger], tmp_path / "a.xlsx", lambda *step: seen.append(step))
    assert seen[-1] == (256, 256, "正在写入三栏式明细账")

    def cancel(done, total, what):
        raise Cancelled("已取消")

    with pytest.raises(Cancelled):
        write_xlsx([make_ledger(1, 2000)], tmp_path / "b.xlsx", cancel)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx"]


def test_a_full_disk_is_reported_and_leaves_nothing(tmp_path, monkeypatch, trial_balance):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportFailed, match=r"“表\.xlsx”没有导出成功：磁盘空间不足"):
        write_xlsx([trial_balance], tmp_path / "表.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_report_without_rows_is_a_sheet_with_a_head(tmp_path):
    report = Report("x", "空表", "村", "", "", "", (Column("a", "甲"), Column("b", "乙")), ())
    assert _saved(tmp_path, report, values=True)["空表"]["A3"].value == "甲"


def test_more_rows_than_a_sheet_holds_are_refused_before_anything_is_written(tmp_path, monkeypatch, ledger):
    monkeypatch.setattr("village_ledger.exports.excel.ROW_LIMIT", 100)
    with pytest.raises(ExportFailed, match="超过 Excel 的上限"):
        write_xlsx([ledger], tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())
