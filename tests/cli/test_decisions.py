"""Decisions from the command line: import a register, see what holds in JSON, find a file edited outside."""

import json
from pathlib import Path

import pytest

from tests.services.contract_desk import contract_book
from tests.services.test_decision_files import HEADER, LOAN, ROAD
from village_ledger.cli.main import main
from village_ledger.services import decisions, evidence
from village_ledger.services.book import Book

WANTED = [
    "number",
    "matter",
    "body",
    "eligible",
    "present",
    "yes",
    "no",
    "abstain",
    "valid",
    "failures",
    "cap",
    "spent",
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book whose file is closed, and a register beside it."""
    with contract_book(tmp_path) as book:
        (tmp_path / "决策.csv").write_text(f"{HEADER}\n{ROAD.strip()}{LOAN}", "utf-8")
        return book.path


def test_a_register_is_imported_and_reported(path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["import", str(path), "decisions", str(path.parent / "决策.csv")]) == 0
    assert "已导入 6 行：登记决策 2 项" in capsys.readouterr().out
    wanted = ["report", str(path), "decision-register", "--from", "2025-01", "--to", "2025-12", "--format", "json"]
    assert main(wanted) == 0
    road, loan = json.loads(capsys.readouterr().out)["rows"]
    assert list(road)[:12] == WANTED
    assert [road[key] for key in WANTED] == [
        "石桥决〔2025〕1号",
        "工程建设",
        "村民代表会议",
        35,
        30,
        28,
        1,
        1,
        True,
        "",
        260_000_00,
        0,
    ]
    assert loan["valid"] is False
    assert "至少 20 票，赞成 18 票（农村集体经济组织法第二十八条）" in loan["failures"]
    assert main(["verify", str(path)]) == 0


def test_a_bad_file_is_refused_with_its_rows(path: Path, capsys: pytest.CaptureFixture[str]):
    file = path.parent / "决策.csv"
    file.write_text(file.read_text("utf-8").replace("2025-06-03", "2025-06-31"), "utf-8")
    assert main(["import", str(path), "decisions", str(file)]) == 2
    assert "第 3 行：没有 2025年6月31日 这一天" in capsys.readouterr().err


def test_a_scan_edited_outside_fails_verification(path: Path, capsys: pytest.CaptureFixture[str]):
    main(["import", str(path), "decisions", str(path.parent / "决策.csv")])
    with Book.open(path, actor="王会计") as book:
        uid = decisions.decisions(book)[0].uid
        scan = path.parent / "签到表.jpg"
        scan.write_bytes(b"names")
        kept = evidence.attach(book, evidence.DECISION, uid, scan, "签到表", "石桥决〔2025〕1号")
        evidence.place_of(book, kept.file).write_bytes(b"other")
    assert main(["verify", str(path)]) == 3
    assert "决策附件“签到表.jpg”内容被改动过" in capsys.readouterr().err
