"""A budget as it is drawn up: what keeps it from being saved."""

from tests.builders import a_chart
from village_ledger.domain.budget import EXPENSE, Budget, BudgetItem, check_budget

CHART = a_chart("51301办公费", "50101发包收入")
OFFICE = BudgetItem("1", "办公费", EXPENSE, ("51301",), amount_fen=3_000_00)


def test_a_budget_may_count_no_money_twice_and_names_only_accounts_there_are() -> None:
    bad = Budget(
        2025,
        (
            OFFICE,
            BudgetItem("1", "再写一次", EXPENSE, ("51301",)),
            BudgetItem("5", "", EXPENSE),
            BudgetItem("6", "没有的科目", EXPENSE, ("599",)),
            BudgetItem("7", "收入列成支出", EXPENSE, ("501",), amount_fen=-1),
        ),
    )
    assert [(one.code, one.line) for one in check_budget(bad, CHART)] == [
        ("code", 1),
        ("twice", 1),
        ("name", 2),
        ("accounts", 2),
        ("account", 3),
        ("amount", 4),
        ("account", 4),
    ]
    assert check_budget(Budget(2025, (OFFICE,)), CHART) == ()
