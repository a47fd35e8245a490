"""`review`, `answers` and `answer` on a book handed over."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.package.reviewing import OTHER_DESK, a_comment
from tests.services.township_desk import sent
from village_ledger.cli.main import main
from village_ledger.domain.period import Period
from village_ledger.domain.review import Settlement
from village_ledger.services import packages
from village_ledger.services.book import Book

JUNE = Period(2025, 6)


@pytest.fixture
def book(sample_village: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample village with June handed over."""
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path / "home"))
    path = Path(shutil.copy(sample_village, tmp_path / "示例村.vlb"))
    with Book.open(path, actor="周敏") as opened:
        packages.hand_over(opened, JUNE, tmp_path / "june.vlp")
    return path


def review_of(path: Path, folder: Path, *key: bytes, **told: object) -> str:
    with Book.open(path, actor="周敏") as book:
        uid = book.ledger.vouchers(JUNE, JUNE)[0].uid
        one = a_comment("c1-uid", period=JUNE, subject=uid, label="2025-06 记-1", deadline=date(2025, 7, 31))
        return str(sent(book, folder, *key, **{"period": JUNE, "comments": (one,), **told}))


def test_a_review_is_taken_in_told_and_answered(book, tmp_path, capsys):
    told = review_of(book, tmp_path)
    assert main(["review", str(book), told]) == 0
    said = capsys.readouterr().out
    assert "2025年6月 退回" in said
    assert "c1-uid　凭证 2025-06 记-1　一般\n    意见：附件不全\n    期限：2025-07-31\n" in said
    assert "已登记乡镇公钥" in said
    assert main(["answers", str(book)]) == 0
    assert "情况：待答复（已逾期）" in capsys.readouterr().out
    assert main(["answer", str(book), "c1-u", "--text", "已冲销", "--voucher", "2025-07 记-1"]) == 0
    assert capsys.readouterr().out == "已答复：2025-06 记-1。答复随下一个报送包送到乡镇\n"
    assert main(["answers", str(book)]) == 0
    assert "答复 命令行：已冲销（更正凭证 2025-07 记-1）" in capsys.readouterr().out
    assert main(["review", str(book), told]) == 0
    assert "以前已经接收过，这次没有改动什么" in capsys.readouterr().out
    assert main(["verify", str(book)]) == 0


def test_settled_comments_are_no_longer_listed(book, tmp_path, capsys):
    assert main(["answers", str(book)]) == 0
    assert capsys.readouterr().out == "没有未办结的审核意见\n"
    settled = Settlement("c1-uid", "已排除", "", "孙审核", "2025-07-20T01:00:00Z")
    assert main(["review", str(book), review_of(book, tmp_path, settlements=(settled,))]) == 0
    assert "整改结论 c1-uid：已排除\n" in capsys.readouterr().out
    assert main(["answers", str(book)]) == 0
    assert capsys.readouterr().out == "没有未办结的审核意见\n"


def test_another_key_is_taken_only_when_told_to(book, tmp_path, capsys):
    assert main(["review", str(book), review_of(book, tmp_path)]) == 0
    second = review_of(book, tmp_path, OTHER_DESK, round=2)
    assert main(["review", str(book), second]) == 2
    assert "--accept-new-key" in capsys.readouterr().err
    assert main(["review", str(book), second, "--accept-new-key"]) == 0


def test_a_changed_file_is_3_and_a_strange_one_2(book, tmp_path, capsys):
    told = Path(review_of(book, tmp_path))
    content = bytearray(told.read_bytes())
    content[content.index(b'"desk"') + 10] ^= 1
    told.write_bytes(content)
    assert main(["review", str(book), str(told)]) == 3
    assert main(["review", str(book), str(tmp_path / "june.vlp")]) == 2
    assert main(["review", str(book), review_of(book, tmp_path, village="柳树村")]) == 2
    assert "不是本账" in capsys.readouterr().err
    assert main(["answer", str(book), "c1-uid", "--text", "已办"]) == 2


def test_a_read_only_book_lists_but_does_not_answer(book, tmp_path, monkeypatch, capsys):
    assert main(["review", str(book), review_of(book, tmp_path)]) == 0
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and allowed(path, mode))
    assert main(["answers", str(book)]) == 0
    assert "c1-uid" in capsys.readouterr().out


def test_the_desk_comments_on_what_the_village_has_and_the_village_reads_it(book, tmp_path, capsys):
    desk, told = str(tmp_path / "乡镇.vld"), str(tmp_path / "1.vlr")
    assert main(["township", "new", desk, "--name", "示范镇"]) == 0
    assert main(["township", "import", desk, str(tmp_path / "june.vlp")]) == 0
    review = ["township", "review", desk, "石桥村股份经济合作社", "2025-06"]
    assert main([*review, "--comment", "租金偏低", "--contract", "HT9999-01"]) == 2
    assert "没有合同“HT9999-01”" in capsys.readouterr().err
    assert main([*review, "--comment", "租金偏低", "--contract", "HT2023-01"]) == 0
    assert main([*review, "--opinion", "退回", "--out", told]) == 0
    capsys.readouterr()
    assert main(["review", str(book), told]) == 0
    assert "　合同 HT2023-01　一般\n    意见：租金偏低\n" in capsys.readouterr().out
