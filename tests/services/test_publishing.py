import hashlib
import json
import runpy
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from village_ledger.domain.errors import BadInput, Cancelled, ExportFailed
from village_ledger.domain.period import Period
from village_ledger.paths import RESOURCES
from village_ledger.reports.query import Query
from village_ledger.services import accounts, journal, people, periods, publishing, reports
from village_ledger.services.book import Book

from .conftest import a_draft, post_all

JANUARY = Period(2024, 1)
VERIFIER = runpy.run_path(str(RESOURCES / "verify_month.py"))


@pytest.fixture
def closed(book) -> Book:
    """January with two vouchers, closed."""
    post_all(
        book,
        a_draft(date(2024, 1, 5), "102", "101", 300_00),
        a_draft(date(2024, 1, 8), "113", "102", 120_50, item="张三"),
    )
    periods.close(book, JANUARY, backup=False)
    return book


@pytest.fixture
def data(closed, tmp_path) -> Path:
    """The exported data of January."""
    publishing.export_month(closed, JANUARY, tmp_path / "out")
    return tmp_path / "out" / "石桥村股份经济合作社 2024-01" / "2024-01 数据"


def check(folder: Path, *words: str) -> int:
    return VERIFIER["main"]([str(folder), *words])


def test_a_report_is_written_in_every_format(closed, tmp_path):
    report = reports.run(closed, "trial-balance", Query(JANUARY, JANUARY))
    for kind in ("text", "json", "csv", "xlsx", "pdf"):
        publishing.write_report(report, tmp_path / f"report.{kind}", kind)
    assert closed.log_head in (tmp_path / "report.text").read_text("utf-8")
    rows = json.loads((tmp_path / "report.json").read_text("utf-8"))["rows"]
    assert {row["code"]: row["closing_debit"] for row in rows}["102"] == 179_50
    assert openpyxl.load_workbook(tmp_path / "report.xlsx").sheetnames == ["科目余额表"]
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(BadInput):
        publishing.write_report(report, tmp_path / "report.doc", "doc")


def test_a_month_is_exported_whole_and_logged(closed, tmp_path):
    head = closed.log_head
    steps = []
    paths = publishing.export_month(closed, JANUARY, tmp_path, lambda done, total, what: steps.append((done, total)))
    assert [path.name for path in paths] == [
        "2024-01 凭证.pdf",
        "2024-01 报表.pdf",
        "2024-01 报表.xlsx",
        "2024-01 结账单.pdf",
        "2024-01 账簿.pdf",
        "2024-01 账簿.xlsx",
        "2024-01 数据",
    ]
    assert steps == sorted(steps)
    assert steps[-1] == (9, 9)
    (entry,) = journal.entries(closed, "export")
    assert (entry.subject, entry.detail["head"]) == ("2024-01 账表", head)
    sheets = openpyxl.load_workbook(paths[2])
    assert sheets.sheetnames == [
        "科目余额表",
        "资产负债表",
        "收益及收益分配表",
        "收支明细表",
        "往来余额表",
        "凭证汇总表",
    ]
    assert head in sheets["资产负债表"].oddFooter.left.text
    assert openpyxl.load_workbook(paths[5]).sheetnames == ["总账", "明细账", "库存现金日记账", "银行存款日记账"]


def test_an_export_may_be_repeated_and_shows_the_same_head(closed, tmp_path):
    publishing.export_month(closed, JANUARY, tmp_path)
    first = (tmp_path / "石桥村股份经济合作社 2024-01" / "2024-01 数据" / "manifest.json").read_bytes()
    paths = publishing.export_month(closed, JANUARY, tmp_path)
    assert (paths[-1] / "manifest.json").read_bytes() == first
    assert len(list(paths[-1].parent.iterdir())) == 7


def test_a_cancelled_export_leaves_nothing(closed, tmp_path):
    def cancel(done: int, _total: int, _what: str) -> None:
        if done >= 5:
            raise Cancelled("已取消")

    with pytest.raises(Cancelled):
        publishing.export_month(closed, JANUARY, tmp_path / "u盘", cancel)
    assert not list((tmp_path / "u盘").iterdir())
    assert journal.entries(closed, "export") == ()


