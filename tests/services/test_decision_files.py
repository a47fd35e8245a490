"""Importing a register of decisions: all of a file or nothing, every bad row named."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.services.contract_desk import contract_book
from village_ledger.domain.errors import BadInput
from village_ledger.services import decision_files, decisions, integrity
from village_ledger.services.book import Book

HEADER = (
    "决议文号,事项,事项类别,决策程序,金额上限,动议事由,环节,会议形式,时间,应到,实到,赞成,反对,弃权,"
    "内容,通知日期,材料,决议公开起,决议公开止"
)
ROAD = """
石桥决〔2025〕1号,村道硬化,工程建设,四议两公开,"260,000.00",党员群众建议,支部提议,支委会,2025-06-01,5,5,5,0,0,提议硬化,,会议记录、签到表,,
石桥决〔2025〕1号,,,,,,,两委会议,2025-06-03,9,8,8,0,0,商议方案,,会议记录；签到表,,
石桥决〔2025〕1号,,,,,,,党员大会,2025年6月8日,42,35,33,1,1,审议方案,2025-06-04,会议记录、签到表,,
石桥决〔2025〕1号,,,,,,,村民代表大会,2025/6/12,35,30,28,1,1,同意硬化村道,,会议记录、签到表,2025-06-13,2025-06-19
"""
LOAN = """
石桥决〔2025〕2号,向信用社借款,借款,,80000,,,党支部会,2025-06-10,5,5,5,,,研究,,会议记录,,
石桥决〔2025〕2号,向信用社借款,借款,,80000,,,社员代表大会,2025-06-20,30,18,18,0,0,表决,,会议记录、签到表,2025-06-21,2025-06-27
"""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book at the accountant's desk."""
    with contract_book(tmp_path) as opened:
        opened.actor = "王会计"
        yield opened


def a_file(folder: Path, rows: str, header: str = HEADER) -> Path:
    """A CSV file of rows."""
    path = folder / "决策.csv"
    path.write_text(f"{header}\n{rows.strip()}\n", "utf-8")
    return path


def test_the_meetings_of_a_decision_come_from_its_rows(book: Book, tmp_path: Path):
    result = decision_files.import_decisions(book, a_file(tmp_path, ROAD + LOAN))
    assert (result.rows, result.added) == (6, 2)
    road, loan = decisions.decisions(book)
    assert [step.key for step in road.steps] == ["支部提议", "两委商议", "党员大会审议", "会议决议"]
    assert [step.body for step in road.steps] == ["党支部会", "两委会", "党员大会", "村民代表会议"]
    assert (road.title, road.cap_fen, road.side, road.motion) == ("村道硬化", 260_000_00, "村民委员会", "党员群众建议")
    assert (road.day, road.text, road.state) == (date(2025, 6, 12), "同意硬化村道", "定稿")
    assert (loan.procedure, loan.side, loan.body) == ("成员（代表）大会", "集体经济组织", "成员代表大会")
    assert decisions.standing(book, road.number, date(2025, 7, 1)).valid
    (failure,) = decisions.standing(book, loan.number, date(2025, 7, 1)).failures
    assert "全体 30 人，至少 20 票，赞成 18 票" in failure.text
    assert integrity.verify(book).ok


def test_rows_may_come_in_any_order_and_stay_drafts(book: Book, tmp_path: Path):
    rows = [f"{row},起草" for row in reversed(ROAD.strip().splitlines())]
    decision_files.import_decisions(book, a_file(tmp_path, "\n".join(rows), HEADER + ",状态"))
    (road,) = decisions.decisions(book)
    assert road.state == "起草"
    assert [step.body for step in road.steps] == ["党支部会", "两委会", "党员大会", "村民代表会议"]


