"""Time the contract register: import 2,000 contracts, accrue a month's rents, read it for the home page.

Run: python benchmarks/contracts.py. Results go to results/contracts.txt; the limit for accruing is 2 seconds.
"""

import csv
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from village_ledger.domain.period import Period  # noqa: E402  (the path comes first)
from village_ledger.reports.query import Query  # noqa: E402
from village_ledger.services import contracts, reports  # noqa: E402
from village_ledger.services.contract_files import import_contracts  # noqa: E402
from village_ledger.services.contract_rents import accrue  # noqa: E402
from village_ledger.services.creation import NewBook, create_book  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results" / "contracts.txt"
COUNT = 2_000
LIMIT_SECONDS = 2.0


def register(path: Path) -> None:
    """A register of contracts over ten years, paid by the month, the quarter or the year, some growing."""
    titles = ("合同编号", "标的", "对方", "用途", "开始日期", "结束日期", "年租金", "递增", "付款周期", "首期应付日")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(titles)
        for number in range(1, COUNT + 1):
            cycle = ("按月", "按季", "按年")[number % 3]
            growth = "每3年递增5%" if number % 4 == 0 else ""
            row = (f"HT{number:04d}", f"地块{number}", f"农户{number % 700}", "耕地", "2024-01-01", "2033-12-31")
            writer.writerow((*row, 1000 + number, growth, cycle, f"2024-01-{number % 28 + 1:02d}"))


def main() -> None:
    """Run every measurement and keep what they say."""
    lines = [f"Contracts, {time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {os.cpu_count()} cores"]

    def measure(what: str, act: Callable[[], str]) -> float:
        start = time.perf_counter()
        done = act()
        seconds = time.perf_counter() - start
        lines.append(f"{what}: {seconds:.2f} s ({done})")
        return seconds

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "contracts.csv"
        register(file)
        new = NewBook("测试村", Period(2024, 1), suggested_details=True)
        with create_book(Path(folder) / "book.vlb", new) as book:
            measure(f"import {COUNT} contracts", lambda: f"{import_contracts(book, file).added} added")
            worst = measure(f"accrue January, all {COUNT}", lambda: f"{accrue(book, Period(2024, 1)).charges} charged")
            measure("accrue February, a third", lambda: f"{accrue(book, Period(2024, 2)).charges} charged")
            measure("accrue again, nothing new", lambda: f"{accrue(book, Period(2024, 2)).charges} charged")
            measure("what is due today", lambda: f"{len(contracts.due_list(book, date(2024, 2, 29)))} entries")
            query = Query(Period(2024, 1), Period(2024, 2))
            measure("arrears report", lambda: f"{len(reports.run(book, 'contract-arrears', query).rows)} rows")
    lines.append(f"limit for accruing: {LIMIT_SECONDS:.0f} s, {'kept' if worst <= LIMIT_SECONDS else 'BROKEN'}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    sys.exit(worst > LIMIT_SECONDS)


if __name__ == "__main__":
    main()
