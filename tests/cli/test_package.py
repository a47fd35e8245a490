import shutil
from pathlib import Path

import pytest

from village_ledger.cli.main import main


@pytest.fixture
def book(sample_village, tmp_path, monkeypatch) -> str:
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path / "home"))
    return str(shutil.copy(sample_village, tmp_path / "示例村.vlb"))


def test_a_month_is_packed_and_the_package_proves_itself(book, tmp_path, capsys):
    package = str(tmp_path / "a.vlp")
    assert main(["package", book, "--period", "2025-06", "--out", package]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == package
    key = told[2].removeprefix("公钥 ")
    assert main(["verify-package", package, "--key", key]) == 0
    out = capsys.readouterr().out
    assert "核验通过：石桥村股份经济合作社 2025年6月，凭证 37 张" in out
    assert "提示" not in out
    assert main(["verify-package", package]) == 0
    assert "不能证明是谁签的" in capsys.readouterr().out
    (tmp_path / "key.pem").write_text(key)
    assert main(["verify-package", package, "--key", str(tmp_path / "key.pem")]) == 0
    assert main(["verify-package", package, "--key", "0" * 64]) == 3
    assert "不是用给定的公钥签名" in capsys.readouterr().err
    assert main(["verify-package", package, "--key", "abc"]) == 2
    content = Path(package).read_bytes()
    Path(package).write_bytes(content[:-1])
    assert main(["verify-package", package]) == 3
    assert "不符" in capsys.readouterr().err


def test_an_open_month_and_a_missing_file_are_bad_input(book, tmp_path, capsys):
    assert main(["package", book, "--period", "2026-01", "--out", str(tmp_path / "a.vlp")]) == 2
    assert "还没有结账，不能报送" in capsys.readouterr().err
    assert not (tmp_path / "a.vlp").exists()
    assert main(["verify-package", str(tmp_path / "a.vlp")]) == 2
    assert main(["package", book, "--period", "2025-06"]) == 2
