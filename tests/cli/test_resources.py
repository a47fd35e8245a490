"""Parcels on the command line: import, report, outlines out and in."""

import json
from pathlib import Path

import pytest

from village_ledger.cli.main import main
from village_ledger.paths import RESOURCES

SAMPLE = RESOURCES / "sample"


@pytest.fixture
def book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    path = str(tmp_path / "石桥村.vlb")
    assert main(["new", path, "--name", "石桥村", "--start", "2025-01"]) == 0
    assert main(["import", path, "resources", str(SAMPLE / "resources.csv")]) == 0
    assert "登记地块 40 块" in capsys.readouterr().out
    return path


def test_the_register_comes_in_and_goes_out_as_json(book, capsys):
    assert main(["report", book, "resource-register", "--from", "2025-01", "--to", "2025-12", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    first = data["rows"][0]
    assert {key: first[key] for key in ("code", "name", "class", "area_mu_x100", "contracted_x100")} == {
        "code": "GD001",
        "name": "一组东畈大田",
        "class": "耕地",
        "area_mu_x100": 9658,
        "contracted_x100": 9658,
    }
    assert data["totals"][0]["area_mu_x100"] == sum(row["area_mu_x100"] for row in data["rows"]) == 125509


@pytest.mark.parametrize("form", ["xlsx", "pdf", "csv", "text"])
def test_the_register_is_written_in_every_format(book, tmp_path, form):
    out = tmp_path / f"资源.{form}"
    assert main(["report", book, "resource-register", "--to", "2025-12", "--format", form, "--out", str(out)]) == 0
    assert out.stat().st_size > 1000


def test_outlines_go_in_and_come_out(book, tmp_path, capsys):
    assert main(["import", book, "boundaries", str(SAMPLE / "boundaries.geojson")]) == 0
    told = capsys.readouterr().out
    assert "地块边界 40 块" in told
    assert "GD004 三组大田 的图形量得" in told
    out = tmp_path / "边界.geojson"
    assert main(["boundaries", book, "--out", str(out), "--day", "2025-12-31"]) == 0
    assert "40 个图形" in capsys.readouterr().out
    assert len(json.loads(out.read_text("utf-8"))["features"]) == 40
    assert main(["boundaries", book, "--out", str(out), "--day", "去年"]) == 2
    assert main(["boundaries", book]) == 2
    assert main(["verify", book]) == 0


def test_a_bad_sheet_names_its_rows_and_returns_2(book, tmp_path, capsys):
    path = tmp_path / "坏.csv"
    path.write_text("地块编号,地块名称,地类,面积\nX1,甲,荒漠,1\nX2,乙,耕地,-1\n", encoding="utf-8")
    assert main(["import", book, "resources", str(path)]) == 2
    told = capsys.readouterr().err
    assert "第 2 行：地类“荒漠”不对" in told
    assert "第 3 行：面积“-1”不能是负数" in told
