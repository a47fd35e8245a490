"""A file that outgrows a screenful of thought wants to be two."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 500
FILES = sorted(
    path for folder in ("village_ledger", "tests", "resources", "benchmarks") for path in (ROOT / folder).rglob("*.py")
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_is_longer_than_500_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= LIMIT


def test_the_verifier_stays_a_script_one_can_read():
    assert len((ROOT / "resources" / "verify_month.py").read_text("utf-8").splitlines()) <= 130
