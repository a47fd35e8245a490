"""Sums over four tiny villages, every figure worked out by hand in the comments."""

import json
from pathlib import Path

import pytest

from village_ledger.domain.errors import BadInput
from village_ledger.exports.plain import to_json
from village_ledger.reports.model import Report
from village_ledger.reports.township import registry
from village_ledger.services.township import links
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.summing import lines, run

from .sum_desk import FEBRUARY, GAOGANG, JANUARY, LIUWAN, SHAZHOU, SHIQIAO, a_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Desk:
    return a_desk(tmp_path_factory.mktemp("township"))


@pytest.fixture(scope="module")
def linked(desk) -> Desk:
    """石桥 and 柳湾 know each other by name; that 石桥村村民委员会 is 石桥 somebody has to say."""
    links.add_sure(desk)
    links.add(desk, "高岗村", "石桥村村民委员会", "石桥村")
    return desk


def by_name(report: Report, *columns: str) -> dict[str, tuple]:
    """The rows' cells by their name."""
    places = [next(i for i, one in enumerate(report.columns) if one.key == key) for key in ("name", *columns)]
    return {str(row.cells[places[0]]).strip(): tuple(row.cells[i] for i in places[1:]) for row in report.rows}


def test_the_balance_sheet_adds_up_the_villages_that_handed_over(desk):
    # 石桥 920.00 + 200.00, 柳湾 1,800.00, 高岗 100,000 - 70 + 60,000; claims 300.00 + 70.00, debts 300.00
    rows = by_name(run(desk, "balance-sheet-sum", FEBRUARY), "closing", "opening")
    assert rows["货币资金"] == (162_850_00, 103_000_00)
    assert rows["应收款项"] == (370_00, 0)
    assert rows["资产总计"] == (163_220_00, 103_000_00)
    assert rows["应付款项"] == (300_00, 0)
    assert rows["资本"] == (103_000_00, 103_000_00)
    assert rows["未分配收益"] == (59_920_00, 0)
    assert rows["负债和所有者权益总计"] == (163_220_00, 103_000_00)


def test_a_sum_says_which_villages_it_lacks(desk):
    notes = "".join(run(desk, "balance-sheet-sum", FEBRUARY).notes)
    assert "汇总 3 个村（共 4 个村）" in notes
    assert "尚未报送2024年2月、没有汇入的村：沙洲村股份经济合作社（1 个村）" in notes
    assert "尚未报送" not in "".join(run(desk, "balance-sheet-sum", JANUARY).notes)


def test_income_is_told_of_the_month_and_of_the_year(desk):
    rows = by_name(run(desk, "income-distribution-sum", FEBRUARY), "month", "amount", "previous")
    assert rows["一、经营收入"] == (60_000_00, 60_500_00, 0)
    assert rows["减：经营支出"] == (0, 500_00, 0)
    assert rows["管理费用"] == (0, 80_00, 0)
    assert rows["四、净收益"] == (60_000_00, 59_920_00, 0)
    assert by_name(run(desk, "income-expense-sum", FEBRUARY), "amount")["支出合计"] == (580_00,)


def test_a_matrix_has_a_column_a_village_and_the_total_first(desk):
    report = run(desk, "balance-sheet-matrix", FEBRUARY)
    rows = by_name(report, "total", SHIQIAO, LIUWAN, GAOGANG)
    assert rows["资产总计"] == (163_220_00, 1_420_00, 1_800_00, 160_000_00)
    assert [column.title for column in report.columns[3:]] == [
        "石桥村股份经济合作社", "柳湾村股份经济合作社", "高岗村股份经济合作社",
    ]  # fmt: skip


def test_the_trial_balance_ties(desk):
    rows = by_name(
        run(desk, "trial-balance-sum", FEBRUARY), "opening_debit", "period_debit", "ytd_debit", "closing_debit"
    )
    # 102 before February: 石桥 0, 柳湾 2,000, 高岗 99,930
    assert rows["银行存款"] == (101_930_00, 60_200_00, 60_200_00, 161_930_00)
    report = run(desk, "trial-balance-sum", FEBRUARY)
    total = report.rows[-1].cells
    assert [total[place] - total[place + 1] for place in (2, 4, 6, 8)] == [0, 0, 0, 0]


