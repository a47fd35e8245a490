"""`report payment-trail` on the sample village: one voucher, or every payment of a span."""

import json
import shutil
from pathlib import Path

import pytest

from village_ledger.cli.main import main

KEYS = ["voucher", "stage", "number", "title", "who", "day", "amount", "detail", "proof"]


def rows(book: Path, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    assert main(["report", str(book), "payment-trail", *words, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    found: list[dict[str, object]] = data["rows"]
    return found


def test_one_voucher_needs_no_months(sample_village: Path, capsys):
    found = rows(sample_village, capsys, "--voucher", "2025-10 记-28")
    assert list(found[0]) == KEYS
    assert {row["voucher"] for row in found} == {"2025-10 记-28"}
    stages = list(dict.fromkeys(row["stage"] for row in found))
    assert stages[:4] == ["报表", "凭证", "分录", "票据"]
    assert stages[4:] == ["用款申请", "签批", "决策", "会议", "公示", "工程项目", "附件", "日志"]
    decision = next(row for row in found if row["stage"] == "决策")
    assert (decision["number"], decision["amount"], decision["day"]) == ("石村议〔2025〕10号", 6_500_000, "2025-08-15")
    assert all(len(str(row["proof"])) == 64 for row in found if row["stage"] in ("附件", "日志"))


def test_a_span_lists_every_payment(sample_village: Path, capsys):
    found = rows(sample_village, capsys, "--from", "2025-12", "--to", "2025-12")
    vouchers = [row for row in found if row["stage"] == "凭证"]
    assert len(vouchers) == len({row["voucher"] for row in found}) == 22
    assert {str(row["voucher"])[:7] for row in found} == {"2025-12"}


@pytest.mark.parametrize("form", ["text", "csv", "xlsx", "pdf"])
def test_it_is_written_in_every_format(sample_village: Path, tmp_path: Path, form: str):
    book, out = shutil.copy(sample_village, tmp_path), tmp_path / f"溯源.{form}"
    words = ["report", str(book), "payment-trail", "--voucher", "2025-10 记-28", "--format", form]
    assert main([*words, "--out", str(out)]) == 0
    assert out.stat().st_size > 1_000


def test_a_voucher_that_is_not_there_is_refused(sample_village: Path, capsys):
    assert main(["report", str(sample_village), "payment-trail", "--voucher", "2025-10 记-999"]) == 2
    assert "没有已记账的凭证" in capsys.readouterr().err
