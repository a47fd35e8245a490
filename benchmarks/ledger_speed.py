"""Side by side with ledger 3.3 on the same vouchers: CPU seconds of whole processes.

Run: python benchmarks/ledger_speed.py GEN.py [SIZE …]    GEN.py makes the data; sizes default to 10000 100000

Each job runs in turns with its counterpart, so that a busy machine slows both; medians go to results/ledger_speed.txt.
Our book has every month of 2016 to 2025 closed, as it would be; ledger reads its journal. Without `ledger` on the path
only our own figures are taken.
"""

import compileall
import csv
import importlib.util
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results" / "ledger_speed.txt"
HEADER = ["日期", "凭证字", "凭证号", "附件数", "摘要", "科目编码", "辅助", "借方金额", "贷方金额"]
ACCOUNTS = ["科目编码", "科目名称", "方向", "辅助核算"]
OPENINGS = ["科目编码", "辅助", "借方余额", "贷方余额"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
ACCOUNT = "10201"
RUNS = 9
START = "from village_ledger.cli.main import run; run()"
"""What the installed `village-ledger` script does."""


def load(path: str) -> ModuleType:
    """The data generator."""
    spec = importlib.util.spec_from_file_location("gen", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cpu(*command: str) -> float:
    """User and system seconds of one process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime


def ours(*words: str) -> float:
    """One run of our command line."""
    return cpu(sys.executable, "-c", START, *words)


def write_csv(path: Path, header: list[str], rows: list[list[str]]) -> str:
    """A file to import."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return str(path)


def make_book(gen: ModuleType, size: int, folder: Path) -> tuple[str, float, float]:
    """The book with all months closed; CPU seconds of importing and of closing."""
    book = str(folder / f"b{size}.vlb")
    details = [[code, name.split("-", 1)[1], "", "无"] for code, _full, name in gen.ACCTS]
    money = [code for code, _full, _name in gen.ACCTS if code.startswith(("101", "102"))]
    openings = [[code, "", "900000000", ""] for code in money]
    openings.append(["30101", "", "", str(900000000 * len(money))])
    rows = [
        [day, "记", str(number), "1", summary, gen.ACCTS[account][0], "", *sides(gen, fen)]
        for day, number, summary, lines in gen.vouchers(size)
        for account, fen in lines
    ]
    ours("new", book, "--name", "测速村", "--start", "2016-01")
    ours("import", book, "accounts", write_csv(folder / "a.csv", ACCOUNTS, details))
    ours("import", book, "openings", write_csv(folder / "o.csv", OPENINGS, openings))
    importing = ours("import", book, "vouchers", write_csv(folder / "v.csv", HEADER, rows), "--post")
    return book, importing, ours("close", book, "2025-12")


def sides(gen: ModuleType, fen: int) -> tuple[str, str]:
    """Debit and credit cells."""
    return (gen.yuan(fen), "") if fen > 0 else ("", gen.yuan(-fen))


def measure(gen: ModuleType, size: int, folder: Path) -> list[str]:
    """The table of one size."""
    book, importing, closing = make_book(gen, size, folder)
    gen.w_hledger(size, str(folder / f"v{size}"))
    journal = str(folder / f"v{size}.journal")
    account = next(full for code, full, _name in gen.ACCTS if code == ACCOUNT)
    peer = ["ledger", "-f", journal]
    numbers = count(1)

    def balance() -> float:
        return ours("report", book, "trial-balance", "--from", "2025-01", "--to", "2025-12")

    def add() -> float:
        number = str(next(numbers))
        rows = [["2026-01-05", "记", number, "1", "测速", code, "", *cells] for code, cells in NEW_LINES]
        spent = ours("import", book, "vouchers", write_csv(folder / "one.csv", HEADER, rows), "--post")
        return spent + ours("report", book, "trial-balance", "--from", "2026-01", "--to", "2026-01")

    def peer_add() -> float:
        with Path(journal).open("a", encoding="utf-8") as file:
            file.write(f"2026-01-05 test\n    {account}  1.00 CNY\n    {gen.ACCTS[0][1]}  -1.00 CNY\n\n")
            file.flush()
            os.fsync(file.fileno())
        return cpu(*peer, "bal")

    register = ("subsidiary-ledger", "--account", ACCOUNT, "--from", "2025-01", "--to", "2025-12")
    jobs = (
        ("trial balance", balance, lambda: cpu(*peer, "bal", "--end", "2026-01-01")),
        (
            "one account, one year",
            lambda: ours("report", book, *register),
            lambda: cpu(*peer, "reg", account, "--begin", "2025-01-01", "--end", "2026-01-01"),
        ),
        (
            "a month's income",
            lambda: ours("report", book, "income-expense", "--from", "2025-12", "--to", "2025-12"),
            lambda: cpu(*peer, "bal", "^Income", "^Expenses", "--begin", "2025-12-01", "--end", "2026-01-01"),
        ),
        ("durable add + trial balance", add, peer_add),
    )
    lines = [f"{size} vouchers (import {size / importing:.0f}/s of CPU, closing 120 months {closing:.1f} s)"]
    for name, own, other in jobs:
        own()
        mine, theirs = [], []
        for _run in range(RUNS):
            mine.append(own())
            if shutil.which("ledger"):
                theirs.append(other())
        lines.append(row(name, statistics.median(mine), statistics.median(theirs) if theirs else 0))
    return lines


NEW_LINES = ((ACCOUNT, ("1.00", "")), ("10101", ("", "1.00")))


def row(name: str, mine: float, theirs: float) -> str:
    """One line of the table."""
    compared = f"  ledger {theirs * 1000:8.1f} ms  {theirs / mine:6.1f}x" if theirs else ""
    return f"  {name:28}  {mine * 1000:7.1f} ms{compared}"


def main() -> None:
    """Measure and keep the results."""
    gen = load(sys.argv[1])
    sizes = [int(word) for word in sys.argv[2:]] or [10_000, 100_000]
    compileall.compile_dir(ROOT / "village_ledger", quiet=1)
    floor = statistics.median(cpu(sys.executable, "-c", "import sqlite3") for _run in range(RUNS))
    machine = f"{platform.machine()}, {os.cpu_count()} cores"
    head = f"Python {platform.python_version()}, {machine}; CPU time of whole processes, medians of {RUNS}"
    lines = [head, f"  python with sqlite3, nothing else  {floor * 1000:.1f} ms"]
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            lines += ["", *measure(gen, size, Path(folder))]
    text = "\n".join([*lines, ""])
    print(text)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
