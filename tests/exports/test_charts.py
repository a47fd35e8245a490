"""Charts of a report, and sums across its columns, in the spreadsheet and on paper."""

import openpyxl
import pytest
from pypdfium2 import PdfDocument

from village_ledger.exports.excel import write_xlsx
from village_ledger.exports.pdf import write_pdf
from village_ledger.reports.model import Column, Report, Row, Span
from village_ledger.reports.township.charts import MOST, chart, picture

COLUMNS = (
    Column("name", "村", "text", 20),
    Column("total", "合计", "money", 14, adds=("a", "c")),
    Column("a", "甲", "money", 14, summed=True),
    Column("b", "乙", "money", 14, summed=True),
    Column("c", "丙", "money", 14, summed=True),
)


@pytest.fixture
def report() -> Report:
    rows = (
        Row(("石桥村", 4_00, 1_00, 2_00, 3_00)),
        Row(("柳湾村", -2_00, -5_00, 0, 3_00)),
        Row(("合计", 2_00, -4_00, 2_00, 6_00), "total", formula=(Span(0, 1),)),
    )
    made = Report("x", "比较表", "镇", "2025-06", "2025-06", "2025年6月", COLUMNS, rows, notes=("注",))
    return picture(made, "bars", "各村", "name", "total", "c")


def test_a_column_that_adds_others_is_a_live_sum_across_the_row(tmp_path, report):
    write_xlsx([report], tmp_path / "a.xlsx")
    formulas = openpyxl.load_workbook(tmp_path / "a.xlsx")["比较表"]
    assert [formulas[f"B{row}"].value for row in (4, 5, 6)] == ["=SUM(C4,E4)", "=SUM(C5,E5)", "=SUM(C6,E6)"]
    assert formulas["C6"].value == "=SUM(C4:C5)"
    values = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)["比较表"]
    assert [values[f"B{row}"].value for row in (4, 5, 6)] == [4, -2, 2]


def test_a_chart_draws_from_the_cells_of_its_sheet(tmp_path, report):
    write_xlsx([report], tmp_path / "a.xlsx")
    write_xlsx([report], tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    (drawn,) = openpyxl.load_workbook(tmp_path / "a.xlsx")["比较表"]._charts
    assert [one.val.numRef.f for one in drawn.series] == ["'比较表'!$B$4:$B$5", "'比较表'!$E$4:$E$5"]
    assert [one.cat.numRef.f for one in drawn.series] == ["'比较表'!$A$4:$A$5"] * 2


def test_paper_has_the_chart_on_a_page_behind_the_table(tmp_path, report):
    write_pdf([report], tmp_path / "a.pdf")
    write_pdf([report._replace(charts=())], tmp_path / "b.pdf")
    with PdfDocument(tmp_path / "a.pdf") as with_chart, PdfDocument(tmp_path / "b.pdf") as without:
        assert (len(with_chart), len(without)) == (2, 1)
        text = with_chart[1].get_textpage().get_text_range()
        assert "比较表" in text
        assert "石桥村" in text


def test_what_is_drawn_are_the_lines_not_the_total(report):
    shown = chart(report, report.charts[0])
    assert shown.labels == ("石桥村", "柳湾村")
    assert [(one.name, one.amounts_fen) for one in shown.series] == [("合计", (4_00, -2_00)), ("丙", (3_00, 3_00))]


def test_nothing_is_drawn_of_nil_or_of_one_row(report):
    bare = report._replace(charts=())
    nil = bare._replace(rows=tuple(row._replace(cells=(row.cells[0], 0, 0, 0, 0)) for row in bare.rows))
    assert picture(nil, "bars", "各村", "name", "total").charts == ()
    assert picture(bare._replace(rows=bare.rows[:1]), "bars", "各村", "name", "total").charts == ()


def test_a_long_ranking_shows_its_first(report):
    many = report._replace(rows=tuple(Row((f"{i}村", i + 1, 0, 0, 0)) for i in range(MOST + 5)), charts=())
    (shown,) = picture(many, "bars", "各村", "name", "total").charts
    assert (shown.first, shown.last, shown.title) == (0, MOST - 1, f"各村（前 {MOST} 个）")


def test_a_line_begins_with_the_first_month_that_has_a_figure(report):
    rows = (Row(("1月", None, 0, 0, 0)), Row(("2月", 5, 0, 0, 0)), Row(("3月", 0, 0, 0, 0)))
    (shown,) = picture(report._replace(rows=rows, charts=()), "line", "趋势", "name", "total").charts
    assert (shown.first, shown.last) == (1, 2)
