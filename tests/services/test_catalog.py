from pathlib import Path

import pytest

from village_ledger.domain.account import Auxiliary, Chart
from village_ledger.domain.errors import BadInput
from village_ledger.services import catalog


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the charts and statements that a test may spoil."""
    for folder in ("accounts", "statements"):
        (tmp_path / folder).mkdir()
        for path in (catalog.RESOURCES / folder).glob("*.toml"):
            (tmp_path / folder / path.name).write_text(path.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(catalog, "RESOURCES", tmp_path)
    for function in (catalog.chart_definition, catalog.statement_definition):
        function.cache_clear()
    return tmp_path


@pytest.fixture(autouse=True)
def _forget_what_was_loaded() -> object:
    yield
    catalog.chart_definition.cache_clear()
    catalog.statement_definition.cache_clear()


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_2023_chart_has_42_accounts_and_the_two_details_of_322() -> None:
    accounts = catalog.chart_definition("rural-2023").accounts
    assert len([account for account in accounts if account.level == 1]) == 42
    assert [(a.code, a.name) for a in accounts if a.level > 1] == [("32201", "各项分配"), ("32202", "未分配收益")]
    assert all(account.official for account in accounts)


def test_contra_accounts_stand_on_the_credit_side_and_two_sided_ones_on_both() -> None:
    chart = Chart(catalog.chart_definition("rural-2023").accounts)
    assert [chart[code].side for code in ("133", "152", "162", "113", "154", "181")] == ["credit"] * 3 + ["both"] * 3


def test_a_dimension_is_required_unless_it_is_marked_with_a_question_mark() -> None:
    chart = Chart(catalog.chart_definition("rural-2023").accounts)
    assert chart["113"].auxiliaries == (Auxiliary("往来户", required=True),)
    assert chart["513"].auxiliaries == (Auxiliary("项目", required=False), Auxiliary("部门", required=False))


def test_suggested_details_take_over_category_side_and_dimensions_and_are_not_official() -> None:
    suggested = {account.code: account for account in catalog.chart_definition("rural-2023").suggested}
    assert suggested["50101"][:5] == ("50101", "发包收入", "损益", "credit", (Auxiliary("项目", required=False),))
    assert not any(account.official for account in suggested.values())


def test_the_two_details_of_322_are_found_by_name_whatever_their_code() -> None:
    definition = catalog.chart_definition("rural-2023")
    moved = [a._replace(code="32209") if a.name == "未分配收益" else a for a in definition.accounts]
    assert definition.roles.undistributed.code(Chart(moved)) == "32209"


@pytest.mark.parametrize("key", catalog.CHARTS)
def test_every_chart_has_its_statements(key: str) -> None:
    forms = catalog.statement_definition(key)
    assert [forms.balance_sheet.title, forms.income_distribution.title, forms.income_expense.title] == [
        "资产负债表",
        "收益及收益分配表",
        "收支明细表",
    ]
    for statement in forms[1:]:
        numbers = [line.line for line in statement.lines if line.line]
        assert numbers == list(range(1, len(numbers) + 1))


def test_the_2023_balance_sheet_has_39_numbered_lines() -> None:
    lines = catalog.statement_definition("rural-2023").balance_sheet.lines
    assert [(line.line, line.name) for line in lines if line.line in (1, 23, 39)] == [
        (1, "货币资金"),
        (23, "资产总计"),
        (39, "负债和所有者权益总计"),
    ]
    assert max(line.line for line in lines) == 39


def test_charts_lists_the_current_regulation_first() -> None:
    assert catalog.charts()[0] == ("rural-2023", "农村集体经济组织会计制度（财会〔2023〕14号）")


def test_an_unknown_chart_is_refused_with_the_choice_there_is() -> None:
    with pytest.raises(BadInput, match="rural-2023、rural-2004"):
        catalog.chart_definition("rural-1996")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('code = "102"', 'code = "101"', "重复"),
        ('code = "32201"', 'code = "99901"', "没有上级"),
        ('name = "库存现金"', 'name = ""', "101"),
        ('side = "debit"', 'side = "left"', "101"),
        ('"往来户"', '"往来户口"', "往来户口"),
        ('profit = "321"', 'profit = "399"', "roles.profit"),
        ('reserve = "311"', 'reserve_ = "311"', "roles"),
        ("account = [", "account = ", "有误"),
    ],
)
def test_a_damaged_chart_is_refused_with_the_place(damaged: Path, old: str, new: str, message: str) -> None:
    spoil(damaged / "accounts" / "rural-2023.toml", old, new)
    with pytest.raises(BadInput, match=message):
        catalog.chart_definition("rural-2023")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('debit = ["101", "102"]', 'debit = ["101"]', "102 银行存款"),
        ('{ debit = "141" }', '{ debit = "142" }', "142"),
        ('{ debit = "141" }', '{ debit = "131" }', "131"),
        ('{ credit_details = "113" }', '{ credit = "211" }', "113|211"),
        ('{ income = "501" }', '{ turnover = "501" }', "turnover"),
        ("lines = [1, 2, 3, 4, 5] }", "lines = [1, 2, 3, 4, 23] }", "23"),
        ("line = 2,", "line = 1,", "重复"),
        ('kind = "total", terms', 'kind = "sum", terms', "资产总计"),
    ],
)
def test_a_damaged_form_is_refused_with_the_place(damaged: Path, old: str, new: str, message: str) -> None:
    spoil(damaged / "statements" / "rural-2023.toml", old, new)
    with pytest.raises(BadInput, match=message):
        catalog.statement_definition("rural-2023")


def test_a_missing_file_says_to_install_again(damaged: Path) -> None:
    (damaged / "accounts" / "rural-2004.toml").unlink()
    with pytest.raises(BadInput, match="重新安装"):
        catalog.chart_definition("rural-2004")
