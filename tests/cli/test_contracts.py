"""Contracts on the command line: import, accrue, report."""

import json
from pathlib import Path

import pytest

from village_ledger.cli.main import main

REGISTER = """合同编号,标的,对方,开始日期,结束日期,年租金,付款周期
HT-1,1号门面,李记超市,2025-01-01,2026-12-31,9600,按季
HT-2,2号门面,王记,2025-02-15,2027-02-14,6000,按年
"""


@pytest.fixture
def book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    path = str(tmp_path / "石桥村.vlb")
    (tmp_path / "合同.csv").write_text(REGISTER, "utf-8")
    (tmp_path / "科目.csv").write_text("科目编码,科目名称\n50102,出租收入\n", "utf-8")
    assert main(["new", path, "--name", "石桥村", "--start", "2025-01"]) == 0
    assert main(["import", path, "accounts", str(tmp_path / "科目.csv")]) == 0
    assert main(["import", path, "contracts", str(tmp_path / "合同.csv")]) == 0
    assert "登记合同 2 份" in capsys.readouterr().out
    return path


def test_rents_are_accrued_once(book: str, capsys: pytest.CaptureFixture[str]):
    assert main(["accrue-rent", book, "2025-03"]) == 0
    assert "已计提 2 笔到期的合同款项，合计 8,400.00 元，生成 2 张凭证草稿" in capsys.readouterr().out
    assert main(["accrue-rent", book, "2025-03"]) == 0
    assert "没有新到期" in capsys.readouterr().out
    assert main(["accrue-rent", book, "2024-12"]) == 2
    assert main(["verify", book]) == 0


def test_arrears_as_json_have_the_promised_keys(book: str, capsys: pytest.CaptureFixture[str]):
    assert main(["report", book, "contract-arrears", "--to", "2025-03", "--format", "json"]) == 0
    first = json.loads(capsys.readouterr().out)["rows"][0]
    assert {key: first[key] for key in ("contract", "party", "due", "received", "arrears", "days")} == {
        "contract": "HT-1",
        "party": "李记超市",
        "due": 2_400_00,
        "received": 0,
        "arrears": 2_400_00,
        "days": 89,
    }


@pytest.mark.parametrize("name", ["contract-register", "contract-arrears", "rent-collection", "contract-tie"])
@pytest.mark.parametrize("form", ["xlsx", "pdf", "csv", "json", "text"])
def test_every_report_is_written_in_every_format(book: str, tmp_path: Path, name: str, form: str):
    out = tmp_path / f"表.{form}"
    assert main(["report", book, name, "--to", "2025-03", "--format", form, "--out", str(out)]) == 0
    assert out.stat().st_size > 100


def test_a_bad_register_is_refused_with_its_rows(book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "坏.csv").write_text(REGISTER.replace("2027-02-14", "2024-02-14").replace("HT-", "HX-"), "utf-8")
    assert main(["import", book, "contracts", str(tmp_path / "坏.csv")]) == 2
    told = capsys.readouterr().err
    assert "第 3 行" in told
    assert "没有导入任何内容" in told
