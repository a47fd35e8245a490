"""Somebody edits the file behind the program's back; `verify` says what, with exit code 3."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from village_ledger.cli.main import main
from village_ledger.services.sample import build_sample


@pytest.fixture(scope="module")
def genuine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample village, built once."""
    path = tmp_path_factory.mktemp("genuine") / "示例.vlb"
    build_sample(path).close()
    return path


@pytest.fixture
def forged(genuine: Path, tmp_path: Path) -> Path:
    """A copy to forge."""
    return Path(shutil.copy(genuine, tmp_path / "a.vlb"))


def forge(path: Path, *statements: str, hide: bool = True) -> None:
    """Run SQL with the guards taken off, and put back, by somebody who knows them."""
    connection = sqlite3.connect(path, isolation_level=None)
    guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    connection.execute("PRAGMA foreign_keys=OFF")
    for name, _sql in guards:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for _name, sql in guards if hide else ():
        connection.execute(sql)
    connection.close()


@pytest.mark.parametrize(
    ("statements", "finding"),
    [
        (
            (
                "UPDATE voucher_line SET debit_fen = debit_fen + 100 WHERE voucher_id = 5 AND debit_fen <> 0",
                "UPDATE voucher_line SET credit_fen = credit_fen + 100 WHERE voucher_id = 5 AND credit_fen <> 0",
            ),
            "凭证 2025-01 记-5 的内容和记账时不一样",
        ),
        (("UPDATE voucher_line SET summary = summary || '。' WHERE voucher_id = 7",), "凭证 2025-01 记-7 的内容"),
        (("UPDATE voucher SET maker = '别人' WHERE id = 3",), "凭证 2025-01 记-3 的内容"),
        (
            ("DELETE FROM voucher_line WHERE voucher_id = 9", "DELETE FROM voucher WHERE id = 9"),
            "凭证 2025-01 记-9 被删掉了",
        ),
        (
            (
                "UPDATE voucher SET number = 999 WHERE id = 2",
                "UPDATE voucher SET number = 2 WHERE id = 3",
                "UPDATE voucher SET number = 3 WHERE id = 2",
            ),
            "凭证 2025-01 记-2 的内容",
        ),
        (("UPDATE log SET actor = '别人' WHERE seq = 100",), "操作日志第 100 条的内容被改过"),
        (("DELETE FROM log WHERE seq = 100",), "操作日志第 100 条缺失"),
        (
            (
                "UPDATE log SET seq = -1 WHERE seq = 100",
                "UPDATE log SET seq = 100 WHERE seq = 101",
                "UPDATE log SET seq = 101 WHERE seq = -1",
            ),
            "操作日志第 100 条和前一条接不上",
        ),
        (
            ("UPDATE closed_balance SET opening_fen = opening_fen + 1 WHERE month = '2025-06' AND account_id = 1",),
            "2025-06 科目",
        ),
        (("UPDATE opening SET balance_fen = balance_fen + 1",), "期初余额和录入时不一样"),
        (("UPDATE account SET name = '现金' WHERE code = '101'",), "科目 101 和登记的不一样"),
        (("UPDATE item SET name = '别人' WHERE id = 1",), "辅助核算 往来户:0001 和登记的不一样"),
    ],
)
def test_a_forged_book_fails_and_the_forgery_is_named(forged, capsys, statements, finding):
    forge(forged, *statements)
    assert main(["verify", str(forged)]) == 3
    assert finding in capsys.readouterr().err


def test_a_book_without_its_guards_fails(forged, capsys):
    forge(forged, hide=False)
    assert main(["verify", str(forged)]) == 3
    assert "防改写保护“voucher_no_update”被去掉或改动过" in capsys.readouterr().err


def test_the_guards_refuse_any_program(forged):
    connection = sqlite3.connect(forged)
    for statement in (
        "UPDATE voucher SET maker = 'x' WHERE id = 1",
        "DELETE FROM voucher_line",
        "UPDATE log SET actor = 'x'",
        "DELETE FROM log",
        "UPDATE closed_balance SET opening_fen = 1",
        "DELETE FROM opening",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
    connection.close()


def test_one_changed_byte_of_a_posted_voucher_is_found(forged, capsys):
    content = forged.read_bytes()
    mark = "购办公用品（凭证纸、档案盒）".encode()
    place = content.index(mark)
    forged.write_bytes(content[:place] + "退".encode() + content[place + 3 :])
    assert main(["verify", str(forged)]) == 3
    assert "凭证 2025-01 记-2" in capsys.readouterr().err