def test_debts_stand_by_account_side_and_age(desk):
    report = run(desk, "debt-sum", FEBRUARY)
    rows = [(row.cells[0], *row.cells[2:5]) for row in report.rows]
    assert rows == [
        ("112", "借", 300_00, 300_00), ("113", "借", 70_00, 70_00), ("", "借", 370_00, 370_00),
        ("211", "贷", 300_00, 300_00), ("", "贷", 300_00, 300_00),
    ]  # fmt: skip
    rows = by_name(run(desk, "debt-villages", FEBRUARY), "due_total", "owed_total")
    assert rows["柳湾村股份经济合作社"] == (0, 300_00)
    assert rows["合计"] == (370_00, 300_00)


def test_villages_are_ranked_by_any_line(desk):
    """One village lost: gains and losses have no shares in their balance."""
    report = run(desk, "ranking", FEBRUARY)
    assert [(row.cells[0], row.cells[1], row.cells[3], row.cells[4]) for row in report.rows] == [
        (1, GAOGANG, 60_000_00, "—"),
        (2, SHIQIAO, 420_00, "—"),
        (3, LIUWAN, -500_00, "—"),
        (None, "", 59_920_00, ""),
    ]
    assert report.title == "村级排名对比表：净收益"
    money = run(desk, "ranking", FEBRUARY, line="货币资金")
    assert [row.cells[1] for row in money.rows[:3]] == [GAOGANG, LIUWAN, SHIQIAO]
    assert [row.cells[3] for row in run(desk, "ranking", FEBRUARY, line="本月经营收入").rows[:3]] == [60_000_00, 0, 0]
    assert [row.cells[0] for row in run(desk, "ranking", FEBRUARY, line="本月经营收入").rows[:3]] == [1, 2, 2]


def test_an_unknown_line_or_report_is_refused_with_the_names_there_are(desk):
    with pytest.raises(BadInput, match=r"没有“月球”这个项目.*货币资金"):
        run(desk, "ranking", FEBRUARY, line="月球")
    with pytest.raises(BadInput, match=r"没有名为“moon”的汇总表.*balance-sheet-sum"):
        run(desk, "moon", FEBRUARY)
    with pytest.raises(BadInput, match="不能抵销"):
        run(desk, "asset-sum", FEBRUARY, eliminate=True)
    assert "应收款项" in lines(desk)


def test_months_stand_beside_each_other(desk):
    trend = run(desk, "month-on-month", FEBRUARY, line="净收益")
    # January: 石桥 420, 柳湾 -500, 高岗 0 (沙洲, which lacks February, is in neither)
    assert [row.cells[:5] for row in trend.rows[-2:]] == [
        ("2024年1月", 3, -80_00, None, ""),
        ("2024年2月", 3, 60_000_00, 60_080_00, "75100.00%"),
    ]
    every = by_name(run(desk, "month-on-month", FEBRUARY), "2023-12", "2024-01", "2024-02")
    assert every["货币资金"] == (None, 102_850_00 - 0, 162_850_00)


def test_the_table_of_months_tells_who_is_late(desk):
    rows = by_name(run(desk, "handed-over", FEBRUARY), "m01", "m02", "handed", "late")
    assert rows["石桥村股份经济合作社"] == ("收到", "收到", 2, 0)
    assert rows["沙洲村股份经济合作社"] == ("收到", "逾期", 1, 1)


def test_a_sum_over_some_villages_leaves_the_others_out(desk):
    report = run(desk, "balance-sheet-sum", FEBRUARY, villages=("石桥村", LIUWAN))
    assert by_name(report, "closing")["资产总计"] == (3_220_00,)
    assert "汇总 2 个村（共 2 个村）" in report.notes


def test_counterparties_that_are_villages_are_proposed(tmp_path, desk):
    found = {(one.village, one.other, one.sure) for one in links.propose(desk)} | {
        (link.village, link.other, True) for link in links.links(desk) if link.village != GAOGANG
    }
    assert {(SHIQIAO, LIUWAN, True), (LIUWAN, SHIQIAO, True)} <= found


