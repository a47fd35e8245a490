"""The command line's contract: what each command prints and returns."""

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from village_ledger import __version__, clock, paths
from village_ledger.cli import demo, window
from village_ledger.cli.main import main
from village_ledger.services import journal
from village_ledger.services.book import Book

DATA = Path(__file__).resolve().parents[1] / "data" / "acceptance_2024"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def book(tmp_path: Path) -> str:
    """The constructed year, imported and posted."""
    path = str(tmp_path / "石桥 村#1.vlb")
    assert main(["new", path, "--name", "石桥村", "--start", "2024-01"]) == 0
    for kind in ("accounts", "openings"):
        assert main(["import", path, kind, str(DATA / f"{kind}.csv")]) == 0
    assert main(["import", path, "vouchers", str(DATA / "vouchers.csv"), "--post"]) == 0
    return path


def rows_of(book: str, capsys, *words: str) -> list[dict]:
    capsys.readouterr()
    assert main(["report", book, *words, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["book"], found["unit"]) == ("石桥村", "fen")
    return found["rows"]


def test_new_says_what_it_made(tmp_path, capsys):
    path = tmp_path / "a.vlb"
    assert main(["new", str(path), "--name", "石桥村", "--start", "2024-07"]) == 0
    assert "已建账：石桥村，2024年7月起，共 44 个科目" in capsys.readouterr().out
    assert path.is_file()
    assert main(["new", str(path), "--name", "石桥村"]) == 2
    assert "不会覆盖" in capsys.readouterr().err


def test_new_begins_in_january_of_this_year(tmp_path, capsys):
    assert main(["new", str(tmp_path / "a.vlb"), "--name", "村"]) == 0
    assert f"{clock.today().year}年1月起" in capsys.readouterr().out


def test_new_accepts_the_older_chart_and_refuses_an_unknown_one(tmp_path, capsys):
    assert main(["new", str(tmp_path / "a.vlb"), "--name", "村", "--chart", "rural-2004"]) == 0
    assert main(["new", str(tmp_path / "b.vlb"), "--name", "村", "--chart", "city-1999"]) == 2
    assert "没有“city-1999”这套科目" in capsys.readouterr().err


def test_trial_balance_json_has_the_contract_s_keys(book, capsys):
    rows = rows_of(book, capsys, "trial-balance", "--from", "2024-01", "--to", "2024-12")
    assert list(rows[0]) == [
        "code",
        "name",
        "level",
        "leaf",
        "opening_debit",
        "opening_credit",
        "period_debit",
        "period_credit",
        "ytd_debit",
        "ytd_credit",
        "closing_debit",
        "closing_credit",
    ]
    bank = next(row for row in rows if row["code"] == "102")
    assert (bank["name"], bank["level"], bank["leaf"], bank["closing_debit"]) == ("银行存款", 1, True, 556300_00)


def test_statements_json_have_the_contract_s_keys(book, capsys):
    sheet = rows_of(book, capsys, "balance-sheet", "--from", "2024-01", "--to", "2024-12")
    assert {"line", "name", "closing", "opening"} <= set(sheet[1])
    assert next(row for row in sheet if row["line"] == 23)["closing"] == 1945800_00
    income = rows_of(book, capsys, "income-distribution", "--from", "2024-01", "--to", "2024-12")
    assert {"line", "name", "amount", "previous"} <= set(income[0])


@pytest.mark.parametrize(
    "name",
    [
        "trial-balance",
        "balance-sheet",
        "income-distribution",
        "income-expense",
        "general-ledger",
        "subsidiary-ledger",
        "cash-journal",
        "bank-journal",
        "counterparty-balances",
        "ageing",
        "voucher-summary",
        "vouchers",
    ],
)
def test_every_report_prints_as_text_json_and_csv(book, capsys, name):
    for form in ("text", "json", "csv"):
        capsys.readouterr()
        assert main(["report", book, name, "--from", "2024-01", "--to", "2024-12", "--format", form]) == 0
        assert len(capsys.readouterr().out) > 200


def test_reports_go_to_files_too(book, tmp_path, capsys):
    for form in ("text", "json", "csv", "xlsx", "pdf"):
        out = tmp_path / f"out.{form}"
        words = ["report", book, "balance-sheet", "--to", "2024-12", "--format", form, "--out", str(out)]
        assert main(words) == 0
        assert out.stat().st_size > 200
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames == ["资产负债表"]
    with Book.open(book, read_only=True) as opened:
        logged = journal.entries(opened, "export")
    assert [entry.detail["kind"] for entry in reversed(logged)] == ["text", "json", "csv", "xlsx", "pdf"]
    assert (logged[0].subject, logged[0].actor) == ("资产负债表 2024年12月31日", "命令行")
    assert main(["report", book, "balance-sheet", "--to", "2024-12", "--format", "pdf"]) == 2
    assert "要用 --out 写明文件名" in capsys.readouterr().err


def test_an_account_or_a_household_narrows_a_ledger(book, capsys):
    rows = rows_of(book, capsys, "subsidiary-ledger", "--to", "2024-12", "--account", "113", "--item", "往来户:王五")
    assert [row["debit"] for row in rows if row["kind"] == "line"] == [8000_00]
    assert main(["report", book, "subsidiary-ledger", "--to", "2024-12", "--item", "往来户:无此人"]) == 2
    assert "没有登记过“往来户:无此人”" in capsys.readouterr().err


def test_close_goes_through_the_months_and_stops_at_a_failed_check(book, tmp_path, capsys):
    assert main(["close", book, "2024-03"]) == 0
    told = capsys.readouterr().out
    assert "2024年1月已结账" in told
    assert "2024年3月已结账" in told
    extra = tmp_path / "extra.csv"
    extra.write_text(
        "日期,凭证字,凭证号,附件数,摘要,科目编码,辅助,借方金额,贷方金额\n"
        "2024-06-30,记,99,0,大额支出,513,,99999.00,\n2024-06-30,记,99,0,大额支出,101,,,99999.00\n",
        "utf-8",
    )
    assert main(["import", book, "vouchers", str(extra), "--post"]) == 0
    assert main(["close", book, "2024-12"]) == 2
    streams = capsys.readouterr()
    assert "2024年5月已结账" in streams.out
    assert "2024年6月不能结账" in streams.err
    assert "库存现金没有出现负数" in streams.err
    assert main(["close", book, "2024-05"]) == 2
    assert "已经结账了" in capsys.readouterr().err


def test_a_mistyped_year_is_not_closed(book, capsys):
    assert main(["close", book, "2104-12"]) == 2
    streams = capsys.readouterr()
    assert "2104年12月还没有到" in streams.err
    assert streams.out == ""


def test_verify_prints_the_head_and_compares_one_kept_elsewhere(book, capsys):
    capsys.readouterr()
    assert main(["verify", book]) == 0
    told = capsys.readouterr().out
    assert "核验通过：凭证 49 张" in told
    head = told.rsplit("sha256:", 1)[1].strip()
    assert main(["verify", book, "--head", head]) == 0
    assert main(["verify", book, "--head", "0" * 64]) == 3
    assert "日志链里找不到给定的链头" in capsys.readouterr().err


def test_export_lists_the_files_it_wrote(book, tmp_path, capsys):
    out = tmp_path / "导出"
    capsys.readouterr()
    assert main(["export", book, "--period", "2024-12", "--out", str(out)]) == 0
    assert [Path(line).name for line in capsys.readouterr().out.splitlines()] == sorted(
        (path.name for path in out.iterdir()), key=lambda name: ("数据" in name, name)
    )
    assert {path.suffix for path in out.iterdir()} == {".pdf", ".xlsx", ""}


def test_backup_and_restore(book, tmp_path, capsys):
    capsys.readouterr()
    assert main(["backup", book]) == 0
    backup = capsys.readouterr().out.strip().split("：", 1)[1]
    other = str(tmp_path / "b.vlb")
    assert main(["restore", backup, other]) == 0
    assert main(["verify", other]) == 0


def test_demo_builds_once_and_then_opens_the_same_book(tmp_path, capsys):
    path = tmp_path / "示例.vlb"
    assert main(["demo", "--headless", "--book", str(path)]) == 0
    told = capsys.readouterr().out
    assert "2025-01 至 2025-12 已结账" in told
    assert main(["demo", "--headless", "--book", str(path)]) == 0
    assert capsys.readouterr().out == told


def test_a_portable_copy_keeps_the_sample_with_its_books(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(paths, "RESOURCES", tmp_path / "app" / "resources")
    (tmp_path / paths.PORTABLE_MARKER).touch()
    assert demo.documents() == tmp_path / "账簿"
    assert (tmp_path / "账簿").is_dir()


def test_a_book_instead_of_a_command_opens_its_window(book, monkeypatch):
    opened = []
    monkeypatch.setattr(window, "run", lambda arguments: opened.append(arguments.required("BOOK")) or 0)
    assert main([book]) == 0
    assert opened == [book]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["post"], "没有“post”这个命令"),
        (["report", "没有.vlb", "trial-balance", "--to", "2025-01"], "找不到账簿文件"),
        (["new", "x.vlb"], "缺少 --name"),
        (["new", "x.vlb", "--name", "村", "--start", "2025"], "月份“2025”不对"),
        (["import", "x.vlb", "items", "f.csv"], "不能导入“items”"),
        (["import", "x.vlb", "openings", "f.csv", "--post"], "--post 只用于导入凭证"),
        (["export", "x.vlb", "--out", "d"], "缺少 --period"),
        (["verify", "没有.vlb"], "找不到账簿文件"),
        (["close", "没有.vlb", "2025-01"], "找不到账簿文件"),
        (["close", "没有.vlb", "9999-12"], "月份“9999-12”不对"),
        (["export", "没有.vlb", "--period", "2025-01", "--out", "d"], "找不到账簿文件"),
        (["new", f"{'长' * 300}.vlb", "--name", "村"], "文件名不对"),
    ],
)
def test_bad_input_is_told_in_chinese_with_code_2(words, reason, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    streams = capsys.readouterr()
    assert reason in streams.err
    assert streams.out == ""
    assert list(tmp_path.iterdir()) == []


def test_reports_refuse_wrong_names_formats_and_spans(book, capsys):
    for words, reason in (
        (["profit", "--to", "2024-12"], "没有名为“profit”的报表"),
        (["trial-balance", "--to", "2024-12", "--format", "doc"], "没有“doc”这种格式"),
        (["trial-balance", "--from", "2024-12", "--to", "2024-01"], "晚于"),
        (["general-ledger", "--to", "2024-12", "--account", "999"], "科目 999 不存在"),
    ):
        assert main(["report", book, *words]) == 2
        assert reason in capsys.readouterr().err


def test_help_and_version(capsys):
    assert main(["--help"]) == 0
    assert "返回值：0 成功" in capsys.readouterr().out
    assert main(["report", "--help"]) == 0
    assert "用法：village-ledger report" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == __version__


HEAVY = (
    "argparse",
    "dataclasses",
    "hashlib",
    "inspect",
    "json",
    "openpyxl",
    "pathlib",
    "peewee",
    "PySide6",
    "reportlab",
    "tomllib",
)


def test_a_text_report_loads_nothing_heavy(book):
    code = (
        "import sys; from village_ledger.cli.main import main;"
        f"assert main(['report', {book!r}, 'trial-balance', '--from', '2024-01', '--to', '2024-12']) == 0;"
        f"print('loaded:', sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines()[-1] == "loaded: []"


def test_it_runs_as_a_module_and_writes_utf_8(book):
    done = subprocess.run(
        [sys.executable, "-m", "village_ledger", "verify", book], cwd=ROOT, capture_output=True, check=True
    )
    assert "核验通过" in done.stdout.decode("utf-8")
