"""Ten per cent beyond the budget; a thousand yuan without one."""

from tests.rules.desk_a import a_case, hits
from village_ledger.rules.over_budget import RULE


def item(code: str, planned: int, done: int, side: str = "支出"):
    return {"item": code, "name": "办公费", "side": side, "adjusted": planned, "executed": done}


def test_an_item_beyond_its_margin_and_spending_without_one_are_named():
    over, none = hits(RULE, a_case(budget_execution=[item("Z01", 5000_00, 5500_01), item("", 0, 1000_01)]))
    assert (over.subject, over.amount_fen) == ("2025年预算 Z01", 500_01)
    assert over.text == (
        "2025年预算项目“办公费”批准 5,000.00 元，到 2025-12 已经支出 5,500.01 元，超出 500.01 元（允许 10%）"
    )
    assert none.text == "办公费 2025年支出 1,000.01 元，没有列入预算"


def test_within_the_margin_income_and_small_sums_are_not():
    rows = [item("Z01", 5000_00, 5500_00), item("S01", 1_00, 9_00, "收入"), item("", 0, 1000_00)]
    assert hits(RULE, a_case(budget_execution=rows)) == ()
    assert hits(RULE, a_case(budget_execution=[])) == ()
