"""The command line in books that ask to log in: --user, where the password comes from, and where it must not go."""

import re
from pathlib import Path

import pytest

from village_ledger.cli.arguments import COMMANDS
from village_ledger.cli.main import main
from village_ledger.paths import HOME_VARIABLE
from village_ledger.services import log_in, passwords
from village_ledger.services.book import Book

SENTINEL = "sentinel-Zx81-quokka"
VARIABLE = "VILLAGE_LEDGER_PASSWORD"
DATA = Path(__file__).resolve().parents[1] / "data" / "acceptance_2024"


@pytest.fixture
def guarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """A book made with --log-in, whose accountant has changed the initial password."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 8)
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.delenv(VARIABLE, raising=False)
    path = str(tmp_path / "守门.vlb")
    assert main(["new", path, "--name", "石桥村", "--start", "2024-01", "--log-in"]) == 0
    told = capsys.readouterr().out
    initial = re.search(r"会计  (\w{8})", told)
    assert initial
    assert "恢复码" in told
    with Book.open(path) as book:
        log_in.change_password(book, "会计", initial[1], SENTINEL)
    return path


def test_without_a_user_nothing_is_written(guarded: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", guarded, "accounts", str(DATA / "accounts.csv")]) == 2
    assert "请加 --user 姓名" in capsys.readouterr().err
    assert main(["verify", guarded]) == 0


def test_a_user_gives_the_password_by_file_or_environment(
    guarded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    close = ["close", guarded, "2024-01", "--user", "会计"]
    assert main(close) == 2
    assert f"--password-file 文件，或者环境变量 {VARIABLE}" in capsys.readouterr().err
    file = tmp_path / "密码.txt"
    file.write_text("wrong\n", "utf-8")
    assert main([*close, "--password-file", str(file)]) == 2
    assert "密码不对" in capsys.readouterr().err
    assert main([*close, "--password-file", str(tmp_path / "没有.txt")]) == 2
    assert "读不出密码文件" in capsys.readouterr().err
    file.write_text(f"{SENTINEL}\n", "utf-8-sig")
    assert main([*close, "--password-file", str(file)]) == 0
    monkeypatch.setenv(VARIABLE, SENTINEL)
    assert main(["close", guarded, "2024-02", "--user", "会计"]) == 0


def test_a_password_is_asked_at_a_terminal(
    guarded: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: (asked.append(prompt), SENTINEL)[1])
    assert main(["close", guarded, "2024-01", "--user", "会计"]) == 0
    assert asked == ["会计 的密码："]


def test_a_user_s_duties_hold_on_the_command_line_too(
    guarded: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Book.open(guarded) as book:
        book.connection.execute("UPDATE person SET role = '审计' WHERE name = '会计'")
    monkeypatch.setenv(VARIABLE, SENTINEL)
    assert main(["close", guarded, "2024-01", "--user", "会计"]) == 2
    assert "审计不能结账" in capsys.readouterr().err
    assert main(["close", guarded, "2024-01", "--user", "没有的人"]) == 2
    assert "没有叫“没有的人”" in capsys.readouterr().err


def test_vouchers_imported_into_a_guarded_book_wait_for_another_person(
    guarded: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, SENTINEL)
    words = ["import", guarded, "vouchers", str(DATA / "vouchers.csv"), "--user", "会计"]
    assert main([*words, "--post"]) == 2
    assert "由另一人登录审核" in capsys.readouterr().err


def test_no_user_is_needed_in_a_book_that_asks_nobody(tmp_path: Path) -> None:
    path = str(tmp_path / "开放.vlb")
    assert main(["new", path, "--name", "石桥村", "--start", "2024-01"]) == 0
    assert main(["close", path, "2024-01", "--user", "会计"]) == 0
    assert main(["close", path, "2024-02"]) == 0


def arguments(command: str, book: str, folder: Path) -> list[list[str]]:
    """Ways to run a command on a book."""
    end, out = ["--user", "会计"], str(folder / "out")
    return {
        "import": [
            [book, "accounts", str(DATA / "accounts.csv"), *end],
            [book, "openings", str(DATA / "openings.csv"), *end],
            [book, "vouchers", str(DATA / "vouchers.csv"), *end],
        ],
        "depreciate": [[book, "2024-01", *end]],
        "accrue-rent": [[book, "2024-01", *end]],
        "close": [[book, "2024-01", *end]],
        "report": [[book, "trial-balance", "--to", "2024-01"]],
        "verify": [[book]],
        "export": [[book, "--period", "2024-01", "--out", out]],
        "boundaries": [[book, "--out", str(folder / "a.geojson")]],
        "package": [[book, "--period", "2024-01", "--out", str(folder / "a.vlp"), *end]],
        "review": [[book, str(folder / "a.vlr"), *end]],
        "answers": [[book]],
        "answer": [[book, "c1-uid", "--text", "已补发票", *end]],
        "backup": [[book]],
    }.get(command, [])


def test_a_password_goes_nowhere(
    guarded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command runs with a password in its environment; then no file anywhere, and no line printed, holds it."""
    monkeypatch.setenv(VARIABLE, SENTINEL)
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path / "home"))
    ran = set()
    for command in COMMANDS:
        for words in arguments(command.name, guarded, tmp_path):
            main([command.name, *words])
            ran.add(command.name)
    assert {command.name for command in COMMANDS if command.writes} <= ran
    monkeypatch.setenv(VARIABLE, f"{SENTINEL}-mistyped")
    assert main(["close", guarded, "2024-03", "--user", "会计"]) == 2
    printed = capsys.readouterr()
    assert SENTINEL not in printed.out + printed.err
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 5
    for path in files:
        assert SENTINEL.encode() not in path.read_bytes(), path