def test_a_full_disk_leaves_nothing_half_written(closed, tmp_path, monkeypatch):
    def full(*_arguments: object, **_options: object) -> None:
        raise ExportFailed("磁盘空间不足")

    monkeypatch.setattr(publishing, "write_month_data", full)
    with pytest.raises(ExportFailed, match="磁盘空间不足"):
        publishing.export_month(closed, JANUARY, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []


def test_a_place_that_is_no_folder_is_refused(closed, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportFailed, match="不能在这里导出"):
        publishing.export_month(closed, JANUARY, tmp_path / "file")


def test_a_month_before_the_book_began_is_refused(closed, tmp_path):
    with pytest.raises(BadInput, match="早于建账月份"):
        publishing.export_month(closed, Period(2023, 12), tmp_path)


def test_a_month_reopened_after_hand_over_is_marked(closed, tmp_path):
    periods.mark_handed_over(closed, JANUARY)
    people.log_in(closed, "陈主任")
    periods.reopen(closed, JANUARY, "更正")
    people.log_in(closed, "王会计")
    periods.close(closed, JANUARY, backup=False)
    paths = publishing.export_month(closed, JANUARY, tmp_path)
    assert "已报送后反结账" in openpyxl.load_workbook(paths[2])["科目余额表"].oddFooter.left.text
    assert json.loads((paths[-1] / "manifest.json").read_text("utf-8"))["mark"] == "已报送后反结账"
    assert check(paths[-1]) == 0


def test_an_open_month_is_exported_with_a_mark(book, tmp_path):
    post_all(book, a_draft(date(2024, 1, 5), "102", "101", 300_00))
    paths = publishing.export_month(book, JANUARY, tmp_path)
    assert "本月尚未结账" in openpyxl.load_workbook(paths[2])["科目余额表"].oddFooter.left.text
    assert check(paths[-1]) == 0


def test_an_empty_month_can_be_exported(book, tmp_path):
    paths = publishing.export_month(book, JANUARY, tmp_path)
    assert check(paths[-1]) == 0


def test_a_read_only_book_can_be_exported(closed, tmp_path):
    with Book.open(closed.path, read_only=True) as reading:
        assert len(publishing.export_month(reading, JANUARY, tmp_path)) == 7


def test_the_verifier_accepts_what_was_exported(data, closed, capsys):
    head = json.loads((data / "manifest.json").read_text("utf-8"))["head"]
    assert check(data, "--head", head) == 0
    assert "核对通过" in capsys.readouterr().out
    assert check(data, "--head", "0" * 64) == 3
    assert "日志链头不符" in capsys.readouterr().out


def lines_of(data: Path, name: str) -> list:
    return [json.loads(line) for line in (data / name).read_text("utf-8").splitlines()]


def store(data: Path, name: str, values: list, *, forge_manifest: bool = True) -> None:
    """Write a forged file, with a manifest that agrees with it."""
    text = "".join(
        json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n" for value in values
    )
    (data / name).write_text(text, "utf-8")
    if forge_manifest:
        manifest = json.loads((data / "manifest.json").read_text("utf-8"))
        manifest["files"][name] = hashlib.sha256((data / name).read_bytes()).hexdigest()
        (data / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def test_a_changed_amount_is_found(data, capsys):
    vouchers = lines_of(data, "vouchers.jsonl")
    for line in vouchers[0]["lines"]:
        line[3], line[4] = line[3] * 2, line[4] * 2
    store(data, "vouchers.jsonl", vouchers)
    assert check(data) == 3
    told = capsys.readouterr().out
    assert "凭证 记-1 的内容和记账时不一样" in told
    assert "科目 101  的期初、本月发生、期末对不上凭证" in told


def test_a_changed_byte_is_found_by_the_manifest(data, capsys):
    store(data, "vouchers.jsonl", [*lines_of(data, "vouchers.jsonl")][::-1], forge_manifest=False)
    assert check(data) == 3
    assert "文件 vouchers.jsonl 与清单不符" in capsys.readouterr().out


def test_a_removed_voucher_is_found(data, capsys):
    store(data, "vouchers.jsonl", lines_of(data, "vouchers.jsonl")[1:])
    assert check(data) == 3
    told = capsys.readouterr().out
    assert "凭证 2024-01 记-1 被删掉了" in told
    assert "凭证号不连续" in told


def test_an_added_voucher_is_found(data, capsys):
    vouchers = lines_of(data, "vouchers.jsonl")
    store(data, "vouchers.jsonl", [*vouchers, {**vouchers[0], "uid": "f" * 32, "number": 3}])
    assert check(data) == 3
    assert "凭证 记-3 在日志里没有记账记录" in capsys.readouterr().out


def test_an_unbalanced_voucher_is_found(data, capsys):
    vouchers = lines_of(data, "vouchers.jsonl")
    vouchers[0]["lines"][0][3] += 1
    store(data, "vouchers.jsonl", vouchers)
    assert check(data) == 3
    assert "凭证 记-1 借贷不平" in capsys.readouterr().out


def test_swapped_and_edited_log_records_are_found(data, capsys):
    log = lines_of(data, "log.jsonl")
    store(data, "log.jsonl", [log[1], log[0], *log[2:]])
    assert check(data) == 3
    assert "接不上" in capsys.readouterr().out
    log[0][2] = "别人"
    store(data, "log.jsonl", log)
    assert check(data) == 3
    assert "的内容被改过" in capsys.readouterr().out


def test_changed_balances_are_found(data, capsys):
    balances = json.loads((data / "balances.json").read_text("utf-8"))
    balances[0][2] += 100
    balances[0][5] += 100
    balances[1][2] -= 100
    balances[1][5] -= 100
    store(data, "balances.json", [balances])
    assert check(data) == 3
    assert "余额和结账时登记的摘要不一样" in capsys.readouterr().out


def change_manifest(data: Path, **values: object) -> str:
    """Forge entries of the manifest; returns the head it names."""
    manifest = json.loads((data / "manifest.json").read_text("utf-8"))
    (data / "manifest.json").write_text(json.dumps(manifest | values), "utf-8")
    return manifest["head"]


def test_a_renamed_household_account_or_village_is_found(data, capsys):
    items = (data / "items.json").read_text("utf-8")
    store(data, "items.json", [dict.fromkeys(json.loads(items), "别人")])
    head = change_manifest(data)
    assert check(data, "--head", f"sha256:{head}") == 3
    assert "名称和结账时登记的不一样" in capsys.readouterr().out
    store(data, "items.json", [json.loads(items)])
    assert check(data, "--head", f"sha256:{head}") == 0
    chart = json.loads((data / "accounts.json").read_text("utf-8"))
    store(data, "accounts.json", [[[code, f"{name}甲", *rest] for code, name, *rest in chart]])
    assert check(data, "--head", head) == 3
    store(data, "accounts.json", [chart])
    change_manifest(data, village="别的村")
    assert check(data, "--head", head) == 3


def test_a_closed_month_passed_off_as_open_is_found(data, capsys):
    head = change_manifest(data, closed=False, mark="本月尚未结账")
    assert check(data, "--head", head) == 3
    assert "清单说的是否结账，和日志不一致" in capsys.readouterr().out
    change_manifest(data, closed=True, mark="本月尚未结账")
    assert check(data, "--head", head) == 3
    change_manifest(data, mark="", vouchers=1)
    assert check(data, "--head", head) == 3
    assert "凭证张数不对" in capsys.readouterr().out
    change_manifest(data, vouchers=2)
    assert check(data, "--head", head) == 0


def test_names_are_those_of_the_close_even_when_corrected_later(closed, tmp_path):
    item = accounts.items(closed, "往来户")[0].item
    accounts.change_item(closed, item, name="改正的名字")
    folder = publishing.export_month(closed, JANUARY, tmp_path)[-1]
    assert json.loads((folder / "items.json").read_text("utf-8"))[f"往来户:{item.code}"] == item.name
    assert check(folder) == 0


def test_a_folder_redone_from_the_start_is_found_by_the_head_on_the_signed_sheet(data, capsys):
    head = json.loads((data / "manifest.json").read_text("utf-8"))["head"]
    digest = VERIFIER["digest"]
    vouchers = lines_of(data, "vouchers.jsonl")
    vouchers[0]["lines"][0][0] = "改过的摘要"
    log = lines_of(data, "log.jsonl")
    previous = log[0][6]
    for record in log:
        if record[3] == "post" and record[5]["uid"] == vouchers[0]["uid"]:
            record[5]["content"] = digest(vouchers[0])
        record[6] = previous
        previous = record[7] = digest(record[:7])
    store(data, "vouchers.jsonl", vouchers)
    store(data, "log.jsonl", log)
    manifest = json.loads((data / "manifest.json").read_text("utf-8"))
    manifest["head"] = previous
    (data / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert check(data) == 0
    assert "不能排除整个文件夹被重做" in capsys.readouterr().out
    assert check(data, "--head", head) == 3


def test_missing_files_are_told_not_raised(data, capsys, tmp_path):
    (data / "log.jsonl").unlink()
    assert check(data) == 3
    assert "文件缺失或格式不对" in capsys.readouterr().out
    shutil.rmtree(data)
    assert check(data) == 3


def test_vouchers_are_printed(closed, tmp_path):
    vouchers = closed.ledger.vouchers(JANUARY, JANUARY)
    publishing.print_vouchers(closed, vouchers, tmp_path / "a.pdf", "240x140")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_reports_refuse_what_makes_no_sense(closed):
    with pytest.raises(BadInput, match="晚于"):
        reports.run(closed, "trial-balance", Query(Period(2024, 2), JANUARY))
    with pytest.raises(BadInput, match="科目 999 不存在"):
        reports.run(closed, "general-ledger", Query(JANUARY, JANUARY, "999"))
    with pytest.raises(BadInput, match="要指定科目"):
        reports.run(closed, "multi-column-ledger", Query(JANUARY, JANUARY))
    with pytest.raises(BadInput, match="没有名为“profit”的报表"):
        reports.run(closed, "profit", Query(JANUARY, JANUARY))