def test_a_sheet_with_dates_and_numbers_as_excel_keeps_them(book: Book, tmp_path: Path):
    sheet = openpyxl.Workbook()
    sheet.active.append(
        [
            "决议文号",
            "事项",
            "会议形式",
            "时间",
            "应到",
            "实到",
            "赞成",
            "参会人员",
            "公开地点",
            "结果公开起",
            "结果公开止",
        ]
    )
    names = "、".join(f"代表{number}" for number in range(1, 4))
    row = [
        "石桥理〔2025〕1号",
        "换锁",
        "理事会",
        date(2025, 6, 3),
        3,
        3,
        3,
        names,
        "公开栏",
        date(2025, 7, 1),
        date(2025, 7, 7),
    ]
    sheet.active.append(row)
    sheet.save(tmp_path / "决策.xlsx")
    decision_files.import_decisions(book, tmp_path / "决策.xlsx")
    (found,) = decisions.decisions(book)
    assert found.steps[0].attendees == ("代表1", "代表2", "代表3")
    assert (found.matter, found.procedure) == ("其他", "理事会")
    assert [notice.kind for notice in decisions.notices(book, found.id)] == ["结果公开"]


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("2025-06-03,9", "2025-06-31,9", "第 3 行：没有 2025年6月31日 这一天"),
        ("35,30,28", "35,三十,28", "第 5 行：实到“三十”不对，只能填整数"),
        ("四议两公开", "三议一公开", "第 2 行：决策程序“三议一公开”不对"),
        ("工程建设", "修路", "第 2 行：事项类别“修路”不对，可以填：章程、"),
        ("党员群众建议", "老王说的", "第 2 行：动议事由只能是"),
        ("2025-06-13,2025-06-19", "2025-06-13,", "第 5 行：决议公开要同时填开始和结束日期"),
        ("2025-06-13,2025-06-19", "2025-06-19,2025-06-13", "第 5 行：决议公开的结束日期 2025-06-13 早于开始日期"),
        (",支部提议,", ",支部拍板,", "第 2 行：“四议两公开”没有环节“支部拍板”"),
        ("两委会议", "茶话会", "第 3 行：“四议两公开”没有由茶话会办理的环节"),
        ('"260,000.00"', "二十六万", "第 2 行："),
        ("村道硬化", "", "第 2 行：没有填“事项”"),
        ("石桥决〔2025〕1号,,,,,,,两委会议", ",,,,,,,两委会议", "第 3 行：没有决议文号"),
        (
            "石桥决〔2025〕1号,,,,,,,两委会议",
            "石桥决〔2025〕1号,修桥,,,,,,两委会议",
            "第 2 行：同一文号的各行“事项”不一致",
        ),
        ("2025/6/12", "2125/6/12", "第 2 行：决策日期是 2125-06-12，还没有到，不能定稿"),
        ("石桥决〔2025〕1号,,,,,,,党员大会", "石桥决〔2025〕1号,,,,,,,两委会", "第 2 行：“两委商议”填了两次"),
    ],
)
def test_each_bad_row_is_named_and_nothing_is_kept(book: Book, tmp_path: Path, old: str, new: str, text: str):
    assert old in ROAD
    with pytest.raises(BadInput) as refused:
        decision_files.import_decisions(book, a_file(tmp_path, ROAD.replace(old, new).strip() + LOAN))
    assert text in str(refused.value)
    assert decisions.decisions(book) == ()
    assert integrity.verify(book).ok


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("社员代表大会", "茶话会", "第 3 行：会议形式“茶话会”不对，可以填：成员大会、"),
        ("社员代表大会", "", "第 3 行：没有填会议形式，可以填：成员大会、"),
        ("社员代表大会", "党员大会", "第 2 行：按会议形式找不到合适的决策程序，请填“决策程序”，可以填：四议两公开、"),
    ],
)
def test_meetings_that_fit_no_procedure_are_told_by_what_is_wrong(
    book: Book, tmp_path: Path, old: str, new: str, text: str
):
    with pytest.raises(BadInput) as refused:
        decision_files.import_decisions(book, a_file(tmp_path, LOAN.replace(old, new)))
    assert text in str(refused.value)


def test_a_number_registered_before_is_refused(book: Book, tmp_path: Path):
    decision_files.import_decisions(book, a_file(tmp_path, ROAD))
    with pytest.raises(BadInput, match="第 2 行：决议文号 石桥决〔2025〕1号 已经登记过"):
        decision_files.import_decisions(book, a_file(tmp_path, ROAD))


def test_a_file_without_the_needed_columns_says_which(book: Book, tmp_path: Path):
    with pytest.raises(BadInput, match="缺少：会议形式、时间、应到、实到"):
        decision_files.import_decisions(book, a_file(tmp_path, "石桥决〔2025〕1号", "决议文号"))
