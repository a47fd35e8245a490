"""Papers and relations on the command line: import, report, verify."""

import json
from pathlib import Path

import pytest

from village_ledger.cli.main import main

PAPERS = (
    "收付,票据种类,日期,金额,号码,开具单位\n"
    "付,发票,2025-01-05,286,12345678,文具店\n"
    "收,统一收据,2025-01-06,50,0001,张三\n"
)
RELATIONS = "干部姓名,岗位,关系,名称,起始日期,电话\n石建国,理事长,配偶,李秀珍,2025-01-01,13900000006\n"


def test_papers_and_relations_come_in_and_go_out_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = str(tmp_path / "石桥村.vlb")
    for name, text in (("票据", PAPERS), ("关联人", RELATIONS)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    assert main(["new", book, "--name", "石桥村", "--start", "2025-01"]) == 0
    assert main(["import", book, "documents", str(tmp_path / "票据.csv")]) == 0
    assert main(["import", book, "related", str(tmp_path / "关联人.csv")]) == 0
    said = capsys.readouterr().out
    assert "登记票据 2 张" in said
    assert "登记关联人 1 条" in said
    span = ["--from", "2025-01", "--to", "2025-12", "--format", "json"]
    assert main(["report", book, "document-register", *span]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["direction"], row["number"], row["amount"]) for row in told["rows"]] == [
        ("付", "12345678", 286_00),
        ("收", "0001", 50_00),
    ]
    assert main(["report", book, "related-persons", *span]) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert (row["phone"], row["phone_tag"], row["until"]) == ("*******0006", "b0e0a1d8", None)
    assert main(["verify", book]) == 0
    assert main(["import", book, "documents", str(tmp_path / "票据.csv")]) == 2
    assert "已经登记过" in capsys.readouterr().err
