"""What a card must satisfy, one wrong field at a time."""

from datetime import date

import pytest

from tests.builders import a_chart
from tests.domain.assets.cards import RULES, a_card
from village_ledger.domain.assets.card import check_card, elapsed_months
from village_ledger.domain.period import Period

CHART = a_chart()


def test_a_good_card_has_no_problems():
    assert check_card(a_card(), RULES, CHART) == ()


@pytest.mark.parametrize(
    ("fields", "field", "text"),
    [
        ({"code": " "}, "code", "没有资产编号"),
        ({"name": ""}, "name", "没有资产名称"),
        ({"category": ""}, "category", "没有资产类别"),
        ({"kind": "低值易耗品"}, "kind", "可用的有：固定资产"),
        ({"source": "拾得"}, "source", "取得方式“拾得”不对"),
        ({"status": "丢了"}, "status", "使用状态“丢了”不对"),
        ({"original_fen": 0}, "original_fen", "名义金额 1.00 元"),
        ({"residual_fen": 10_000_01}, "residual_fen", "不能大于原值"),
        ({"opening_accumulated_fen": 9_600_01}, "opening_accumulated_fen", "超过了原值减净残值"),
        ({"quantity": 0}, "quantity", "数量要大于零"),
        ({"in_use": date(2025, 6, 9)}, "in_use", "早于取得日期"),
        ({"in_use": None, "opening_accumulated_fen": 100}, "in_use", "要填启用日期"),
        ({"life_months": 0}, "life_months", "1 到 1200 个月"),
        ({"asset_account": ""}, "asset_account", "没有资产科目"),
        ({"asset_account": "15199"}, "asset_account", "不是账上的末级科目"),
        ({"asset_account": "132"}, "asset_account", "固定资产的资产科目在 151 下"),
        ({"depreciation_account": "133"}, "depreciation_account", "在 152 下"),
        ({"expense_account": ""}, "expense_account", "没有折旧费用科目"),
        ({"method": "工作量法", "total_units": 0}, "total_units", "预计总工作量"),
        ({"method": "工作量法", "total_units": 5, "opening_units": 6}, "opening_units", "不能大于总工作量"),
        ({"method": "工作量法", "total_units": 5, "opening_units": 5}, "opening_units", "折旧还没有提足"),
        ({"kind": "公益性生物资产", "asset_account": "134"}, "method", "公益性生物资产不计提折旧"),
        (
            {"acquired": date(2010, 1, 1), "in_use": date(2010, 1, 1), "entered": Period(2024, 12)},
            "life_months",
            "使用年限 60 个月已满",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_field(fields: dict[str, object], field: str, text: str):
    problems = check_card(a_card(**fields), RULES, CHART)
    assert any(problem.field == field and text in problem.message for problem in problems), problems


def test_a_fully_charged_card_may_be_older_than_its_life():
    card = a_card(
        acquired=date(2010, 1, 1),
        in_use=date(2010, 1, 1),
        entered=Period(2024, 12),
        opening_accumulated_fen=9_600_00,
    )
    assert check_card(card, RULES, CHART) == ()
    assert elapsed_months(card) == 179
