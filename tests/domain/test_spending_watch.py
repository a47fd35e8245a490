"""Remarks on a voucher being typed: budget, reception, spending that may only fall."""

from datetime import date

from tests.builders import a_chart
from village_ledger.domain.budget import Budget, BudgetItem
from village_ledger.domain.budget_execution import Execution, ItemExecution
from village_ledger.domain.spending_watch import SpendingWatch, spending_remarks
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services.works_rules import shipped_reception

CHART = a_chart("51301办公费", "51303差旅费")
OFFICE = BudgetItem("1", "办公费", "支出", ("51301",), amount_fen=1_000_00)
TRAVEL = BudgetItem("2", "差旅费", "支出", ("51303",), amount_fen=9_000_00)
BUDGET = Budget(2025, (OFFICE, TRAVEL), (), "石桥决〔2025〕1号", date(2025, 1, 20))
DONE = Execution(BUDGET, (ItemExecution(OFFICE, 1_000_00, 0, 900_00), ItemExecution(TRAVEL, 9_000_00)))
WATCH = SpendingWatch(DONE, shipped_reception(), ("513",), {"差旅费": 400_00}, {"差旅费": 500_00})


def a_draft(account: str, summary: str, fen: int, **more: object) -> Draft:
    lines = (DraftLine(summary, account, (), debit_fen=fen), DraftLine(summary, "101", (), credit_fen=fen))
    return Draft(date(2025, 11, 3), "记", lines)._replace(**more)


def test_overspending_reception_and_what_should_fall_are_remarked_on() -> None:
    assert spending_remarks(WATCH, CHART, a_draft("51301", "购纸", 100_00)) == ()
    assert spending_remarks(WATCH, CHART, a_draft("51301", "购纸", 100_01)) == (
        "2025年预算“办公费”将超支 0.01：预算 1,000.00，已执行 900.00，本次 100.01",
    )
    assert "零招待" in spending_remarks(WATCH, CHART, a_draft("51301", "付餐费", 50_00))[0]
    assert spending_remarks(WATCH, CHART, a_draft("51303", "出差", 100_01)) == (
        "差旅费只减不增：2025年至今 500.01，去年同期 500.00，多 0.01",
    )


def test_another_year_a_reversal_and_a_book_without_budget_are_left_alone() -> None:
    over = a_draft("51301", "购纸", 500_00)
    assert spending_remarks(WATCH, CHART, over._replace(day=date(2026, 1, 3))) == ()
    assert spending_remarks(WATCH, CHART, over._replace(reverses=3)) == ()
    assert spending_remarks(SpendingWatch(), CHART, over) == ()
