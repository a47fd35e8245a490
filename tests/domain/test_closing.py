"""Carry-forward and distribution, by hand-checked figures."""

from datetime import date

import pytest

from village_ledger.domain.closing import carry_drafts, distribution_draft, plan_distribution
from village_ledger.domain.errors import BadInput
from village_ledger.domain.period import Period
from village_ledger.domain.view import Balance
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services.catalog import chart_definition

from ..builders import a_chart

ROLES = chart_definition("rural-2023").roles
DECEMBER = Period(2024, 12)


def carried(*balances: Balance, year_end: bool = True) -> tuple[Draft, ...]:
    return carry_drafts(balances, a_chart(), ROLES, DECEMBER, "记", year_end=year_end)


def plain(draft: Draft) -> list[tuple[str, int]]:
    return [(line.account, line.debit_fen - line.credit_fen) for line in draft.lines]


def test_income_and_expense_go_to_the_years_result_and_on() -> None:
    income, expense, transfer = carried(Balance("501", (), -188_000), Balance("511", (), 40_000), Balance("401", (), 9))
    assert plain(income) == [("501", 188_000), ("321", -188_000)]
    assert plain(expense) == [("321", 40_000), ("511", -40_000)]
    assert plain(transfer) == [("321", 148_000), ("32202", -148_000)]
    assert [draft.kind for draft in (income, expense, transfer)] == ["carry", "carry", "year_end"]
    assert {draft.day for draft in (income, expense, transfer)} == {date(2024, 12, 31)}


def test_a_month_inside_the_year_stops_at_the_result_account() -> None:
    assert [draft.kind for draft in carried(Balance("501", (), -5), year_end=False)] == ["carry"]


def test_a_loss_goes_the_other_way() -> None:
    _expense, transfer = carried(Balance("513", (), 700))
    assert plain(transfer) == [("32202", 700), ("321", -700)]


def test_an_earlier_monthly_result_is_carried_with_the_rest() -> None:
    *_others, transfer = carried(Balance("321", (), -1_000), Balance("501", (), -200))
    assert plain(transfer) == [("321", 1_200), ("32202", -1_200)]


def test_distributions_are_settled_against_what_is_left() -> None:
    (settled,) = carried(Balance("32201", (), 7_665), Balance("32202", (), -29_050))
    assert plain(settled) == [("32202", 7_665), ("32201", -7_665)]


def test_a_book_closed_by_hand_gets_no_vouchers() -> None:
    assert carried(Balance("101", (), 500), Balance("32202", (), -500)) == ()


def test_income_that_nets_to_nothing_still_empties_its_accounts() -> None:
    (draft,) = carried(Balance("501", (), -300), Balance("502", (), 300))
    assert plain(draft) == [("501", 300), ("502", -300)]


def test_the_worked_distribution_leaves_what_the_example_says() -> None:
    """The constructed year: result 166,500, left from before 124,000, 10 % reserve, 60,000 to members."""
    plan = plan_distribution(2024, 166_500_00, 124_000_00, 1_000, 60_000_00)
    assert (plan.reserve_fen, plan.distributable_fen, plan.left_fen) == (16_650_00, 290_500_00, 213_850_00)
    members = (DraftLine("向成员分配", "113", (("往来户", "全体农户分红"),), credit_fen=60_000_00),)
    draft = distribution_draft(plan, a_chart(), ROLES, "记", members)
    assert plain(draft) == [
        ("32201", 16_650_00),
        ("311", -16_650_00),
        ("32201", 60_000_00),
        ("113", -60_000_00),
    ]


def test_losses_are_covered_before_anything_is_set_aside() -> None:
    plan = plan_distribution(2024, 100_00, -40_00, 1_000, 0)
    assert (plan.loss_covered_fen, plan.reserve_fen) == (40_00, 6_00)


def test_no_more_than_the_distributable_result_may_be_given() -> None:
    with pytest.raises(BadInput, match="超过了可分配收益"):
        plan_distribution(2024, 100_00, 0, 1_000, 95_00)
    with pytest.raises(BadInput, match="比例"):
        plan_distribution(2024, 100_00, 0, 10_001, 0)


def test_the_members_lines_must_add_up() -> None:
    plan = plan_distribution(2024, 100_00, 0, 0, 50_00)
    with pytest.raises(BadInput, match="不一致"):
        distribution_draft(plan, a_chart(), ROLES, "记", (DraftLine("分红", "113", credit_fen=49_00),))
