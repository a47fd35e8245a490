"""`import assets`, `depreciate` and the asset reports on the command line."""

import json
from pathlib import Path

import pytest

from village_ledger.cli.main import main

SHEET = (
    "资产编号,资产名称,类别,原值,取得日期,预计净残值,使用年限,已提折旧,资产科目,累计折旧科目,费用科目\n"
    "1,碾米机,机器设备,10000,2022-12-05,400,10,960,151,152,513\n"
)


@pytest.fixture
def book(tmp_path: Path) -> str:
    path, sheet = str(tmp_path / "村.vlb"), tmp_path / "资产.csv"
    sheet.write_text(SHEET, "utf-8")
    openings = tmp_path / "期初.csv"
    openings.write_text(
        "科目编码,借方余额,贷方余额\n151,10000,\n152,,960\n301,,9040\n",
        "utf-8",
    )
    assert main(["new", path, "--name", "石桥村", "--start", "2024-01"]) == 0
    assert main(["import", path, "openings", str(openings)]) == 0
    assert main(["import", path, "assets", str(sheet)]) == 0
    return path


def test_importing_says_whether_cards_and_ledger_tie(book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    more = tmp_path / "又一张.csv"
    more.write_text(SHEET.replace("\n1,", "\n2,"), "utf-8")
    capsys.readouterr()
    assert main(["import", book, "assets", str(more)]) == 0
    text = capsys.readouterr().out
    assert text.startswith(
        "已导入 1 行：登记资产卡片 1 张\n注：资产卡片和总账还有 2 处不符：151 期初卡片合计 20,000.00"
    )


def test_a_month_is_depreciated_and_undone(book: str, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert main(["depreciate", book, "2024-01"]) == 0
    assert capsys.readouterr().out == ("2024年1月折旧和摊销：1 项资产，合计 80.00 元\n已生成凭证草稿 1，等待审核记账\n")
    assert main(["depreciate", book, "2024-01"]) == 2
    assert "已经计提过折旧" in capsys.readouterr().err
    assert main(["depreciate", book, "2024-01", "--undo"]) == 0
    assert "已撤销2024年1月的折旧和摊销" in capsys.readouterr().out
    assert main(["depreciate", book, "2024-02"]) == 2
    assert "请先计提 2024年1月" in capsys.readouterr().err


def test_the_register_as_json_has_the_agreed_keys(book: str, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    words = ["report", book, "fixed-asset-register", "--from", "2024-01", "--to", "2024-01", "--format", "json"]
    assert main(words) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    wanted = ("code", "name", "class", "original", "accumulated", "net", "status")
    assert [row[key] for key in wanted] == ["1", "碾米机", "机器设备", 1_000_000, 96_000, 904_000, "在用"]


@pytest.mark.parametrize("form", ["xlsx", "pdf"])
@pytest.mark.parametrize("name", ["fixed-asset-register", "depreciation-schedule", "asset-clearing", "asset-count"])
def test_asset_reports_are_written_as_files(book: str, tmp_path: Path, name: str, form: str):
    out = tmp_path / f"表.{form}"
    words = ["report", book, name, "--from", "2024-01", "--to", "2024-12", "--format", form, "--out", str(out)]
    assert main(words) == 0
    assert out.stat().st_size > 1000
