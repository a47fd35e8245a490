"""Update files are known by their signature. The keys are made for the test."""

import subprocess
import sys
from pathlib import Path

import pytest

from village_ledger import __version__
from village_ledger.cli.main import main
from village_ledger.domain.errors import BadInput, IntegrityFailure
from village_ledger.services import updates
from village_ledger.services.updates import check_update

SCRIPT = Path(__file__).parents[2] / "installer" / "sign_update.py"


def script(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, words)], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a signed package, and the public key in `keys`."""
    folder = tmp_path_factory.mktemp("released")
    package = folder / "village-ledger_9.0.0_amd64.deb"
    package.write_bytes(b"package" * 1000)
    assert script("key", "--private", folder / "private.pem", "--public", folder / "keys" / "a.pub").returncode == 0
    made = script("sign", "--private", folder / "private.pem", "--version", "9.0.0", package)
    assert made.stdout.strip() == f"{package}.sig"
    return folder


@pytest.fixture
def package(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package with its signature; the program trusts its key."""
    for name in ("village-ledger_9.0.0_amd64.deb", "village-ledger_9.0.0_amd64.deb.sig"):
        (tmp_path / name).write_bytes((released / name).read_bytes())
    monkeypatch.setattr(updates.check_update, "__defaults__", (None, released / "keys"))
    return tmp_path / "village-ledger_9.0.0_amd64.deb"


def test_a_genuine_newer_update_is_told_with_what_to_do(package: Path) -> None:
    found = check_update(package)
    assert (found.version, found.newer) == ("9.0.0", 1)
    assert "apt install" in found.advice
    assert "先备份" in found.advice


def test_the_same_and_an_older_version_are_told(package: Path, released: Path) -> None:
    for version, newer, text in ((__version__, 0, "不用更新"), ("0.0.9", -1, "更旧的版本")):
        script("sign", "--private", released / "private.pem", "--version", version, package)
        found = check_update(package)
        assert (found.newer, text in found.advice) == (newer, True)


def test_a_changed_or_cut_file_fails(package: Path) -> None:
    content = package.read_bytes()
    for wrong in (content[:-1], b"x" + content[1:]):
        package.write_bytes(wrong)
        with pytest.raises(IntegrityFailure, match="没有复制完整，或被改动过"):
            check_update(package)


def test_a_changed_signature_file_fails(package: Path) -> None:
    signature = package.with_name(package.name + ".sig")
    text = signature.read_text("utf-8")
    signature.write_text(text.replace("version: 9.0.0", "version: 9.0.1"), "utf-8")
    with pytest.raises(IntegrityFailure, match="签名不对"):
        check_update(package)
    signature.write_text(text.replace("\n", "\r\n"), "utf-8")  # sent through a mail program
    assert check_update(package).version == "9.0.0"


def test_another_key_is_not_trusted(package: Path, tmp_path: Path) -> None:
    script("key", "--private", tmp_path / "other.pem", "--public", tmp_path / "other" / "b.pub")
    script("sign", "--private", tmp_path / "other.pem", "--version", "9.0.0", package)
    with pytest.raises(IntegrityFailure, match="签名不对"):
        check_update(package)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (None, "找不到签名文件"),
        ("", "不是更新文件的签名"),
        ("village-ledger update 1\nfile: a\n", "不是更新文件的签名"),
    ],
)
def test_a_missing_or_strange_signature_is_explained(package: Path, content: str | None, text: str) -> None:
    signature = package.with_name(package.name + ".sig")
    if content is None:
        signature.unlink()
    else:
        signature.write_text(content, "utf-8")
    with pytest.raises(BadInput, match=text):
        check_update(package)


def test_the_wrong_file_is_explained(package: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="这是签名文件"):
        check_update(package.with_name(package.name + ".sig"))
    with pytest.raises(BadInput, match="找不到更新文件"):
        check_update(tmp_path / "没有.exe")
    with pytest.raises(BadInput, match="没有发布公钥"):
        check_update(package, key_folder=tmp_path / "none")


def test_the_command_says_valid_or_exits_3(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-update", str(package)]) == 0
    assert "签名有效：village-ledger_9.0.0_amd64.deb，版本 9.0.0" in capsys.readouterr().out
    package.write_bytes(b"")
    assert main(["check-update", str(package)]) == 3
    assert main(["check-update", str(package) + "x"]) == 2


def test_the_private_key_is_kept_apart_and_made_once(tmp_path: Path) -> None:
    private = tmp_path / "private.pem"
    for name in ("a.pub", "b.pub"):
        assert script("key", "--private", private, "--public", tmp_path / name).returncode == 0
    assert (tmp_path / "a.pub").read_text() == (tmp_path / "b.pub").read_text()
    assert private.stat().st_mode & 0o077 == 0
    inside = script("key", "--private", SCRIPT.with_name("private.pem"), "--public", tmp_path / "c.pub")
    assert "must not lie inside the repository" in inside.stderr
    assert not SCRIPT.with_name("private.pem").exists()
    assert "make one with" in script("sign", "--private", tmp_path / "none.pem", private).stderr
