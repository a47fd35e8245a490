"""What kind of spending a voucher is, and how much of it leaves the money or asset accounts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.approval import Tier, disposal_of, kind_of, spending_of
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services import tiers

DAY = date(2025, 10, 8)
MONEY, ASSETS = ("101", "102"), ("151", "161")


def a_draft(*lines: tuple[str, int]) -> Draft:
    """Signed fen: debits positive, credits negative."""
    return Draft(DAY, "记", tuple(DraftLine("摘要", code, (), max(fen, 0), max(-fen, 0)) for code, fen in lines))


def spent(*lines: tuple[str, int]) -> int:
    return spending_of(a_draft(*lines), MONEY, lambda _code: "其他付款").total_fen


@pytest.mark.parametrize(
    ("lines", "fen"),
    [
        ([("513", 500), ("102", -500)], 500),
        ([("101", 500), ("102", -500)], 0),  # 提现
        ([("102", 500), ("501", -500)], 0),  # 收款
        ([("513", 500), ("211", -500)], 0),  # 赊欠
        ([("513", 1_000), ("102", -900), ("211", -100)], 900),  # 部分付款
        ([("101", 500), ("515", 2), ("102", -502)], 2),  # 转账手续费
        ([("102", 3_000), ("501", -3_000), ("513", 3_000), ("102", -3_000)], 3_000),  # 收付同一张凭证
    ],
)
def test_what_is_paid_is_money_credited_against_something_other_than_money(lines, fen):
    assert spent(*lines) == fen


@given(
    st.lists(st.tuples(st.sampled_from(["101", "102", "513", "211", "501"]), st.integers(-1_000, 1_000)), max_size=8)
)
def test_never_less_is_told_than_the_money_a_balanced_voucher_lets_out(lines):
    lines.append(("301", -sum(fen for _code, fen in lines)))
    out = -sum(fen for code, fen in lines if code.startswith(MONEY))
    assert spent(*lines) >= out


def test_an_asset_leaves_the_books_unless_it_moves_to_another_asset_account():
    assert disposal_of(a_draft(("154", 400), ("152", 600), ("15104", -1_000)), ASSETS).total_fen == 1_000
    assert disposal_of(a_draft(("15101", 400), ("15104", -400)), ASSETS).total_fen == 0
    assert disposal_of(a_draft(("513", 100), ("152", -100)), ASSETS).total_fen == 0
    assert disposal_of(a_draft(("151", 700), ("102", -700)), ASSETS).total_fen == 0


@pytest.mark.parametrize(
    ("account", "path", "kind"),
    [
        ("153", "在建工程", "工程支出"),
        ("212", "应付工资", "人员报酬"),
        ("51301", "管理费用-管理人员报酬", "人员报酬"),
        ("51302", "管理费用-误工补贴", "人员报酬"),
        ("51303", "管理费用-办公费", "非生产性开支"),
        ("51402", "公益支出-救济慰问", "补助救济"),
        ("51401", "公益支出-环境卫生", "非生产性开支"),
        ("51104", "经营支出-维修费", "生产性开支"),
        ("12101", "库存物资-农资", "生产性开支"),
        ("15105", "固定资产-办公及文化设备", "购置资产"),
        ("141", "长期投资", "对外投资"),
        ("211", "应付款", "其他付款"),
        ("32201", "收益分配-各项分配", "其他付款"),
    ],
)
def test_spending_is_told_apart_by_account_and_by_words_in_its_name(account, path, kind):
    assert kind_of(tiers.spending("rural-2023"), account, path) == kind


@pytest.mark.parametrize(
    ("tier", "inside", "outside"),
    [
        (Tier("x", 100, True, 200, False), (100, 199), (99, 200)),
        (Tier("x", 100, False, 200, True), (101, 200), (100, 201)),
        (Tier("x", 100), (100, 10**12), (99,)),
        (Tier("x", 0, True, 50, True), (0, 50), (51,)),
    ],
)
def test_a_bound_is_open_or_closed_as_the_tier_says(tier, inside, outside):
    assert all(tier.holds(fen) for fen in inside)
    assert not any(tier.holds(fen) for fen in outside)
