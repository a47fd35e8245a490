import pytest

from village_ledger.cli.arguments import BY_NAME, COMMANDS, overview, parse
from village_ledger.domain.errors import BadInput
from village_ledger.domain.period import Period


def test_options_and_flags_may_stand_anywhere():
    found = parse(BY_NAME["report"], ["--from", "2025-01", "a.vlb", "--to=2025-12", "trial-balance"])
    assert (found.get("BOOK"), found.get("NAME"), found.period("--to")) == ("a.vlb", "trial-balance", Period(2025, 12))
    assert found.get("--format", "text") == "text"
    assert parse(BY_NAME["import"], ["a", "vouchers", "f", "--post"]).flags == {"--post"}


@pytest.mark.parametrize(
    ("name", "words", "reason"),
    [
        ("report", ["a.vlb"], "缺少 NAME"),
        ("report", ["a.vlb", "x", "y"], "多出的内容：y"),
        ("report", ["a.vlb", "x", "--until", "2025-01"], "不认识的选项 --until"),
        ("report", ["a.vlb", "x", "--to"], "--to 后面要写内容"),
        ("report", ["a.vlb", "x", "--to", "--from"], "--to 后面要写内容"),
        ("report", ["a.vlb", "x", "--to", "a", "--to", "b"], "--to 写了两次"),
        ("import", ["a", "b", "c", "--post=1"], "不认识的选项 --post"),
    ],
)
def test_a_wrong_command_line_is_refused_with_its_usage(name, words, reason):
    with pytest.raises(BadInput, match=reason) as caught:
        parse(BY_NAME[name], words)
    assert f"用法：village-ledger {name}" in str(caught.value)


def test_a_month_that_is_none_is_refused():
    found = parse(BY_NAME["close"], ["a.vlb", "2025-13"])
    with pytest.raises(BadInput, match="月份“2025-13”不对"):
        found.period("PERIOD")


def test_every_command_is_in_the_overview():
    assert all(command.usage in overview() for command in COMMANDS)
