"""Two processes at one book, and a process killed in the middle: no gap, no repeat, nothing acknowledged is lost."""

import subprocess
import sys
from pathlib import Path

import pytest

from village_ledger.domain.period import Period
from village_ledger.services.book import Book
from village_ledger.services.creation import NewBook, create_book
from village_ledger.services.integrity import verify

ROOT = Path(__file__).resolve().parents[2]
JANUARY = Period(2024, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An empty book."""
    create_book(tmp_path / "a.vlb", NewBook("石桥村", JANUARY)).close()
    return tmp_path / "a.vlb"


def poster(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.flow.poster", str(path), name, str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_processes_racing_to_post_leave_no_gap_and_no_repeat(path):
    racing = [poster(path, name, 40) for name in ("甲", "乙")]
    printed = []
    for process in racing:
        out, err = process.communicate(timeout=120)
        assert (process.returncode, err) == (0, "")
        printed.append([int(line) for line in out.split()])
    assert sorted(printed[0] + printed[1]) == list(range(1, 81))
    with Book.open(path) as book:
        assert [one.number for one in book.ledger.vouchers(JANUARY, JANUARY)] == list(range(1, 81))
        assert verify(book).ok


def test_what_was_acknowledged_survives_kill_9(path):
    acknowledged = 0
    for _round in range(3):
        process = poster(path, "甲", 100_000)
        assert process.stdout is not None
        for line in process.stdout:
            acknowledged = int(line)
            if acknowledged % 25 == 0:
                break
        process.kill()
        rest, _err = process.communicate(timeout=60)
        acknowledged = max([acknowledged, *(int(word) for word in rest.split())])
    with Book.open(path) as book:
        numbers = [one.number for one in book.ledger.vouchers(JANUARY, JANUARY)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= acknowledged
        assert verify(book).ok
