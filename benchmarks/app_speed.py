"""Our own limits on a book of ten years, 30,000 vouchers, 100,000 lines. Run: python benchmarks/app_speed.py GEN.py

Posting, reports, bulk import, verify, and the window from process start to first paint with its peak memory. Each
figure stands beside its limit; results go to results/app_speed.txt. The machine's own noise is in them.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.ledger_speed import load, make_book  # noqa: E402  (the path comes first)
from village_ledger.domain.period import Period  # noqa: E402
from village_ledger.domain.voucher import Draft, DraftLine  # noqa: E402
from village_ledger.reports.query import Query  # noqa: E402
from village_ledger.services import reports, vouchers  # noqa: E402
from village_ledger.services.book import Book  # noqa: E402
from village_ledger.services.integrity import verify  # noqa: E402
from village_ledger.services.people import log_in  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results" / "app_speed.txt"
SIZE = 30_000
YEAR = Query(Period(2025, 1), Period(2025, 12))
WINDOW = """
import json, resource, sys, time
from pathlib import Path
begun = float(sys.argv[1])
from village_ledger import app
application = app.make_application()
desk = app.Desk()
assert desk.open_book(Path(sys.argv[2]))
for _ in range(3):
    application.processEvents()
print(json.dumps([time.time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]), flush=True)
import os
os._exit(0)
"""


def median_ms(act: Callable[[], object], runs: int) -> float:
    """Median wall time of an act in milliseconds."""
    times = []
    for _run in range(runs):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def posting_ms(book: Book, runs: int) -> float:
    """Median wall time of posting one reviewed voucher, everything from re-check to commit."""
    lines = (DraftLine("测速", "10201", debit_fen=100), DraftLine("测速", "10101", credit_fen=100))
    log_in(book, "会计")
    made = [vouchers.save_draft(book, Draft(date(2026, 1, 5), "记", lines)).id for _run in range(runs)]
    log_in(book, "审核")
    vouchers.review(book, made)
    waiting = iter(made)
    return median_ms(lambda: vouchers.post(book, [next(waiting)]), runs)


def window(book: str) -> tuple[float, float]:
    """Seconds from process start to a painted window, and its peak memory in MiB; the second, warm start."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    for _start in range(2):
        command = [sys.executable, "-c", WINDOW, str(time.time()), book]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    seconds, memory = json.loads(done.stdout.splitlines()[-1])
    return seconds, memory


def main() -> None:
    """Measure and keep the results."""
    gen = load(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        path, importing, _closing = make_book(gen, SIZE, Path(folder))
        seconds, memory = window(path)
        with Book.open(path) as book:
            durable = posting_ms(book, 50)
            book.connection.execute("PRAGMA synchronous=OFF")
            code = posting_ms(book, 50)
            figures = [
                ("bulk import, vouchers per second of CPU", f"{SIZE / importing:.0f}", ">= 3000"),
                ("post one voucher, code beyond the fsync", f"{code:.1f} ms", "<= 10 ms"),
                ("post one voucher, durable", f"{durable:.1f} ms", ""),
                ("trial balance", report_ms(book, "trial-balance", YEAR), "<= 20 ms"),
                ("balance sheet", report_ms(book, "balance-sheet", YEAR), "<= 20 ms"),
                (
                    "a year's ledger of the busiest account",
                    report_ms(book, "subsidiary-ledger", YEAR._replace(account=busiest(book))),
                    "<= 100 ms",
                ),
                ("verify the whole book", f"{median_ms(lambda: verify(book), 1) / 1000:.1f} s", ""),
                ("process start to painted window, warm", f"{seconds:.2f} s", "<= 1.5 s"),
                ("peak memory of the window", f"{memory:.0f} MiB", "< 250 MB"),
            ]
    head = (
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores; {SIZE} vouchers, 2016-2025"
    )
    text = "\n".join([head, *(f"  {name:42} {value:>10}   {limit}" for name, value, limit in figures), ""])
    print(text)
    RESULTS.write_text(text, "utf-8")


def report_ms(book: Book, key: str, query: Query) -> str:
    """Median time to build a report."""
    return f"{median_ms(lambda: reports.run(book, key, query), 9):.1f} ms"


def busiest(book: Book) -> str:
    """The account with most lines in the year."""
    counts: dict[str, int] = {}
    for line in book.ledger.lines(YEAR.start, YEAR.end):
        counts[line.account] = counts.get(line.account, 0) + 1
    return max(counts, key=lambda code: counts[code])


if __name__ == "__main__":
    main()
