"""Time the big exports: 200,000 rows of xlsx and a 1,000-page ledger PDF. Run: python benchmarks/exports.py

Each is measured in a process of its own (wall and CPU seconds, peak memory); results go to results/exports.txt.
"""

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from village_ledger.exports.excel import write_xlsx  # noqa: E402  (the path comes first)
from village_ledger.exports.pdf import write_pdf  # noqa: E402
from village_ledger.reports.model import Column, Report, Row  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results" / "exports.txt"
COLUMNS = (
    Column("date", "日期", "date", 11),
    Column("voucher", "凭证号", "text", 9),
    Column("summary", "摘要", "text", 32),
    Column("account", "科目编码", "code", 10),
    Column("name", "科目名称", "text", 20),
    Column("item", "往来户", "text", 10),
    Column("debit", "借方", "money", 16, carried=True),
    Column("credit", "贷方", "money", 16, carried=True),
    Column("side", "方向", "text", 4, carried=True),
    Column("balance", "余额", "money", 16, carried=True),
)


def ledger(rows: int, per_account: int) -> Report:
    """A ledger of that many lines, a section every so many of them."""
    made: list[Row] = []
    summaries = ("收石桥村水库承包费", "付村道维修工程进度款", "付村干部误工补贴", "收土地流转服务费及利息")
    balance = 0
    for i in range(rows):
        if i % per_account == 0:
            heading = f"1130{i // per_account:03d} 内部往来"
            made.append(Row((None, "", heading, "", "", "", None, None, "", None), "section"))
            balance = 0
        amount = 100 + i * 37 % 1_000_000
        balance += amount
        day = date(2025, 1, 1) + timedelta(days=i * 365 // rows)
        item = f"农户{i % 300}"
        cells = (day, f"记-{i % 200 + 1}", summaries[i % 4], "113", "内部往来", item, amount, 0, "借", balance)
        made.append(Row(cells, carry=(balance, 0, "借", balance)))
    return Report(
        "subsidiary-ledger",
        "明细账",
        "石桥村股份经济合作社",
        "2025-01",
        "2025-12",
        "2025年1—12月",
        COLUMNS,
        tuple(made),
        signatures=("会计主管", "记账"),
        landscape=True,
        paging="book",
    )


def run(name: str) -> None:
    """Measure one export in this process and print a line."""
    report = ledger(200_000, 5_000) if name == "xlsx" else ledger(25_000, 250)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out.{name}"
        pages = []
        wall, cpu = time.perf_counter(), time.process_time()
        if name == "xlsx":
            write_xlsx([report], path)
        else:
            write_pdf([report], path, lambda done, total, what: pages.append(total))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        size = path.stat().st_size / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rate = f"{pages[-1]} pages, {pages[-1] / wall:.0f} pages/s" if pages else f"{200_000 / wall:,.0f} rows/s"
    print(
        f"{name}: {len(report.rows):,} rows x {len(COLUMNS)} columns, {rate}, wall {wall:.1f} s, CPU {cpu:.1f} s, "
        f"{size:.1f} MB, peak RSS {peak / 1024:.0f} MB (of it {base / 1024:.0f} MB the report itself)"
    )


def main() -> None:
    """Run every measurement and keep what they say."""
    lines = [
        f"Exports, {time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {os.cpu_count()} cores",
        *(
            subprocess.run([sys.executable, __file__, name], check=True, capture_output=True, text=True).stdout.strip()
            for name in ("xlsx", "pdf")
        ),
    ]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run(sys.argv[1])
    else:
        main()
