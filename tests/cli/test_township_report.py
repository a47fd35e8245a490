"""`township report` over the desk of four tiny villages (tests/services/sum_desk.py)."""

import json
from pathlib import Path

import pytest

from tests.services.sum_desk import SHIQIAO, a_desk
from village_ledger.cli import township_report
from village_ledger.cli.arguments import Command, parse
from village_ledger.domain.errors import BadInput

COMMAND = Command(
    "township report",
    "township_report",
    ("DESK", "NAME"),
    "汇总各村",
    ("--period", "--village", "--line", "--format", "--out"),
    ("--eliminate",),
    "township report 乡镇端.vld 汇总表名 --period 2025-06",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("township")
    a_desk(folder).close()
    return folder / "河口镇.vld"


def run(place: Path, *words: str) -> int:
    return township_report.run(parse(COMMAND, [str(place), *words]))


def test_a_sum_is_printed_as_text(place, capsys):
    assert run(place, "ranking", "--period", "2024-02", "--line", "货币资金") == 0
    text = capsys.readouterr().out
    assert "村级排名对比表：货币资金" in text
    assert "159,930.00" in text  # 高岗: 100,000 - 70 + 60,000


def test_programs_get_json_of_some_villages(place, capsys):
    words = ("balance-sheet-sum", "--period", "2024-02", "--village", f"{SHIQIAO}、柳湾村", "--format", "json")
    assert run(place, *words) == 0
    rows = {row["name"]: row["closing"] for row in json.loads(capsys.readouterr().out)["rows"]}
    assert rows["资产总计"] == 3_220_00  # 1,420.00 and 1,800.00


@pytest.mark.parametrize(("form", "magic"), [("xlsx", b"PK"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf")])
def test_a_sum_is_written_to_a_file(place, tmp_path, form, magic):
    out = tmp_path / f"a.{form}"
    assert (
        run(place, "income-expense-sum", "--period", "2024-02", "--eliminate", "--format", form, "--out", str(out)) == 0
    )
    assert out.read_bytes().startswith(magic)


def test_a_wrong_word_is_refused(place):
    with pytest.raises(BadInput, match="只能是 text"):
        run(place, "ranking", "--period", "2024-02", "--format", "doc")
    with pytest.raises(BadInput, match="要用 --out"):
        run(place, "ranking", "--period", "2024-02", "--format", "pdf")
    with pytest.raises(BadInput, match="没有名为"):
        run(place, "moon", "--period", "2024-02")
    with pytest.raises(BadInput, match="缺少 --period"):
        run(place, "ranking")
