"""Time one month's full set of the sample village's notice. Run: python benchmarks/notice.py

December, the fullest month: the notice built from the book, then A3, A4 and A2 PDF, xlsx, pictures and web page, all in
one process of its own that is measured whole by its CPU seconds, start-up included. Results go to results/notice.txt.
"""

import os
import platform
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from village_ledger.domain.period import Period  # noqa: E402  (the path comes first)
from village_ledger.services.book import Book  # noqa: E402
from village_ledger.services.disclosures import current  # noqa: E402
from village_ledger.services.notice_files import write  # noqa: E402
from village_ledger.services.sample import build_sample  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results" / "notice.txt"
LIMIT = 3.0
RUNS = 5


def full_set(book_path: Path, folder: Path) -> None:
    """Build the notice and write every format."""
    month = Period(2025, 12)
    with Book.open(book_path, read_only=True) as book:
        notice = current(book, "month", month, month)
    for kind, size in (("pdf", "A3"), ("pdf", "A4"), ("pdf", "A2"), ("xlsx", ""), ("png", ""), ("html", "")):
        write(notice, folder, kind, size or "A3")


def measured(book_path: Path, folder: Path) -> tuple[float, float, int]:
    """CPU seconds, wall seconds and peak KiB of one run in a child process."""
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, __file__, str(book_path), str(folder)])
    _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit("the run failed")
    return used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss


def main() -> None:
    """Build the sample village once and measure."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "示例村.vlb"
        build_sample(path).close()
        runs = sorted(measured(path, Path(folder) / "out") for _ in range(RUNS))
        written = sum(file.stat().st_size for file in (Path(folder) / "out").iterdir())
    cpu, wall, peak = runs[len(runs) // 2]
    lines = (
        f"One month's full set (A3, A4 and A2 PDF, xlsx, png, html; {written // 1024:,} KiB), median of {RUNS}",
        f"  CPU {cpu:.2f} s (limit {LIMIT:.1f} s), wall {wall:.2f} s, peak {peak // 1024} MiB",
        f"  best CPU {runs[0][0]:.2f} s; load average {os.getloadavg()[0]:.1f}",
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} CPUs",
    )
    RESULTS.write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if len(sys.argv) == 3:
        full_set(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        main()
