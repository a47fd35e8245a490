"""docs/formats-package.md tells how anybody checks a package: its very commands are run here."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.services.packing import unpacked
from village_ledger.domain.period import Period
from village_ledger.package.container import write_container
from village_ledger.package.manifest import Manifest
from village_ledger.services import packages
from village_ledger.services.book import Book

PAGE = (Path(__file__).parents[2] / "docs" / "formats-package.md").read_text("utf-8")
COMMANDS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)[0]


@pytest.fixture(scope="module")
def package(sample_village, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("handed over")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VILLAGE_LEDGER_HOME", str(folder / "home"))
        with Book.open(shutil.copy(sample_village, folder / "示例村.vlb"), actor="周敏") as book:
            return packages.hand_over(book, Period(2025, 6), folder / "示例村 2025-06.vlp").path


def check(package: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the commands, stopping at the first that fails, in a folder that holds only the package."""
    folder.mkdir()
    shutil.copy(package, folder)
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", COMMANDS],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


def test_the_commands_accept_a_genuine_package(package, tmp_path):
    done = check(package, tmp_path / "a")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Signature Verified Successfully" in done.stdout


@pytest.mark.parametrize(
    "name", ["账表/2025-06 报表.xlsx", "month/log.jsonl", "manifest.json", "SHA256SUMS", "signature.bin"]
)
def test_the_commands_refuse_a_package_with_a_changed_file(package, tmp_path, name):
    files = unpacked(package)
    files[name] = files[name][:-2] + bytes([files[name][-2] ^ 1]) + files[name][-1:]
    changed = tmp_path / "changed.vlp"
    with changed.open("wb") as file:
        write_container(file, sorted(files.items(), key=lambda one: one[0].encode()))
    assert check(changed, tmp_path / "a").returncode != 0


def test_every_key_of_the_manifest_and_every_folder_is_described(package):
    for key in (*Manifest._fields, "format"):
        assert f"`{key}`" in PAGE
    for name in unpacked(package):
        if name != "说明.txt":
            assert f"`{name}`" in PAGE or f"`{name.split('/')[0]}/" in PAGE, name
