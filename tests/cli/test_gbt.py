import shutil
from pathlib import Path

import pytest

from village_ledger.cli.main import main
from village_ledger.services.book import Book


@pytest.fixture
def book(sample_village, tmp_path) -> str:
    return str(shutil.copy(sample_village, tmp_path / "示例村.vlb"))


def test_a_year_goes_out_is_checked_and_becomes_a_book_again(book, tmp_path, capsys):
    folder, new = tmp_path / "国标", tmp_path / "新.vlb"
    assert main(["gbt", book, "--year", "2025", "--through", "2025-06", "--out", str(folder)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == str(folder)
    assert told[1].startswith("2025 年到 6 月，文件 1")
    assert "14. 通过　清单的摘要、条数、控制数一致" in told
    assert main(["gbt-check", str(folder)]) == 0
    assert main(["gbt-import", str(folder), str(new)]) == 0
    out = capsys.readouterr().out
    assert "已建账：石桥村股份经济合作社，2025-01 至 2025-06，凭证 " in out
    assert "已结账到 2025-06" in out
    with Book.open(new, read_only=True) as made:
        assert str(made.open_period) == "2025-07"
    assert main(["gbt-import", str(folder), str(new)]) == 2
    assert "不会覆盖" in capsys.readouterr().err
    assert main(["gbt-import", str(folder), str(tmp_path / "文本.vlb"), "--txt"]) == 0
    assert main(["verify", str(tmp_path / "文本.vlb")]) == 0


def test_utf_8_and_the_last_closed_month_by_default(book, tmp_path, capsys):
    assert main(["gbt", book, "--year", "2025", "--out", str(tmp_path / "a"), "--encoding", "UTF-8"]) == 0
    assert "2025 年到 12 月" in capsys.readouterr().out
    assert 'encoding="UTF-8"' in (tmp_path / "a/24589/总账.xml").read_text("utf-8")[:60]


def test_broken_files_fail_with_3_and_attacks_with_2(book, tmp_path, capsys):
    folder = tmp_path / "国标"
    main(["gbt", book, "--year", "2025", "--through", "2025-02", "--out", str(folder)])
    ledger = folder / "24589" / "总账.xml"
    sound = ledger.read_bytes()
    ledger.write_bytes(sound.replace(b">1236.50<", b">1236.51<", 1))
    capsys.readouterr()
    assert main(["gbt-check", str(folder)]) == 3
    out = capsys.readouterr().out
    assert " 8. 未通过" in out
    assert "14. 未通过" in out
    ledger.write_bytes(sound.replace(b"<\xd7\xdc\xd5\xcb ", b"<!DOCTYPE x [<!ENTITY a 'b'>]><\xd7\xdc\xd5\xcb ", 1))
    assert main(["gbt-check", str(folder)]) == 2
    assert "实体声明（可能是攻击）" in capsys.readouterr().err
    assert main(["gbt-import", str(folder), str(tmp_path / "b.vlb")]) == 2
    assert not (tmp_path / "b.vlb").exists()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--year", "今年", "--out", "x"], "年份“今年”不对"),
        (["--year", "2025", "--through", "2024-06", "--out", "x"], "不在 2025 年"),
        (["--year", "2025", "--out", "x", "--encoding", "big5"], "只能是 gb18030 或 utf-8"),
        (["--year", "2027", "--out", "x"], "还没有结账的月份"),
        (["--year", "2025"], "缺少 --out"),
        (["--out", "x"], "缺少 --year"),
    ],
)
def test_wrong_words_are_told(book, tmp_path, capsys, monkeypatch, words, reason):
    monkeypatch.chdir(tmp_path)
    assert main(["gbt", book, *words]) == 2
    assert reason in capsys.readouterr().err
    assert not Path("x").exists()
