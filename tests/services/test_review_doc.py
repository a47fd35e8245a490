"""docs/formats-review.md is true: its commands check a review file, and its tables name every key and column."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.package.reviewing import DESK, OTHER_DESK, a_comment, a_review
from village_ledger.domain.review import Answer, Comment, Settlement, review_content
from village_ledger.package.review import write_review
from village_ledger.package.signing import public_half, public_pem
from village_ledger.storage.schema_review import TABLES

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "formats-review.md").read_text("utf-8")
(COMMANDS,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
FILE = write_review(a_review(comments=(a_comment("c1"),)), DESK)


def checked(folder: Path, spoil: str = "") -> int:
    """The exit code of the commands on the page, line by line; `spoil` runs after unpacking."""
    (folder / "一月.vlr").write_bytes(FILE)
    first, rest = COMMANDS.split("\n", 1)
    script = "\n".join(("set -e", first, spoil, rest))
    return subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, check=False, timeout=60).returncode


def test_the_commands_on_the_page_accept_a_genuine_file(tmp_path):
    assert checked(tmp_path) == 0


@pytest.mark.parametrize(
    "spoil",
    [
        "sed -i s/退回/通过/ review.json",
        "printf x >> 说明.txt",
        "printf x | dd of=signature.bin bs=1 seek=9 conv=notrunc status=none",
        "cp ../other.pem public_key.pem",
    ],
)
def test_the_commands_on_the_page_find_a_changed_one(tmp_path, spoil):
    (tmp_path / "other.pem").write_bytes(public_pem(public_half(OTHER_DESK)))
    assert checked(tmp_path, spoil) != 0


def test_every_key_and_column_is_described():
    words = set(re.findall(r"\w+", PAGE))
    columns = set(re.findall(r"^ {4}(\w+) (?:TEXT|INTEGER)", TABLES, re.MULTILINE))
    columns |= set(re.findall(r"(\w+) TEXT", TABLES))
    keys = {*review_content(a_review()), *Comment._fields, *Settlement._fields, *Answer._fields}
    assert {"review_id", "taken_at", "deadline"} <= columns
    assert (columns | keys) - words == set()