def test_what_both_books_agree_on_falls_out(linked):
    report = run(linked, "balance-sheet-sum", FEBRUARY, eliminate=True)
    rows = by_name(report, "closing_simple", "closing_elimination", "closing")
    assert rows["应收款项"] == (370_00, -300_00, 70_00)
    assert rows["应付款项"] == (300_00, -300_00, 0)
    assert rows["资产总计"] == (163_220_00, -300_00, 162_920_00)
    assert rows["负债和所有者权益总计"] == (163_220_00, -300_00, 162_920_00)
    rows = by_name(run(linked, "income-expense-sum", FEBRUARY, eliminate=True), "amount_elimination", "amount", "month")
    assert rows["经营收入"] == (-500_00, 60_000_00, 60_000_00)
    assert rows["经营支出"] == (-500_00, 0, 0)
    assert rows["三、净收益"] == (0, 59_920_00, 60_000_00)


def test_what_they_do_not_agree_on_is_listed_and_stays_in(linked):
    report = run(linked, "elimination", FEBRUARY)
    assert [row.cells for row in report.rows[:-1]] == [
        ("应收应付", "高岗村股份经济合作社", "石桥村股份经济合作社", 70_00, 0, 70_00, "对方没有记", 0),
        ("应收应付", "石桥村股份经济合作社", "柳湾村股份经济合作社", 300_00, 300_00, 0, "一致", 300_00),
        ("收入支出", "石桥村股份经济合作社", "柳湾村股份经济合作社", 500_00, 500_00, 0, "一致", 500_00),
    ]


def test_links_are_logged_and_can_be_taken_back(linked):
    link = links.add(linked, LIUWAN, "石桥村股份经济合作社", SHIQIAO)
    assert linked.log(1)[0].action == "link"
    assert linked.log(1)[0].detail["other"] == SHIQIAO
    assert link in links.links(linked)
    links.remove(linked, link)
    assert link not in links.links(linked)
    assert by_name(run(linked, "balance-sheet-sum", FEBRUARY, eliminate=True), "closing")["应收款项"] == (370_00,)
    links.add(linked, LIUWAN, "石桥村股份经济合作社", SHIQIAO)
    with pytest.raises(BadInput, match="本村自己"):
        links.add(linked, LIUWAN, "石桥村股份经济合作社", LIUWAN)
    with pytest.raises(BadInput, match="没有往来户"):
        links.add(linked, LIUWAN, "无名", SHIQIAO)
    assert not linked.verify()


def test_the_statistics_are_in_ten_thousands_and_count_villages_by_income(desk):
    report = run(desk, "statistics-income", FEBRUARY)
    rows = {row.cells[0]: row.cells[2:4] for row in report.rows if row.cells[0]}
    # 60,500.00, 500.00 and 80.00; 高岗 60,000 of operating income, 石桥 420, 柳湾 a loss
    assert (rows["1"], rows["4"], rows["5"], rows["7"]) == ((605, None), (5, None), (1, None), (599, None))
    assert rows["2"] == (None, None)
    assert {number: rows[number][1] for number in ("22", "23", "24", "25", "26", "27", "28")} == {
        "22": 3, "23": 1, "24": 2, "25": 2, "26": 1, "27": 1, "28": 0,
    }  # fmt: skip
    assert "校验 22=23+24：相符" in report.notes
    assert report.unit == "万元"
    rows = {row.cells[0]: row.cells[2] for row in run(desk, "statistics-balance", FEBRUARY).rows}
    assert (rows["2"], rows["4"], rows["18"]) == (1629, 4, 1633)  # 16.285 and 0.037; exactly 16.322


def test_a_difference_by_rounding_is_told(desk):
    notes = "".join(run(desk, "statistics-balance", FEBRUARY).notes)
    assert "校验 18=1+6+9：相符；与报表合计 16.32 四舍五入尾差 0.01" in notes


@pytest.mark.parametrize("kind", registry.KINDS, ids=lambda kind: kind.key)
def test_every_sum_can_be_printed_for_programs(desk, kind):
    told = json.loads(to_json(run(desk, kind.key, FEBRUARY)))
    assert told["report"] == kind.key
    assert told["book"] == "河口镇三资代管中心"


def test_an_empty_desk_says_so(tmp_path: Path):
    with Desk.in_memory("空") as empty, pytest.raises(BadInput, match="还没有收过"):
        run(empty, "asset-sum", FEBRUARY)


def test_the_late_village_is_in_the_sum_of_the_month_it_handed_over(desk):
    assert by_name(run(desk, "balance-sheet-matrix", JANUARY), SHAZHOU)["资产总计"] == (9_00,)
